"""
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
"""

import torch
from torch import nn


def mean_absolute_error(outputs, targets):
    """Return how far the outputs are from their targets on average, a tensor of one number."""
    # [solution: give targets the shape of outputs, then take the mean of the distances]
    return (outputs - targets.reshape(outputs.shape)).abs().mean()
    # [end]


def loss_for(task):
    """Return the loss that suits the task."""
    # [solution: return one of PyTorch's losses for each of the three tasks]
    if task == "class":
        return nn.CrossEntropyLoss()
    if task == "amount":
        return nn.MSELoss()
    return nn.L1Loss()
    # [end]
