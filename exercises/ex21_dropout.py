"""Exercise 21: Dropout.

Dropout switches off some of the hidden neurons while a network learns, other ones in each step, so
that none can rely on a certain other one. When the network is used, all of them work.

Write `dropout`:

- hidden: array of shape (n_samples, n_neurons), what the hidden neurons answer;
- p: number from 0 to below 1, the share of answers that is switched off;
- rng: a generator of random numbers, to draw which ones;
- training: True while the network learns, False when it is used.

It returns an array of the same shape. In training, each answer is 0 with probability p, drawn for
each sample and neuron anew, and all others are divided by 1 - p. Otherwise nothing changes.

>>> answers = dropout(np.ones((2, 1000)), 0.5, np.random.default_rng(0), training=True)
>>> print(np.unique(answers))
[0. 2.]
>>> print(dropout(np.array([[1.0, 2.0]]), 0.5, np.random.default_rng(0), training=False))
[[1. 2.]]

Time: 12 minutes. Difficulty: two of three.
In the book: theory/regularisation. Check it with: workshop check 21
"""

import numpy as np


def dropout(hidden, p, rng, training):
    """Return the answers of the hidden neurons, some of them switched off."""
    # TODO: when not training, change nothing; else keep some answers, and scale them
    raise NotImplementedError
