"""How to turn a gradient into a step: SGD, momentum, RMSProp, Adam, in a few lines each.

An optimiser works on all parameters of a network as one flat vector, in place.
Its memory (velocity, averages) starts at zero on the first step.
η is ``learning_rate``; it comes with each step, because it may follow a schedule.
"""

import math

import numpy as np


class SGD:
    """Stochastic gradient descent: go against the gradient.

    References
    ----------
    H. Robbins, S. Monro: A Stochastic Approximation Method. 1951.
    """

    def step(self, parameters: np.ndarray, gradient: np.ndarray, learning_rate: float) -> None:
        """Update `parameters` in place; `gradient` is used up.

        Parameters
        ----------
        parameters : ndarray of shape (n_parameters,)
            Where we are.
        gradient : ndarray of shape (n_parameters,)
            The derivative of the loss there.
        learning_rate : float
            A plain Python float: a ``np.float64`` would turn float32 into float64.
        """
        gradient *= learning_rate
        parameters -= gradient


class Momentum:
    """Roll like a ball: keep a share of the last step's velocity.

    Parameters
    ----------
    momentum : float, 0 to 1
        The share that is kept.

    References
    ----------
    B. Polyak: Some Methods of Speeding Up the Convergence of Iteration Methods. 1964.
    """

    def __init__(self, momentum: float = 0.9) -> None:
        self.momentum = momentum
        self.velocity: np.ndarray | None = None

    def step(self, parameters: np.ndarray, gradient: np.ndarray, learning_rate: float) -> None:
        """Update `parameters` in place; see `SGD.step`."""
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        gradient *= learning_rate
        self.velocity *= self.momentum
        self.velocity -= gradient
        parameters += self.velocity


class RMSProp:
    """Give every parameter its own step: divide by its gradient's recent size.

    Parameters
    ----------
    decay : float, 0 to 1
        How slowly the average of the squared gradient forgets.
    epsilon : float
        Keeps the division from blowing up where the gradient is almost zero.

    References
    ----------
    Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012.
    """

    def __init__(self, decay: float = 0.9, epsilon: float = 1e-8) -> None:
        self.decay, self.epsilon = decay, epsilon
        self.square: np.ndarray | None = None

    def step(self, parameters: np.ndarray, gradient: np.ndarray, learning_rate: float) -> None:
        """Update `parameters` in place; see `SGD.step`."""
        if self.square is None:
            self.square = np.zeros_like(parameters)
            self.scratch = np.empty_like(parameters)
        _running_average(self.square, gradient, self.decay, self.scratch, squared=True)
        _divide_by_root(gradient, self.square, self.epsilon, self.scratch)
        gradient *= learning_rate
        parameters -= gradient


class Adam:
    """Momentum and RMSProp together, corrected for their start at zero.

    Parameters
    ----------
    beta_1 : float, 0 to 1
        How slowly the average of the gradient forgets.
    beta_2 : float, 0 to 1
        How slowly the average of its square forgets.
    epsilon : float
        Keeps the division from blowing up where the gradient is almost zero.

    References
    ----------
    Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, algorithm 1.
    """

    def __init__(self, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-8) -> None:
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self.steps = 0
        self.mean: np.ndarray | None = None

    def step(self, parameters: np.ndarray, gradient: np.ndarray, learning_rate: float) -> None:
        """Update `parameters` in place; see `SGD.step`."""
        if self.mean is None:
            self.mean, self.square = np.zeros_like(parameters), np.zeros_like(parameters)
            self.scratch = np.empty_like(parameters)
        self.steps += 1
        _running_average(self.mean, gradient, self.beta_1, self.scratch)
        _running_average(self.square, gradient, self.beta_2, self.scratch, squared=True)
        # Both averages began at 0 and are too small by these factors at first.
        mean_correction = 1 - self.beta_1**self.steps
        root_correction = math.sqrt(1 - self.beta_2**self.steps)
        np.copyto(gradient, self.mean)
        _divide_by_root(gradient, self.square, self.epsilon * root_correction, self.scratch)
        gradient *= learning_rate * root_correction / mean_correction
        parameters -= gradient


Optimizer = SGD | Momentum | RMSProp | Adam

OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "rmsprop": RMSProp,
    "adam": Adam,
}


def constant(progress: float) -> float:  # noqa: ARG001  (a schedule's signature)
    """Return 1: the learning rate stays as it is, whatever the `progress` (0 to 1)."""
    return 1.0


def one_cycle(progress: float) -> float:
    """Return which share of the peak learning rate to take.

    Rises in a straight line over the first fifth, then falls along a cosine
    to zero: careful first steps, bold ones, fine ones.

    Parameters
    ----------
    progress : float, 0 to 1
        The share of the training that is over.

    Returns
    -------
    float, 0 to 1

    References
    ----------
    Smith and Topin, Super-Convergence, 2018, for the idea; the shape is simpler.
    """
    warm_up = 0.2
    if progress < warm_up:
        return 0.04 + 0.96 * progress / warm_up
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, (progress - warm_up) / (1 - warm_up)))


SCHEDULES = {"constant": constant, "one_cycle": one_cycle}


def _running_average(
    average: np.ndarray,
    values: np.ndarray,
    decay: float,
    scratch: np.ndarray,
    *,
    squared: bool = False,
) -> None:
    """Set `average` to ``decay * average + (1 - decay) * values`` (or ``values**2``)."""
    np.multiply(values, 1 - decay, out=scratch)
    if squared:
        scratch *= values
    average *= decay
    average += scratch


def _divide_by_root(
    values: np.ndarray, squares: np.ndarray, epsilon: float, scratch: np.ndarray
) -> None:
    """Divide `values` in place by ``sqrt(squares) + epsilon``."""
    np.sqrt(squares, out=scratch)
    scratch += epsilon
    values /= scratch
