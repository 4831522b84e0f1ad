"""
Gradient descent improves the weights that there are, so somebody has to choose the first ones.
They must differ, or the neurons stay twins, and they must have the right size, or signals vanish
or explode on their way through the layers. For a layer of ReLU, Kaiming He's choice is to draw
them at random around 0, with the variance 2 / n_inputs.

Write `initial_weights`:

- n_inputs: whole number, how many numbers come into the layer;
- n_outputs: whole number, how many neurons it has;
- rng: a generator of random numbers, such as np.random.default_rng(0). Draw from it.

It returns an array of shape (n_inputs, n_outputs).

>>> weights = initial_weights(784, 128, np.random.default_rng(0))
>>> print(weights.shape)
(784, 128)
>>> print(weights.var().round(5), round(2 / 784, 5))
0.00255 0.00255
"""

import numpy as np


def initial_weights(n_inputs, n_outputs, rng):
    """Return weights to begin with, for a layer of ReLU."""
    # [solution: draw them around 0, with the variance 2 / n_inputs]
    return rng.normal(0, np.sqrt(2 / n_inputs), (n_inputs, n_outputs))
    # [end]
