"""Exercise 18: Check a gradient.

How do you know that a gradient is right? Nudge each parameter to both sides, see what the loss
does, and compare. It needs no calculus: the derivative by a parameter is about

    (loss with the parameter larger by h - loss with it smaller by h) / (2 * h)

while all the other parameters stay where they are.

Write `by_differences`:

- loss: a function; loss(parameters) is one number;
- parameters: array of shape (n_parameters,), where the gradient is to be taken;
- h: how far to nudge.

It returns an array of shape (n_parameters,). The parameters are afterwards what they were before.

Write `largest_difference`:

- loss, parameters, h: as above;
- gradient: array of shape (n_parameters,), what somebody says the gradient is.

It returns one number: by how much the two gradients differ, where they differ most. It is near 0 if
the gradient is right.

>>> def sum_of_squares(parameters):
...     return np.sum(parameters**2)
>>> print(by_differences(sum_of_squares, np.array([1.0, -3.0]), h=1e-5).round(6))
[ 2. -6.]
>>> print(round(largest_difference(sum_of_squares, np.array([1.0, -3.0]), np.array([2.0, 6.0])), 6))
12.0

Time: 15 minutes. Difficulty: two of three.
In the book: practice/step08_check_the_gradients. Check it with: workshop check 18
"""

import numpy as np


def by_differences(loss, parameters, h=1e-5):
    """Return the derivative of the loss by each parameter, found by nudging it to both sides."""
    # TODO: nudge one parameter after the other, to both sides
    raise NotImplementedError


def largest_difference(loss, parameters, gradient, h=1e-5):
    """Return by how much `gradient` is off, where it is off most."""
    # TODO: the largest distance between `gradient` and the one by differences
    raise NotImplementedError
