"""A cost as a landscape, and the way down."""

import numpy as np
from matplotlib.axes import Axes

from workshop import neuron


def plot_cost(
    ax: Axes,
    x: np.ndarray,
    y: np.ndarray,
    *,
    weights: tuple[float, float] = (-2, 1.5),
    biases: tuple[float, float] = (-0.5, 4.5),
) -> None:
    """Draw a neuron's cost as a map: lines of equal cost, and a cross at the minimum.

    Parameters
    ----------
    ax : Axes
    x, y : ndarray of shape (n_points,)
        The points that the neuron should fit.
    weights : (float, float)
        The part of the map to show, across.
    biases : (float, float)
        The part of the map to show, upwards.
    """
    across, up = np.meshgrid(np.linspace(*weights, 121), np.linspace(*biases, 121))
    errors = up[..., None] + across[..., None] * x - y
    cost = np.sum(errors**2, axis=-1)
    levels = cost.min() + np.geomspace(0.3, max(cost.max(), 1), 9)
    lines = ax.contour(across, up, cost, levels[:-1], colors="C5", linewidths=0.9)
    ax.clabel(lines, levels[2:-1:2], fmt="%.0f", fontsize="small")
    ax.plot(*neuron.least_squares(x, y), "x", color="C1", markersize=10, markeredgewidth=2.5)
    ax.set(xlabel="weight w", ylabel="bias b", xlim=weights, ylim=biases)
    ax.grid(False)


def plot_descent(ax: Axes, path: neuron.Descent, *, label: str = "", style: str = "o-") -> None:
    """Draw the way that gradient descent took over the map of `plot_cost`.

    Parameters
    ----------
    ax : Axes
    path : Descent
        What `workshop.neuron.descend` returned.
    label : str
        For the legend.
    style : str
        In matplotlib's short form.
    """
    ax.plot(path.weights, path.biases, style, markersize=4, linewidth=1.4, label=label, zorder=3)
