"""Checks of exercise 9: two partial derivatives."""

import numpy as np

from workshop.datasets import load_ten_points
from workshop.exercises.checking import Answer, Wrong
from workshop.neuron import gradients

HINTS = (
    "Take one point with a pencil, as the page does: outside, the slope of a square is twice what "
    "is squared. Inside, by how much does the error move if the weight moves by 1, and if the bias "
    "moves by 1?",
    "For one point they are 2 * error * x and 2 * error. With several points, the slopes add up.",
    "errors = bias + weight * x - y is an array with the error of each point. Then return two "
    "sums, with a comma between them: np.sum(2 * errors * x), ...",
)
WRONG = (
    Wrong(
        "y - a in place of a - y",
        """
def partial_derivatives(x, y, weight, bias):
    errors = y - (bias + weight * x)
    return np.sum(2 * errors * x), np.sum(2 * errors)
""",
    ),
    Wrong(
        "twice what is squared",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return np.sum(errors * x), np.sum(errors)
""",
    ),
    Wrong(
        "The inside is missing",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return np.sum(2 * errors), np.sum(2 * errors)
""",
    ),
    Wrong(
        "moves the error by just as much",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return np.sum(2 * errors * x), np.sum(2 * errors * x)
""",
    ),
    Wrong(
        "That is the mean",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return np.mean(2 * errors * x), np.mean(2 * errors)
""",
    ),
    Wrong(
        "Multiply point by point",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return 2 * np.sum(errors) * np.sum(x), 2 * np.sum(errors)
""",
    ),
    Wrong(
        "the other way round",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return np.sum(2 * errors), np.sum(2 * errors * x)
""",
    ),
    Wrong(
        "not added up",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return 2 * errors * x, 2 * errors
""",
    ),
    Wrong(
        "Weight and bias are no factors",
        """
def partial_derivatives(x, y, weight, bias):
    errors = bias + weight * x - y
    return np.sum(2 * errors * weight), np.sum(2 * errors * bias)
""",
    ),
)


def _compare(answer: Answer, x: np.ndarray, y: np.ndarray, weight: float, bias: float) -> None:
    errors = bias + weight * x - y
    right = gradients(x, y, weight, bias)
    by_weight, by_bias = right
    answer.call("partial_derivatives", x, y, weight, bias).gives(
        right,
        axes=("by the weight", "by the bias"),
        mistakes={
            "Both have the wrong sign. Is the error y - a in place of a - y? It is what the neuron "
            "says, minus what it should say.": (-by_weight, -by_bias),
            "Both are half of what they should be. The slope of a square is twice what is "
            "squared.": (by_weight / 2, by_bias / 2),
            "The inside is missing in the derivative by the weight: the weight moves the error by "
            "x, so that is a factor.": (by_bias, by_bias),
            "In the derivative by the bias, x does not belong. A nudge to the bias moves the error "
            "by just as much, whatever x is.": (by_weight, by_weight),
            "That is the mean over the points. The cost is a sum, so the slopes add up.": (
                by_weight / len(x),
                by_bias / len(x),
            ),
            "The errors and the x are added up first and then multiplied. Multiply point by point, "
            "then add up.": (2 * np.sum(errors) * np.sum(x), by_bias),
            "The inside of the derivative by the weight is x, and not the weight: a nudge to the "
            "weight moves the error by x.": (2 * np.sum(errors) * weight, by_bias),
            "Weight and bias are no factors. A nudge to the weight moves the error by x, and one "
            "to the bias moves it by just as much.": (
                2 * np.sum(errors) * weight,
                2 * np.sum(errors) * bias,
            ),
            "In the derivative by the bias, the bias is no factor: a nudge to it moves the error "
            "by just as much.": (by_weight, by_bias * bias),
            "The errors are squared first. The slope of a square is twice what is squared, and not "
            "twice the square.": (np.sum(2 * errors**2 * x), np.sum(2 * errors**2)),
            "The bias is missing in the error: the neuron says bias + weight * x.": (
                np.sum(2 * (weight * x - y) * x),
                np.sum(2 * (weight * x - y)),
            ),
            "The minus is meant for all that the neuron says. Write bias + weight * x - y, or put "
            "brackets around bias + weight * x.": (
                np.sum(2 * (y - bias + weight * x) * x),
                np.sum(2 * (y - bias + weight * x)),
            ),
            "The outside is missing in the derivative by the weight: twice the error, times x.": (
                np.sum(2 * x),
                by_bias,
            ),
            "x counts twice in the derivative by the weight. It is a factor once.": (
                np.sum(2 * errors * x**2),
                by_bias,
            ),
            "Only the last point counts. In the loop, add to the totals: += ...": (
                2 * errors[-1] * x[-1],
                2 * errors[-1],
            ),
            "Only the first point counts. Is the return indented, so that it stands in the loop?": (
                2 * errors[0] * x[0],
                2 * errors[0],
            ),
            "The slopes of the points are not added up: np.sum makes one number of many.": (
                2 * errors * x,
                2 * errors,
            ),
        },
    )


def check_example(answer: Answer) -> None:
    """the points of the example, at another place"""
    _compare(answer, np.array([-2.0, 1.0, 3.0]), np.array([4.4, 1.0, 2.0]), 0.5, -1.5)


def check_ten_points(answer: Answer) -> None:
    """the ten points of the page, at three places"""
    x, y = load_ten_points()
    for weight, bias in ((1.0, 1.0), (0.0, 0.0), (-0.5, 2.0)):
        _compare(answer, x, y, weight, bias)


def check_random(answer: Answer) -> None:
    """random points: one, three, and a hundred"""
    rng = answer.rng(1)
    for n_points in (1, 3, 100):
        x, y = rng.normal(0, 2, (2, n_points))
        _compare(answer, x, y, rng.normal(), rng.normal())


def check_lowest_place(answer: Answer) -> None:
    """no slope where the line is perfect; whole numbers"""
    x = np.array([-1, 0, 3])
    _compare(answer, x, 2 * x + 1, 2, 1)
    _compare(answer, x, x, 3, -1)
