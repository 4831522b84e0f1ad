"""Exercise 27: The right loss in PyTorch.

A loss is one number that says how far a network is from what you want. PyTorch has many. You will
write one of them yourself, and then choose.

Write `mean_absolute_error`, with operations on tensors:

- outputs: tensor of shape (n_samples, 1), what the network answered;
- targets: tensor of shape (n_samples, 1) or (n_samples,), what is true.

It returns a tensor of one number, from which backward() can find the slopes: what nn.L1Loss() gives
if both have the same shape.

Write `loss_for`, which returns the loss of PyTorch's that suits a task, ready to be called:

- "class": which digit is it? The network has an output for each of ten classes.
- "amount": how warm will it be? The nearer an answer is, the weaker the loss pulls, so that the
  network comes to rest.
- "amount, with slips": the same, but some targets were typed in wrongly. One that is off by 10 must
  not cost as much as a hundred that are off by 1.

>>> outputs = torch.tensor([[1.0], [5.0]])
>>> print(mean_absolute_error(outputs, torch.tensor([2.0, 3.0])))
tensor(1.5000)
>>> print(loss_for("class")(torch.zeros(1, 10), torch.tensor([3])))
tensor(2.3026)

Time: 10 minutes. Difficulty: two of three.
In the book: pytorch/step10_straight_line. Check it with: workshop check 27
"""

import torch
from torch import nn


def mean_absolute_error(outputs, targets):
    """Return how far the outputs are from their targets on average, a tensor of one number."""
    # TODO: give targets the shape of outputs, then take the mean of the distances
    raise NotImplementedError


def loss_for(task):
    """Return the loss that suits the task."""
    # TODO: return one of PyTorch's losses for each of the three tasks
    raise NotImplementedError
