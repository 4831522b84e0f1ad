"""Exercise 15: Adam.

Adam gives every parameter a step of its own. It keeps two running averages: the mean of the
gradient, and the mean of its square.

1. The new mean keeps the share beta_1 of the old one, and takes the share 1 - beta_1 of the
   gradient. The new square does the same with beta_2 and the square of the gradient.
2. Both began at zero, so at first they are too small, the mean by the factor 1 - beta_1**step and
   the square by the factor 1 - beta_2**step. Divided by these, they are corrected.
3. Each parameter goes down by the learning rate times the corrected mean, divided by the root of
   the corrected square plus epsilon. Epsilon is added to the root, outside of it.

Write `adam_step`:

- parameters, mean, square, gradient: arrays of shape (n_parameters,); mean and square come from the
  step before, and are zeros at first;
- step: which step this is, counted from 1;
- learning_rate, beta_1, beta_2, epsilon: numbers.

It returns three arrays: the new parameters, and the new mean and square as they are before the
correction, because the next step begins with them. Its arguments stay as they are.

>>> zeros, gradient = np.zeros(2), np.array([50.0, -0.5])
>>> parameters, mean, square = adam_step(np.array([1.0, 1.0]), zeros, zeros, gradient, 1, 0.1)
>>> print(parameters.round(3), mean.round(3), square.round(5))
[0.9 1.1] [ 5.   -0.05] [2.5e+00 2.5e-04]

Time: 15 minutes. Difficulty: two of three.
In the book: theory/optimizers. Check it with: workshop check 15
"""

import numpy as np


def adam_step(
    parameters, mean, square, gradient, step, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-8
):
    """Return the new parameters, the new mean and the new square."""
    # TODO: both averages, both corrected, then the step
    raise NotImplementedError
