"""
A network with one hidden layer, for a batch of samples: the hidden layer uses ReLU, and the outputs
go through softmax. Both layers are what you have written already, one behind the other. `relu` and
`softmax` are given.

Write `forward_pass`:

- X: array of shape (n_samples, n_inputs), a sample in each row;
- W1, b1: the hidden layer's weights and biases, shapes (n_inputs, n_hidden) and (n_hidden,);
- W2, b2: those of the outputs, shapes (n_hidden, n_classes) and (n_classes,).

It returns two arrays, because the way back will need both: A1, what the hidden neurons answer, of
shape (n_samples, n_hidden), and P, the probabilities, of shape (n_samples, n_classes).

>>> X, W1, b1 = np.array([[2.0, 1.0]]), np.array([[2.0, 1.0], [-2.0, 2.0]]), np.array([-1.0, -2.0])
>>> W2, b2 = np.array([[-2.0, -1.0], [1.0, 0.5]]), np.array([-1.0, 0.0])
>>> A1, P = forward_pass(X, W1, b1, W2, b2)
>>> print(A1, P.round(3))
[[1. 2.]] [[0.269 0.731]]
"""

import numpy as np

from workshop.functions import relu, softmax


def forward_pass(X, W1, b1, W2, b2):
    """Return the hidden neurons' answers, and the probabilities."""
    # [solution: the hidden layer with ReLU, then the outputs with softmax]
    A1 = relu(X @ W1 + b1)
    return A1, softmax(A1 @ W2 + b2)
    # [end]
