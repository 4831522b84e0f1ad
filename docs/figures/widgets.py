"""The still pictures of widgets, shown where no script runs. Each public function draws one."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop.datasets import load_ten_points
from workshop.neuron import descend
from workshop.plotting import plot_cost, plot_descent, plot_line, plot_points


def _side_by_side(width: float = 7.4, height: float = 3.5) -> tuple[Figure, Axes, Axes]:
    """Return a figure, and the Axes of its left and its right half."""
    figure = Figure(figsize=(width, height), layout="constrained")
    left, right = figure.subplots(1, 2)
    return figure, left, right


def one_neuron_still() -> Figure:
    """Ten points with the neuron's line, and the way down on the map of the cost."""
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=35)
    figure, left, right = _side_by_side()
    plot_points(left, x, y)
    for step, strength in ((0, 0.3), (1, 0.5), (35, 1)):
        weight, bias = path.weights[step], path.biases[step]
        plot_line(left, weight, bias, label=f"step {step}", strength=strength)
    left.set(ylim=(-3, 8))
    plot_cost(right, x, y)
    plot_descent(right, path)
    return figure
