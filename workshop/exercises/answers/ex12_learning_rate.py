"""
The learning rate is the first number that you have to choose yourself. Too small, and the neuron
crawls; a little too big, and it explodes. There are two ways to a good one: work out the limit, or
try several.

Write `largest_stable_rate`:

- x: array of shape (n_points,), the inputs.

It returns one number: 2 divided by the largest curvature of the cost, which is the sum of the
squared errors. The curvatures are the eigenvalues of the Hessian, which is

    2 * [[sum of x squared, sum of x],
         [sum of x,         number of points]]

np.linalg.eigvalsh returns the eigenvalues of such a table, smallest first.

Write `choose`:

- x, y: arrays of shape (n_points,), what goes in, and what should come out;
- rates: list of learning rates to try, in any order.

It returns that one of the rates with which the cost is lowest after 100 steps. `descend` is given:
descend(x, y, learning_rate=rate, steps=100).costs[-1] is the cost after 100 steps from weight 1 and
bias 1. With a rate that explodes, that is a huge number, inf, or nan.

>>> x = np.array([-2.0, 3.7, 1.0])
>>> print(round(largest_stable_rate(x), 4))
0.0522
>>> print(choose(x, np.array([4.4, 0.5, 2.0]), [10.0, 0.001, 0.03]))
0.03
"""

import numpy as np

from workshop.neuron import descend


def largest_stable_rate(x):
    """Return the learning rate above which descent on the sum of squares explodes."""
    # [solution: 2 divided by the largest eigenvalue of the Hessian]
    hessian = 2 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])
    return 2 / np.linalg.eigvalsh(hessian)[-1]
    # [end]


def choose(x, y, rates):
    """Return the rate with which the cost is lowest after 100 steps."""
    # [solution: try each rate, and return the one with the lowest last cost, which is never nan]
    costs = [descend(x, y, learning_rate=rate, steps=100).costs[-1] for rate in rates]
    return rates[np.nanargmin(costs)]
    # [end]
