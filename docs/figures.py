"""The figures of the pages. Each public function draws one and returns it; see hooks/figures.py."""

import numpy as np
from matplotlib.axes import Axes

from workshop.datasets import load_ten_points
from workshop.functions import sigmoid as squash
from workshop.neuron import descend
from workshop.plotting import new_axes, plot_line, plot_points


def ten_points() -> Axes:
    """Ten points, and the line of a neuron after 0, 1, 7 and 35 steps."""
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=35)
    ax = new_axes(6.6, 3.9)
    plot_points(ax, x, y)
    ax.set(xlim=(-4.2, 5.2), ylim=(-7.2, 7.2))
    shown = [(0, 0.3, "start"), (1, 0.45, "1 step"), (7, 0.65, "7 steps"), (35, 1.0, "35 steps")]
    for step, strength, label in shown:
        plot_line(ax, path.weights[step], path.biases[step], label=label, strength=strength)
    return ax


def sigmoid() -> Axes:
    """The sigmoid function."""
    z = np.linspace(-8, 8, 161)
    ax = new_axes(6.2, 3.0)
    ax.plot(z, squash(z))
    ax.plot(0, 0.5, "o", color="C1", markeredgecolor="white")
    ax.annotate("σ(0) = 0.5", (0, 0.5), xytext=(12, -6), textcoords="offset points")
    ax.set(xlabel="z", ylabel="σ(z)", yticks=[0, 0.25, 0.5, 0.75, 1], xlim=(-8, 8))
    return ax
