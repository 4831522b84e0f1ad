"""
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
"""

import numpy as np


def by_differences(loss, parameters, h=1e-5):
    """Return the derivative of the loss by each parameter, found by nudging it to both sides."""
    # [solution: nudge one parameter after the other, to both sides]
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        nudge = np.zeros(len(parameters))
        nudge[i] = h
        gradient[i] = (loss(parameters + nudge) - loss(parameters - nudge)) / (2 * h)
    return gradient
    # [end]


def largest_difference(loss, parameters, gradient, h=1e-5):
    """Return by how much `gradient` is off, where it is off most."""
    # [solution: the largest distance between `gradient` and the one by differences]
    return np.max(np.abs(gradient - by_differences(loss, parameters, h)))
    # [end]
