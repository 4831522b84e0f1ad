"""Checks of exercise 1: the output of a neuron."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong

HINTS = (
    "Take the example by hand first: 1 times 0.5, plus 2 times -1, plus 3. Which three operations "
    "did you use, in which order?",
    "inputs * weights multiplies two arrays element by element. np.sum adds up an array.",
    "One line is enough: return np.sum(inputs * weights) + ...",
)
WRONG = (
    Wrong(
        "The bias is missing",
        """
def output(inputs, weights, bias):
    return np.sum(inputs * weights)
""",
    ),
    Wrong(
        "The bias is added once for each input",
        """
def output(inputs, weights, bias):
    return np.sum(inputs * weights + bias)
""",
    ),
    Wrong(
        "The products are not added up",
        """
def output(inputs, weights, bias):
    return inputs * weights + bias
""",
    ),
    Wrong(
        "Multiply pair by",
        """
def output(inputs, weights, bias):
    return np.sum(inputs) * np.sum(weights) + bias
""",
    ),
)


def _compare(answer: Answer, inputs: np.ndarray, weights: np.ndarray, bias: float) -> None:
    answer.call("output", inputs, weights, bias).gives(
        inputs @ weights + bias,
        mistakes={
            "The bias is missing: add it after the sum.": inputs @ weights,
            "The bias is added once for each input. It belongs to the neuron: add it once, after "
            "the sum.": np.sum(inputs * weights + bias),
            "The products are not added up: one number should come out, and np.sum makes one of "
            "many.": inputs * weights + bias,
            "The inputs and the weights are added up first, and then multiplied. Multiply pair by "
            "pair, then add up.": np.sum(inputs) * np.sum(weights) + bias,
            "The sum is only that of inputs and weights: multiply them first.": np.sum(inputs)
            + np.sum(weights)
            + bias,
        },
    )


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    _compare(answer, np.array([1.0, 2.0]), np.array([0.5, -1.0]), 3.0)


def check_random_neurons(answer: Answer) -> None:
    """random neurons with one to six inputs"""
    rng = answer.rng(1)
    for n_inputs in range(1, 7):
        _compare(answer, rng.normal(size=n_inputs), rng.normal(size=n_inputs), rng.normal())


def check_many_inputs(answer: Answer) -> None:
    """a neuron that looks at a picture of 784 pixels"""
    rng = answer.rng(2)
    _compare(answer, rng.random(784), rng.normal(size=784), -0.5)
