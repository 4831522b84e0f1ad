"""Checks of exercise 3: the sigmoid."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, explained
from workshop.functions import sigmoid

HINTS = (
    "Get the formula right first: 1 / (1 + np.exp(-z)). The last check is the one about overflow.",
    "np.exp of a large negative number is just 0, and never overflows. For which z is -z a large "
    "positive number?",
    "The page says that tanh(z) = 2 sigmoid(2z) - 1, and np.tanh never overflows. What do you have "
    "to put into np.tanh to get sigmoid(z) back?",
    "Solved for the sigmoid: half of tanh(z / 2), and then 0.5 on top. (Another way: for a "
    "negative z, use e**z / (1 + e**z), which is the same number.)",
)
WRONG = (
    Wrong(
        "A minus sign is lost",
        """
def sigmoid(z):
    return 1 / (1 + np.exp(z))
""",
    ),
    Wrong(
        "without the brackets",
        """
def sigmoid(z):
    return 1 / 1 + np.exp(-z)
""",
    ),
    Wrong(
        "too large for a floating-point number",
        """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
""",
    ),
    Wrong(
        "np.where computes both",
        """
def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
""",
    ),
    Wrong(
        "twice too steep",
        """
def sigmoid(z):
    return 0.5 * np.tanh(z) + 0.5
""",
    ),
    Wrong(
        "That is tanh",
        """
def sigmoid(z):
    return np.tanh(z)
""",
    ),
    Wrong(
        "it holds for negative numbers only",
        """
def sigmoid(z):
    return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))
""",
    ),
    Wrong(
        "changes its argument z",
        """
def sigmoid(z):
    z[z < -500] = -500
    return 1 / (1 + np.exp(-z))
""",
    ),
    Wrong(
        "cut off too near to 0",
        """
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))
""",
    ),
)
OVERFLOW = (
    "e to the power of a large number is too large for a floating-point number. Never let NumPy "
    "compute one. Take powers of negative numbers only, or another function with the same shape. "
    "(np.where computes both of its choices for all numbers, before it chooses.)"
)


def _compare(answer: Answer, z: np.ndarray) -> None:
    """Compare; an overflow is no fault yet."""
    with np.errstate(all="ignore"):
        answer.call("sigmoid", z).gives(
            sigmoid(z),
            mistakes={
                "A minus sign is lost: this curve falls from 1 to 0. Far to the right, the sigmoid "
                "is near 1.": lambda: sigmoid(-z),
                "1 / 1 + ... without the brackets is 1 + ...: the whole sum belongs below the "
                "fraction line.": lambda: 1 / 1 + np.exp(-z),
                "The curve is twice too steep: tanh(z) is a sigmoid of 2z. Halve z first.": (
                    lambda: sigmoid(2 * z)
                ),
                "That is tanh, which runs from -1 to 1. Stretch it and move it to 0 to 1.": (
                    lambda: np.tanh(z)
                ),
                "For positive z, that is 1 minus the sigmoid. Your formula is right, but it holds "
                "for negative numbers only.": lambda: sigmoid(-np.abs(z)),
                "For negative z, that is 1 minus the sigmoid. Your formula is right, but it holds "
                "for positive numbers only.": lambda: sigmoid(np.abs(z)),
                "That is the slope of the sigmoid, a (1 - a). The sigmoid itself is wanted.": (
                    lambda: sigmoid(z) * (1 - sigmoid(z))
                ),
                "That is the step, which has no slope. The sigmoid climbs softly from 0 to 1.": (
                    np.where(z > 0, 1, 0)
                ),
                "That is ReLU. The sigmoid stays between 0 and 1.": np.maximum(z, 0),
                "It is tanh(z / 2), halved, from -0.5 to 0.5. Lift it by 0.5.": (
                    lambda: sigmoid(z) - 0.5
                ),
                "The curve is far too steep: tanh(z) is a sigmoid of 2z, so put half of z into "
                "it.": (lambda: sigmoid(4 * z)),
                "1 / 1 + ... without the brackets is 1 + ..., and a minus sign is lost: it is 1 "
                "divided by the sum of 1 and e to the power of -z.": lambda: 1 + np.exp(z),
                "Below the fraction line stands 1 minus the power in place of 1 plus it.": (
                    lambda: 1 / (1 - np.exp(-z))
                ),
                "e to the power of -z is not all of it: add 1, and divide 1 by the sum.": (
                    lambda: np.exp(-z)
                ),
            },
        )


def check_example(answer: Answer) -> None:
    """0, 2 and -2"""
    _compare(answer, np.array([0.0, 2.0, -2.0]))


def check_random(answer: Answer) -> None:
    """random numbers, in arrays of several shapes"""
    rng = answer.rng(1)
    for shape in ((7,), (3, 4), (1, 1), (2, 3, 4)):
        _compare(answer, rng.normal(0, 3, shape))


def check_integers(answer: Answer) -> None:
    """whole numbers"""
    _compare(answer, np.arange(-5, 6))


def check_far_from_zero(answer: Answer) -> None:
    """-1000, 1000 and a million: no overflow"""
    with explained({"OverflowError": OVERFLOW}):  # of Python's own math.exp
        for z in (np.array([-1000.0, 0.0, 1000.0]), np.array([[1e6, -1e6]])):
            answer.call("sigmoid", z).warns_of_nothing(OVERFLOW).gives(
                sigmoid(z),
                cause="Far to the left the sigmoid is 0, far to the right it is 1. Was z cut off "
                "too near to 0? e to the power of a few hundred is not too large yet.",
            )
