"""Scores as rungs of a ladder."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

MARKERS = ("o", "s", "*", "D")
SIZES = {"*": 16}
ERRORS = (0.5, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002)


def plot_ladder(
    ax: Axes, scores: Sequence[float], names: Sequence[str], kinds: Sequence[str]
) -> None:
    """Draw scores from the lowest to the highest, one a line.

    From 98 to 99 % is as far as from 96 to 98 %, because it halves the errors: the axis is the
    logarithm of the share of errors.

    Parameters
    ----------
    ax : Axes
    scores : sequence of float
        From 0 to 1, in the order in which they are drawn from below.
    names : sequence of str
        What each is.
    kinds : sequence of str
        Of what kind; each kind has a colour and a marker, in the order of the alphabet.
    """
    errors = np.clip(1 - np.asarray(scores, dtype=float), 5e-4, 1)
    places = np.arange(len(errors))
    for index, kind in enumerate(sorted(set(kinds))):
        chosen = np.array([each == kind for each in kinds])
        marker = MARKERS[index % len(MARKERS)]
        ax.plot(
            errors[chosen],
            places[chosen],
            marker,
            color=f"C{index}",
            markersize=SIZES.get(marker, 8),
            label=kind,
        )
    for place, score in zip(places, scores, strict=True):
        ax.annotate(
            f"{100 * score:.2f} %",
            (errors[place], place),
            (10, 0),
            textcoords="offset points",
            va="center",
            size="small",
        )
    ax.set_yticks(places, names)
    ax.set_xscale("log")
    worst = max(errors.max(), 0.1)
    ax.set_xlim(worst * 1.25, errors.min() / 1.9)  # the better, the further right
    ax.hlines(places, worst * 1.25, errors, color="C7", linewidth=0.6, alpha=0.5, zorder=0)
    ax.xaxis.set_major_locator(FixedLocator([each for each in ERRORS if each <= worst * 1.2]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda error, _: f"{100 - 100 * error:.4g} %"))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_ylim(-0.8, len(errors) - 0.2)
    ax.set(xlabel="read right of the 10,000 test images")
    ax.grid(axis="x", alpha=0.4)
    ax.legend(loc="lower right")
