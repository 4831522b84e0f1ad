"""
Softmax turns the last sums of a network, the logits, into probabilities: e to the power of each
logit, divided by the sum of these powers in the same row. Typed as it stands, it overflows for
large logits, and then every probability is nan. Subtract the largest logit of each row first: that
changes nothing in the result.

Write `softmax`:

- logits: array of shape (n_samples, n_classes), a sample in each row, any numbers.

It returns an array of the same shape; each row adds up to 1.

>>> print(softmax(np.array([[2.0, 1.0, -1.0], [1000.0, 1000.0, 0.0]])).round(3))
[[0.705 0.259 0.035]
 [0.5   0.5   0.   ]]
"""

import numpy as np


def softmax(logits):
    """Return the probabilities of each row of logits."""
    # [solution: subtract each row's largest logit, take powers of e, divide by each row's sum]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    # [end]
