"""Exercise 37: Find the bug: a line that swings.

This program looks for the line on which some points lie. It runs, and nothing complains. But the
line swings about the points, to one side and to the other, and never comes to rest. Whoever stops
after 100 epochs gets one line, whoever stops after 110 gets another, and none is the right one.

Find the fault and mend it. Leave the function's name and its arguments as they are.

`fit_line` gets

- x, y: tensors of shape (n_samples, 1), the points;
- learning_rate: length of the steps;
- epochs: how many steps,

and should return two numbers: weight and bias of the line, close to 0.7 and 0.3 for these points.

>>> x = torch.linspace(-1, 1, 41)[:, None]
>>> weight, bias = fit_line(x, 0.7 * x + 0.3, learning_rate=0.3, epochs=100)
>>> print(round(weight, 2), round(bias, 2))
0.7 0.3

Time: 8 minutes. Difficulty: one of three.
In the book: pytorch/step10_straight_line. Check it with: workshop check 37
"""

import torch
from torch import nn


def fit_line(x, y, learning_rate, epochs):
    """Return weight and bias of the line through the points."""
    model = nn.Linear(1, 1)
    measure = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    optimizer.zero_grad()

    for _ in range(epochs):
        loss = measure(model(x), y)
        loss.backward()
        optimizer.step()

    return model.weight.item(), model.bias.item()
