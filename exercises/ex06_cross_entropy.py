"""Exercise 6: Cross-entropy.

Cross-entropy says how wrong probabilities are, in one number: the surprise at the truth. For one
sample it is minus the sum, over the classes, of target times the natural logarithm of the
probability. For a batch it is the mean over the samples.

A probability can be exactly 0, and the logarithm of 0 is minus infinity. Take 1e-12 in place of
anything smaller, so that the loss stays a number.

Write `cross_entropy`:

- probabilities: array of shape (n_samples, n_classes), what the network says, from 0 to 1;
- targets: array of the same shape, what is true: one-hot rows, or any rows that add up to 1.

It returns one number.

>>> probabilities = np.array([[0.7, 0.2, 0.1], [0.9, 0.1, 0.0]])
>>> targets = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
>>> print(round(cross_entropy(probabilities, targets), 3))
1.33

Time: 10 minutes. Difficulty: two of three.
In the book: theory/softmax_and_cross_entropy. Check it with: workshop check 6
"""

import numpy as np


def cross_entropy(probabilities, targets):
    """Return the mean over the samples of the surprise at the truth."""
    # TODO: minus target times logarithm, added up over classes, the mean over samples
    raise NotImplementedError
