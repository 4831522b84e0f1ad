"""What a classifier answers everywhere in the plane."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

Classify = Callable[[np.ndarray], np.ndarray]

MARKERS = "o^sDvP"
BORDER = 0.45  # grey: seen on white paper and on black


def plot_regions(
    ax: Axes,
    classify: Classify,
    limits: tuple[float, float, float, float],
    *,
    pixels: int = 160,
) -> None:
    """Tint each place with the colour of the class that a classifier answers there.

    The borders between classes are drawn in grey.

    Parameters
    ----------
    ax : Axes
    classify : function
        Takes points, float32 of shape (n_points, 2); returns their classes, shape (n_points,).
    limits : left, right, bottom, top
        The part of the plane to show.
    pixels : int
        Places to ask at, in each direction.
    """
    left, right, bottom, top = limits
    across, up = np.meshgrid(_middles(left, right, pixels), _middles(bottom, top, pixels))
    grid = np.column_stack([across.ravel(), up.ravel()]).astype(np.float32)
    answers = np.asarray(classify(grid)).reshape(across.shape)
    image = np.empty((*answers.shape, 4))
    for c in np.unique(answers):
        image[answers == c] = (*to_rgb(f"C{c}"), 0.3)
    image[_borders(answers)] = (BORDER, BORDER, BORDER, 1)
    ax.imshow(image, extent=limits, origin="lower", interpolation="nearest", rasterized=True)
    ax.set(xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[])
    ax.grid(False)


def plot_classes(ax: Axes, X: np.ndarray, y: np.ndarray, *, size: float = 4) -> None:
    """Draw points, each class with its own colour and marker.

    Parameters
    ----------
    ax : Axes
    X : ndarray of shape (n_points, 2)
    y : ndarray of int, shape (n_points,)
    size : float, points
        Of the markers.
    """
    for c in np.unique(y):
        ax.plot(
            *X[y == c].T,
            MARKERS[c % len(MARKERS)],
            color=f"C{c}",
            markersize=size,
            markeredgewidth=0,
            rasterized=True,
        )


def plot_classifiers(
    ax: Axes, classifiers: Mapping[str, Classify], X: np.ndarray, y: np.ndarray
) -> None:
    """Draw what several classifiers answer, side by side, each with the same points on top.

    Parameters
    ----------
    ax : Axes
        Becomes the frame of the pictures; as wide as it is high for each of them looks best.
    classifiers : mapping of str to function
        Titles, and what `plot_regions` takes.
    X : ndarray of shape (n_points, 2)
    y : ndarray of int, shape (n_points,)
    """
    ax.axis("off")
    width = 1 / len(classifiers)
    for i, (title, classify) in enumerate(classifiers.items()):
        panel = ax.inset_axes((i * width, 0, 0.96 * width, 1))
        plot_regions(panel, classify, limits_around(X))
        plot_classes(panel, X, y)
        panel.set_title(title, loc="center")


def limits_around(X: np.ndarray, *, margin: float = 0.05) -> tuple[float, float, float, float]:
    """Return the left, right, bottom and top of a square around points.

    Parameters
    ----------
    X : ndarray of shape (n_points, 2)
    margin : float
        On each side, as a share of the points' extent.

    Returns
    -------
    tuple of float
        In the units of `X`.
    """
    low, high = X.min(axis=0), X.max(axis=0)
    middle, half = (low + high) / 2, (0.5 + margin) * (high - low).max()
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return left, right, bottom, top


def _middles(start: float, end: float, n: int) -> np.ndarray:
    """Return the middles of n equal intervals."""
    return start + (np.arange(n) + 0.5) / n * (end - start)


def _borders(answers: np.ndarray) -> np.ndarray:
    """Mark the places whose neighbour to the right or above has another class."""
    marks = np.zeros(answers.shape, dtype=bool)
    marks[:, :-1] |= answers[:, :-1] != answers[:, 1:]
    marks[:-1] |= answers[:-1] != answers[1:]
    return marks
