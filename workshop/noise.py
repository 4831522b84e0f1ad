"""How much can be known: the best possible classifier of points whose noise we made ourselves.

Where noise carries points of two classes to the same place, nobody can be right about all of them.
The best answer at a place is the class whose points lie most densely there, and its accuracy is the
most that any classifier can have. For data from a file, that limit is unknown. For points that we
make, the densities follow from how they were made.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from workshop.datasets import make_blobs, make_circles, make_moons, make_spirals


class PointSet(NamedTuple):
    """Points in the plane, and what is known about how they are made; classes are equally large.

    Attributes
    ----------
    make : function
        Takes a number of points and a seed; returns X, shape (n_samples, 2), and y, shape
        (n_samples,).
    log_densities : function
        Takes X and the seed; returns the logarithm of the density of each class at each point,
        shape (n_samples, n_classes), up to a number that all classes of a point share.
    """

    make: Callable[[int, int], tuple[np.ndarray, np.ndarray]]
    log_densities: Callable[[np.ndarray, int], np.ndarray]

    def best_answers(self, X: np.ndarray, seed: int = 0) -> np.ndarray:
        """Return the most probable class at each point.

        Parameters
        ----------
        X : ndarray of shape (n_samples, 2)
        seed : int
            Of the point set.

        Returns
        -------
        ndarray of int64, shape (n_samples,)
        """
        return self.log_densities(X, seed).argmax(axis=1)

    def best_accuracy(self, seed: int = 0, n_samples: int = 20_000) -> float:
        """Return the accuracy that no classifier can exceed: the Bayes rate.

        Parameters
        ----------
        seed : int
            Of the point set.
        n_samples : int
            Points at which to look how probable the best answer is; the standard error of their
            mean is about 0.001 with the default.

        Returns
        -------
        float, 0 to 1
        """
        densities = self.log_densities(self.make(n_samples, seed)[0], seed)
        # --8<-- [start:best]
        shares = np.exp(densities - densities.max(axis=1, keepdims=True))
        return float((shares.max(axis=1) / shares.sum(axis=1)).mean())
        # --8<-- [end:best]


def circles(noise: float = 0.05, factor: float = 0.8) -> PointSet:
    """Describe `make_circles`.

    Parameters
    ----------
    noise : float
        As for `make_circles`.
    factor : float
        As for `make_circles`.

    Returns
    -------
    PointSet
    """
    return _scattered(lambda n, noise, seed: make_circles(n, noise, factor, seed), noise)


def moons(noise: float = 0.2) -> PointSet:
    """Describe `make_moons`.

    Parameters
    ----------
    noise : float
        As for `make_moons`.

    Returns
    -------
    PointSet
    """
    return _scattered(make_moons, noise)


def blobs(centres: int = 4, std: float = 1.7) -> PointSet:
    """Describe `make_blobs`.

    Parameters
    ----------
    centres : int
    std : float
        As for `make_blobs`.

    Returns
    -------
    PointSet
        Each seed has its own centres.
    """
    return _scattered(lambda n, noise, seed: make_blobs(n, centres, noise, seed), std)


def spirals(arms: int = 3, noise: float = 0.2, turn: float | None = None) -> PointSet:
    """Describe `make_spirals`.

    Parameters
    ----------
    arms : int
    noise : float
    turn : float or None, radians
        As for `make_spirals`.

    Returns
    -------
    PointSet
        The same number of points on each arm, as many as asked for or a few less.
    """
    starts = np.arange(arms) * (2 * np.pi / arms if turn is None else turn)

    def make(n_samples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        return make_spirals(n_samples // arms, arms, noise, seed, turn=turn)

    def log_densities(X: np.ndarray, _: int) -> np.ndarray:
        angle = np.arctan2(X[:, 0], X[:, 1]) - 4 * np.hypot(X[:, 0], X[:, 1])
        off = angle[:, None] - starts  # (n_samples, n_classes)
        off = (off + np.pi) % (2 * np.pi) - np.pi  # the short way round
        return -0.5 * (off / noise) ** 2

    return PointSet(make, log_densities)


def _scattered(
    make: Callable[[int, float, int], tuple[np.ndarray, np.ndarray]], noise: float
) -> PointSet:
    """Describe points that normal noise has moved, in both directions alike.

    Parameters
    ----------
    make : function
        Takes a number of points, the noise and the seed. Without noise, it gives the places from
        which points start, as `log_densities` wants to know them.
    noise : float
        Standard deviation in each direction.
    """

    def log_densities(X: np.ndarray, seed: int) -> np.ndarray:
        starts, y = make(400, 0.0, seed)
        each_class = [np.unique(starts[y == c], axis=0) for c in range(y.max() + 1)]
        return np.column_stack([log_density(X, of_class, noise) for of_class in each_class])

    return PointSet(lambda n_samples, seed: make(n_samples, noise, seed), log_densities)


def log_density(X: np.ndarray, starts: np.ndarray, noise: float) -> np.ndarray:
    """Return the logarithm of the density of points that normal noise has moved from their start.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 2)
        Where to look.
    starts : ndarray of shape (n_starts, 2)
        Each equally frequent. For a curve, many places along it, closer than the noise.
    noise : float
        Standard deviation in each direction.

    Returns
    -------
    ndarray of shape (n_samples,)
        Natural logarithm of the density, which is per unit of area.
    """
    found = []
    for some in np.array_split(X.astype(float), len(X) // 2000 + 1):  # to spare the memory
        # --8<-- [start:density]
        squared = sum((some[:, i, None] - starts[:, i]) ** 2 for i in range(2))
        bells = -squared / (2 * noise**2)
        largest = bells.max(axis=1)
        total = np.exp(bells - largest[:, None]).mean(axis=1)
        found.append(largest + np.log(total) - np.log(2 * np.pi * noise**2))
        # --8<-- [end:density]
    return np.concatenate(found)
