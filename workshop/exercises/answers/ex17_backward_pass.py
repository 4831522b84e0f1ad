"""
The way back through the network of the exercise before: a hidden layer with ReLU, then softmax,
trained with cross-entropy, the mean over the samples. The four equations of the page, in matrices,
say how the cost changes with every weight and every bias. With softmax and cross-entropy, the first
delta is short: what the network said, minus what it should have said, divided by the number of
samples.

Write `backward_pass`:

- X: array of shape (n_samples, n_inputs), what went in;
- Y: array of shape (n_samples, n_classes), the truth as one-hot rows;
- W2: array of shape (n_hidden, n_classes), the weights of the outputs;
- A1: array of shape (n_samples, n_hidden), what the hidden neurons answered on the way forwards;
- P: array of shape (n_samples, n_classes), the probabilities that came out.

It returns four arrays: the derivatives of the cost by W1, b1, W2 and b2, in this order, each of the
shape of what it is the derivative of: (n_inputs, n_hidden), (n_hidden,), (n_hidden, n_classes) and
(n_classes,).

>>> X, Y, W2 = np.array([[2.0, 1.0]]), np.array([[1.0, 0.0]]), np.array([[-2.0, -1.0], [1.0, 0.5]])
>>> A1, P = np.array([[1.0, 2.0]]), np.array([[0.5, 0.5]])
>>> for derivative in backward_pass(X, Y, W2, A1, P):
...     print(derivative.round(3).tolist())
[[1.0, -0.5], [0.5, -0.25]]
[0.5, -0.25]
[[-0.5, 0.5], [-1.0, 1.0]]
[-0.5, 0.5]
"""

import numpy as np


def backward_pass(X, Y, W2, A1, P):
    """Return the derivatives of the cost by W1, b1, W2 and b2."""
    # [solution: the two deltas, last layer first, and from each delta its weights and biases]
    delta2 = (P - Y) / len(X)
    delta1 = (delta2 @ W2.T) * (A1 > 0)
    return X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)
    # [end]
