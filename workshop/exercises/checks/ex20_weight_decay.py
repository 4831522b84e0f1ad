"""Checks of exercise 20: weight decay."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong

HINTS = (
    "Begin with the step that you know, without any decay: each number minus learning_rate times "
    "its slope. What does the price of a weight add to that weight's slope?",
    "The derivative of weight_decay / 2 times the square of a weight is weight_decay times that "
    "weight. Add it to the gradient of the weights, and of nothing else.",
    "The page's formula in code: (1 - learning_rate * weight_decay) * weights - learning_rate * "
    "weight_gradient. The biases have the same without the first factor.",
)
_HEAD = """
def decay_step(weights, biases, weight_gradient, bias_gradient, learning_rate, weight_decay):
"""
WRONG = (
    Wrong(
        "The biases decay too",
        _HEAD
        + """
    share = 1 - learning_rate * weight_decay
    return (
        share * weights - learning_rate * weight_gradient,
        share * biases - learning_rate * bias_gradient,
    )
""",
    ),
    Wrong(
        "without the learning rate",
        _HEAD
        + """
    return (
        (1 - weight_decay) * weights - learning_rate * weight_gradient,
        biases - learning_rate * bias_gradient,
    )
""",
    ),
    Wrong(
        "The weights grow",
        _HEAD
        + """
    return (
        weights - learning_rate * (weight_gradient - weight_decay * weights),
        biases - learning_rate * bias_gradient,
    )
""",
    ),
    Wrong(
        "up the hill",
        _HEAD
        + """
    share = 1 - learning_rate * weight_decay
    return share * weights + learning_rate * weight_gradient, biases + learning_rate * bias_gradient
""",
    ),
    Wrong(
        "The weights do not decay",
        _HEAD
        + """
    return weights - learning_rate * weight_gradient, biases - learning_rate * bias_gradient
""",
    ),
    Wrong(
        "The gradient's step decays as well",
        _HEAD
        + """
    weights = weights - learning_rate * weight_gradient
    return weights * (1 - learning_rate * weight_decay), biases - learning_rate * bias_gradient
""",
    ),
    Wrong(
        "changes its argument weights",
        _HEAD
        + """
    weights *= 1 - learning_rate * weight_decay
    weights -= learning_rate * weight_gradient
    return weights, biases - learning_rate * bias_gradient
""",
    ),
)


def _compare(
    answer: Answer,
    weights: np.ndarray,
    biases: np.ndarray,
    weight_gradient: np.ndarray,
    bias_gradient: np.ndarray,
    rate: float,
    decay: float,
) -> None:
    plain = weights - rate * weight_gradient
    new = plain - rate * decay * weights
    new_biases = biases - rate * bias_gradient
    share = 1 - rate * decay
    answer.call(
        "decay_step",
        weights,
        biases,
        weight_gradient,
        bias_gradient,
        learning_rate=rate,
        weight_decay=decay,
    ).gives(
        (new, new_biases),
        mistakes={
            "The biases decay too. They do not make the answer change sharply: leave them to their "
            "gradient.": (new, new_biases - rate * decay * biases),
            "The weights decay without the learning rate. The price is a part of the cost, so its "
            "slope is multiplied by learning_rate like any other.": (
                plain - decay * weights,
                new_biases,
            ),
            "The weights grow: the price pushes them away from 0. Its slope, weight_decay * "
            "weights, has the same sign in the step as the gradient.": (
                plain + rate * decay * weights,
                new_biases,
            ),
            "The weights do not decay: weight_decay does nothing.": (plain, new_biases),
            "The gradient's step decays as well. Take the decay of the old weights, then the "
            "gradient's step.": (share * plain, new_biases),
            "It goes up the hill: descent subtracts the gradient.": (
                share * weights + rate * weight_gradient,
                biases + rate * bias_gradient,
            ),
            "The decay is twice what it should be. The price is half of weight_decay times the "
            "square, so the 2 of its slope cancels.": (
                plain - 2 * rate * decay * weights,
                new_biases,
            ),
            "The decay is half of what it should be. The slope of half a square is the number "
            "itself: weight_decay times the weights, without 1/2.": (
                plain - rate * decay * weights / 2,
                new_biases,
            ),
            "The price itself is taken off, not its slope. Its slope by a weight is weight_decay "
            "times that weight.": (
                plain - rate * decay / 2 * np.sum(weights**2),
                new_biases,
            ),
            "The learning rate is missing from the gradient's step.": (
                share * weights - weight_gradient,
                biases - bias_gradient,
            ),
            "The biases have not changed. They do not decay, but they take the gradient's step.": (
                new,
                biases,
            ),
            "The gradient is missing: the weights only decay.": (share * weights, new_biases),
            "The gradient is multiplied by weight_decay. Only the weights are: the step is "
            "learning_rate * (weight_gradient + weight_decay * weights).": (
                weights - rate * decay * weight_gradient,
                new_biases,
            ),
            "The decay takes the same off every weight. Each must lose a share of itself: multiply "
            "by the weights.": (plain - rate * decay, new_biases),
        },
    )


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    weights, gradient = np.array([[1.0], [-2.0]]), np.array([[0.5], [0.0]])
    _compare(answer, weights, np.array([3.0]), gradient, np.array([1.0]), 0.1, 0.5)


def check_random_layers(answer: Answer) -> None:
    """random layers, small and large"""
    rng = answer.rng(1)
    for shape in ((1, 1), (3, 2), (5, 5), (2, 7)):
        weights, gradient = rng.normal(size=(2, *shape))
        biases, bias_gradient = rng.normal(size=(2, shape[1]))
        _compare(answer, weights, biases, gradient, bias_gradient, 0.3, 0.2)


def check_level_ground(answer: Answer) -> None:
    """weights where the cost is level"""
    rng = answer.rng(2)
    weights, biases = rng.normal(size=(3, 2)), rng.normal(size=2)
    _compare(answer, weights, biases, np.zeros((3, 2)), np.zeros(2), 0.1, 1.0)


def check_no_decay(answer: Answer) -> None:
    """no decay at all"""
    rng = answer.rng(3)
    weights, gradient = rng.normal(size=(2, 3, 2))
    biases, bias_gradient = rng.normal(size=(2, 2))
    _compare(answer, weights, biases, gradient, bias_gradient, 0.1, 0.0)
