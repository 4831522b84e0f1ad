"""Exercise 1: The output of a neuron.

A neuron multiplies each input by that input's weight, adds up the products, adds its bias, and
passes the sum on.

Write `output`:

- inputs: array of shape (n_inputs,), the numbers that come in;
- weights: array of shape (n_inputs,), one for each input;
- bias: one number.

It returns one number.

>>> print(output(np.array([1.0, 2.0]), np.array([0.5, -1.0]), 3.0))
1.5

Time: 5 minutes. Difficulty: one of three.
In the book: theory/neuron_equation. Check it with: workshop check 1
"""

import numpy as np


def output(inputs, weights, bias):
    """Return the neuron's output, one number."""
    # TODO: multiply each input by its weight, add up the products, add the bias
    raise NotImplementedError
