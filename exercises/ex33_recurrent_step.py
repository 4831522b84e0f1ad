"""Exercise 33: A layer with a memory.

A recurrent layer reads a sequence, one moment after the other. At each moment its neurons see the
input and what they themselves answered a moment before, the state. So it remembers.

Write `step`, the state after one more moment:

- inputs: array of shape (n_samples, n_inputs), what comes in at this moment;
- state: array of shape (n_samples, n_hidden), from the moment before;
- input_weights: array of shape (n_inputs, n_hidden), the book's W;
- recurrent_weights: array of shape (n_hidden, n_hidden), the book's R. Row: the neuron that
  answered before; column: the neuron that listens to it;
- biases: array of shape (n_hidden,).

It returns an array of shape (n_samples, n_hidden).

Write `read`, which reads whole sequences:

- X: array of shape (n_samples, length, n_inputs);
- input_weights, recurrent_weights, biases: as above.

It begins with a state of zeros and returns the state after the last moment, of shape
(n_samples, n_hidden).

>>> W, R, b = np.array([[0.5]]), np.array([[1.0]]), np.array([0.0])
>>> print(step(np.array([[2.0]]), np.array([[-1.0]]), W, R, b))
[[0.]]
>>> print(read(np.array([[[2.0], [-2.0]]]), W, R, b).round(3))
[[-0.234]]

Time: 15 minutes. Difficulty: two of three.
In the book: pytorch/step14_recurrent_network. Check it with: workshop check 33
"""

import numpy as np


def step(inputs, state, input_weights, recurrent_weights, biases):
    """Return the state after one more moment."""
    # TODO: what comes from the inputs, from the state, and the biases; then tanh
    raise NotImplementedError


def read(X, input_weights, recurrent_weights, biases):
    """Return the state after the last moment of the sequences."""
    # TODO: begin with zeros; take a step for each moment
    raise NotImplementedError
