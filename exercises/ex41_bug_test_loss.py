"""Exercise 41: Find two bugs: a test that is too good.

This program trains a network with dropout. After each epoch, it notes the loss on the points that
the network learns from and the loss on those that it is tested with. It has two faults:

- The test loss follows the training loss nearly number by number. This stays so even when the test
  points get random classes, which nobody can learn.
- Ask `evaluate` twice about the same network and the same points, and you get two different losses.

Find both and mend them. Leave the names of the functions and their arguments as they are.

- `evaluate` gets a model, X, tensor of shape (n_samples, n_inputs), and y, the classes, tensor of
  int64, shape (n_samples,). It returns the loss, one number.
- `train` gets a model, two such sets and a number of epochs. It changes the model, and returns a
  list with a pair for each epoch: the training loss and the test loss after it.

Time: 10 minutes. Difficulty: two of three.
In the book: reference/tutorials_got_wrong. Check it with: workshop check 41
"""

import torch
from torch import nn

measure = nn.CrossEntropyLoss()


def evaluate(model, X, y):
    """Return the loss of the model on some points."""
    with torch.no_grad():
        return measure(model(X), y).item()


def train(model, X_train, y_train, X_test, y_test, epochs):
    """Train the model, and return the training loss and the test loss of each epoch."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        optimizer.zero_grad()
        loss = measure(model(X_train), y_train)
        loss.backward()
        optimizer.step()

        train_loss = evaluate(model, X_train, y_train)
        test_loss = evaluate(model, X_train, y_train)
        history.append((train_loss, test_loss))
    return history
