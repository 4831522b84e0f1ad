"""Points, and what was learned from them."""

import numpy as np
from matplotlib.axes import Axes

from workshop import neuron


def plot_points(ax: Axes, x: np.ndarray, y: np.ndarray) -> None:
    """Draw points.

    Parameters
    ----------
    ax : Axes
    x, y : ndarray, shape (n_points,)
    """
    ax.plot(x, y, "o", color="C1", markersize=8, markeredgecolor="white", zorder=3)
    ax.set(xlabel="x, what goes in", ylabel="y, what comes out")


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
