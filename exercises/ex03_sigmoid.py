"""Exercise 3: The sigmoid, without overflow.

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

Time: 10 minutes. Difficulty: two of three.
In the book: theory/activation_functions. Check it with: workshop check 3
"""

import numpy as np


def sigmoid(z):
    """Return each number of z squashed into 0 to 1."""
    # TODO: the sigmoid of each number, without ever taking a large power of e
    raise NotImplementedError
