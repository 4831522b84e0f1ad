"""The figures of networks and neurons. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.functions import sigmoid as squash
from workshop.plotting import new_axes


def sigmoid() -> Axes:
    """The sigmoid function."""
    z = np.linspace(-8, 8, 161)
    ax = new_axes(6.2, 3.0)
    ax.plot(z, squash(z))
    ax.plot(0, 0.5, "o", color="C1", markeredgecolor="white")
    ax.annotate("σ(0) = 0.5", (0, 0.5), xytext=(12, -6), textcoords="offset points")
    ax.set(xlabel="z", ylabel="σ(z)", yticks=[0, 0.25, 0.5, 0.75, 1], xlim=(-8, 8))
    return ax
