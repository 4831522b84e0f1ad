"""
Gradient descent is the same step, again and again: feel both slopes, take both steps. Keep the cost
on the way, because the curve of the costs is how you see whether a neuron learns.

`cost(x, y, weight, bias)` and `gradients(x, y, weight, bias)` are given. The second returns the two
partial derivatives of the first: by the weight, and by the bias.

Write `descend`:

- x, y: arrays of shape (n_points,), what goes in, and what should come out;
- weight, bias: numbers, where to start;
- learning_rate: a number;
- steps: how many steps to take, 0 or more.

It returns three things: the last weight, the last bias, and a list of steps + 1 costs. The first of
them is the cost at the start, the others are the cost after each step.

>>> x, y = np.array([-2.0, 1.0]), np.array([4.4, 1.0])
>>> weight, bias, costs = descend(x, y, weight=1.0, bias=1.0, learning_rate=0.1, steps=2)
>>> print(round(weight, 3), round(bias, 3), np.round(costs, 3))
-1.184 1.936 [30.16   0.27   0.071]
"""

import numpy as np

from workshop.neuron import cost, gradients


def descend(x, y, weight, bias, learning_rate, steps):
    """Return the last weight, the last bias, and the cost at the start and after each step."""
    # [solution: keep the cost; in each step both slopes, both steps, and the cost again]
    costs = [cost(x, y, weight, bias)]
    for _ in range(steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
        costs.append(cost(x, y, weight, bias))
    return weight, bias, costs
    # [end]
