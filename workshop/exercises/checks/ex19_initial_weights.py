"""Checks of exercise 19: initial weights."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong

AXES = ("inputs", "neurons")
HINTS = (
    "Look at the section The right size of the page: it has He's variance, and the spread of the "
    "weights for 256 inputs. How do you get from one to the other?",
    "rng.normal(mean, spread, shape) draws an array. The spread, or standard deviation, is the "
    "square root of the variance.",
    "One line is enough: return rng.normal(0, np.sqrt(...), (n_inputs, n_outputs)).",
)
WRONG = (
    Wrong(
        "wants the spread",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return rng.normal(0, 2 / n_inputs, (n_inputs, n_outputs))
""",
    ),
    Wrong(
        "number of neurons decides",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return rng.normal(0, np.sqrt(2 / n_outputs), (n_inputs, n_outputs))
""",
    ),
    Wrong(
        "throws away half",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return rng.normal(0, np.sqrt(1 / n_inputs), (n_inputs, n_outputs))
""",
    ),
    Wrong(
        "stay twins",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return np.zeros((n_inputs, n_outputs))
""",
    ),
    Wrong(
        "also negative ones",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return rng.random((n_inputs, n_outputs)) * np.sqrt(2 / n_inputs)
""",
    ),
    Wrong(
        "spread of 1",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return rng.normal(0, 1, (n_inputs, n_outputs))
""",
    ),
    Wrong(
        "not come from the generator",
        """
def initial_weights(n_inputs, n_outputs, rng):
    return np.random.default_rng().normal(0, np.sqrt(2 / n_inputs), (n_inputs, n_outputs))
""",
    ),
    Wrong(
        "a generator of its own",
        """
def initial_weights(n_inputs, n_outputs, rng):
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / n_inputs), (n_inputs, n_outputs))
""",
    ),
)


def _spreads(n_inputs: int, n_outputs: int) -> dict[str, float]:
    return {
        "rng.normal wants the spread, and 2 / n_inputs is the variance. The spread is its square "
        "root.": 2 / n_inputs,
        "The number of neurons decides about the size here. Each sum has n_inputs terms, so "
        "divide by n_inputs.": np.sqrt(2 / n_outputs),
        "The variance is 1 / n_inputs. ReLU throws away half of the mean square: double the "
        "variance to make up for it.": np.sqrt(1 / n_inputs),
        "The variance is Glorot's, for the sigmoid and tanh. He's is 2 / n_inputs, whatever "
        "n_outputs is.": np.sqrt(2 / (n_inputs + n_outputs)),
        "The spread is 2 / sqrt(n_inputs): the 2 must be under the square root, too.": 2
        / np.sqrt(n_inputs),
        "The weights have a spread of 1, whatever the number of inputs. With many inputs, their "
        "sums become too large: the spread must fall as n_inputs rises.": 1.0,
        "The spread is the square root of n_inputs / 2. It must fall as n_inputs rises: turn the "
        "fraction over.": np.sqrt(n_inputs / 2),
    }


def check_shape(answer: Answer) -> None:
    """a weight for each input and each neuron"""
    for n_inputs, n_outputs in ((4, 3), (2, 5), (1, 1)):
        reply = answer.call("initial_weights", n_inputs, n_outputs, answer.rng())
        reply.has_shape((n_inputs, n_outputs), AXES)


def check_size(answer: Answer) -> None:
    """weights around 0, with He's variance"""
    for n_inputs, n_outputs in ((784, 128), (128, 1000), (50, 3000)):
        reply = answer.call("initial_weights", n_inputs, n_outputs, answer.rng(n_inputs))
        weights = reply.has_shape((n_inputs, n_outputs), AXES)
        he, mean, spread = np.sqrt(2 / n_inputs), weights.mean(), weights.std()
        expected = f"weights around 0, with a spread of {he:.5f}"
        gave = f"weights around {mean:.5f}, with a spread of {spread:.5f}"
        if spread < 1e-6 * he:
            cause = (
                "All weights are equal, so the neurons stay twins for ever. Draw them at random."
            )
            reply.fail(expected, cause, gave)
        if abs(mean) > 0.1 * spread:
            cause = "The weights do not lie around 0. Draw also negative ones: rng.normal does."
            reply.fail(expected, cause, gave)
        if abs(spread / he - 1) > 0.05:
            likely = _spreads(n_inputs, n_outputs)
            causes = [cause for cause, wrong in likely.items() if abs(spread / wrong - 1) < 0.05]
            other = "Their size is not He's. How do you get from the variance to the spread?"
            reply.fail(expected, causes[0] if causes else other, gave)


def check_the_generator(answer: Answer) -> None:
    """weights that the generator decides"""
    first, same, other = (
        answer.call("initial_weights", 6, 4, answer.rng(seed)) for seed in (1, 1, 2)
    )
    if not np.array_equal(first.value, same.value):
        same.fail(
            "the same weights again, from a generator with the same seed",
            "The weights do not come from the generator that the function gets, so nobody can "
            "repeat your training. Draw with rng.normal(...), not with np.random.",
        )
    if np.array_equal(first.value, other.value):
        other.fail(
            "other weights, from a generator with another seed",
            "The weights are always the same. Is there a generator of its own in the function? "
            "Draw from rng.",
        )
