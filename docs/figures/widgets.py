"""The still pictures of widgets, shown where no script runs. Each public function draws one."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.quantised import network_from_json, read_script
from benchmarks.weights import FOLDER
from workshop.datasets import load_ten_points
from workshop.images import mnist_image
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
    for step, strength, label in ((0, 0.3, "step 0"), (1, 0.5, ""), (35, 1, "step 35")):
        plot_line(left, path.weights[step], path.biases[step], label=label, strength=strength)
    left.set(ylim=(-3, 8))
    plot_cost(right, x, y)
    plot_descent(right, path)
    return figure


def draw_digit_still() -> Figure:
    """A five drawn in two strokes, what the network sees of it, and its answer after each stroke.

    The network is the one of `results/digit_networks.json`.
    """
    first = [(46, 24), (42, 56), (58, 50), (76, 56), (84, 72), (80, 92), (62, 104), (40, 100)]
    second = [(47, 25), (66, 26), (86, 22)]
    network = network_from_json(read_script(FOLDER / "dense.js"))
    figure = Figure(figsize=(7.4, 4.6), layout="constrained")
    rows = figure.subplots(2, 3, width_ratios=[1, 1, 1.5])
    for row, strokes in zip(rows, ([first], [first, second]), strict=True):
        image = mnist_image(_ink(strokes))
        (probabilities,) = network.predict_proba(image.reshape(1, 784))
        for points in strokes:
            row[0].plot(*zip(*points, strict=True), color="#1c2a33", lw=9, solid_capstyle="round")
        row[0].set(xlim=(0, 128), ylim=(128, 0), xticks=[], yticks=[], aspect="equal")
        row[0].spines[:].set_visible(True)
        row[1].imshow(image, cmap="gray", interpolation="none")
        row[1].axis("off")
        best = int(probabilities.argmax())
        colours = ["C1" if digit == best else "C0" for digit in range(10)]
        row[2].bar(range(10), 100 * probabilities, color=colours)
        row[2].set(xticks=range(10), yticks=[0, 50, 100], ylim=(0, 105), ylabel="%")
        row[2].set_title(f"It looks like a {best}", fontsize="medium")
        row[2].grid(axis="x", visible=False)
    rows[0][0].set_title("After one stroke", fontsize="medium")
    rows[1][0].set_title("After two", fontsize="medium")
    rows[0][1].set_title("The network sees", fontsize="medium")
    return figure


def _ink(strokes: list[list[tuple[int, int]]], pen: float = 5, size: int = 128) -> np.ndarray:
    """Draw strokes as `workshop.strokes` and the widget do."""
    places = np.stack(np.meshgrid(*[np.arange(size) + 0.5] * 2), axis=-1)
    nearest = np.full((size, size), np.inf)
    for points in (np.array(stroke, float) for stroke in strokes):
        for begin, along in zip(points, np.diff(points, axis=0)):
            share = np.clip((places - begin) @ along / (along @ along), 0, 1)
            away = np.linalg.norm(places - begin - share[..., None] * along, axis=-1)
            nearest = np.minimum(nearest, away)
    return np.clip(pen + 0.5 - nearest, 0, 1)
