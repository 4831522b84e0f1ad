"""Checks of exercise 33: a layer with a memory."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, changed, explained
from workshop.recurrence import RecurrentLayer, lamp_layer

AXES = ("samples", "neurons")
HINTS = (
    "Look at the page's formula for the state. Which of its letters is which argument of step?",
    "One moment is one line of NumPy: a matrix product for the inputs, one for the state, and the "
    "biases, all inside np.tanh(...).",
    "For read: the state at the start is np.zeros((n_samples, n_hidden)). X[:, t] is what all "
    "sequences have at moment t. A loop over t, and step inside it.",
    "In the loop: state = step(X[:, t], state, input_weights, recurrent_weights, biases). The "
    "last state is what read returns.",
)
_STEP = """
def step(inputs, state, input_weights, recurrent_weights, biases):
    return np.tanh(inputs @ input_weights + state @ recurrent_weights + biases)
"""
_READ = """
def read(X, input_weights, recurrent_weights, biases):
    state = np.zeros((len(X), len(biases)))
    for t in range(X.shape[1]):
        state = step(X[:, t], state, input_weights, recurrent_weights, biases)
    return state
"""
WRONG = (
    Wrong("The tanh is missing", changed(_STEP, "np.tanh", "")),
    Wrong("The old state does not count", changed(_STEP, " + state @ recurrent_weights", "")),
    Wrong(
        "recurrent weights are transposed",
        changed(_STEP, "recurrent_weights +", "recurrent_weights.T +"),
    ),
    Wrong("The biases are missing", changed(_STEP, " + biases", "")),
    Wrong("inside the tanh", changed(_STEP, "+ biases)", ") + biases")),
    Wrong(
        "is the sigmoid",
        changed(_STEP, "np.tanh(", "1 / (1 + np.exp(-(", "+ biases)", "+ biases)))"),
    ),
    Wrong("added as it is", changed(_STEP, "state @ recurrent_weights", "state")),
    Wrong("forgets the state", changed(_READ, "t], state,", "t], 0 * state,")),
    Wrong("begins with ones", changed(_READ, "np.zeros", "np.ones")),
    Wrong("after the first moment", changed(_READ, "    return", "        return")),
    Wrong(
        "from the last moment to the first",
        changed(_READ, "range(X.shape[1])", "reversed(range(X.shape[1]))"),
    ),
    Wrong(
        "The first axis of X counts the samples",
        changed(_READ, "for t in range(X.shape[1])", "for t in range(len(X))", "X[:, t]", "X[t]"),
    ),
    Wrong(
        "The last moment is left out", changed(_READ, "range(X.shape[1])", "range(X.shape[1] - 1)")
    ),
    Wrong(
        "all states",
        changed(
            _READ,
            "    for",
            "    states = []\n    for",
            "    return state",
            "        states.append(state)\n    return np.stack(states, 1)",
        ),
    ),
)


def _layer(rng: np.random.Generator, n_inputs: int, n_hidden: int) -> RecurrentLayer:
    return RecurrentLayer(
        rng.normal(size=(n_inputs, n_hidden)),
        rng.normal(size=(n_hidden, n_hidden)) / np.sqrt(n_hidden),
        rng.normal(size=n_hidden),
    )


def _compare_step(
    answer: Answer, layer: RecurrentLayer, inputs: np.ndarray, state: np.ndarray
) -> None:
    W, R, b = layer.input_weights, layer.recurrent_weights, layer.biases
    sums = inputs @ W + state @ R + b
    with np.errstate(over="ignore"):
        sigmoid = 1 / (1 + np.exp(-sums))
    products = (
        "* multiplies number by number; @ is the product that a layer needs, once for the inputs "
        "and once for the state."
    )
    with explained({"broadcast": products}):
        reply = answer.call("step", inputs, state, W, R, b)
    reply.gives(
        np.tanh(sums),
        axes=AXES,
        mistakes={
            "The tanh is missing: it keeps the state between -1 and 1.": sums,
            "The old state does not count, so nothing is remembered. Add state @ "
            "recurrent_weights.": np.tanh(inputs @ W + b),
            "The inputs do not count. Add inputs @ input_weights.": np.tanh(state @ R + b),
            "The recurrent weights are transposed. The row is the neuron that answered before: "
            "state @ recurrent_weights.": np.tanh(inputs @ W + state @ R.T + b),
            "The biases are missing.": np.tanh(inputs @ W + state @ R),
            "The biases belong inside the tanh, to the sum.": np.tanh(inputs @ W + state @ R) + b,
            "That is the sigmoid, between 0 and 1. This layer has a tanh.": sigmoid,
            "ReLU is not this layer's activation function. It has a tanh.": np.maximum(sums, 0),
            "The old state is added as it is. Each neuron listens to all of them, by the recurrent "
            "weights: state @ recurrent_weights.": lambda: np.tanh(inputs @ W + state + b),
            "The tanh is taken of each part. Add up first, then one tanh.": np.tanh(inputs @ W)
            + np.tanh(state @ R)
            + b,
        },
        cause=products,
    )


def check_step(answer: Answer) -> None:
    """one moment"""
    one = RecurrentLayer(np.array([[0.5]]), np.array([[1.0]]), np.array([0.0]))
    _compare_step(answer, one, np.array([[2.0]]), np.array([[-1.0]]))
    rng = answer.rng(1)
    for n_samples, n_inputs, n_hidden in ((2, 3, 4), (1, 1, 5), (5, 4, 2), (3, 3, 3)):
        layer = _layer(rng, n_inputs, n_hidden)
        inputs, state = (
            rng.normal(size=(n_samples, n_inputs)),
            rng.normal(size=(n_samples, n_hidden)),
        )
        _compare_step(answer, layer, inputs, np.tanh(state))


def _compare_read(answer: Answer, layer: RecurrentLayer, X: np.ndarray) -> None:
    W, R, b = layer.input_weights, layer.recurrent_weights, layer.biases
    states = layer.read(X)

    def from_ones() -> np.ndarray:
        state = np.ones_like(states[:, 0])
        for t in range(X.shape[1]):
            state = layer.step(X[:, t], state)
        return state

    axes = (
        "The first axis of X counts the samples, the second the moments: all sequences at moment t "
        "are X[:, t]. The state has a number for each sample and neuron: (len(X), len(biases))."
    )
    with explained({"ValueError": axes, "IndexError": axes}):
        answer.call("read", X, W, R, b).gives(
            states[:, -1],
            axes=AXES,
            mistakes={
                "It forgets the state: each moment begins with zeros again. Give the last state to "
                "the next step.": layer.step(X[:, -1], states[:, 0]),
                "It begins with ones. Nothing is remembered at the start: zeros.": from_ones,
                "This is the state after the first moment. Does return stand inside the "
                "loop?": states[:, 1],
                "The sequence is read from the last moment to the first.": lambda: layer.read(
                    X[:, ::-1]
                )[:, -1],
                "The last moment is left out. range(length) already ends before length.": states[
                    :, -2
                ],
                "These are all states. Only the last one was asked for.": states[:, 1:],
                "These are all states, one after the other. Only the last one was asked "
                "for.": states[:, 1:].swapaxes(0, 1),
                "These are all states, the zeros of the start too. Only the last one was asked "
                "for.": states,
            },
            cause=axes if len(X) != X.shape[1] else "",
        )


def check_read(answer: Answer) -> None:
    """whole sequences"""
    rng = answer.rng(2)
    for n_samples, length, n_inputs, n_hidden in ((3, 4, 2, 5), (1, 6, 1, 2), (4, 2, 3, 3)):
        layer = _layer(rng, n_inputs, n_hidden)
        _compare_read(answer, layer, rng.normal(size=(n_samples, length, n_inputs)))
    one = RecurrentLayer(np.array([[0.5]]), np.array([[1.0]]), np.array([0.0]))
    _compare_read(answer, one, np.array([[[2.0], [-2.0]]]))


def check_lamp(answer: Answer) -> None:
    """the page's lamp, over 200 moments"""
    layer = lamp_layer()
    presses = (answer.rng(3).random((2, 200, 1)) < 0.3).astype(float)
    _compare_read(answer, layer, presses)
