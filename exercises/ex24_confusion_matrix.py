"""Exercise 24: The confusion matrix.

Accuracy says how often a network is right. The confusion matrix says what it takes for what, and
precision and recall tell two kinds of mistake apart.

Write `confusion_matrix`:

- y: array of shape (n_samples,), what each sample is, a whole number from 0;
- predictions: array of the same shape, what the network said;
- n_classes: whole number.

It returns an array of shape (n_classes, n_classes): in row i, column j is how many samples of class
i it called j.

Write `precision_and_recall`:

- confusion: such an array.

It returns two arrays of shape (n_classes,). Where there is nothing to divide by, because a class
never came or was never said, the share is 0.

>>> confusion = confusion_matrix(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), 2)
>>> print(confusion)
[[2 1]
 [0 1]]
>>> precision, recall = precision_and_recall(confusion)
>>> print(precision.round(2), recall.round(2))
[1.  0.5] [0.67 1.  ]

Time: 15 minutes. Difficulty: two of three.
In the book: background/accuracy. Check it with: workshop check 24
"""

import numpy as np


def confusion_matrix(y, predictions, n_classes):
    """Return how often a sample of class i (row) was called j (column)."""
    # TODO: begin with zeros; add 1 in the place of each sample
    raise NotImplementedError


def precision_and_recall(confusion):
    """Return the precision and the recall of each class."""
    # TODO: divide the diagonal by the sums of columns, and of rows; 0 where a sum is 0
    raise NotImplementedError
