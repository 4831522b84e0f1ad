"""
An epoch is one pass through all samples, a mini-batch after the other. The order is random, and new
in each epoch: a random part knows the way, a sorted one does not.

Write `mini_batches`:

- X: array of shape (n_samples, n_features), a sample in each row;
- y: array of shape (n_samples,), what belongs to each row of X;
- batch_size: how many samples a batch has;
- rng: a random generator, such as np.random.default_rng(0), that decides the order.

It returns the batches of one epoch as a list of pairs (X_batch, y_batch). Each sample is in exactly
one of them. If the samples do not come out even, the last batch is smaller. X and y stay as they
are.

>>> X, y = np.arange(10).reshape(5, 2), np.arange(5)
>>> for X_batch, y_batch in mini_batches(X, y, 2, np.random.default_rng(0)):
...     print(X_batch.shape, y_batch.shape)
(2, 2) (2,)
(2, 2) (2,)
(1, 2) (1,)
"""

import numpy as np


def mini_batches(X, y, batch_size, rng):
    """Return the batches of one epoch, pairs (X_batch, y_batch), in random order."""
    # [solution: a random order of all samples, cut into pieces]
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        chosen = order[start : start + batch_size]
        batches.append((X[chosen], y[chosen]))
    return batches
    # [end]
