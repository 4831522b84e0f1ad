"""The figure of how much luck there is in a score."""

import math

import numpy as np
from matplotlib.axes import Axes

from workshop.plotting import new_axes


def luck_of_the_test_set() -> Axes:
    """How often a network that reads 97 % of all digits gets each score."""
    ax = new_axes(6.2, 3.2)
    for images, style in ((450, "--"), (10_000, "-")):
        right = np.arange(round(0.93 * images), images + 1)
        chance = np.exp([_log_chance(int(k), images, 0.97) for k in right])
        density = chance * images / 100  # for each point of score
        ax.plot(100 * right / images, density, style, label=f"{images:,} test images")
    ax.set(xlabel="score, %", ylabel="how often", yticks=[], xlim=(93, 100), ylim=(0, None))
    ax.legend(loc="upper left")
    return ax


def _log_chance(k: int, n: int, p: float) -> float:
    """Return the logarithm of the chance that `k` of `n` are right (the binomial distribution)."""
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(p) + (n - k) * math.log1p(-p)
