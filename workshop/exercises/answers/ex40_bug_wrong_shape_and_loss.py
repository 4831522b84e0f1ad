"""
This program should learn to which of several classes a point in the plane belongs. It has two
faults. The first one stops it:

    RuntimeError: mat1 and mat2 shapes cannot be multiplied (90x2 and 1x32)

Mend that, and it runs. Then the second one shows. On the way from the points of class 0 to those of
class 2, it answers class 1, and there is no point of class 1 anywhere near.

Find both. The second takes a change in each of the three functions. Leave their names and their
arguments as they are.

- `new_model` gets the number of classes, and returns a network.
- `train` gets it, X, tensor of shape (n_samples, 2), and y, the classes, tensor of int64, shape
  (n_samples,). It changes the network.
- `classify` returns the class of each point, tensor of int64, shape (n_samples,).
"""

import torch
from torch import nn


def new_model(n_classes):
    """Return a network for points in the plane."""
    # [solution]
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, n_classes))
    # [stub]
    # return nn.Sequential(nn.Linear(1, 32), nn.ReLU(), nn.Linear(32, 1))
    # [end]


def train(model, X, y, epochs=100):
    """Train the model on points and their classes."""
    # [solution]
    measure = nn.CrossEntropyLoss()
    # [stub]
    # measure = nn.L1Loss()
    # [end]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(epochs):
        optimizer.zero_grad()
        # [solution]
        loss = measure(model(X), y)
        # [stub]
        # loss = measure(model(X)[:, 0], y.float())
        # [end]
        loss.backward()
        optimizer.step()


def classify(model, X):
    """Return the class of each point."""
    with torch.no_grad():
        # [solution]
        return model(X).argmax(dim=1)
        # [stub]
        # return model(X)[:, 0].round().long()
        # [end]
