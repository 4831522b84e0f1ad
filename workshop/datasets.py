"""The data that the workshop learns from.

MNIST comes from public mirrors and is kept in a folder; the bundled digits and the toy sets need no
network. Every problem with the data raises `DatasetError`, with a message that says what to do.
"""

import numpy as np

from workshop.idx import DatasetError
from workshop.mnist import data_folder, download_mnist, load_mnist, missing_mnist_files

__all__ = [
    "DatasetError",
    "data_folder",
    "download_mnist",
    "load_digits",
    "load_mnist",
    "load_ten_points",
    "make_blobs",
    "make_circles",
    "make_counting_ones",
    "make_moons",
    "make_spirals",
    "make_straight_line",
    "missing_mnist_files",
]


def load_digits(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """
    Load the small digits that come with scikit-learn: like `load_mnist`, but without a network.

    Parameters
    ----------
    seed : int
        Decides which quarter of the images is the test set.

    Returns
    -------
    X_train : np.ndarray of uint8, shape (1347, 64)
        Images of 8x8 pixels row by row, rescaled to 0 (background) to 255 (ink).
    y_train : np.ndarray of uint8, shape (1347,)
        Digits, 0 to 9.
    X_test : np.ndarray of uint8, shape (450, 64)
        A quarter of the images of each digit.
    y_test : np.ndarray of uint8, shape (450,)
        Their digits.

    References
    ----------
    E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits (its test set). UCI Machine
    Learning Repository, 1998. https://doi.org/10.24432/C50P49, licence CC BY 4.0.
    """
    from sklearn import datasets, model_selection

    X, y = datasets.load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = model_selection.train_test_split(
        np.round(X * (255 / 16)).astype(np.uint8),
        y.astype(np.uint8),
        test_size=0.25,
        stratify=y,
        random_state=seed,
    )
    return X_train, y_train, X_test, y_test


def load_ten_points() -> tuple[np.ndarray, np.ndarray]:
    """
    Return the ten points of the workshop's single neuron.

    They were made as y = 3 - 0.7 x plus normal noise of standard deviation 0.35; the line of least
    squares through the rounded values is y = 2.740804 - 0.678647 x.

    Returns
    -------
    x : np.ndarray of float64, shape (10,)
        In the order in which they are printed.
    y : np.ndarray of float64, shape (10,)
        In the same order.

    References
    ----------
    T. Read Cutting: Introduction to Machine Learning and Neural Networks. Electric Square, 2019.
    """
    x = np.array([-2.0, 3.7, 4.7, 1.0, 3.4, 1.9, 0.5, 3.7, -3.7, -1.4])
    y = np.array([4.4, 0.5, -0.3, 1.4, 0.4, 1.4, 2.0, 0.5, 5.6, 3.5])
    return x, y


def make_circles(
    n_samples: int = 1000, noise: float = 0.05, factor: float = 0.8, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """
    Make points on two circles, one inside the other.

    Parameters
    ----------
    n_samples : int
        Number of points.
    noise : float
        Standard deviation of normal noise; the outer circle has radius 1.
    factor : float
        Radius of the inner circle, 0 up to 1 (left out).
    seed : int
        Seed of the points.

    Returns
    -------
    X : np.ndarray of float32, shape (n_samples, 2)
        Points, shuffled.
    y : np.ndarray of int64, shape (n_samples,)
        0 for the outer circle, 1 for the inner one.

    Raises
    ------
    ValueError
        If there is no point to make, or a setting is below 0 or, for `factor`, not below 1.
    """
    from sklearn import datasets

    return _typed(*datasets.make_circles(n_samples, noise=noise, factor=factor, random_state=seed))


def make_moons(
    n_samples: int = 3000, noise: float = 0.2, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """
    Make points on two half circles that reach into each other.

    Parameters
    ----------
    n_samples : int
        Number of points.
    noise : float
        Standard deviation of normal noise; each half circle has radius 1. The best possible
        accuracy is about 0.97 at 0.2 and 0.82 at 0.5.
    seed : int
        Seed of the points.

    Returns
    -------
    X : np.ndarray of float32, shape (n_samples, 2)
        Points, shuffled.
    y : np.ndarray of int64, shape (n_samples,)
        0 for the upper moon, 1 for the lower one.

    Raises
    ------
    ValueError
        If there is no point to make, or `noise` is below 0.
    """
    from sklearn import datasets

    return _typed(*datasets.make_moons(n_samples, noise=noise, random_state=seed))


def make_blobs(
    n_samples: int = 1000, centres: int = 4, std: float = 1.7, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """
    Make round clouds of points.

    Parameters
    ----------
    n_samples : int
        Number of points.
    centres : int
        Number of clouds, which lie at random between -10 and 10 on both axes: some seeds put them
        so close that no classifier can tell them apart.
    std : float
        Standard deviation of each cloud.
    seed : int
        Seed of centres and points.

    Returns
    -------
    X : np.ndarray of float32, shape (n_samples, 2)
        Points, shuffled.
    y : np.ndarray of int64, shape (n_samples,)
        Number of the cloud, from 0.

    Raises
    ------
    ValueError
        If there is no point or no cloud to make, or `std` is below 0.
    """
    from sklearn import datasets

    return _typed(
        *datasets.make_blobs(n_samples, centers=centres, cluster_std=std, random_state=seed)
    )


def make_spirals(
    n_per_arm: int = 1000,
    arms: int = 3,
    noise: float = 0.2,
    seed: int = 0,
    *,
    turn: float | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """
    Make points on spiral arms that start at the origin, each 4 radians long.

    Parameters
    ----------
    n_per_arm : int
        Number of points on each arm.
    arms : int
        Number of arms.
    noise : float
        Standard deviation of normal noise on the angle, in radians.
    seed : int
        Seed of the points.
    turn : float or None, radians
        From each arm to the next; None spaces them evenly.

    Returns
    -------
    X : np.ndarray of float32, shape (n_per_arm * arms, 2)
        Points inside the unit circle, shuffled.
    y : np.ndarray of int64, shape (n_per_arm * arms,)
        Number of the arm, from 0.

    References
    ----------
    A. Karpathy: CS231n, "Putting it together: Minimal Neural Network Case Study". There, arms
    start 4 radians apart, so that six of them lie in pairs, 0.57 radians from each other.
    """
    turn = 2 * np.pi / arms if turn is None else turn
    random = np.random.default_rng(seed)
    shuffled = random.permutation(n_per_arm * arms)
    y = shuffled // n_per_arm
    radius = np.linspace(0, 1, n_per_arm)[shuffled % n_per_arm]
    angle = 4 * radius + turn * y + random.normal(0, noise, len(y))
    return _typed(np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]), y)


def make_counting_ones(
    n_samples: int = 100, n_bits: int = 10, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """
    Make lists of zeros and ones, and count the ones.

    Each count from none to all is equally likely, and so is each order of the bits.

    Parameters
    ----------
    n_samples : int
        Number of lists.
    n_bits : int
        Length of each.
    seed : int
        Seed of the lists.

    Returns
    -------
    X : np.ndarray of float32, shape (n_samples, n_bits)
        Zeros and ones.
    y : np.ndarray of float32, shape (n_samples, 1)
        How many ones each list has: in a column, as the output of a layer is.

    References
    ----------
    G. Torbet: How I Learned Machine Learning in a Weekend. 2021.
    """
    random = np.random.default_rng(seed)
    counts = random.integers(0, n_bits, n_samples, endpoint=True)
    X = random.permuted(np.arange(n_bits) < counts[:, None], axis=1)
    return X.astype(np.float32), counts[:, None].astype(np.float32)


def make_straight_line(
    n_samples: int = 50, weight: float = 0.7, bias: float = 0.3, noise: float = 0.0, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """
    Make points on a straight line, from 0 up to 1 (left out) in equal steps.

    Parameters
    ----------
    n_samples : int
        Number of points.
    weight : float
        Slope of the line.
    bias : float
        Its height at 0.
    noise : float
        Standard deviation of normal noise on y.
    seed : int
        Seed of the noise; without any, it changes nothing.

    Returns
    -------
    X : np.ndarray of float32, shape (n_samples, 1)
        In ascending order, in a column, as a layer wants it.
    y : np.ndarray of float32, shape (n_samples, 1)

    References
    ----------
    S. Sullivan: Started My Dive Into Machine Learning. 2022.
    """
    X = np.arange(n_samples)[:, None] / n_samples
    y = weight * X + bias + noise * np.random.default_rng(seed).normal(size=X.shape)
    return X.astype(np.float32), y.astype(np.float32)


def _typed(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return X.astype(np.float32), y.astype(np.int64)
