"""Exercise 4: ReLU and its slope.

ReLU passes on what is positive and silences the rest. Learning needs its slope as well, and takes
it from what the neuron has put out, because that is what a network still holds on its way back.

Write `relu`:

- z: array of any shape, the sums of the neurons.

It returns an array of the same shape: 0 where z is negative, and z elsewhere.

Write `relu_slope`:

- outputs: array of any shape, what `relu` has returned.

It returns an array of the same shape: 1 where the neuron has passed on its sum, 0 where it was
silent. (Where z is exactly 0, there is no slope. Code just takes 0.)

>>> outputs = relu(np.array([-2.0, 0.0, 3.0]))
>>> print(outputs)
[0. 0. 3.]
>>> print(relu_slope(outputs) * 1.0)
[0. 0. 1.]

Time: 6 minutes. Difficulty: one of three.
In the book: theory/activation_functions. Check it with: workshop check 4
"""

import numpy as np


def relu(z):
    """Return z, with 0 in place of each negative number."""
    # TODO: 0 where z is negative, and z elsewhere
    raise NotImplementedError


def relu_slope(outputs):
    """Return the slope of relu where its output is `outputs`: 0 or 1."""
    # TODO: 1 where something came out, 0 where nothing did
    raise NotImplementedError
