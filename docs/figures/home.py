"""The figures of the home page. Each public function draws one of them."""

from matplotlib.axes import Axes

from workshop.datasets import load_ten_points
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
