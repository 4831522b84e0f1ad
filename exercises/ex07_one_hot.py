"""Exercise 7: One-hot rows.

A label is a name, not a quantity: a 9 is not three times as much as a 3. A network is told the
truth as a row of zeros with a single 1, in the label's place. Such a row is called one-hot.

Write `one_hot`:

- labels: array of whole numbers, shape (n_samples,), each from 0 to n_classes - 1;
- n_classes: how long a row is.

It returns an array of shape (n_samples, n_classes).

>>> print(one_hot(np.array([3, 0, 1]), 4) * 1.0)
[[0. 0. 0. 1.]
 [1. 0. 0. 0.]
 [0. 1. 0. 0.]]

Time: 6 minutes. Difficulty: one of three.
In the book: theory/softmax_and_cross_entropy. Check it with: workshop check 7
"""

import numpy as np


def one_hot(labels, n_classes):
    """Return a row for each label, with a 1 in the label's place."""
    # TODO: a row of zeros for each label, with a 1 in the label's place
    raise NotImplementedError
