"""How far back in time a network can feel what it did."""

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

MARKERS = "os^Dvx"


def plot_slopes(ax: Axes, slopes: Sequence[float] | np.ndarray, *, label: str) -> None:
    """Draw the size of slopes by their distance in time, relative to that at the end.

    Parameters
    ----------
    ax : Axes
        May hold such lines already: each gets a marker of its own.
    slopes : sequence of float
        The one at the end first, then one moment earlier, and so on.
    label : str
        For the legend.
    """
    sizes = np.asarray(slopes) / slopes[0]
    marker = next(itertools.islice(itertools.cycle(MARKERS), len(ax.lines), None))
    ax.plot(sizes, marker=marker, markersize=5, markevery=5, label=label)
    ax.set(yscale="log", xlabel="moments before the end", ylabel="slope, relative to the end")
    ax.legend()
