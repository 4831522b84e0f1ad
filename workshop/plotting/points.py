"""Points, and what was learned from them."""

import numpy as np
from matplotlib.axes import Axes

from workshop import neuron


def plot_points(ax: Axes, x: np.ndarray, y: np.ndarray) -> None:
    """Draw points.

    Parameters
    ----------
    ax : Axes
    x, y : ndarray of shape (n_points,)
    """
    ax.plot(x, y, "o", color="C1", markersize=8, markeredgecolor="white", zorder=3)
    ax.set(xlabel="x, what goes in", ylabel="y, what comes out")


def plot_predictions(
    ax: Axes,
    train: tuple[np.ndarray, np.ndarray],
    test: tuple[np.ndarray, np.ndarray],
    predictions: np.ndarray,
) -> None:
    """Draw points to learn from, points to test on, and what a model says of the latter.

    Parameters
    ----------
    ax : Axes
    train, test : (x, y), each an ndarray of shape (n_points,) or (n_points, 1)
    predictions : ndarray of shape (n_test_points,) or (n_test_points, 1)
        The model's answers to the x of `test`.
    """
    ax.plot(*train, "o", color="C0", markersize=4, label="to train on")
    ax.plot(*test, "s", color="C2", markersize=6, label="to test on")
    ax.plot(test[0], predictions, "X", color="C1", markersize=7, label="predictions")
    ax.set(xlabel="x, what goes in", ylabel="y, what comes out")
    ax.legend()


def plot_line(
    ax: Axes, weight: float, bias: float, *, label: str = "", strength: float = 1
) -> None:
    """Draw a neuron's line ``bias + weight * x`` across `ax`, with its label at the right end.

    Parameters
    ----------
    ax : Axes
        Its limits along x are kept: draw the points first, or set them.
    weight, bias : float
    label : str
    strength : float, 0 to 1
        How strongly the line is drawn.
    """
    ends = np.array(ax.get_xlim())
    line = neuron.output(ends, weight, bias)
    ax.plot(ends, line, color="C0", alpha=strength, linewidth=1.6 + strength)
    ax.set_xlim(ends[0], ends[1])
    ax.annotate(
        label,
        (ends[1], line[1]),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        annotation_clip=False,
    )
