"""The training loop: batch after batch, epoch after epoch."""

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from workshop.network import Network
from workshop.optimizers import Momentum, Optimizer, constant


@np.errstate(over="ignore", invalid="ignore")  # a loss that explodes is told as an error below
def train(
    network: Network,
    X: np.ndarray,
    targets: np.ndarray,
    *,
    optimizer: Optimizer | None = None,
    learning_rate: float = 0.01,
    batch_size: int = 64,
    epochs: int = 10,
    weight_decay: float = 0.0,
    schedule: Callable[[float], float] = constant,
    time_limit: float | None = None,
    augment: Callable[[np.ndarray, np.random.Generator], np.ndarray] | None = None,
    after_epoch: Callable[[float], Any] | None = None,
) -> list[float]:
    """Train `network` in place on mini-batches; return the mean loss of each epoch.

    Parameters
    ----------
    network : Network
    X : ndarray of shape (n_samples, n_inputs), of the network's dtype
    targets : ndarray of shape (n_samples, n_classes), of the network's dtype
        One row of probabilities per sample, see `functions.one_hot`.
    optimizer : object of workshop.optimizers, default Momentum()
    learning_rate : float
        The η of the update rule; the peak, if there is a schedule.
    batch_size : int
        Samples per update.
    epochs : int
        How many times to go through all samples.
    weight_decay : float
        An update takes this share, times η, off every weight (not off the biases).
    schedule : function of workshop.optimizers
        Turns progress (0 to 1) into a share of `learning_rate`.
    time_limit : float, seconds
        Stop then, even within an epoch, but not before the first update; a
        schedule comes to its end then, too.
    augment : function
        Takes a batch and a random generator, returns the batch changed.
    after_epoch : function
        Called with the epoch's loss; returns True to stop.

    Returns
    -------
    list of float
        One loss for each epoch that was run; the last may be that of a part of an epoch.

    Raises
    ------
    FloatingPointError
        If the loss or a parameter is no longer a finite number.
    ValueError
        If `X` or `targets` do not fit the network, in shape or in dtype.

    References
    ----------
    The weight decay: I. Loshchilov, F. Hutter: Decoupled Weight Decay Regularization. ICLR, 2019.
    """
    _check(network, X, targets)
    optimizer, learning_rate = optimizer or Momentum(), float(learning_rate)
    n_samples, started = len(X), time.perf_counter()
    buffer = np.empty((min(batch_size, n_samples), X.shape[1]), X.dtype)
    losses: list[float] = []
    for epoch in range(epochs):
        order, total, seen = network.rng.permutation(n_samples), 0.0, 0
        for start in range(0, n_samples, batch_size):
            progress = (epoch + start / n_samples) / epochs
            if time_limit is not None:
                progress = max(progress, (time.perf_counter() - started) / time_limit)
                if progress >= 1 and (losses or seen):
                    break
            chosen = order[start : start + batch_size]
            # mode="clip" spares NumPy a second copy; all these indices are valid
            batch = np.take(X, chosen, 0, out=buffer[: len(chosen)], mode="clip")
            if augment is not None:
                batch = augment(batch, network.rng)

            # --8<-- [start:update]
            loss, gradient = network.backpropagate(batch, targets[chosen])
            if not math.isfinite(loss):
                raise _overshot(f"The loss became {loss}", epoch, start, learning_rate)
            # A np.float64 would turn the update of float32 parameters into slow float64.
            rate = learning_rate * float(schedule(progress))
            if weight_decay:
                for weights in network.weights:
                    weights *= 1 - rate * weight_decay
            optimizer.step(network.parameters, gradient, rate)
            # --8<-- [end:update]
            total, seen = total + loss * len(chosen), seen + len(chosen)
        if not np.isfinite(network.parameters).all():
            raise _overshot("The parameters became infinite", epoch, seen, learning_rate)
        if seen:
            losses.append(total / seen)
            if after_epoch is not None and after_epoch(losses[-1]):
                break
        if seen < n_samples:  # out of time
            break
    return losses


def _check(network: Network, X: np.ndarray, targets: np.ndarray) -> None:
    """Raise ValueError if the data does not fit the network, and say how to make it fit."""
    wide = X.reshape(len(X), -1).shape[1] if len(X) else 0
    if X.ndim != 2 or X.shape[1] != network.sizes[0]:
        flatten = " Flatten first: X.reshape(len(X), -1)." if wide == network.sizes[0] else ""
        raise ValueError(
            f"X must have shape (n_samples, {network.sizes[0]}), got {X.shape}.{flatten}"
        )
    if targets.shape != (len(X), network.sizes[-1]):
        raise ValueError(
            f"targets must have shape ({len(X)}, {network.sizes[-1]}), one row of probabilities "
            f"per sample, got {targets.shape}. From labels: one_hot(y, {network.sizes[-1]})."
        )
    dtype = network.parameters.dtype
    for name, array in (("X", X), ("targets", targets)):
        if array.dtype != dtype:
            raise ValueError(
                f"{name} must be {dtype} like the network, got {array.dtype}, which is slower or "
                f"cannot be used. Convert once: {name}.astype(np.{dtype})."
            )


def _overshot(what: str, epoch: int, samples: int, learning_rate: float) -> FloatingPointError:
    return FloatingPointError(
        f"{what} in epoch {epoch + 1}, after {samples} samples: with "
        f"learning_rate={learning_rate:g} the steps overshoot further and further. "
        f"Try learning_rate={learning_rate / 10:g}, and check that the inputs are "
        "scaled (pixels divided by 255, say)."
    )
