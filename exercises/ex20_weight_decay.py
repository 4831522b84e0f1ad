"""Exercise 20: Weight decay.

Weight decay puts a price on large weights, because they let a network learn by heart. In each step
of descent, a small share of each weight is taken off, and only what the examples ask for again and
again stays. The biases are left alone. (λ in the book is weight_decay here, η is learning_rate.)

Write `decay_step`, a step of descent with weight decay, for one layer:

- weights, weight_gradient: arrays of shape (n_inputs, n_outputs);
- biases, bias_gradient: arrays of shape (n_outputs,);
- learning_rate, weight_decay: numbers, 0 or more.

The gradients are those of the cost without the price. It returns the new weights and the new
biases, and leaves the old ones as they are.

>>> weights, biases = decay_step(
...     np.array([[1.0], [-2.0]]), np.array([3.0]),
...     np.array([[0.5], [0.0]]), np.array([1.0]),
...     learning_rate=0.1, weight_decay=0.5,
... )
>>> print(weights.ravel(), biases)
[ 0.9 -1.9] [2.9]

Time: 8 minutes. Difficulty: one of three.
In the book: theory/regularisation. Check it with: workshop check 20
"""

import numpy as np


def decay_step(weights, biases, weight_gradient, bias_gradient, learning_rate, weight_decay):
    """Return the weights and the biases after one step."""
    # TODO: take the gradient's step; make the weights smaller by their share, too
    raise NotImplementedError
