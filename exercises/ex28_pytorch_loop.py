"""Exercise 28: The loop of every program.

Every program in PyTorch has the same loop at its heart. You have seen it on the page. Now write it
without looking.

Write `train`:

- model: a network, which it changes;
- X: tensor of shape (n_samples, n_inputs);
- y: tensor of shape (n_samples, n_outputs), the targets;
- learning_rate: length of the steps;
- epochs: how many steps. Each takes all samples at once.

The loss is the mean squared error, the optimiser plain gradient descent, torch.optim.SGD. It
returns a list with the loss of each epoch, as measured before that epoch's step. These are plain
numbers, and no tensors.

>>> model = nn.Linear(1, 1)
>>> with torch.no_grad():  # start from zero
...     _ = model.weight.zero_(), model.bias.zero_()
>>> X, y = torch.tensor([[1.0], [2.0]]), torch.tensor([[2.0], [4.0]])
>>> losses = train(model, X, y, learning_rate=0.1, epochs=3)
>>> print([round(loss, 2) for loss in losses])
[10.0, 1.06, 0.17]

Time: 10 minutes. Difficulty: two of three.
In the book: pytorch/step09_count_the_ones. Check it with: workshop check 28
"""

import torch
from torch import nn


def train(model, X, y, learning_rate, epochs):
    """Train the model in place, and return the loss of each epoch."""
    # TODO: make loss and optimiser, then write the loop
    raise NotImplementedError
