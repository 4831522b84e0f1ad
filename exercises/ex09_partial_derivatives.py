"""Exercise 9: Two partial derivatives.

Which way is downhill? The two partial derivatives of the cost say how fast it changes when the
weight moves and the bias holds still, and the other way round. The neuron has one input and says
bias + weight * x; the cost is the sum of its squared errors.

Write `partial_derivatives`:

- x: array of shape (n_points,), what goes in;
- y: array of shape (n_points,), what should come out;
- weight, bias: numbers, where the slopes are to be taken.

It returns two numbers: the derivative by the weight, and the derivative by the bias.

>>> x, y = np.array([-2.0, 1.0, 3.0]), np.array([4.4, 1.0, 2.0])
>>> by_weight, by_bias = partial_derivatives(x, y, weight=1.0, bias=1.0)
>>> print(round(by_weight, 6), round(by_bias, 6))
35.6 -4.8

Time: 8 minutes. Difficulty: two of three.
In the book: theory/partial_derivatives. Check it with: workshop check 9
"""

import numpy as np


def partial_derivatives(x, y, weight, bias):
    """Return the derivatives of the cost: by the weight, and by the bias."""
    # TODO: the two slopes, each added up over the points
    raise NotImplementedError
