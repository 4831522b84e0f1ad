"""Checks of exercise 8: the cost of a line."""

import numpy as np

from workshop.datasets import load_ten_points
from workshop.exercises.checking import Answer, Wrong, explained
from workshop.neuron import cost

HINTS = (
    "Do the example by hand. The neuron says 1.5, 2.5 and 4.5. It should say 3.5, 1.5 and 6. Which "
    "three errors are these, and what are their squares?",
    "x and y are arrays, so bias + weight * x - y is all the errors at once. In Python, the square "
    "of a is a**2.",
    "Two lines: errors = bias + weight * x - y, then return the np.sum of their squares.",
)
WRONG = (
    Wrong(
        "cancel each other",
        """
def cost(x, y, weight, bias):
    return np.sum(bias + weight * x - y)
""",
    ),
    Wrong(
        "Square each error first",
        """
def cost(x, y, weight, bias):
    return np.sum(bias + weight * x - y) ** 2
""",
    ),
    Wrong(
        "That is the mean",
        """
def cost(x, y, weight, bias):
    return np.mean((bias + weight * x - y) ** 2)
""",
    ),
    Wrong(
        "without their signs",
        """
def cost(x, y, weight, bias):
    return np.sum(np.abs(bias + weight * x - y))
""",
    ),
    Wrong(
        "The bias is missing",
        """
def cost(x, y, weight, bias):
    return np.sum((weight * x - y) ** 2)
""",
    ),
    Wrong(
        "Only y is squared",
        """
def cost(x, y, weight, bias):
    return np.sum(bias + weight * x - y**2)
""",
    ),
    Wrong(
        "not added up",
        """
def cost(x, y, weight, bias):
    return (bias + weight * x - y) ** 2
""",
    ),
    Wrong(
        "a power is **",
        """
def cost(x, y, weight, bias):
    return np.sum((bias + weight * x - y) ^ 2)
""",
    ),
)


def _compare(answer: Answer, x: np.ndarray, y: np.ndarray, weight: float, bias: float) -> None:
    errors = bias + weight * x - y
    with explained({"bitwise_xor": "In Python, a power is **. The sign ^ is another thing."}):
        answer.call("cost", x, y, weight, bias).gives(
            cost(x, y, weight, bias),
            mistakes={
                "The errors are added up as they are, so those above and below cancel each other. "
                "Square each of them first.": np.sum(errors),
                "The sum of the errors is squared, and in it those above and below cancel. Square "
                "each error first, then add up.": np.sum(errors) ** 2,
                "That is the mean of the squares. The sum is wanted (some programs do take the "
                "mean, and need another learning rate then).": np.mean(errors**2),
                "The errors are added up without their signs, but not squared.": (
                    np.sum(np.abs(errors))
                ),
                "The bias is missing in what the neuron says.": np.sum((weight * x - y) ** 2),
                "Only y is squared. Put brackets around the whole error: (...)**2.": np.sum(
                    bias + weight * x - y**2
                ),
                "The squares are not added up: np.sum makes one number of many.": errors**2,
                "That is the root of the cost. Leave the root out.": np.sqrt(np.sum(errors**2)),
                "That is the root of the mean square. Leave the root out, and add up.": np.sqrt(
                    np.mean(errors**2)
                ),
                "What the neuron says is squared, and then y is subtracted. Square the whole "
                "error: (...)**2.": np.sum((bias + weight * x) ** 2 - y),
                "What the neuron says is squared, and y by itself. Subtract first, then square.": (
                    np.sum((bias + weight * x) ** 2 - y**2)
                ),
                "y is added. The error is what the neuron says, minus y.": np.sum(
                    (bias + weight * x + y) ** 2
                ),
                "The bias stands inside the product: the neuron says bias + weight * x.": np.sum(
                    (weight * (x + bias) - y) ** 2
                ),
                "The bias is added to the cost. It belongs to what the neuron says, in the "
                "error.": (bias + np.sum((weight * x - y) ** 2)),
                "That is a slope of the cost: twice what is squared. The cost itself is the "
                "square.": (2 * np.sum(errors)),
                "Only the last point counts. In the loop, add to the total: total += ...": (
                    errors[-1] ** 2
                ),
                "Only the first point counts. Is the return indented, so that it stands in the "
                "loop?": errors[0] ** 2,
                "Half of the sum came. Some books halve the cost; here it is the whole sum.": (
                    np.sum(errors**2) / 2
                ),
                "Weight and bias have changed places: the neuron says bias + weight * x.": np.sum(
                    (weight + bias * x - y) ** 2
                ),
            },
            cause="Work it out by hand for these points, as the first hint does, and compare.",
        )


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    _compare(answer, np.array([1.0, 2.0, 4.0]), np.array([3.5, 1.5, 6.0]), 1.0, 0.5)


def check_ten_points(answer: Answer) -> None:
    """the ten points of the page, and three guesses"""
    x, y = load_ten_points()
    for weight, bias in ((1.0, 1.0), (2.0, 1.0), (-0.5, 2.0)):
        _compare(answer, x, y, weight, bias)


def check_random(answer: Answer) -> None:
    """random points: one, two, and a hundred"""
    rng = answer.rng(1)
    for n_points in (1, 2, 100):
        x, y = rng.normal(0, 2, (2, n_points))
        _compare(answer, x, y, rng.normal(), rng.normal())


def check_perfect(answer: Answer) -> None:
    """a perfect line costs nothing; whole numbers"""
    x = np.array([-1, 0, 3])
    _compare(answer, x, 2 * x + 1, 2, 1)
    _compare(answer, x, x, 2, 1)
