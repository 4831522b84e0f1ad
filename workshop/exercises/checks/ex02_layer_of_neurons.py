"""Checks of exercise 2: a layer of neurons."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong
from workshop.functions import sigmoid

HINTS = (
    "Write the shapes below each other: (n_samples, n_inputs), (n_inputs, n_neurons), and for the "
    "result (n_samples, n_neurons). Which two numbers meet, and vanish?",
    "In NumPy, @ is the product of matrices, and * multiplies number by number. Which of the two "
    "adds up, too?",
    "NumPy adds an array of shape (n_neurons,) to each row of a table by itself, with a plain +.",
    "One line is enough: return inputs @ ... + ...",
)
WRONG = (
    Wrong(
        "The biases are missing",
        """
def layer(inputs, weights, biases):
    return inputs @ weights
""",
    ),
    Wrong(
        "the weights lie on their side",
        """
def layer(inputs, weights, biases):
    return inputs @ weights.T + biases
""",
    ),
    Wrong(
        "* multiplies number by number",
        """
def layer(inputs, weights, biases):
    return inputs * weights + biases
""",
    ),
    Wrong(
        "one for each neuron, so they go along the columns",
        """
def layer(inputs, weights, biases):
    return inputs @ weights + biases[:, None]
""",
    ),
    Wrong(
        "an activation function",
        """
def layer(inputs, weights, biases):
    return np.maximum(inputs @ weights + biases, 0)
""",
    ),
    Wrong(
        "the wrong way round",
        """
def layer(inputs, weights, biases):
    return weights @ inputs + biases
""",
    ),
)


def _compare(answer: Answer, inputs: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> None:
    sums = inputs @ weights + biases
    mistakes = {
        "The biases are missing: add each neuron's to its column.": inputs @ weights,
        "The sums have been through an activation function. Only the sums are wanted.": (
            np.maximum(sums, 0)
        ),
        "The sums have been through an activation function, the sigmoid. Only the sums are "
        "wanted.": lambda: sigmoid(sums),
        "The sum of all biases is added to each neuron. Each neuron has its own: add the array as "
        "it is.": inputs @ weights + np.sum(biases),
        "The biases go into the product, as if they were weights. Add them after it.": (
            inputs @ (weights + biases)
        ),
        "The biases are subtracted. Add them.": inputs @ weights - biases,
        "The sums are multiplied by the biases. Add them.": (inputs @ weights) * biases,
        "Only the first sample has gone through. inputs holds all of them, one in each row.": (
            sums[0]
        ),
        "The sums are added up over all neurons and samples. The product has added up what "
        "belongs together; leave np.sum out.": np.sum(sums),
    }
    if inputs.shape == weights.shape == (len(biases), len(biases)):
        mistakes |= {
            "In the product the weights lie on their side (.T). They are (in, out) here, so that "
            "inputs @ weights fits.": inputs @ weights.T + biases,
            "The product is taken the wrong way round. The samples are the rows, so inputs stand "
            "on the left of the @.": weights @ inputs + biases,
            "The product comes out on its side: the samples are rows here, so it is inputs @ "
            "weights, as they are.": weights.T @ inputs.T + biases,
            "* multiplies number by number and adds nothing up. The matrix product is @.": (
                inputs * weights + biases
            ),
            "The biases are added to the wrong axis. There is one for each neuron, so they go "
            "along the columns: a plain + does that.": inputs @ weights + biases[:, None],
        }
    answer.call("layer", inputs, weights, biases).gives(
        sums, axes=("samples", "neurons"), mistakes=mistakes
    )


def check_square(answer: Answer) -> None:
    """as many samples as inputs and neurons: every mix-up fits, and shows in the numbers"""
    inputs, weights = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[0.5, 1.0], [-1.0, 2.0]])
    _compare(answer, inputs, weights, np.array([0.5, -1.0]))


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    inputs = np.array([[1.0, 2.0], [0.0, 1.0]])
    weights = np.array([[0.5, 1.0, 2.0], [-1.0, 0.0, 3.0]])
    _compare(answer, inputs, weights, np.array([0.5, 0.0, -1.0]))


def check_random_layers(answer: Answer) -> None:
    """random layers of different sizes, one sample and one neuron among them"""
    rng = answer.rng(1)
    for n_samples, n_inputs, n_neurons in ((5, 3, 2), (1, 4, 3), (6, 2, 1), (2, 1, 5)):
        inputs = rng.normal(size=(n_samples, n_inputs))
        weights = rng.normal(size=(n_inputs, n_neurons))
        _compare(answer, inputs, weights, rng.normal(size=n_neurons))


def check_digits(answer: Answer) -> None:
    """a batch of 64 images of 784 pixels, from 0 to 255, and a layer of 128 neurons"""
    rng = answer.rng(2)
    images, weights = rng.integers(0, 256, (64, 784)), rng.normal(size=(784, 128))
    _compare(answer, images, weights, rng.normal(size=128))
