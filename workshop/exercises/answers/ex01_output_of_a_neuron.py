"""
A neuron multiplies each input by that input's weight, adds up the products, adds its bias, and
passes the sum on.

Write `output`:

- inputs: array of shape (n_inputs,), the numbers that come in;
- weights: array of shape (n_inputs,), one for each input;
- bias: one number.

It returns one number.

>>> print(output(np.array([1.0, 2.0]), np.array([0.5, -1.0]), 3.0))
1.5
"""

import numpy as np


def output(inputs, weights, bias):
    """Return the neuron's output, one number."""
    # [solution: multiply each input by its weight, add up the products, add the bias]
    return np.sum(inputs * weights) + bias
    # [end]
