"""Exercise 31: Three arms of a spiral.

Points lie on three arms of a spiral, and no straight line separates them. A network with a hidden
layer can. Build and train one.

Write `learn_arms`:

- X: tensor of shape (n_samples, 2), float32, the points: 200 on each arm;
- y: tensor of shape (n_samples,), int64, the number of each point's arm: 0, 1 or 2.

It makes a network, trains it and returns it. The network gives a logit for each arm: its outputs
have the shape (n_samples, 3), and the largest is its answer. It must be right about 97 of 100 new
points. (The noise would allow more than 99.) Several sets of points will be tried. A second of
training is plenty.

>>> X, y = map(torch.as_tensor, make_spirals(200, noise=0.2))
>>> network = learn_arms(X, y)
>>> print(network(X).shape)
torch.Size([600, 3])
>>> print((network(X).argmax(dim=1) == y).float().mean() > 0.97)
tensor(True)

Time: 20 minutes. Difficulty: three of three.
In the book: pytorch/step11_curved_boundaries. Check it with: workshop check 31
"""

import torch
from torch import nn

from workshop.datasets import make_spirals


def learn_arms(X, y):
    """Return a network that tells on which arm a point lies."""
    # TODO: make network, loss and optimiser, train, return the network
    raise NotImplementedError
