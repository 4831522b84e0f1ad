"""A multi-layer network in NumPy, in the order in which the lesson tells it.

Notation: `weights[l]` is W with shape (inputs, outputs), so that a whole batch
goes through a layer as ``X @ W + b`` with one sample a row. The book's
w^l_jk, from neuron k to neuron j, is ``weights[l][k, j]``.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from workshop import functions

ACTIVATIONS = {
    "relu": (functions.relu, functions.relu_derivative),
    "sigmoid": (functions.sigmoid, functions.sigmoid_derivative),
}
LOSSES = {
    "cross_entropy": (functions.cross_entropy, functions.cross_entropy_delta),
    "squared_error": (functions.squared_error, functions.squared_error_delta),
}


def count_parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network has.

    Parameters
    ----------
    sizes : sequence of int
        Neurons in each layer, as for `Network`.

    Returns
    -------
    int
    """
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))


class Network:
    """Layers of neurons with a softmax at the end.

    Parameters
    ----------
    sizes : sequence of int
        Neurons in each layer: inputs, hidden layers, classes; (784, 128, 10), say.
    activation : {"relu", "sigmoid"}
        Of the hidden layers.
    loss : {"cross_entropy", "squared_error"}
        What training makes small.
    seed : int, numpy Generator or None
        For the first weights and the order of the samples.
    dtype : dtype
        float32 to train, float64 to check gradients.

    Attributes
    ----------
    parameters : ndarray of shape (n_parameters,)
        All weights and biases in one vector.
    weights : list of ndarray of shape (sizes[l], sizes[l + 1])
    biases : list of ndarray of shape (sizes[l + 1],)
        Views into `parameters`: change one and you change the other.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or the activation or the loss is neither of the two.

    References
    ----------
    The first weights: K. He, X. Zhang, S. Ren, J. Sun: Delving Deep into Rectifiers. ICCV, 2015,
    for ReLU; X. Glorot, Y. Bengio: Understanding the Difficulty of Training Deep Feedforward
    Neural Networks. AISTATS, 2010, for sigmoid.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        *,
        activation: str = "relu",
        loss: str = "cross_entropy",
        seed: int | np.random.Generator | None = None,
        dtype: type = np.float32,
    ) -> None:
        if len(sizes) < 2 or activation not in ACTIVATIONS or loss not in LOSSES:
            raise ValueError(
                f"Network needs at least two sizes, got {sizes}; an activation of "
                f"{list(ACTIVATIONS)}, got {activation!r}; a loss of {list(LOSSES)}, got {loss!r}."
            )
        self.sizes, self.activation, self.loss = tuple(sizes), activation, loss
        self.rng = np.random.default_rng(seed)
        self.parameters: np.ndarray = np.zeros(count_parameters(self.sizes), dtype)
        self.weights, self.biases = self._split(self.parameters)
        # Small random weights, scaled so that signals neither die out nor blow up
        # on their way through the layers (He et al. 2015; Glorot and Bengio 2010).
        for weights in self.weights:
            inputs, outputs = weights.shape
            variance = 2 / inputs if activation == "relu" else 2 / (inputs + outputs)
            weights[:] = self.rng.normal(0, math.sqrt(variance), weights.shape)

    def feedforward(self, X: np.ndarray) -> list[np.ndarray]:
        """Return what each layer puts out: [X, hidden layers ..., probabilities].

        Parameters
        ----------
        X : ndarray of shape (n_samples, sizes[0])

        Returns
        -------
        list of ndarray of shape (n_samples, sizes[l])
        """
        # --8<-- [start:forwards]
        activate, _ = ACTIVATIONS[self.activation]
        outputs = [X]
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            outputs.append(activate(outputs[-1] @ weights + biases))
        outputs.append(functions.softmax(outputs[-1] @ self.weights[-1] + self.biases[-1]))
        return outputs
        # --8<-- [end:forwards]

    def backpropagate(self, X: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the loss and its gradient, laid out like `parameters`.

        Parameters
        ----------
        X : ndarray of shape (n_samples, sizes[0])
        targets : ndarray of shape (n_samples, sizes[-1])
            One row of probabilities per sample, see `functions.one_hot`.

        Returns
        -------
        loss : float
            The mean over the samples.
        gradient : ndarray of shape (n_parameters,)

        References
        ----------
        M. Nielsen: Neural Networks and Deep Learning, chapter 2, 2015. D. Rumelhart, G. Hinton,
        R. Williams: Learning Representations by Back-propagating Errors. Nature 323, 1986.
        """
        loss, loss_delta = LOSSES[self.loss]
        _, derivative = ACTIVATIONS[self.activation]
        outputs = self.feedforward(X)
        gradient = np.empty_like(self.parameters)
        weight_gradients, bias_gradients = self._split(gradient)

        # --8<-- [start:backwards]
        # delta: slope of the loss by each sum, (n_samples, sizes[layer + 1])
        delta = loss_delta(outputs[-1], targets)
        for layer in reversed(range(len(self.weights))):
            np.matmul(outputs[layer].T, delta, out=weight_gradients[layer])
            np.sum(delta, axis=0, out=bias_gradients[layer])
            if layer > 0:  # back through the weights, then the activation
                delta = delta @ self.weights[layer].T
                delta *= derivative(outputs[layer])
        return loss(outputs[-1], targets), gradient
        # --8<-- [end:backwards]

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return class probabilities.

        Parameters
        ----------
        X : ndarray of shape (n_samples, sizes[0])

        Returns
        -------
        ndarray of shape (n_samples, sizes[-1])
        """
        rows = 4096  # at a time: enough to be fast, little enough to fit in memory
        parts = [self.feedforward(X[i : i + rows])[-1] for i in range(0, len(X), rows)]
        return np.concatenate(parts) if parts else np.empty((0, self.sizes[-1]))

    def _split(self, vector: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Cut a vector laid out like `parameters` into views: weights, biases."""
        weights, biases, start = [], [], 0
        for inputs, outputs in pairwise(self.sizes):
            middle, end = start + inputs * outputs, start + (inputs + 1) * outputs
            weights.append(vector[start:middle].reshape(inputs, outputs))
            biases.append(vector[middle:end])
            start = end
        return weights, biases

    def __getstate__(self) -> dict:
        return {k: v for k, v in vars(self).items() if k not in ("weights", "biases")}

    def __setstate__(self, state: dict) -> None:
        vars(self).update(state)
        self.weights, self.biases = self._split(self.parameters)  # views again, not copies
