"""A recurrent layer in NumPy: it reads a sequence one moment after the other, and has a memory.

`workshop.pytorch.recurrence` has `nn.RNN` do the same.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class RecurrentLayer:
    """Neurons that see the input of this moment, and their own answers of the moment before.

    Attributes
    ----------
    input_weights : ndarray of shape (n_inputs, n_hidden)
    recurrent_weights : ndarray of shape (n_hidden, n_hidden)
        Row: the neuron that answered before. Column: the neuron that listens to it now.
    biases : ndarray of shape (n_hidden,)

    References
    ----------
    J. Elman: Finding Structure in Time. Cognitive Science 14, 1990.
    """

    input_weights: np.ndarray
    recurrent_weights: np.ndarray
    biases: np.ndarray

    def step(self, inputs: np.ndarray, state: np.ndarray) -> np.ndarray:
        """Return the state after one more moment.

        Parameters
        ----------
        inputs : ndarray of shape (n_samples, n_inputs)
        state : ndarray of shape (n_samples, n_hidden)
            What the neurons answered a moment before.

        Returns
        -------
        ndarray of shape (n_samples, n_hidden)
            Between -1 and 1.
        """
        # --8<-- [start:step]
        return np.tanh(
            inputs @ self.input_weights
            + state @ self.recurrent_weights
            + self.biases
        )  # fmt: skip
        # --8<-- [end:step]

    def read(self, X: np.ndarray) -> np.ndarray:
        """Return the states while sequences are read, the empty one at the start first.

        Parameters
        ----------
        X : ndarray of shape (n_samples, length, n_inputs)

        Returns
        -------
        ndarray of shape (n_samples, length + 1, n_hidden)
            Zeros at first.
        """
        # --8<-- [start:read]
        states = [np.zeros((len(X), len(self.biases)))]
        for inputs in X.swapaxes(0, 1):
            states.append(self.step(inputs, states[-1]))
        return np.stack(states, axis=1)
        # --8<-- [end:read]

    def backpropagate(
        self, X: np.ndarray, states: np.ndarray, slopes_at_end: np.ndarray
    ) -> tuple["RecurrentLayer", np.ndarray]:
        """Go back through time: the chain rule, one moment at a time, from the last to the first.

        Parameters
        ----------
        X : ndarray of shape (n_samples, length, n_inputs)
        states : ndarray of shape (n_samples, length + 1, n_hidden)
            What `read` returned for X.
        slopes_at_end : ndarray of shape (n_samples, n_hidden)
            Of the loss, with respect to the last state.

        Returns
        -------
        gradients : RecurrentLayer
            The slope of the loss with respect to each weight and bias, in the weight's place.
        slopes : ndarray of shape (n_samples, length + 1, n_hidden)
            Of the loss, with respect to each state.

        References
        ----------
        P. Werbos: Backpropagation Through Time. Proceedings of the IEEE 78, 1990.
        """
        # --8<-- [start:backwards]
        slopes = np.zeros_like(states)
        slopes[:, -1] = slopes_at_end
        inputs, recurrent, biases = (
            np.zeros_like(weights)
            for weights in (self.input_weights, self.recurrent_weights, self.biases)
        )
        for t in range(X.shape[1] - 1, -1, -1):
            # before tanh, whose slope is 1 - tanh^2
            sums = slopes[:, t + 1] * (1 - states[:, t + 1] ** 2)
            # the same weights are used at all moments: their slopes add up
            inputs += X[:, t].T @ sums
            recurrent += states[:, t].T @ sums
            biases += sums.sum(axis=0)
            # one moment back: by the recurrent weights, once more
            slopes[:, t] = sums @ self.recurrent_weights.T
        # --8<-- [end:backwards]
        return RecurrentLayer(inputs, recurrent, biases), slopes


def lamp_layer(strength: float = 10.0) -> RecurrentLayer:
    """Return two neurons with weights made by hand, which know whether a lamp is on.

    The first says "at least one of: the lamp was on, the button is pressed"; the second says
    "both". The lamp is on if the first agrees and the second does not, so half their difference
    is 1 for a lamp that is on and 0 for one that is off.

    Parameters
    ----------
    strength : float
        All weights are multiplied by it: how close to 1 and -1 the answers are.

    Returns
    -------
    RecurrentLayer
        With one input, 1 where the button is pressed and 0 where not.
    """
    # --8<-- [start:lamp]
    return RecurrentLayer(
        input_weights=strength * np.array([[1.0, 1.0]]),
        recurrent_weights=strength * np.array([[0.5, 0.5], [-0.5, -0.5]]),
        biases=strength * np.array([-0.5, -1.5]),
    )
    # --8<-- [end:lamp]


def random_layer(n_inputs: int, n_hidden: int, *, scale: float, seed: int = 0) -> RecurrentLayer:
    """Return a layer whose recurrent weights make every state longer by one and the same factor.

    Parameters
    ----------
    n_inputs, n_hidden : int
    scale : float
        The factor, before the tanh: with 1, the weights turn a state and leave its length.
    seed : int

    Returns
    -------
    RecurrentLayer
    """
    rng = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(rng.normal(size=(n_hidden, n_hidden)))
    return RecurrentLayer(
        input_weights=rng.normal(0, 0.1, (n_inputs, n_hidden)),
        recurrent_weights=scale * turn,
        biases=np.zeros(n_hidden),
    )
