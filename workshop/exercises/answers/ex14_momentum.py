"""
Momentum lets descent roll like a ball: it keeps a share of its velocity, and each gradient pushes
it a little. Along a valley the pushes add up, from wall to wall they cancel. The new velocity is
the share beta of the old one, minus the learning rate times the gradient. Then the parameters move
by the new velocity.

Write `momentum_step`:

- parameters: array of shape (n_parameters,), weights and biases in one list;
- velocity: array of the same shape, from the step before; zeros at first;
- gradient: array of the same shape, the derivative of the cost by each parameter;
- learning_rate: a number;
- beta: the share that is kept, from 0 to 1.

It returns two arrays, the new parameters and the new velocity. Its arguments stay as they are.

>>> parameters, velocity = np.array([1.0, 1.0]), np.array([0.5, -0.5])
>>> gradient = np.array([2.0, 0.0])
>>> parameters, velocity = momentum_step(parameters, velocity, gradient, 0.1, beta=0.9)
>>> print(parameters, velocity)
[1.25 0.55] [ 0.25 -0.45]
"""

import numpy as np


def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    """Return the parameters and the velocity after one step."""
    # [solution: the new velocity, then the parameters moved by it]
    velocity = beta * velocity - learning_rate * gradient
    return parameters + velocity, velocity
    # [end]
