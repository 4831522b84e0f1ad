"""Exercise 23: Three sets.

A score is only worth something on examples that had no say in it. So the data is cut into three
parts before anything else happens: learn from the first, choose by the second, report the third.
Nothing may leak from one into another, and the mean and the spread that the data is scaled by are
something that you learn, too.

Write `split`:

- n_samples: whole number, how many samples there are;
- n_validation, n_test: whole numbers, 0 or more, how large these two parts are to be;
- rng: a generator of random numbers.

It returns three arrays of indices: training, validation, test. Each sample, 0 to n_samples - 1, is
in exactly one of them, and chance decides in which: many data sets come sorted by class.

Write `scale`:

- X_train, X_validation, X_test: arrays of shape (n_samples, n_features).

It returns the three, with the mean taken off each feature, and then divided by its spread (standard
deviation). Both are those of the training part. Where that spread is 0, as for a pixel that is
always empty, divide by 1.

>>> parts = split(10, 2, 3, np.random.default_rng(0))
>>> print([len(part) for part in parts])
[5, 2, 3]
>>> for part in scale(np.array([[1.0], [3.0]]), np.array([[2.0]]), np.array([[5.0]])):
...     print(part.ravel())
[-1.  1.]
[0.]
[3.]

Time: 15 minutes. Difficulty: two of three.
In the book: background/overfitting. Check it with: workshop check 23
"""

import numpy as np


def split(n_samples, n_validation, n_test, rng):
    """Return which samples are for training, for validation and for the test."""
    # TODO: shuffle all indices once, then cut them into three parts
    raise NotImplementedError


def scale(X_train, X_validation, X_test):
    """Return the three parts, scaled by the numbers of the training part."""
    # TODO: take each feature's mean off, and divide by its spread
    raise NotImplementedError
