"""
One step of gradient descent: weight and bias each go against their slope, by the learning rate
times that slope. Both slopes are felt at the same place, before anything moves.

`gradients(x, y, weight, bias)` is given. It returns the two partial derivatives of the cost: by the
weight, and by the bias.

Write `descent_step`:

- x, y: arrays of shape (n_points,), what goes in, and what should come out;
- weight, bias: numbers, where the step begins;
- learning_rate: a number.

It returns two numbers, the new weight and the new bias.

>>> x, y = np.array([-2.0, 1.0]), np.array([4.4, 1.0])
>>> weight, bias = descent_step(x, y, weight=1.0, bias=1.0, learning_rate=0.1)
>>> print(round(weight, 6), round(bias, 6))
-1.36 1.88
"""

import numpy as np

from workshop.neuron import gradients


def descent_step(x, y, weight, bias, learning_rate):
    """Return the weight and the bias after one step downhill."""
    # [solution: both slopes first, then both steps]
    by_weight, by_bias = gradients(x, y, weight, bias)
    return weight - learning_rate * by_weight, bias - learning_rate * by_bias
    # [end]
