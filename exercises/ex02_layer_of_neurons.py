"""Exercise 2: A layer of neurons.

A layer does what a neuron does, for all its neurons and for many samples at once. As a matrix
product it is one line, and that line is why networks are fast.

Write `layer`:

- inputs: array of shape (n_samples, n_inputs), a sample in each row;
- weights: array of shape (n_inputs, n_neurons), a neuron in each column;
- biases: array of shape (n_neurons,), one for each neuron.

It returns the sums z, before any activation function: an array of shape (n_samples, n_neurons).

>>> inputs = np.array([[1.0, 2.0], [0.0, 1.0]])
>>> weights = np.array([[0.5, 1.0, 2.0], [-1.0, 0.0, 3.0]])
>>> print(layer(inputs, weights, np.array([0.5, 0.0, -1.0])))
[[-1.   1.   7. ]
 [-0.5  0.   2. ]]

Time: 6 minutes. Difficulty: one of three.
In the book: theory/neuron_equation. Check it with: workshop check 2
"""

import numpy as np


def layer(inputs, weights, biases):
    """Return the sum z of each neuron for each sample."""
    # TODO: the matrix product of inputs and weights, and the biases added to each row
    raise NotImplementedError
