"""Exercise 42: Find the bug: some seeds never learn.

This program teaches a neuron to count the ones in a list of ten. Run it with the seed 0, and it
counts without a mistake. With most seeds it does. But with a few in a hundred, the loss stays the
same from the first epoch to the last, and the neuron answers 0 to every list.

Find the fault and mend it, so that the program learns with every seed. Let the seed still decide
where the weights begin.

`learn_to_count` gets

- X: tensor of shape (n_samples, 10), lists of zeros and ones;
- y: tensor of shape (n_samples, 1), how many ones each has;
- seed: what decides where the weights begin;
- epochs: how many steps, 0 or more,

and returns the neuron.

>>> X, y = map(torch.as_tensor, make_counting_ones(100))
>>> neuron = learn_to_count(X, y, seed=17)
>>> print(round(neuron(torch.ones(1, 10)).item()))
10

Time: 10 minutes. Difficulty: two of three.
In the book: pytorch/step09_count_the_ones. Check it with: workshop check 42
"""

import torch
from torch import nn

from workshop.datasets import make_counting_ones


def learn_to_count(X, y, seed, epochs=300):
    """Return a neuron that counts the ones in a list of ten."""
    torch.manual_seed(seed)
    neuron = nn.Sequential(nn.Linear(10, 1), nn.ReLU())  # a count is never below zero
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(neuron.parameters(), lr=0.05)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = measure(neuron(X), y)
        loss.backward()
        optimizer.step()
    return neuron
