"""Exercise 30: Count the ones.

Ten zeros and ones go in, and the number of ones should come out. One neuron can learn that, with
a weight for each place and a bias. On the page, the book's own `train` did the work. Now you do it
with what PyTorch has.

Write `learn_to_count`:

- X: tensor of shape (n_samples, 10), float32, a hundred lists of zeros and ones;
- y: tensor of shape (n_samples, 1), float32, how many ones each of them has.

It makes a neuron, trains it and returns it. Afterwards the neuron must be right, when you round its
answer, on each of the 1,024 lists that there are. It must be so from wherever its random weights
begin: several seeds will be tried. A second of training is plenty.

>>> X, y = map(torch.as_tensor, make_counting_ones(100))
>>> neuron = learn_to_count(X, y)
>>> list_with_six = torch.tensor([[1.0, 1, 1, 0, 1, 1, 1, 0, 0, 0]])
>>> print(round(neuron(list_with_six).item()))
6

Time: 15 minutes. Difficulty: two of three.
In the book: pytorch/step09_count_the_ones. Check it with: workshop check 30
"""

import torch
from torch import nn

from workshop.datasets import make_counting_ones


def learn_to_count(X, y):
    """Return a neuron that counts the ones in a list of ten bits."""
    # TODO: make the neuron, the loss and the optimiser, train for many epochs, return it
    raise NotImplementedError
