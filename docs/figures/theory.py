"""The figures of networks and neurons. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.functions import sigmoid as squash
from workshop.plotting import new_axes


def sigmoid() -> Axes:
    """The sigmoid function."""
    z = np.linspace(-8, 8, 81)
    ax = new_axes(5.6, 2.8)
    ax.plot(z, squash(z))
    ax.plot(0, 0.5, "o", color="C1", markeredgecolor="white")
    ax.annotate("σ(0) = 0.5", (0, 0.5), xytext=(12, -6), textcoords="offset points")
    ax.set(xlabel="z", ylabel="σ(z)", xlim=(-8, 8))
    ax.set(xticks=[-8, -4, 0, 4, 8], yticks=[0, 0.5, 1])
    return ax
