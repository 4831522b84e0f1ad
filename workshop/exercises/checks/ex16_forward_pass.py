"""Checks of exercise 16: forwards through two layers."""

from typing import Any

import numpy as np

from workshop.exercises.checking import Answer, Wrong
from workshop.functions import relu, sigmoid, softmax
from workshop.network import Network

HINTS = (
    "Follow the batch: what goes into the first layer, what comes out of it, and what goes into "
    "the second? Write the shape beside each line.",
    "Each layer is inputs @ weights + biases, and then its own activation function. The inputs of "
    "the second layer are the answers of the first.",
    "Two lines: A1 = relu(X @ W1 + b1), and the same with W2, b2 and softmax for P.",
)
WRONG = (
    Wrong(
        "ReLU is missing",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = X @ W1 + b1
    return A1, softmax(A1 @ W2 + b2)
""",
    ),
    Wrong(
        "The softmax is missing",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = relu(X @ W1 + b1)
    return A1, A1 @ W2 + b2
""",
    ),
    Wrong(
        "before the softmax",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = relu(X @ W1 + b1)
    return A1, softmax(relu(A1 @ W2 + b2))
""",
    ),
    Wrong(
        "sums of the hidden neurons",
        """
def forward_pass(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    return Z1, softmax(relu(Z1) @ W2 + b2)
""",
    ),
    Wrong(
        "The biases are added after ReLU",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = relu(X @ W1) + b1
    return A1, softmax(A1 @ W2 + b2)
""",
    ),
    Wrong(
        "The biases are missing",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = relu(X @ W1)
    return A1, softmax(A1 @ W2)
""",
    ),
    Wrong(
        "twice",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = relu(X @ W1 + b1)
    return A1, softmax(softmax(A1 @ W2 + b2))
""",
    ),
    Wrong(
        "of the first layer, and not X",
        """
def forward_pass(X, W1, b1, W2, b2):
    return relu(X @ W1 + b1), softmax(X @ W2 + b2)
""",
    ),
    Wrong(
        "2 values were expected",
        """
def forward_pass(X, W1, b1, W2, b2):
    return softmax(relu(X @ W1 + b1) @ W2 + b2)
""",
    ),
    Wrong(
        "added too late in both layers",
        """
def forward_pass(X, W1, b1, W2, b2):
    A1 = relu(X @ W1) + b1
    return A1, softmax(A1 @ W2) + b2
""",
    ),
)


def _compare(answer: Answer, X: np.ndarray, *layers: np.ndarray) -> None:
    W1, b1, W2, b2 = layers
    Z1 = X @ W1 + b1
    A1, late, no_bias = relu(Z1), relu(X @ W1) + b1, relu(X @ W1)
    Z2 = A1 @ W2 + b2
    P = softmax(Z2)
    powers = np.exp(Z2)
    mistakes: dict[str, Any] = {
        "ReLU is missing in the hidden layer. Without a bend, the two layers are one.": (
            Z1,
            softmax(Z1 @ W2 + b2),
        ),
        "The softmax is missing: these are the logits. Probabilities add up to 1 in each row.": (
            A1,
            Z2,
        ),
        "There is a ReLU before the softmax. It would make all negative logits equal; the last "
        "layer has only the softmax.": (A1, softmax(relu(Z2))),
        "The first thing that you return is the sums of the hidden neurons. Their answers are "
        "wanted, after ReLU.": (Z1, P),
        "The biases are added after ReLU. They belong to the sum that goes into it.": (
            late,
            softmax(late @ W2 + b2),
        ),
        "The biases are added too late in both layers. They belong to the sums that go into ReLU "
        "and into softmax.": (late, softmax(late @ W2) + b2),
        "The biases are missing in both layers.": (no_bias, softmax(no_bias @ W2)),
        "The biases of the hidden layer are missing.": (no_bias, softmax(no_bias @ W2 + b2)),
        "The biases of the outputs are missing.": (A1, softmax(A1 @ W2)),
        "ReLU and softmax are both missing: these are the sums of both layers.": (
            Z1,
            Z1 @ W2 + b2,
        ),
        "The outputs have gone through ReLU in place of softmax.": (A1, relu(Z2)),
        "Softmax stands in the hidden layer. There it is ReLU, and softmax comes last.": (
            softmax(Z1),
            relu(softmax(Z1) @ W2 + b2),
        ),
        "Softmax stands in both layers. In the hidden layer it is ReLU.": (
            softmax(Z1),
            softmax(softmax(Z1) @ W2 + b2),
        ),
        "That is which class wins. The probabilities of all classes are wanted.": (
            A1,
            np.argmax(Z2, axis=1),
        ),
        "The biases of the outputs are added after the softmax. They belong to the sum that goes "
        "into it.": (A1, softmax(A1 @ W2) + b2),
        "The powers are divided by the sum of the whole table. Each row adds up to 1 by itself; "
        "softmax is given.": (A1, powers / powers.sum()),
        "Softmax is applied twice. The second takes the probabilities for logits, and is never "
        "sure.": (A1, softmax(P)),
        "The hidden layer uses the sigmoid. This network uses ReLU.": (
            sigmoid(Z1),
            softmax(sigmoid(Z1) @ W2 + b2),
        ),
    }
    if len(X) == X.shape[1] == len(W1) == len(W2) == len(b2):
        columns, turned, numbers = relu(W1 @ X + b1), relu(X @ W1.T + b1), relu(X * W1 + b1)
        mistakes |= {
            "The weights stand on the left of the @. The samples are rows here: X @ W1.": (
                columns,
                softmax(W2 @ columns + b2),
            ),
            "The weights lie on their side (.T). They are (from, to) here: X @ W1.": (
                turned,
                softmax(turned @ W2.T + b2),
            ),
            "* multiplies number by number. The matrix product is @.": (
                numbers,
                softmax(numbers * W2 + b2),
            ),
            "Into the second layer go the answers of the first layer, and not X once more.": (
                A1,
                softmax(X @ W2 + b2),
            ),
        }
    answer.call("forward_pass", X, *layers).gives((A1, P), axes=("A1", "P"), mistakes=mistakes)


def _layers(rng: np.random.Generator, *sizes: int) -> list[np.ndarray]:
    n_inputs, n_hidden, n_classes = sizes
    shapes: list[tuple[int, ...]] = [(n_inputs, n_hidden), (n_hidden,), (n_hidden, n_classes)]
    return [rng.normal(size=shape) for shape in (*shapes, (n_classes,))]


def check_square(answer: Answer) -> None:
    """three of everything: a mix-up fits, and shows in the numbers"""
    rng = answer.rng(4)  # each hidden neuron answers some of the samples
    _compare(answer, rng.normal(size=(3, 3)), *_layers(rng, 3, 3, 3))


def check_page(answer: Answer) -> None:
    """the network of the page, and one sample"""
    W1, b1 = np.array([[2.0, 1.0], [-2.0, 2.0]]), np.array([-1.0, -2.0])
    W2, b2 = np.array([[-2.0, -1.0], [1.0, 0.5]]), np.array([-1.0, -1.0])
    _compare(answer, np.array([[2.0, 1.0]]), W1, b1, W2, b2)


def check_random(answer: Answer) -> None:
    """random networks of other sizes"""
    rng = answer.rng(2)
    for n_samples, *sizes in ((5, 4, 6, 3), (1, 3, 2, 4), (7, 2, 5, 2)):
        _compare(answer, rng.normal(size=(n_samples, sizes[0])), *_layers(rng, *sizes))


def check_network(answer: Answer) -> None:
    """a network 64-16-10 and eight digits, as workshop.network.Network puts them through"""
    network = Network((64, 16, 10), seed=0, dtype=np.float64)
    X = answer.rng(3).random((8, 64))
    _, hidden, probabilities = network.feedforward(X)
    (W1, W2), (b1, b2) = network.weights, network.biases
    answer.call("forward_pass", X, W1, b1, W2, b2).gives((hidden, probabilities))
