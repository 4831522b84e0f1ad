"""Checks of exercise 43: it worked in the notebook."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, changed, explained
from workshop.functions import one_hot, softmax

HINTS = (
    "600 times too short, with batches of 100: which number follows from these two? Where in the "
    "program does it stand?",
    "Look at each name that a function uses. Which of them is neither an argument nor made in the "
    "function itself? What should stand there, so that any batch is right?",
    "What is e to the 1000, for a computer? The page's section on softmax says which number may be "
    "subtracted from all logits of a row, and why that changes nothing.",
    "In gradient, divide by len(X). In softmax, take np.exp(logits - logits.max(axis=1, "
    "keepdims=True)).",
)
_SOFTMAX = """
def softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
"""
_GRADIENT = """
def gradient(X, targets, weights):
    errors = softmax(X @ weights) - targets
    return X.T @ errors / len(X)
"""
_ROW = "logits - logits.max(axis=1, keepdims=True)"
WRONG = (
    Wrong("the power is too large for a computer", changed(_SOFTMAX, _ROW, "logits")),
    Wrong("divided by 60000", "m = 60_000\n" + changed(_GRADIENT, "len(X)", "m")),
    Wrong("divided by 100,", "m = 100\n" + changed(_GRADIENT, "len(X)", "m")),
    Wrong("divided by nothing", changed(_GRADIENT, " / len(X)", "")),
    Wrong("not the row's own largest", changed(_SOFTMAX, _ROW, "logits - logits.max()")),
    Wrong("must stand in a column", changed(_SOFTMAX, "max(axis=1, keepdims=True)", "max(axis=1)")),
    Wrong("the largest of each column", changed(_SOFTMAX, "max(axis=1", "max(axis=0")),
    Wrong("all large logits the same", changed(_SOFTMAX, _ROW, "np.minimum(logits, 500)")),
    Wrong("changes the logits", changed(_SOFTMAX, _ROW, "logits / 255")),
)
KEEPDIMS = (
    "The largest of each row must stand in a column, so that it meets its own row: keepdims=True."
)


def _softmax(answer: Answer, logits: np.ndarray) -> None:
    with np.errstate(all="ignore"), explained({"broadcast": KEEPDIMS}):
        reply = answer.call("softmax", logits)
    reply.gives(
        softmax(logits),
        axes=("samples", "classes"),
        mistakes={
            "Where nan stands, the power is too large for a computer: e to the 1000 is inf, and "
            "inf divided by inf is nan. What may be subtracted from all logits of a row, without "
            "any change to its probabilities?": lambda: _shares(logits),
            "That is not the row's own largest logit. A row far below it becomes 0 divided by 0. "
            "Each row needs its own: axis=1, keepdims=True.": lambda: _shares(
                logits - logits.max()
            ),
            "That is the largest of each column. Each row needs its own: axis=1.": lambda: _shares(
                logits - logits.max(axis=0)
            ),
            "This makes all large logits the same, though their differences are what counts. "
            "Subtract instead.": lambda: _shares(np.minimum(logits, 500)),
        },
        cause="It changes the logits by more than a number subtracted from each row, and so "
        "their differences, which are what counts.",
    )


def _shares(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


def _batch(answer: Answer, seed: int, n_samples: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = answer.rng(seed)
    X = rng.integers(0, 256, (n_samples, 2)).astype(float)
    targets = one_hot(rng.integers(0, 3, n_samples), 3, dtype=np.float64)
    return X, targets, rng.normal(size=(2, 3))


def check_raw_pixels(answer: Answer) -> None:
    """softmax: the large logits of raw pixels, and small ones as before"""
    _softmax(answer, np.array([[2.0, 1.0, -1.0], [0.0, 0.0, 3.0]]))
    _softmax(answer, np.array([[1000.0, 999.0], [3.0, 1.0]]))
    _softmax(answer, np.array([[2000.0, 1999.0, 0.0], [-2000.0, -2000.0, -2001.0]]))
    X, _, weights = _batch(answer, 1, 20)
    _softmax(answer, 5 * X @ weights)


def check_small_batches(answer: Answer) -> None:
    """gradient: batches of 1, 3 and 100 images"""
    for n_samples in (3, 100, 1):
        X, targets, weights = _batch(answer, n_samples, n_samples)
        weights = weights / 255
        sums = X.T @ (softmax(X @ weights) - targets)
        reply = answer.call("gradient", X, targets, weights)
        divisor = _divisor(sums, reply.value)
        if divisor is not None and divisor not in (1, n_samples):
            reply.fail(
                f"the sum over the samples, divided by {n_samples}",
                f"The sum over the samples is divided by {divisor:g}, and there are {n_samples} "
                "samples here. Where does the function get that number from?",
                f"the sum over the samples, divided by {divisor:g}",
            )
        reply.gives(
            sums / n_samples,
            axes=("inputs", "classes"),
            mistakes={
                "The sum over the samples is divided by nothing. The mean was asked for, so that "
                "a step is as long with few samples as with many.": sums,
            },
        )


def _divisor(sums: np.ndarray, value: object) -> float | None:
    """Return the one number by which the sums were divided, if there is one."""
    if not isinstance(value, np.ndarray) or value.shape != sums.shape or not np.all(value):
        return None
    ratios = sums / value
    return round(float(ratios.mean()), 6) if np.ptp(ratios) < 1e-6 * abs(ratios.mean()) else None


def check_step(answer: Answer) -> None:
    """step: downhill, with a small batch and raw pixels"""
    X, targets, weights = _batch(answer, 3, 10)
    expected = weights - 0.01 * X.T @ (softmax(X @ weights) - targets) / 10
    answer.call("step", X, targets, weights, 0.01).gives(expected, axes=("inputs", "classes"))
