"""k-means: find groups among points that nobody labelled.

Two steps in turn: each point joins the nearest centre, each centre moves to the middle of its
points. The start decides where that ends, so there are several, each a good guess (k-means++).
"""

from typing import NamedTuple

import numpy as np


class Clusters(NamedTuple):
    """What k-means found.

    Attributes
    ----------
    centres : ndarray of shape (k, n_features)
        The middle of each cluster.
    labels : ndarray of int64, shape (n_samples,)
        The number of the cluster that each point belongs to. The numbers mean nothing.
    inertia : float
        The sum of the squared distances of all points from their centres.
    steps : int
        How many times the centres moved in the best of the starts.
    """

    centres: np.ndarray
    labels: np.ndarray
    inertia: float
    steps: int


def k_means(
    X: np.ndarray, k: int, *, starts: int = 10, max_steps: int = 300, seed: int = 0
) -> Clusters:
    """
    Divide points into k clusters, so that the points are as close to their centres as possible.

    Parameters
    ----------
    X : np.ndarray of shape (n_samples, n_features)
        The points. Features of large numbers count more: scale them first if they should not.
    k : int
        Number of clusters, 1 to n_samples.
    starts : int
        How often to begin anew; the result with the least inertia is returned.
    max_steps : int
        At most so many moves of the centres in each start.
    seed : int
        Of all random numbers.

    Returns
    -------
    Clusters

    Raises
    ------
    ValueError
        If the points are no table of numbers, or `k` is not from 1 to their number.

    References
    ----------
    S. Lloyd: Least Squares Quantization in PCM. IEEE Transactions on Information Theory 28, 1982.
    """
    X = _checked(X, k)
    middle = X.mean(axis=0)
    X = X - middle  # small numbers, small rounding errors
    random = np.random.default_rng(seed)
    runs = (_lloyd(X, start_centres(X, k, random), max_steps) for _ in range(starts))
    best = min(runs, key=lambda clusters: clusters.inertia)
    return best._replace(centres=best.centres + middle)


# --8<-- [start:start]
def start_centres(X: np.ndarray, k: int, random: np.random.Generator) -> np.ndarray:
    """
    Choose k of the points to start from, far from each other: k-means++.

    The first is any point. Each further one is drawn, and the farther a point lies from the
    nearest centre so far, the likelier it is: in proportion to its squared distance.

    Parameters
    ----------
    X : np.ndarray of shape (n_samples, n_features)
    k : int
    random : np.random.Generator

    Returns
    -------
    np.ndarray of shape (k, n_features)

    References
    ----------
    D. Arthur, S. Vassilvitskii: k-means++: The Advantages of Careful Seeding. SODA, 2007.
    """
    centres = X[[random.integers(len(X))]]
    while len(centres) < k:
        _, distances = nearest(X, centres)
        total = distances.sum(dtype=np.float64)
        chances = distances / total if total > 0 else None  # all points are the same
        centres = np.vstack([centres, X[random.choice(len(X), p=chances)]])
    return centres
    # --8<-- [end:start]


# --8<-- [start:lloyd]
def _lloyd(X: np.ndarray, centres: np.ndarray, max_steps: int) -> Clusters:
    """Repeat the two steps until no point changes its centre."""
    labels, distances = nearest(X, centres)
    before, steps = np.array([]), 0
    while steps < max_steps and not np.array_equal(labels, before):
        centres = middles(X, labels, distances, len(centres))
        before = labels
        labels, distances = nearest(X, centres)
        steps += 1
    return Clusters(centres, labels, float(distances.sum()), steps)
    # --8<-- [end:lloyd]


# --8<-- [start:steps]
def nearest(X: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """
    Find each point's nearest centre.

    Parameters
    ----------
    X : np.ndarray of shape (n_samples, n_features)
    centres : np.ndarray of shape (k, n_features)

    Returns
    -------
    labels : np.ndarray of int64, shape (n_samples,)
        The number of the nearest centre.
    distances : np.ndarray of shape (n_samples,)
        The squared distance from it.
    """
    # |x - c|² = |x|² - 2 x·c + |c|²: one matrix product instead of a large array of differences.
    parts = (centres**2).sum(axis=1) - 2 * X @ centres.T  # (n_samples, k)
    labels = parts.argmin(axis=1)
    distances = np.einsum("ij,ij->i", X, X) + parts[np.arange(len(X)), labels]
    return labels, distances.clip(0)  # not -1e-12


def middles(X: np.ndarray, labels: np.ndarray, distances: np.ndarray, k: int) -> np.ndarray:
    """
    Return the middle of each cluster; one without points moves to the point farthest from all.

    Parameters
    ----------
    X : np.ndarray of shape (n_samples, n_features)
    labels, distances : np.ndarray of shape (n_samples,)
        From `nearest`.
    k : int
        Number of clusters.

    Returns
    -------
    np.ndarray of shape (k, n_features)
    """
    members = labels == np.arange(k)[:, None]  # (k, n_samples)
    counts = members.sum(axis=1)
    centres = members.astype(X.dtype) @ X / np.maximum(counts, 1)[:, None].astype(X.dtype)
    centres[counts == 0] = X[np.argsort(distances)[::-1][: (counts == 0).sum()]]
    return centres
    # --8<-- [end:steps]


def name_clusters(labels: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """
    Name each cluster after what most of its points are.

    Parameters
    ----------
    labels : np.ndarray of int, shape (n_samples,)
        The number of each point's cluster.
    y : np.ndarray of int, shape (n_samples,)
        What each point is, which k-means never saw.
    k : int
        Number of clusters.

    Returns
    -------
    np.ndarray of int64, shape (k,)
        For each cluster, the most frequent value of `y`; -1 if it has no points.
    """
    counts = count_pairs(labels, y, k)
    return np.where(counts.sum(axis=1) > 0, counts.argmax(axis=1), -1)


def count_pairs(labels: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """
    Count how many points of each class lie in each cluster.

    Parameters
    ----------
    labels : np.ndarray of int, shape (n_samples,)
        The number of each point's cluster.
    y : np.ndarray of int, shape (n_samples,)
        Its class, from 0.
    k : int
        Number of clusters.

    Returns
    -------
    np.ndarray of int64, shape (k, n_classes)
    """
    counts = np.zeros((k, int(y.max()) + 1), dtype=np.int64)
    np.add.at(counts, (labels, y), 1)
    return counts


def _checked(X: np.ndarray, k: int) -> np.ndarray:
    """Return the points as floating-point numbers."""
    X = np.asarray(X)
    if X.ndim != 2 or X.dtype.kind not in "fiu":
        raise ValueError(
            "X must hold numbers, of shape (n_samples, n_features), "
            f"got {X.dtype} of shape {X.shape}. Images: X.reshape(len(X), -1)"
        )
    if not 1 <= k <= len(X):
        raise ValueError(f"k must be 1 to {len(X)}, the number of points, got {k}")
    return X if X.dtype.kind == "f" else X.astype(np.float64)
