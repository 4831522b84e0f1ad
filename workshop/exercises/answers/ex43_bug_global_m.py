"""
These functions come from a notebook, where they read digits. With all 60,000 training images at
once, whose pixels were divided by 255, they learned. Now somebody uses them with batches of 100
images and raw pixels from 0 to 255, and two faults show:

- Each step is 600 times too short.
- Most probabilities are nan, "not a number".

Find both and mend them, in the functions. The caller has every right to small batches and to raw
pixels. Leave the names of the functions and their arguments as they are.

- `softmax` gets logits, array of shape (n_samples, n_classes), and returns probabilities.
- `gradient` gets X, array of shape (n_samples, n_inputs), targets, one-hot array of shape
  (n_samples, n_classes), and weights, array of shape (n_inputs, n_classes). It returns the slopes
  of the mean cross-entropy by the weights, in the shape of the weights.
- `step` returns new weights, one step downhill.

>>> print(softmax(np.array([[1000.0, 1000.0]])))
[[0.5 0.5]]
>>> X, targets = np.array([[1.0], [3.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])
>>> print(gradient(X, targets, np.zeros((1, 2))))
[[ 0.5 -0.5]]
"""

import numpy as np


# [solution]
# [stub]
# m = 60_000  # images to learn from
#
#
# [end]
def softmax(logits):
    """Return the probability of each class, for each sample."""
    # [solution]
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    # [stub]
    # exponentials = np.exp(logits)
    # [end]
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def gradient(X, targets, weights):
    """Return the slopes of the mean cross-entropy by the weights."""
    errors = softmax(X @ weights) - targets
    # [solution]
    return X.T @ errors / len(X)
    # [stub]
    # return X.T @ errors / m
    # [end]


def step(X, targets, weights, learning_rate):
    """Return the weights after one step downhill."""
    return weights - learning_rate * gradient(X, targets, weights)
