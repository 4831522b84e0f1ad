"""Samples of a generator beside the ring that it should make."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from workshop.rings import Ring


def plot_moments(
    ax: Axes, moments: Mapping[str, np.ndarray], ring: Ring, *, columns: int = 3
) -> None:
    """Draw sets of samples side by side, each with its name above, the modes as crosses.

    Parameters
    ----------
    ax : Axes
    moments : mapping of str to ndarray of shape (n_samples, 2)
        Samples that lie far outside the ring are left out.
    ring : Ring
    columns : int
        Sets in a row.
    """
    edge = 1.45 * ring.radius
    wide, high = 2.1 * edge, 2.4 * edge
    for i, (name, samples) in enumerate(moments.items()):
        middle = np.array([i % columns * wide, -(i // columns) * high])
        inside = samples[np.abs(samples).max(axis=1) < edge]
        ax.plot(*(inside + middle).T, ".", color="C0", markersize=2, alpha=0.6, rasterized=True)
        ax.plot(*(ring.centres + middle).T, "+", color="C1", markersize=9, markeredgewidth=1.6)
        ax.text(middle[0], middle[1] + 1.1 * edge, name, ha="center", va="center")
    rows = -(-len(moments) // columns)
    ax.set(
        xlim=(-edge, (min(columns, len(moments)) - 1) * wide + edge),
        ylim=(-(rows - 1) * high - edge, 1.25 * edge),
        aspect="equal",
    )
    ax.axis("off")
