"""The challenge: a learner's own estimator against the ladder, on MNIST's test set.

The learner's file defines ``estimator``: anything with ``fit(X, y)`` and ``predict(X)``. It is
trained and asked in a process of its own (`sandbox`); only its answers come back, and are counted
here. `attempts` keeps what it scored.
"""

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.exercises import sandbox
from workshop.exercises.outcome import RIGHT, WRONG, Outcome

SECONDS = 60.0  # for fit and predict together
MEMORY = 8 * 2**30  # bytes
ADVICE = (
    "fit and predict to end within the budget",
    "Train for fewer epochs, on fewer images, or a smaller network. Or give it more time: "
    "workshop challenge FILE --seconds 300",
)
FILE = "challenge.py"
N_CLASSES = 10


@dataclass(frozen=True)
class Run:
    """What came of one attempt.

    Attributes
    ----------
    outcome : Outcome
        "right" if there are answers to count, else what went wrong.
    answers : list of int
        What `predict` said of each test image.
    score : float
        Share of them that are right, 0 to 1.
    seconds : float
        How long `fit` took.
    confused : list of (int, int, int)
        The three most frequent mistakes: which digit, what was read, how often.
    """

    outcome: Outcome
    answers: list[int]
    score: float
    seconds: float
    confused: list[tuple[int, int, int]]


def take(
    file: Path,
    *,
    seconds: float = SECONDS,
    quick: bool = False,
    watch: sandbox.Watch | None = None,
) -> Run:
    """Train and score the estimator of a file, apart from everything else.

    Parameters
    ----------
    file : Path
        Defines ``estimator``.
    seconds : float
        What `fit` and `predict` may take together.
    quick : bool
        Whether to take the 8 x 8 digits that come with scikit-learn, instead of MNIST.
    watch : function, optional
        See `sandbox.run`.

    Returns
    -------
    Run
        Its score is 0 where the outcome is not right.

    Raises
    ------
    OSError, UnicodeDecodeError
        If the file cannot be read.
    workshop.datasets.DatasetError
        If MNIST is not there and cannot be downloaded.
    """
    from workshop import datasets

    y_test = (datasets.load_digits() if quick else datasets.load_mnist())[3]
    task = {
        "text": file.read_text(encoding="utf-8"),
        "file": file.name,
        "seconds": seconds,
        "memory": MEMORY,
        "quick": quick,
    }
    # On a machine that does anything else beside, NumPy's threads wait for each other: 30 times
    # slower was seen. PyTorch has threads of its own.
    threads = {"OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1")}
    outcome, told = sandbox.run(task, threads, watch=watch, advice=ADVICE)
    answers = told.get("answers", [])
    if outcome.state != RIGHT or len(answers) != len(y_test):
        return Run(outcome, [], 0.0, 0.0, [])
    pairs = Counter(zip(y_test.tolist(), answers, strict=True))
    confused = [(*pair, times) for pair, times in pairs.most_common() if pair[0] != pair[1]]
    score = float((y_test == answers).mean())
    return Run(outcome, answers, score, float(told["fitted"]), confused[:3])


def attempt(text: str, file: str, *, quick: bool, tell: Callable[[str, Any], None]) -> Outcome:
    """Train and ask the learner's estimator, in this process; `sandbox` does it apart.

    Parameters
    ----------
    text, file : str
        What the learner's file holds, and its name.
    quick : bool
        Whether to take the 8 x 8 digits that come with scikit-learn.
    tell : function
        Hears how it goes: "ready" when the data are loaded, then "call", "fitted" (seconds) and
        "answers" (a list of int).

    Returns
    -------
    Outcome
        "right" if both methods gave what they should, else the fault.

    Raises
    ------
    workshop.datasets.DatasetError
        If MNIST is not there and cannot be downloaded.
    """
    from workshop import datasets
    from workshop.exercises.checking import Answer, Fault
    from workshop.exercises.examination import load

    X_train, y_train, X_test, _ = datasets.load_digits() if quick else datasets.load_mnist()
    tell("ready", True)
    about = "the file runs"
    try:
        answer = Answer(load(text, file))
        about = "there is an estimator"
        estimator = answer.get("estimator")
        for method in ("fit", "predict"):
            if isinstance(estimator, type) or not callable(getattr(estimator, method, None)):
                is_class = isinstance(estimator, type)
                gave = f"the class {estimator.__name__}" if is_class else f"no method {method}"
                cause = (
                    "Write estimator = MyClass(), with the brackets; the class has both methods."
                )
                raise Fault("estimator", gave, "something with fit and predict", cause)
        about = call = f"estimator.fit(X, y) with X of shape {X_train.shape}"
        tell("call", call)
        start = time.perf_counter()
        answer.ask(call, lambda: estimator.fit(X_train, y_train))
        tell("fitted", time.perf_counter() - start)
        about = call = f"estimator.predict(X) with X of shape {X_test.shape}"
        tell("call", call)
        tell("answers", digits(answer.ask(call, lambda: estimator.predict(X_test)), X_test, call))
    except Fault as fault:
        return Outcome(
            WRONG,
            failed=about,
            call=fault.call,
            gave=fault.gave,
            expected=fault.expected,
            cause=fault.cause,
        )
    return Outcome(RIGHT, passed=(about,))


def template() -> str:
    """Return the file that learners get, to begin with.

    Returns
    -------
    str
        Python, with an estimator that works.
    """
    return (Path(__file__).parent / "answers" / FILE).read_text(encoding="utf-8")


def digits(answers: Any, X_test: Any, call: str) -> list[int]:
    """Return what `predict` answered as a list, or say what is wrong with it.

    Parameters
    ----------
    answers : array of shape (n_samples,)
        What came.
    X_test : array of shape (n_samples, n_features)
        What was asked; only its length counts.
    call : str
        What was called, for the message.

    Returns
    -------
    list of int
        One digit, 0 to 9, for each image.

    Raises
    ------
    Fault
        If it has another shape, or holds anything but digits.
    """
    import numpy as np

    from workshop.exercises.checking import Fault, as_array, shown

    expected = f"{len(X_test)} whole numbers from 0 to {N_CLASSES - 1}"
    try:
        found = as_array(answers)
    except (TypeError, ValueError):
        found = np.array(None)
    if found.shape == (len(X_test), N_CLASSES):
        cause = "Those are probabilities or scores for each digit: take their .argmax(axis=1)."
        raise Fault(call, f"an array of shape {found.shape}", expected, cause)
    if found.shape != (len(X_test),):
        cause = "predict gives one digit for each row of X."
        what = "nothing" if answers is None else f"an array of shape {found.shape}"
        raise Fault(call, what, expected, cause)
    if found.dtype.kind not in "iuf" or not np.isin(found, np.arange(N_CLASSES)).all():
        cause = "Round numbers, and turn words into the digits that y holds."
        raise Fault(call, shown(found), expected, cause)
    return [int(each) for each in found]
