"""
The sigmoid squashes any number into the range from 0 to 1:

    sigmoid(z) = 1 / (1 + e to the power of -z)

Typed as it stands, it has a flaw. For z = -1000 it needs e to the power of 1000, which is too large
for a floating-point number, and NumPy warns of an overflow. Such warnings fill the screen, and hide
those that matter. Write it so that nothing overflows.

Write `sigmoid`:

- z: array of any shape, any numbers.

It returns an array of the same shape.

>>> print(sigmoid(np.array([-1000.0, 0.0, 2.0])).round(3))
[0.    0.5   0.881]
"""

import numpy as np


def sigmoid(z):
    """Return each number of z squashed into 0 to 1."""
    # [solution: the sigmoid of each number, without ever taking a large power of e]
    small_power = np.exp(-np.abs(z))  # never above 1
    return np.where(z >= 0, 1, small_power) / (1 + small_power)
    # [end]
