"""Exercise 8: The cost of a line.

How wrong is a neuron? The cost says it in one number, so that one guess can be compared with
another. The neuron here has one input, a weight and a bias, and says bias + weight * x. Its error
at a point is what it says, minus y. The cost is the sum of the squared errors.

Write `cost`:

- x: array of shape (n_points,), what goes in;
- y: array of shape (n_points,), what should come out;
- weight, bias: numbers.

It returns one number.

>>> x, y = np.array([1.0, 2.0, 4.0]), np.array([3.5, 1.5, 6.0])
>>> print(cost(x, y, weight=1.0, bias=0.5))
7.25

Time: 5 minutes. Difficulty: one of three.
In the book: theory/single_neuron. Check it with: workshop check 8
"""

import numpy as np


def cost(x, y, weight, bias):
    """Return the sum of the squared errors over all points."""
    # TODO: the error at each point, squared, added up
    raise NotImplementedError
