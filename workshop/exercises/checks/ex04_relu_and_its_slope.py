"""Checks of exercise 4: ReLU and its slope."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, explained

HINTS = (
    "For one number it would be max(0, z). Python's max does not work on arrays, number by number. "
    "NumPy has a function that does: look at its name in the section about ReLU's formula, max.",
    "np.maximum(a, b) compares two arrays, or an array and a number, number by number. np.max is "
    "another function: it looks for the single largest number.",
    "For the slope, you need no z. Something came out of a neuron exactly where its output is "
    "above 0. A comparison such as outputs > 0 gives True and False, and they count as 1 and 0.",
)
WRONG = (
    Wrong(
        "np.maximum compares number by number",
        """
def relu(z):
    return np.max(z, 0)
""",
    ),
    Wrong(
        "Python's max works on single numbers",
        """
def relu(z):
    return max(z, 0)
""",
    ),
    Wrong(
        "changes its argument z",
        """
def relu(z):
    z[z < 0] = 0
    return z
""",
    ),
    Wrong(
        "That is the step",
        """
def relu(z):
    return np.where(z > 0, 1, 0)
""",
    ),
    Wrong(
        "the negative numbers pass",
        """
def relu(z):
    return np.minimum(z, 0)
""",
    ),
    Wrong(
        "A silent neuron puts out 0, and 0 >= 0 is true",
        """
def relu_slope(outputs):
    return outputs >= 0
""",
    ),
    Wrong(
        "That is the slope of the sigmoid",
        """
def relu_slope(outputs):
    return outputs * (1 - outputs)
""",
    ),
    Wrong(
        "That is ReLU itself",
        """
def relu_slope(outputs):
    return np.maximum(outputs, 0)
""",
    ),
    Wrong(
        "np.max takes one array",
        """
def relu(z):
    return np.max(0, z)


def relu_slope(outputs):
    return np.where(outputs > 0, 1, 0)
""",
    ),
)
PYTHONS_MAX = (
    "Python's max works on single numbers, and so does if: an array holds many. np.maximum and "
    "np.where go through an array number by number."
)

NUMPYS_MAX = (
    "np.max takes one array and finds the largest number in it. np.maximum takes two, and compares "
    "them number by number."
)


def _compare_relu(answer: Answer, z: np.ndarray) -> None:
    with explained({"truth value": PYTHONS_MAX, "integer scalar": NUMPYS_MAX}):
        answer.call("relu", z).gives(
            np.where(z > 0, z, 0),
            mistakes={
                "np.max looks for the largest number along an axis. np.maximum compares number by "
                "number.": lambda: np.max(z, 0),
                "np.max looks for the largest number of all. np.maximum compares number by "
                "number, and is what you need.": lambda: np.max(z),
                "That is the step: it says yes or no. ReLU passes on how much.": np.where(
                    z > 0, 1, 0
                ),
                "It is the wrong way round: the negative numbers pass, and the positive ones are "
                "silenced.": np.minimum(z, 0),
                "Negative numbers lose their sign. ReLU makes them 0.": np.abs(z),
                "The negative numbers have disappeared. Each neuron needs its place: keep a 0 "
                "there.": z[z > 0],
                "That is the leaky ReLU, which lets a little of the negative numbers through.": (
                    np.where(z > 0, z, 0.01 * z)
                ),
            },
        )


def _compare_slope(answer: Answer, outputs: np.ndarray) -> None:
    with explained({"truth value": PYTHONS_MAX}), np.errstate(all="ignore"):
        answer.call("relu_slope", outputs).gives(
            np.where(outputs > 0, 1, 0),
            mistakes={
                "A silent neuron puts out 0, and 0 >= 0 is true. Its slope is 0, so ask whether "
                "the output is above 0.": np.ones(outputs.shape),
                "That is the slope of the sigmoid, a (1 - a). ReLU's is 1 or 0.": (
                    outputs * (1 - outputs)
                ),
                "That is ReLU itself. Its slope says how much more comes out for each unit more "
                "that goes in: 1 or 0.": outputs,
                "It is the wrong way round: the slope is 1 where something came out.": (
                    np.where(outputs > 0, 0, 1)
                ),
                "The slope is 0 everywhere. Where something came out, it is 1.": (
                    np.zeros(outputs.shape)
                ),
                "0 divided by 0 is nan. Compare the outputs with 0 instead of dividing.": (
                    lambda: outputs / outputs
                ),
            },
        )


def check_relu_example(answer: Answer) -> None:
    """relu: the example of the statement"""
    _compare_relu(answer, np.array([-2.0, 0.0, 3.0]))


def check_relu(answer: Answer) -> None:
    """relu: random numbers in arrays of several shapes, and whole numbers"""
    rng = answer.rng(1)
    for shape in ((6,), (3, 4), (1, 1), (2, 3, 2)):
        _compare_relu(answer, rng.normal(0, 5, shape))
    _compare_relu(answer, np.arange(-3, 4))
    _compare_relu(answer, np.array([-1e300, 1e300]))


def check_slope_example(answer: Answer) -> None:
    """relu_slope: the example of the statement"""
    _compare_slope(answer, np.array([0.0, 0.0, 3.0]))


def check_slope(answer: Answer) -> None:
    """relu_slope: random outputs in arrays of several shapes, and a layer that is all silent"""
    rng = answer.rng(2)
    for shape in ((6,), (3, 4), (1, 1), (2, 3, 2)):
        _compare_slope(answer, np.maximum(rng.normal(size=shape), 0))
    _compare_slope(answer, np.zeros((2, 3)))
    _compare_slope(answer, np.array([0, 1, 2]))


def check_together(answer: Answer) -> None:
    """the slope agrees with a nudge to z"""
    z = answer.rng(3).normal(size=8)
    nudge = 1e-6
    higher, lower = answer.call("relu", z + nudge), answer.call("relu", z - nudge)
    slope = (np.asarray(higher.value) - np.asarray(lower.value)) / (2 * nudge)
    outputs = np.asarray(answer.call("relu", z).value)
    answer.call("relu_slope", outputs).gives(slope.round(6))
