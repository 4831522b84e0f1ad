"""
What a network has learned is numbers, and they are what you should keep. A file that holds the
whole Python object may run any code when it is read. A file of numbers cannot.

Write `save`:

- model: a network;
- path: where to write its numbers, the name of a file.

Write `load`:

- model: a fresh network with the same layers, whose numbers are still random;
- path: the file that save wrote.

It reads the file, and lets it hold nothing but numbers (weights_only=True). It puts them into the
model, tells the model that it is used now and no longer trained, and returns it.

>>> import tempfile
>>> neuron = nn.Linear(10, 1)
>>> with tempfile.TemporaryDirectory() as folder:
...     save(neuron, f"{folder}/neuron.pt")
...     copied = load(nn.Linear(10, 1), f"{folder}/neuron.pt")
>>> print(torch.equal(copied.weight, neuron.weight), copied.training)
True False
"""

import torch
from torch import nn


def save(model, path):
    """Write the model's numbers to a file."""
    # [solution: save the dictionary of the model's numbers]
    torch.save(model.state_dict(), path)
    # [end]


def load(model, path):
    """Return the model with the numbers of the file, ready for use."""
    # [solution: read the numbers, put them into the model, make it ready, return it]
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()
    # [end]
