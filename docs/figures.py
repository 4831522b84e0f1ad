"""The figures of the pages. Each public function draws one and returns it; see hooks/figures.py."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from workshop.datasets import load_ten_points
from workshop.functions import sigmoid as squash
from workshop.neuron import descend, output


def ten_points() -> Figure:
    """Ten points, and the line of a neuron after 0, 1, 7 and 35 steps."""
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=35)
    ends = np.array([-4.2, 5.2])
    figure, ax = plt.subplots(figsize=(6.6, 3.9))
    shown = [(0, 0.3, "start"), (1, 0.45, "1 step"), (7, 0.65, "7 steps"), (35, 1.0, "35 steps")]
    for step, strength, label in shown:
        line = output(ends, path.weights[step], path.biases[step])
        ax.plot(ends, line, color="C0", alpha=strength, linewidth=1.6 + strength)
        ax.annotate(
            label,
            (ends[1], line[1]),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    ax.plot(x, y, "o", color="C1", markersize=8, markeredgecolor="white", zorder=3)
    ax.set(xlim=(-4.4, 5.3), ylim=(-7.2, 7.2), xlabel="x, what goes in", ylabel="y, what comes out")
    return figure


def sigmoid() -> Figure:
    """The sigmoid function."""
    z = np.linspace(-8, 8, 161)
    figure, ax = plt.subplots(figsize=(6.2, 3.0))
    ax.plot(z, squash(z))
    ax.plot(0, 0.5, "o", color="C1", markeredgecolor="white")
    ax.annotate("σ(0) = 0.5", (0, 0.5), xytext=(12, -6), textcoords="offset points")
    ax.set(xlabel="z", ylabel="σ(z)", yticks=[0, 0.25, 0.5, 0.75, 1], xlim=(-8, 8))
    return figure
