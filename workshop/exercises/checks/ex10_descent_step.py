"""Checks of exercise 10: one step downhill."""

from typing import Any

import numpy as np

from workshop.datasets import load_ten_points
from workshop.exercises.checking import Answer, Wrong
from workshop.neuron import gradients

HINTS = (
    "A slope says which way is up. In the example, the derivative by the weight is 23.6: should "
    "the weight grow or shrink?",
    "gradients gives two numbers: by_weight, by_bias = gradients(x, y, weight, bias). Ask it once, "
    "before weight or bias has changed.",
    "The new weight is weight - learning_rate * by_weight. Return it and the new bias, with a "
    "comma between them.",
)
WRONG = (
    Wrong(
        "uphill",
        """
def descent_step(x, y, weight, bias, learning_rate):
    by_weight, by_bias = gradients(x, y, weight, bias)
    return weight + learning_rate * by_weight, bias + learning_rate * by_bias
""",
    ),
    Wrong(
        "after the weight had moved",
        """
def descent_step(x, y, weight, bias, learning_rate):
    weight = weight - learning_rate * gradients(x, y, weight, bias)[0]
    bias = bias - learning_rate * gradients(x, y, weight, bias)[1]
    return weight, bias
""",
    ),
    Wrong(
        "after the bias had moved",
        """
def descent_step(x, y, weight, bias, learning_rate):
    bias = bias - learning_rate * gradients(x, y, weight, bias)[1]
    weight = weight - learning_rate * gradients(x, y, weight, bias)[0]
    return weight, bias
""",
    ),
    Wrong(
        "The learning rate is missing",
        """
def descent_step(x, y, weight, bias, learning_rate):
    by_weight, by_bias = gradients(x, y, weight, bias)
    return weight - by_weight, bias - by_bias
""",
    ),
    Wrong(
        "how far to go, and not where to",
        """
def descent_step(x, y, weight, bias, learning_rate):
    by_weight, by_bias = gradients(x, y, weight, bias)
    return learning_rate * by_weight, learning_rate * by_bias
""",
    ),
    Wrong(
        "have changed places",
        """
def descent_step(x, y, weight, bias, learning_rate):
    by_bias, by_weight = gradients(x, y, weight, bias)
    return weight - learning_rate * by_weight, bias - learning_rate * by_bias
""",
    ),
    Wrong(
        "Only the weight has moved",
        """
def descent_step(x, y, weight, bias, learning_rate):
    by_weight, by_bias = gradients(x, y, weight, bias)
    return weight - learning_rate * by_weight, bias
""",
    ),
    Wrong(
        "the slope once more",
        """
def descent_step(x, y, weight, bias, learning_rate):
    by_weight, by_bias = gradients(x, y, weight, bias)
    weight -= learning_rate * by_weight * weight
    bias -= learning_rate * by_bias * bias
    return weight, bias
""",
    ),
)


def _compare(
    answer: Answer, x: np.ndarray, y: np.ndarray, weight: float, bias: float, learning_rate: float
) -> None:
    by_weight, by_bias = gradients(x, y, weight, bias)
    weight_step, bias_step = learning_rate * by_weight, learning_rate * by_bias
    new_weight, new_bias = weight - weight_step, bias - bias_step
    late_bias = bias - learning_rate * gradients(x, y, new_weight, bias)[1]
    late_weight = weight - learning_rate * gradients(x, y, weight, new_bias)[0]
    mixed_up: Any = gradients  # so that it may be called with anything
    answer.call("descent_step", x, y, weight, bias, learning_rate).gives(
        (new_weight, new_bias),
        axes=("the new weight", "the new bias"),
        mistakes={
            "That step goes uphill: the slopes say which way is up, so subtract.": (
                weight + weight_step,
                bias + bias_step,
            ),
            "The slope in the bias was felt after the weight had moved. Ask for both slopes "
            "first, then move both.": (new_weight, late_bias),
            "The slope in the weight was felt after the bias had moved. Ask for both slopes "
            "first, then move both.": (late_weight, new_bias),
            "The learning rate is missing: a step is only a small part of the slope.": (
                weight - by_weight,
                bias - by_bias,
            ),
            "That is how far to go, and not where to. Subtract it from weight and bias.": (
                weight_step,
                bias_step,
            ),
            "That is how far to go, with its sign. Add it to weight and bias.": (
                -weight_step,
                -bias_step,
            ),
            "The two slopes have changed places: gradients returns that of the weight first.": (
                weight - bias_step,
                bias - weight_step,
            ),
            "Only the weight has moved. The bias goes against its own slope, too.": (
                new_weight,
                bias,
            ),
            "Only the bias has moved. The weight goes against its own slope, too.": (
                weight,
                new_bias,
            ),
            "Weight and bias are in the slope once more: subtract the learning rate times the "
            "slope, and nothing else.": (weight - weight_step * weight, bias - bias_step * bias),
            "The bias goes uphill: subtract in both.": (new_weight, bias + bias_step),
            "The weight goes uphill: subtract in both.": (weight + weight_step, new_bias),
            "The difference is the wrong way round: from weight and bias, subtract the step.": (
                -new_weight,
                -new_bias,
            ),
            "gradients got weight and bias in the wrong order: gradients(x, y, weight, bias).": (
                lambda: _step_at(weight, bias, gradients(x, y, bias, weight), learning_rate)
            ),
            "gradients got its arguments in the wrong order: gradients(x, y, weight, bias).": (
                lambda: _step_at(weight, bias, mixed_up(weight, bias, x, y), learning_rate)
            ),
            "The slopes are divided by the learning rate. Multiply: a step is a small part of the "
            "slope.": lambda: _step_at(weight, bias, (by_weight, by_bias), 1 / learning_rate),
            "The slopes are missing: both numbers have moved by the learning rate itself.": (
                weight - learning_rate,
                bias - learning_rate,
            ),
            "Only the direction of the slopes counts here. Multiply by the slopes: where it is "
            "steep, the step is long.": _step_at(
                weight, bias, (np.sign(by_weight), np.sign(by_bias)), learning_rate
            ),
            "The learning rate is multiplied with everything. It belongs to the slope only: no "
            "brackets around weight - slope.": (
                learning_rate * (weight - by_weight),
                learning_rate * (bias - by_bias),
            ),
            "The slopes are divided by the number of points. The cost is a sum here, not a mean.": (
                _step_at(weight, bias, (by_weight, by_bias), learning_rate / len(x))
            ),
            "Weight and bias have not moved. Return the new ones.": (weight, bias),
        },
    )


def _step_at(
    weight: float, bias: float, slopes: tuple[float, float], learning_rate: float
) -> tuple[float, float]:
    return weight - learning_rate * slopes[0], bias - learning_rate * slopes[1]


def check_example(answer: Answer) -> None:
    """the example of the statement, from another place"""
    _compare(answer, np.array([-2.0, 1.0]), np.array([4.4, 1.0]), 2.0, 0.5, 0.1)


def check_ten_points(answer: Answer) -> None:
    """the first step on the ten points, at three rates"""
    x, y = load_ten_points()
    for learning_rate in (0.01, 0.001, 0.1):
        _compare(answer, x, y, 1.0, 1.0, learning_rate)


def check_random(answer: Answer) -> None:
    """random points, one alone among them"""
    rng = answer.rng(1)
    for n_points in (1, 3, 20):
        x, y = rng.normal(0, 2, (2, n_points))
        _compare(answer, x, y, rng.normal(), rng.normal(), 0.05)


def check_no_step(answer: Answer) -> None:
    """a learning rate of 0, and a perfect line: nothing moves"""
    x = np.array([-1.0, 0.0, 3.0])
    _compare(answer, x, x, 0.5, 1.0, 0.0)
    _compare(answer, x, 2 * x + 1, 2.0, 1.0, 0.1)
