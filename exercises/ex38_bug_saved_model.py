"""Exercise 38: Find the bug: a neuron that got lost.

This program teaches a neuron to count the ones in a list, and saves what it learned. Then it goes
on working with the neuron, and stops:

    TypeError: 'collections.OrderedDict' object is not callable

The file that it wrote is all right, and `count` reads it without trouble. What has become of the
neuron? Find the fault and mend it, so that the file stays as it is.

- `train_and_save` gets X, tensor of shape (n_samples, n_bits), and y, the counts, tensor of shape
  (n_samples, 1), and the path of a file. It should return the trained neuron.
- `count` gets the path, and a list of zeros and ones. It returns how many ones it sees.

Time: 8 minutes. Difficulty: one of three.
In the book: reference/tutorials_got_wrong. Check it with: workshop check 38
"""

import torch
from torch import nn


def train_and_save(X, y, path):
    """Teach a neuron to count, save what it learned, and return the neuron."""
    model = nn.Linear(X.shape[1], 1)
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        loss = measure(model(X), y)
        loss.backward()
        optimizer.step()

    model = model.state_dict()
    torch.save(model, path)
    return model


def count(path, bits):
    """Load the neuron from its file, and count the ones in a list of bits."""
    model = nn.Linear(len(bits), 1)
    model.load_state_dict(torch.load(path, weights_only=True))
    model.eval()
    with torch.no_grad():
        return round(model(torch.tensor(bits, dtype=torch.float32)).item())
