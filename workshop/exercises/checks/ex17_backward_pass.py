"""Checks of exercise 17: backwards through two layers."""

from typing import Any

import numpy as np

from workshop.exercises.checking import Answer, Wrong, close
from workshop.functions import one_hot, relu, softmax
from workshop.network import Network

HINTS = (
    "Begin at the end. Which shape must the delta of the outputs have, and which the delta of the "
    "hidden neurons? Each is as large as the answers of its layer.",
    "Equation 1 here: delta2 = (P - Y) / len(X). Equation 2 sends it back through W2, turned on "
    "its side, and multiplies by ReLU's slope, which is 1 where A1 is above 0.",
    "Equations 3 and 4 are the same for both layers: the biases' derivative is the delta added up "
    "over the samples (axis=0), the weights' is what came in, turned on its side, @ delta. What "
    "came into the hidden layer is X, and into the outputs A1.",
    "delta1 = (delta2 @ W2.T) * (A1 > 0); the derivative by W1 is X.T @ delta1, and by b1 "
    "delta1.sum(axis=0). The other two are made from A1 and delta2 in the same way.",
)


FIRST, BACK = "(P - Y) / len(X)", "(delta2 @ W2.T) * (A1 > 0)"
ALL_FOUR = "X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)"


def _wrong(says: str, delta2: str = FIRST, delta1: str = BACK, returns: str = ALL_FOUR) -> Wrong:
    """Return the solution with one of its three lines replaced."""
    return Wrong(
        says,
        "\ndef backward_pass(X, Y, W2, A1, P):\n"
        f"    delta2 = {delta2}\n    delta1 = {delta1}\n    return {returns}\n",
    )


WRONG = (
    _wrong("The mean over the samples is missing", "P - Y"),
    _wrong("The sign is turned", "(Y - P) / len(X)"),
    _wrong("belongs to the squared error", "2 * (P - Y) / len(X)"),
    _wrong("The slope of ReLU is missing", delta1="delta2 @ W2.T"),
    _wrong("not where delta is", delta1="np.maximum(delta2 @ W2.T, 0)"),
    _wrong("slope of the sigmoid", delta1="(delta2 @ W2.T) * A1 * (1 - A1)"),
    _wrong("answers themselves", delta1="(delta2 @ W2.T) * A1"),
    _wrong("turned on its side", delta1="(delta2 @ W2) * (A1 > 0)"),
    _wrong(
        "add up over the samples",
        returns="X.T @ delta1, delta1.mean(axis=0), A1.T @ delta2, delta2.mean(axis=0)",
    ),
    _wrong(
        "along the wrong axis",
        returns="X.T @ delta1, delta1.sum(axis=1), A1.T @ delta2, delta2.sum(axis=1)",
    ),
    _wrong(
        "what came into the hidden layer is X",
        returns="A1.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)",
    ),
    _wrong(
        "have (to, from) in place of (from, to)",
        returns="delta1.T @ X, delta1.sum(axis=0), delta2.T @ A1, delta2.sum(axis=0)",
    ),
    _wrong(
        "last layer first",
        returns="A1.T @ delta2, delta2.sum(axis=0), X.T @ delta1, delta1.sum(axis=0)",
    ),
    _wrong(
        "divided by the number of samples twice",
        returns="X.T @ delta1 / len(X), delta1.sum(axis=0) / len(X), "
        "A1.T @ delta2 / len(X), delta2.sum(axis=0) / len(X)",
    ),
    _wrong(
        "an axis too many",
        returns="X.T @ delta1, delta1.sum(axis=0, keepdims=True), A1.T @ delta2, "
        "delta2.sum(axis=0, keepdims=True)",
    ),
)
Four = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _gradients(X: np.ndarray, A1: np.ndarray, delta1: np.ndarray, delta2: np.ndarray) -> Four:
    """Return the derivatives that belong to these deltas: equations 3 and 4."""
    return X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)


def _compare(
    answer: Answer, X: np.ndarray, Y: np.ndarray, W2: np.ndarray, A1: np.ndarray, P: np.ndarray
) -> None:
    n, slope = len(X), A1 > 0
    delta2 = (P - Y) / n
    back = delta2 @ W2.T
    delta1 = back * slope
    right = _gradients(X, A1, delta1, delta2)
    by_W1, by_b1, by_W2, by_b2 = right

    def scaled(factor: float) -> Four:
        return _gradients(X, A1, factor * delta1, factor * delta2)

    surprise = -Y / np.maximum(P, 1e-12) / n
    mistakes: dict[str, Any] = {
        "The mean over the samples is missing: divide the first delta by their number, and the "
        "rest follows.": scaled(n),
        "The sign is turned: delta is what the network said, minus what it should have said.": (
            scaled(-1)
        ),
        "The factor 2 belongs to the squared error. With softmax and cross-entropy, the first "
        "delta is P - Y, divided by the number of samples.": scaled(2),
        "It is divided by the number of samples twice. Once is enough, at the first delta: what is "
        "made from deltas is divided already.": scaled(1 / n),
        "The slope of ReLU is missing in the delta of the hidden layer. A silent neuron has done "
        "nothing, so its delta is 0.": _gradients(X, A1, back, delta2),
        "ReLU's slope is 1 where the neuron has answered, and not where delta is positive. A delta "
        "may be negative: multiply by (A1 > 0).": (_gradients(X, A1, np.maximum(back, 0), delta2)),
        "That is the slope of the sigmoid, a (1 - a). The hidden layer uses ReLU.": (
            _gradients(X, A1, back * A1 * (1 - A1), delta2)
        ),
        "The delta of the hidden layer is multiplied by the answers themselves. The slope of ReLU "
        "is wanted: 1 where the answer is above 0.": _gradients(X, A1, back * A1, delta2),
        "The first delta is multiplied by a slope. With softmax and cross-entropy nothing is left "
        "of it: P - Y, divided by the number of samples.": _gradients(
            X, A1, (delta2 * P * (1 - P)) @ W2.T * slope, delta2 * P * (1 - P)
        ),
        "That is the slope of the cost by the probabilities, without the softmax. By its logits, "
        "only P - Y remains, divided by the number of samples.": _gradients(
            X, A1, (surprise @ W2.T) * slope, surprise
        ),
        "The derivative by b2 is made of the outputs' own delta, not of that of the hidden "
        "layer.": (
            by_W1,
            by_b1,
            by_W2,
            by_b1,
        ),
        "The biases' derivatives are added up over the neurons, too. Add up over the samples only: "
        "axis=0.": (by_W1, by_b1.sum(), by_W2, by_b2.sum()),
        "Only what belongs to W2 and b2 has come back. The hidden layer's come first.": (
            by_W2,
            by_b2,
        ),
        "For the biases, add up over the samples, and do not take the mean: it is in the deltas "
        "already.": (by_W1, by_b1 / n, by_W2, by_b2 / n),
        "The derivatives of the weights have (to, from) in place of (from, to): what came in, "
        "turned on its side, stands on the left of the @.": (by_W1.T, by_b1, by_W2.T, by_b2),
        "The derivatives come last layer first. That is the order to work them out in, but they "
        "are to be returned as W1, b1, W2, b2.": (by_W2, by_b2, by_W1, by_b1),
        "Return first what belongs to W1 and b1, then W2 and b2, and not first both weights.": (
            by_W1,
            by_W2,
            by_b1,
            by_b2,
        ),
        "The deltas are not added up over the samples. A bias has one derivative, whatever their "
        "number.": (
            by_W1,
            delta1,
            by_W2,
            delta2,
        ),
        "The derivatives of the biases have an axis too many. b1 has the shape (n_hidden,), so "
        "leave out keepdims.": (by_W1, by_b1[None], by_W2, by_b2[None]),
    }
    if X.shape == A1.shape == P.shape == W2.shape:
        mistakes |= {
            "The deltas go back through W2 turned on its side: from the outputs to the hidden "
            "neurons it is W2.T.": _gradients(X, A1, (delta2 @ W2) * slope, delta2),
            "Deltas and weights are the wrong way round: the samples are the rows of delta, so it "
            "stands on the left, delta2 @ "
            "W2.T.": _gradients(X, A1, (W2.T @ delta2) * slope, delta2),
            "The slope belongs to the hidden layer: 1 where A1 is above 0, whatever X is.": (
                _gradients(X, A1, back * (X > 0), delta2)
            ),
            "The slope is multiplied with @. It goes number by number: *.": (
                _gradients(X, A1, back @ slope, delta2)
            ),
            "What came in must be turned on its side: X.T @ delta1, A1.T @ delta2.": (
                X @ delta1,
                by_b1,
                A1 @ delta2,
                by_b2,
            ),
            "For the weights, what came in stands on the left: X.T @ delta1, A1.T @ delta2.": (
                delta1 @ X.T,
                by_b1,
                delta2 @ A1.T,
                by_b2,
            ),
            "The deltas are added up along the wrong axis. For the biases, add up over the "
            "samples, axis=0.": (by_W1, delta1.sum(axis=1), by_W2, delta2.sum(axis=1)),
            "A weight's derivative is delta where it ends times the answer where it begins, and "
            "what came into the hidden layer is X.": (A1.T @ delta1, by_b1, by_W2, by_b2),
            "What came into the outputs is A1, the hidden neurons' answers, and not X.": (
                by_W1,
                by_b1,
                X.T @ delta2,
                by_b2,
            ),
        }
    reply = answer.call("backward_pass", X, Y, W2, A1, P)
    came = reply.value
    cause = "Mend what belongs to the outputs first: delta2, and what is made of it."
    if isinstance(came, tuple | list) and len(came) == len(right):
        if close(came[2:], right[2:], 1e-9):
            cause = "What belongs to W2 and b2 is right: look at delta1, and at what is made of it."
        else:  # there may be two mistakes: name that of the outputs
            fits = (
                sentence
                for sentence, four in mistakes.items()
                if len(four) == len(right)
                and not close(four[2:], right[2:], 1e-9)
                and close(came[2:], four[2:], 1e-9)
            )
            cause = next(fits, cause)
    reply.gives(
        right,
        axes=("by W1", "by b1", "by W2", "by b2"),
        mistakes=mistakes,
        cause=cause,
    )


def _random(rng: np.random.Generator, n: int, n_inputs: int, n_hidden: int, n_classes: int) -> list:
    """Return the arguments of a random network, with its own way forwards."""
    X, W1 = rng.normal(size=(n, n_inputs)), rng.normal(size=(n_inputs, n_hidden))
    W2, b2 = rng.normal(size=(n_hidden, n_classes)), rng.normal(size=n_classes)
    A1 = relu(X @ W1 + rng.normal(size=n_hidden))
    return [X, np.eye(n_classes)[rng.integers(n_classes, size=n)], W2, A1, softmax(A1 @ W2 + b2)]


def check_square(answer: Answer) -> None:
    """three of everything: a mix-up fits, and shows in the numbers"""
    _compare(answer, *_random(answer.rng(4), 3, 3, 3, 3))


def check_page(answer: Answer) -> None:
    """the network of the page, and one sample"""
    W2 = np.array([[-2.0, -1.0], [1.0, 0.5]])
    X, Y, A1, P = ([2.0, 1.0], [1.0, 0.0], [1.0, 2.0], [0.5, 0.5])
    _compare(answer, np.array([X]), np.array([Y]), W2, np.array([A1]), np.array([P]))


def check_random(answer: Answer) -> None:
    """random networks of other sizes"""
    rng = answer.rng(2)
    for sizes in ((5, 4, 6, 3), (1, 3, 2, 4), (7, 2, 5, 2)):
        _compare(answer, *_random(rng, *sizes))


def check_silent(answer: Answer) -> None:
    """hidden neurons that are silent for every sample: nothing passes"""
    X, Y, W2, A1, _ = _random(answer.rng(3), 4, 3, 3, 2)
    A1[:, 1] = 0
    _compare(answer, X, Y, W2, A1, softmax(A1 @ W2))


def check_network(answer: Answer) -> None:
    """a network 64-16-10 and eight digits, as workshop.network.Network works it out"""
    network = Network((64, 16, 10), seed=0, dtype=np.float64)
    rng = answer.rng(4)
    X, Y = rng.random((8, 64)), one_hot(rng.integers(10, size=8), 10, dtype=np.float64)
    _, A1, P = network.feedforward(X)
    derivatives = Network((64, 16, 10), dtype=np.float64)  # holds the gradient, cut into layers
    _, derivatives.parameters[:] = network.backpropagate(X, Y)
    (by_W1, by_W2), (by_b1, by_b2) = derivatives.weights, derivatives.biases
    reply = answer.call("backward_pass", X, Y, network.weights[1], A1, P)
    reply.gives((by_W1, by_b1, by_W2, by_b2), axes=("by W1", "by b1", "by W2", "by b2"))
