"""Checks of exercise 5: softmax."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, explained
from workshop.functions import softmax

HINTS = (
    "Begin with the formula on the page for one row, then think about which axis runs along a row. "
    "Print the sums of your result's rows: each must be 1.",
    "powers.sum(axis=1) has the shape (n_samples,), and NumPy would lay it along the columns. With "
    "keepdims=True it is (n_samples, 1), and each row is divided by its own sum.",
    "What you subtract is the largest logit of the row, one for each row: logits.max(axis=1, "
    "keepdims=True).",
    "Two lines: powers = np.exp(logits - ...), then return powers / powers.sum(...).",
)
WRONG = (
    Wrong(
        "Subtract each row's largest logit first",
        """
def softmax(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)
""",
    ),
    Wrong(
        "go down the columns",
        """
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=0)
""",
    ),
    Wrong(
        "sum of the whole table",
        """
def softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()
""",
    ),
    Wrong(
        "keepdims=True",
        """
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)
""",
    ),
    Wrong(
        "not the row's own largest",
        """
def softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)
""",
    ),
    Wrong(
        "without the exponential function",
        """
def softmax(logits):
    return logits / logits.sum(axis=1, keepdims=True)
""",
    ),
    Wrong(
        "changes its argument logits",
        """
def softmax(logits):
    logits -= logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)
""",
    ),
)
OVERFLOW = (
    "e to the power of a large number is too large for a floating-point number, and infinity "
    "divided by infinity is nan. Subtract each row's largest logit first: then no power is above 1."
)


def _compare(answer: Answer, logits: np.ndarray) -> None:
    powers = np.exp(logits)
    mistakes = {
        "The sums go down the columns, so the samples compete with each other. Sum along each row: "
        "axis=1.": powers / powers.sum(axis=0),
        "It is divided by the sum of the whole table. Each row must add up to 1 by itself: sum "
        "with axis=1.": powers / powers.sum(),
        "Logits are divided by their sum without the exponential function. Then negative ones "
        "would be negative probabilities: take np.exp first.": (
            lambda: logits / logits.sum(axis=1, keepdims=True)
        ),
        "These are the powers of e. Divide them by the sum of their row.": powers,
        "These are the powers of e after the subtraction. Divide them by the sum of their row.": (
            np.exp(logits - logits.max(axis=1, keepdims=True))
        ),
        "Each row is divided by its largest logit. Subtract it: only differences count, and a "
        "division changes them.": lambda: softmax(logits / logits.max(axis=1, keepdims=True)),
        "The largest logit gets the smallest probability. Is there a minus too many?": (
            softmax(-logits)
        ),
        "These are powers of 2. Softmax takes powers of e: np.exp.": softmax(logits * np.log(2)),
        "Only the first row has come back. Is the return indented, so that it stands in the "
        "loop?": softmax(logits)[0],
        "That says which class wins. Softmax keeps a number for each class.": (
            np.argmax(logits, axis=1)
        ),
        "That is the logarithm of softmax. Leave out the logarithm.": np.log(softmax(logits)),
    }
    no_keepdims = (
        "The row sums lie along the columns: sum(axis=1) has lost an axis. Keep it, with "
        "keepdims=True, so that each row is divided by its own sum."
    )
    if len(logits) == logits.shape[1]:
        stable = np.exp(logits - logits.max(axis=1, keepdims=True))
        skewed = np.exp(logits - logits.max(axis=1))
        mistakes |= {
            no_keepdims: stable / stable.sum(axis=1),
            f"{no_keepdims} (And subtract each row's largest logit.)": powers / powers.sum(axis=1),
            "The largest logits lie along the columns: max(axis=1) has lost an axis. Keep it, with "
            "keepdims=True.": skewed / skewed.sum(axis=1, keepdims=True),
            f"{no_keepdims} It is the same with max.": skewed / skewed.sum(axis=1),
        }
    with explained({"could not be broadcast": no_keepdims}):
        answer.call("softmax", logits).gives(
            softmax(logits), axes=("samples", "classes"), mistakes=mistakes
        )


def check_square(answer: Answer) -> None:
    """as many samples as classes: a mix-up of rows and columns fits, and shows"""
    _compare(answer, np.array([[2.0, 1.0, -1.0], [0.0, 0.0, 3.0], [1.0, -2.0, 0.5]]))


def check_random(answer: Answer) -> None:
    """random logits, among them one sample, one class, and whole numbers"""
    rng = answer.rng(1)
    for shape in ((4, 3), (1, 10), (5, 1), (2, 6)):
        _compare(answer, rng.normal(0, 2, shape))
    _compare(answer, rng.integers(-3, 4, (3, 4)))
    _compare(answer, np.zeros((2, 5)))


def check_large(answer: Answer) -> None:
    """large logits: no overflow, no nan"""
    with explained({"OverflowError": OVERFLOW}):  # of Python's own math.exp
        for logits in (
            np.array([[1000.0, 999.0, 997.0]]),
            np.array([[1000.0, 1000.0, 0.0], [0.0, 500.0, 1000.0]]),
            np.array([[-1e5, 1e5, 0.0]]),
        ):
            answer.call("softmax", logits).warns_of_nothing(OVERFLOW).gives(
                softmax(logits),
                cause="Large logits must come through unharmed: only their differences count. Cut "
                "nothing off; subtract each row's largest.",
            )


def check_far_apart(answer: Answer) -> None:
    """one row far above the other"""
    logits = np.array([[1000.0, 999.0, 997.0], [0.0, 1.0, 2.0]])
    right = softmax(logits)
    rows_below = np.array([right[0], np.full(3, np.nan)])
    with np.errstate(all="ignore"):
        answer.call("softmax", logits).gives(
            right,
            mistakes={
                "What you subtract is not the row's own largest logit. A row far below it becomes "
                "0 divided by 0. Subtract for each row its own: max(axis=1, keepdims=True).": (
                    rows_below
                )
            },
        )
