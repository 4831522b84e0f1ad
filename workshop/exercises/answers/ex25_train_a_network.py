"""
You have the pieces: weights to begin with, a forward pass, a backward pass, mini-batches, a step of
descent. Now put them together, and a network of your own learns to read digits. Two of the pieces
are here already: `forward` and `gradients`.

Write `train`:

- X: array of shape (n_samples, n_inputs), images as numbers from 0 to 1;
- y: array of shape (n_samples,), their digits, whole numbers from 0 to 9;
- n_hidden: whole number of hidden neurons;
- learning_rate: number; batch_size, epochs: whole numbers;
- rng: a generator of random numbers. Draw from it.

It returns W1, b1, W2, b2: the weights and biases of the hidden layer and of the ten outputs. They
begin with He's weights and with biases of 0. In each epoch, it shuffles the samples, goes through
all of them in batches (the last may be smaller), and takes a step of descent after each batch.

Write `accuracy`:

- X, y: images and digits, as above;
- W1, b1, W2, b2: what `train` returned.

It returns the share of images, 0 to 1, for which the largest probability is that of their digit.

>>> X, y = np.array([[1.0, 0.0], [0.0, 1.0]] * 20), np.array([3, 8] * 20)
>>> learned = train(X, y, 4, 0.5, 5, 30, np.random.default_rng(0))
>>> print([part.shape for part in learned], accuracy(X, y, *learned))
[(2, 4), (4,), (4, 10), (10,)] 1.0
"""

import numpy as np

from workshop.functions import one_hot, relu, softmax


def forward(X, W1, b1, W2, b2):
    """Return the answers of the hidden neurons, and the probabilities of the ten digits."""
    hidden = relu(X @ W1 + b1)
    return hidden, softmax(hidden @ W2 + b2)


def gradients(X, targets, W1, b1, W2, b2):
    """Return the slopes of the mean loss by W1, b1, W2 and b2; targets has a one-hot row each."""
    hidden, probabilities = forward(X, W1, b1, W2, b2)
    delta2 = (probabilities - targets) / len(X)
    delta1 = (delta2 @ W2.T) * (hidden > 0)
    return X.T @ delta1, delta1.sum(axis=0), hidden.T @ delta2, delta2.sum(axis=0)


def train(X, y, n_hidden, learning_rate, batch_size, epochs, rng):
    """Return W1, b1, W2, b2 of a network that has learned from the images."""
    # [solution: weights to begin with; then, epoch after epoch, shuffle and go batch by batch]
    targets = one_hot(y, 10)
    parameters = [
        rng.normal(0, np.sqrt(2 / X.shape[1]), (X.shape[1], n_hidden)),
        np.zeros(n_hidden),
        rng.normal(0, np.sqrt(2 / n_hidden), (n_hidden, 10)),
        np.zeros(10),
    ]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            slopes = gradients(X[batch], targets[batch], *parameters)
            for parameter, slope in zip(parameters, slopes, strict=True):
                parameter -= learning_rate * slope
    return tuple(parameters)
    # [end]


def accuracy(X, y, W1, b1, W2, b2):
    """Return the share of images that the network reads right."""
    # [solution: find each image's most probable digit, and compare]
    _, probabilities = forward(X, W1, b1, W2, b2)
    return np.mean(probabilities.argmax(axis=1) == y)
    # [end]
