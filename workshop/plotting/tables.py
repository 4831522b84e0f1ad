"""Tables as pictures."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes


def plot_heat_map(
    ax: Axes,
    values: np.ndarray,
    rows: Sequence[object],
    columns: Sequence[object],
    *,
    numbers: str = "g",
) -> None:
    """Draw a table as coloured cells, with its numbers in them.

    Parameters
    ----------
    ax : Axes
    values : ndarray of shape (n_rows, n_columns)
    rows : sequence
        Their names, from the top.
    columns : sequence
        Their names, from the left.
    numbers : str
        Python format of the numbers.
    """
    ax.imshow(values, cmap="cividis", aspect="auto", interpolation="none")
    middle = (np.min(values) + np.max(values)) / 2
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            # Not "white" and "black", which a dark page would exchange.
            ink = "#fefefe" if value < middle else "#010101"
            ax.text(j, i, format(value, numbers), color=ink, ha="center", va="center", size="small")
    ax.set_xticks(range(len(columns)), [str(name) for name in columns])
    ax.set_yticks(range(len(rows)), [str(name) for name in rows])
    ax.tick_params(length=0)
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)


def plot_seasons(
    ax: Axes,
    found: np.ndarray,
    true: Mapping[str, Sequence[float]],
    months: Sequence[str],
) -> None:
    """Draw seasonal patterns: what was found as points, the truth as lines with names.

    Parameters
    ----------
    ax : Axes
    found : ndarray of shape (n_months, n_kinds)
        How much of its average each kind sells in each month.
    true : mapping of str to sequence of float, length n_months
        The same as it was made, by the name of the kind, in the order of the columns of `found`.
    months : sequence of str, length n_months
    """
    positions = np.arange(len(months))
    for i, (kind, factors) in enumerate(true.items()):
        ax.plot(positions, factors, color=f"C{i}", linewidth=1.6, alpha=0.7)
        ax.plot(positions, found[:, i], "osD^v"[i % 5], color=f"C{i}", label=kind)
    ax.axhline(1, color="C5", linewidth=1, linestyle="--", zorder=0)
    ax.set_xticks(positions, months)
    ax.set(ylabel="sales, average = 1", ylim=(0, None))
    ax.legend(loc="upper center", ncols=len(true), bbox_to_anchor=(0.5, 1.16))
