"""
PyTorch calculates with tensors. Its layers want them in a certain form: numbers of type float32, a
row for each sample, on the device where the layer lies. So data are brought into that form first,
and what comes out is brought back.

Write `as_column`, the way there:

- values: list or NumPy array of n_samples numbers, of any type;
- device: where to, such as "cpu" or "cuda".

It returns a tensor of float32, shape (n_samples, 1), on that device.

Write `as_numbers`, the way back:

- outputs: tensor of shape (n_samples, 1), as a layer gives it. It remembers how it was calculated,
  and may lie on any device.

It returns a NumPy array of shape (n_samples,).

>>> column = as_column([1, 2, 3], "cpu")
>>> print(column.shape, column.dtype, column.device)
torch.Size([3, 1]) torch.float32 cpu
>>> print(as_numbers(2 * column))
[2. 4. 6.]
"""

import torch


def as_column(values, device):
    """Return the values as a column of float32 on the device."""
    # [solution: make a tensor of the right type on the device, and give it the right shape]
    return torch.as_tensor(values, dtype=torch.float32).to(device).reshape(-1, 1)
    # [end]


def as_numbers(outputs):
    """Return a layer's outputs as a NumPy array with one axis."""
    # [solution: let go of what it remembers, bring it to the CPU, make an array of one axis]
    return outputs.detach().cpu().numpy()[:, 0]
    # [end]
