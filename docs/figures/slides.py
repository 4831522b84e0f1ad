"""What only the slides show: tables and pictures that the pages' notebooks make for themselves."""

import json
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.what_it_learned import SIDE, unpack
from workshop.datasets import load_digits, load_ten_points
from workshop.functions import cross_entropy, one_hot
from workshop.network import Network
from workshop.neuron import descend, gradients, largest_stable_rate, least_squares, output
from workshop.plotting import new_axes, plot_cost, plot_descent, plot_line, plot_points
from workshop.training import train

LEARNED = Path("results/what_it_learned.json")
TRUE_WEIGHT, TRUE_BIAS, NOISE = -0.7, 3.0, 0.35  # how the ten points were made
GREYS = 5


def ten_points_as_table() -> str:
    """Return the ten points, a column each."""
    x, y = load_ten_points()
    first, second = (
        f"| {name} | " + " | ".join(_number(f"{value:.1f}") for value in values) + " |"
        for name, values in (("x", x), ("y", y))
    )
    return "\n".join([first, "|---|" + "---:|" * len(x), second])


def ten_points_alone() -> Axes:
    """The ten points, without a line."""
    return _points()


def ten_points_and_line() -> Axes:
    """The ten points and their regression line."""
    x, y = load_ten_points()
    ax = _points()
    weight, bias = least_squares(x, y)
    plot_line(ax, weight, bias)
    ax.annotate(
        f"y = {bias:.2f} − {-weight:.2f} x", (1.4, 2.1), color="C0", fontsize=14, fontweight="bold"
    )
    return ax


def slope_and_crossing() -> Axes:
    """A line, with its bias where it crosses x = 0 and its weight as a step down."""
    weight, bias = least_squares(*load_ten_points())
    ax = new_axes(4.4, 3.3)
    ax.axvline(0, color="C5", linewidth=0.9)
    ax.axline((0, bias), slope=weight, color="C0")
    ax.plot(0, bias, "o", color="C1", markersize=9)
    ax.annotate("b", (0, bias), xytext=(9, 7), textcoords="offset points", color="C1",
                fontsize=15, fontweight="bold")  # fmt: skip
    left, right = 2.0, 3.0
    top, bottom = bias + weight * left, bias + weight * right
    ax.plot([left, right, right], [top, top, bottom], color="C1", linewidth=1.8)
    ax.text((left + right) / 2, top + 0.12, "1", color="C1", ha="center", fontsize=13)
    ax.text(right + 0.12, (top + bottom) / 2, "w", color="C1", va="center", fontsize=15,
            fontweight="bold")  # fmt: skip
    ax.set(xlabel="x", ylabel="a(x)", xlim=(-1, 4), ylim=(-0.4, 4.2))
    return ax


def errors_of_first_guess() -> Axes:
    """The line of a neuron with weight 1 and bias 1, and how far each point is from it."""
    x, y = load_ten_points()
    ax = new_axes(4.4, 3.3)
    ax.vlines(x, y, output(x, 1, 1), color="C4", linewidth=1.6)
    ax.axline((0, 1), slope=1, color="C0")
    plot_points(ax, x, y)
    ax.annotate("error", (-3.6, 2.4), color="C4", fontsize=13, fontweight="bold")
    ax.set(xlabel="x", ylabel="y", ylim=(-3.6, 6.6))
    return ax


def one_step_of_one_point() -> str:
    """Return one step of gradient descent for the first point, to be shown line by line."""
    x, y = (values[:1] for values in load_ten_points())
    weight, bias, rate = 1.0, 1.0, 0.01
    says = float(output(x, weight, bias)[0])
    error = says - y[0]
    by_weight, by_bias = gradients(x, y, weight, bias)
    new_weight, new_bias = weight - rate * by_weight, bias - rate * by_bias
    new_error = float(output(x, new_weight, new_bias)[0] - y[0])
    lines = [
        f"says {_sum(bias, f'{weight:g} · {_bracket(x[0])}')} = **{_number(says)}**",
        f"error {_number(says)} − {y[0]} = **{_number(error)}**, cost **{error**2:.2f}**",
        f"slope in w: 2 · {_bracket(error)} · {_bracket(x[0])} = **{_number(by_weight)}**",
        f"slope in b: 2 · {_bracket(error)} = **{_number(by_bias)}**",
        f"w becomes {weight:g} − {rate} · {_bracket(by_weight)} = **{_number(new_weight)}**",
        f"b becomes {bias:g} − {rate} · {_bracket(by_bias)} = **{_number(new_bias)}**",
        f"new error **{_number(round(new_error, 2))}**, cost **{new_error**2:.2f}**",
    ]
    items = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))
    return f'<div class="steps" markdown>\n\n{items}\n\n</div>'


def rate_that_arrives() -> str:
    return _descent(0.01, [1, 2, 3, 4, 5, 8, 18, 26, 36])


def rate_that_crawls() -> str:
    return _descent(0.001, [1, 2, 3, 5, 8, 18, 57, 126, 358])


def rate_that_explodes() -> str:
    return _descent(0.1, [1, 2, 3, 4, 5, 8, 18, 26, 36])


def largest_rate() -> str:
    """Return the learning rate above which the neuron's descent explodes."""
    return f"**{largest_stable_rate(load_ten_points()[0]):.4f}**"


def path_on_the_map() -> Axes:
    """The map of the cost, and the way of 35 steps over it, in print for a projector."""
    x, y = load_ten_points()
    ax = new_axes(5.8, 3.5)
    plot_cost(ax, x, y)
    plot_descent(ax, descend(x, y, learning_rate=0.01, steps=35))
    ax.annotate("start", (1, 1), xytext=(6, 6), textcoords="offset points")
    return ax


def steps_on_a_parabola() -> Figure:
    """Steps on a parabola that multiply the distance to its lowest point by three factors."""
    distances = np.linspace(-2.3, 2.3, 60)
    figure = Figure(figsize=(7.6, 2.55), layout="constrained")
    panels = figure.subplots(1, 3, sharey=True)
    for ax, factor, words in zip(
        panels, (0.7, -0.7, -1.15), ("slides down", "overshoots", "explodes"), strict=True
    ):
        d = 1.3 * factor ** np.arange(5)
        ax.plot(distances, distances**2, color="C5", linewidth=1.2)
        ax.plot(d, d**2, "o-", color="C0", linewidth=1.4, markersize=5)
        ax.plot(d[0], d[0] ** 2, "o", color="C1", markersize=8)
        title = f"factor {_number(factor)}: {words}"
        ax.set(title=title, xlabel="distance", ylim=(-0.3, 5), yticks=[0, 2, 4])
    panels[0].set_ylabel("cost")
    return figure


def found_line() -> str:
    """Return the weight and the bias of the regression line, in large letters."""
    weight, bias = least_squares(*load_ten_points())
    return f'<p class="big">w = {_number(f"{weight:.2f}")}, b = {_number(f"{bias:.2f}")}</p>'


def lines_of_other_draws() -> Axes:
    """The regression lines of forty other draws of ten points, ours, and the true line."""
    x, y = load_ten_points()
    rng = np.random.default_rng(0)
    ax = _points(4.7, 3.7)
    ends = np.array(ax.get_xlim())
    for _ in range(40):
        drawn = output(x, TRUE_WEIGHT, TRUE_BIAS) + rng.normal(0, NOISE, len(x))
        weight, bias = least_squares(x, drawn)
        ax.plot(ends, output(ends, weight, bias), color="C5", linewidth=0.7, alpha=0.55)
    for line, style, colour, name in (
        ((TRUE_WEIGHT, TRUE_BIAS), "--", "black", "the true line"),
        (least_squares(x, y), "-", "C0", "our ten points"),
    ):
        ax.plot(ends, output(ends, *line), style, color=colour, linewidth=2.4, label=name)
    ax.plot([], [], color="C5", linewidth=1, label="40 other draws")
    ax.set(xlim=ends, ylim=(-1.2, 8.2))
    ax.legend(loc="upper right")
    return ax


def true_and_found() -> str:
    """Return the line that was found beside the one that the points were made with."""
    weight, bias = least_squares(*load_ten_points())
    lines = ["| | found | true |", "|---|---:|---:|"]
    for name, found, true in (("w", weight, TRUE_WEIGHT), ("b", bias, TRUE_BIAS)):
        lines.append(f"| {name} | {_number(round(found, 3))} | {_number(true)} |")
    return "\n".join(lines)


def line_and_parabola() -> Axes:
    """A line and a parabola through the same ten points, far beyond them on both sides."""
    x, y = load_ten_points()
    across = np.linspace(-8, 10, 80)
    ax = new_axes(7, 3.1)
    for degree, style, name in ((1, "-", "a line"), (2, "--", "a parabola")):
        curve = np.polynomial.Polynomial.fit(x, y, degree)
        cost = np.sum((curve(x) - y) ** 2)
        ax.plot(across, curve(across), style, color=f"C{2 * degree - 2}",
                label=f"{name}, cost {cost:.2f}")  # fmt: skip
    plot_points(ax, x, y)
    ax.set(xlabel="x", ylabel="y", xlim=(-8, 10), ylim=(-4.5, 10.5), yticks=[-4, 0, 4, 8])
    ax.legend(loc="upper right")
    return ax


def paths_of_batches() -> Figure:
    """The way over the map of the cost with all points a step, with two, and with one."""
    x, y = load_ten_points()
    across, up = np.meshgrid(np.linspace(-2, 1.3, 26), np.linspace(0.4, 3.6, 26))
    height = sum((up + across * xi - yi) ** 2 for xi, yi in zip(x, y, strict=True))
    figure = Figure(figsize=(7.6, 3.0), layout="constrained")
    for ax, size in zip(figure.subplots(1, 3, sharey=True), (10, 2, 1), strict=True):
        ax.contour(across, up, height, [4, 20, 60, 130], colors="C5", linewidths=0.9)
        path = _walk(size)
        ax.plot(*path.T, "-", linewidth=1.2)
        ax.plot(*path[-1], "o", markersize=8)
        ax.plot(*least_squares(x, y), "x", color="C1", markersize=10, markeredgewidth=3)
        title = f"{size} at a time" if size > 1 else "one at a time"
        ax.set(xlabel="w", title=title, xticks=[-1, 0, 1], yticks=[1, 2, 3])
        ax.grid(False)
    figure.axes[0].set_ylabel("b")
    return figure


def learning_by_heart() -> Axes:
    """The losses of a network that learns 200 digits, a fifth of them with a wrong label."""
    rng = np.random.default_rng(0)
    X, y, _, _ = load_digits()
    X = X / np.float32(255)
    labels = y.copy()
    wrong = rng.random(len(y)) < 0.2
    labels[wrong] = rng.integers(0, 10, wrong.sum())
    known, new = slice(0, 200), slice(-400, None)
    network = Network((64, 64, 10), seed=0)
    losses = []

    def after_epoch(_: float) -> None:
        on_known = cross_entropy(network.predict_proba(X[known]), one_hot(labels[known], 10))
        on_new = cross_entropy(network.predict_proba(X[new]), one_hot(y[new], 10))
        losses.append((on_known, on_new))

    train(
        network,
        X[known],
        one_hot(labels[known], 10),
        learning_rate=0.05,
        batch_size=25,
        epochs=60,
        after_epoch=after_epoch,
    )
    ax = new_axes(4.6, 3.5)
    epochs = np.arange(1, len(losses) + 1)
    on_known, on_new = np.transpose(losses)
    ax.plot(epochs, on_known, "--", label="what it learns from")
    ax.plot(epochs, on_new, "-", label="new images")
    lowest = on_new.argmin()
    ax.plot(epochs[lowest], on_new[lowest], "o", color="C1", markersize=10)
    ax.annotate(
        "stop here",
        (epochs[lowest], on_new[lowest]),
        xytext=(42, 62),
        textcoords="offset points",
        ha="center",
        color="C1",
        fontweight="bold",
        arrowprops={"arrowstyle": "->", "color": "C1"},
    )
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, 1.8), yticks=[0, 0.5, 1, 1.5])
    ax.legend(loc="upper right")
    return ax


def images_of_mnist() -> Axes:
    """Sixteen test images of MNIST, in two rows."""
    found = json.loads(LEARNED.read_text(encoding="utf-8"))
    images = unpack(found["neurons"]["images"], np.uint8).reshape(2, 8, SIDE, SIDE)
    gap = 2
    wall = np.full((2 * (SIDE + gap) - gap, 8 * (SIDE + gap) - gap), np.nan)
    for row, column in np.ndindex(2, 8):
        top, left = row * (SIDE + gap), column * (SIDE + gap)
        wall[top : top + SIDE, left : left + SIDE] = np.round(images[row, column] / 255 * GREYS)
    ax = new_axes(7, 1.8)
    ax.imshow(wall, cmap="gray", interpolation="none")
    ax.axis("off")
    return ax


def images_to_choose_by() -> str:
    """Return what a part of the small digits, kept aside, leaves to learn from."""
    X_train, y_train, X_test, y_test = load_digits()
    for_the_end = len(X_test)
    # --8<-- [start:keep_aside]
    n = len(X_train) // 6
    X_test, y_test = X_train[-n:], y_train[-n:]
    X_train, y_train = X_train[:-n], y_train[:-n]
    # --8<-- [end:keep_aside]
    return (
        f"With the small digits, that makes {len(X_train):,} images to learn from, "
        f"{len(y_test)} to choose by and {for_the_end} for the end."
    )


def _points(width: float = 7, height: float = 3.5) -> Axes:
    ax = new_axes(width, height)
    plot_points(ax, *load_ten_points())
    ax.set(xlabel="x", ylabel="y", xlim=(-4.2, 5.2), ylim=(-0.9, 6.2))
    return ax


def _descent(learning_rate: float, iterations: list[int]) -> str:
    """Return the table of a neuron's weight and bias; iteration 1 is the start."""
    path = descend(*load_ten_points(), learning_rate=learning_rate, steps=max(iterations) - 1)
    lines = ["| iteration | w | b | cost |", "|---:|---:|---:|---:|"]
    for iteration in iterations:
        w, b, cost = (values[iteration - 1] for values in (path.weights, path.biases, path.costs))
        lines.append(f"| {iteration} | {_short(w)} | {_short(b)} | {_short(cost)} |")
    return "\n".join(lines)


def _walk(batch_size: int, epochs: int = 10, rate: float = 0.02) -> np.ndarray:
    """Return the places, (n, 2), of a descent whose steps use the mean of some points."""
    x, y = load_ten_points()
    rng = np.random.default_rng(0)
    path = [np.array([1.0, 1.0])]
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            chosen = order[start : start + batch_size]
            slopes = np.array(gradients(x[chosen], y[chosen], *path[-1]))
            path.append(path[-1] - rate * slopes / len(chosen))
    return np.array(path)


def _short(value: float) -> str:
    """Write a number of a table: three decimal places, or as a power of ten."""
    if abs(value) < 1e5:
        return _number(f"{value:.3f}" if abs(value) < 1000 else f"{value:,.0f}")
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{_number(mantissa)}·10<sup>{int(exponent)}</sup>"


def _number(value: float | str) -> str:
    """Write a number, or a text, with a true minus sign."""
    return (value if isinstance(value, str) else f"{value:.4g}").replace("-", "−")


def _bracket(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)


def _sum(first: float, second: str) -> str:
    return f"{first:g} + {second}"
