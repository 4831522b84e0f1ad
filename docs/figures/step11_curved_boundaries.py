"""The figures of curved boundaries.

Their networks are those of the step, trained by `workshop.classifier`: NumPy is there in a blink,
while importing PyTorch takes longer than all of this.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop import noise
from workshop.classifier import NetworkClassifier
from workshop.plotting import (
    limits_around,
    new_axes,
    plot_classes,
    plot_classifiers,
    plot_regions,
)

DOTS = 72  # an inch, in what is not drawn as lines: the page stays small
MIDDLE = ("#177d9f", "#c4521b", "#52853a", "#9563b6", "#c2506a", "#737882")  # C0 to C5, as bright


def _learn(X: np.ndarray, y: np.ndarray, *hidden_sizes: int, epochs: int = 20) -> NetworkClassifier:
    return NetworkClassifier(
        hidden_sizes=hidden_sizes,
        optimizer="adam",
        learning_rate=0.02,
        schedule="one_cycle",
        batch_size=128,
        epochs=epochs,
        random_state=0,
    ).fit(X, y)


def _recolour(ax: Axes) -> None:
    """Give the points colours with 3 to 1 against their ground, on a light page and on a dark one.

    They are no lines, so they do not change with the page.
    """
    for points, colour in zip(ax.lines, MIDDLE, strict=False):
        points.set_color(colour)


def _compared(points: noise.PointSet, shown: int) -> Axes:
    """Draw a linear model and a network beside each other, with some points."""
    X, y = points.make(6000 + shown, 0)
    ax = Figure(figsize=(6.0, 2.9), dpi=DOTS, layout="constrained").add_subplot()
    classifiers = {
        "linear model": _learn(X[:3000], y[:3000], epochs=5).predict,
        "network": _learn(X[:6000], y[:6000], 64, 64).predict,
    }
    plot_classifiers(ax, classifiers, X[6000:], y[6000:])
    for panel in ax.child_axes:
        _recolour(panel)
    return ax


def circles_compared() -> Axes:
    """Two circles."""
    return _compared(noise.circles(), 60)


def moons_compared() -> Axes:
    """Two moons with much noise."""
    return _compared(noise.moons(0.5), 70)


def six_spirals_compared() -> Axes:
    """Six arms."""
    return _compared(noise.spirals(6), 90)


def neurons_for_a_circle() -> Figure:
    """What one hidden layer of two, three, six and sixteen neurons makes of circles."""
    X, y = noise.circles().make(3000, 0)
    figure = Figure(figsize=(7.4, 2.2), layout="constrained")
    for ax, neurons in zip(figure.subplots(1, 4), (2, 3, 6, 16), strict=True):
        network = _learn(X, y, neurons, epochs=40)
        plot_regions(ax, network.predict, limits_around(X))
        ax.set_title(f"{neurons} neurons", loc="center")
        ax.set_xlabel(f"{network.score(X, y):.0%} right")
    return figure


def centres_of_three_seeds() -> Figure:
    """Four clouds, three times."""
    points = noise.blobs()
    figure = Figure(figsize=(7.4, 2.7), dpi=DOTS, layout="constrained")
    for ax, seed in zip(figure.subplots(1, 3), (0, 1, 3), strict=True):
        X, y = points.make(50, seed)
        plot_regions(ax, lambda X, seed=seed: points.best_answers(X, seed), limits_around(X))
        plot_classes(ax, X, y, size=3)
        _recolour(ax)
        ax.set_title(f"seed {seed}: {points.best_accuracy(seed):.1%}", loc="center")
    return figure


def arms_in_pairs() -> Figure:
    """Where six arms begin and end: evenly spaced, and 4 radians apart."""
    figure = Figure(figsize=(7.4, 3.4), dpi=DOTS, layout="constrained")
    cases = (("a sixth of a turn apart", None), ("4 radians apart", 4.0))
    for ax, (words, turn) in zip(figure.subplots(1, 2), cases, strict=True):
        points = noise.spirals(6, turn=turn)
        plot_regions(ax, lambda X, p=points: p.best_answers(X, 0), (-1.05, 1.05, -1.05, 1.05))
        X, y = noise.spirals(6, noise=0.0, turn=turn).make(120, 0)
        for arm in range(6):
            line = X[y == arm][np.argsort(np.hypot(*X[y == arm].T))]
            ax.plot(*line.T, color=f"C{arm}", linewidth=2)
            ax.text(*(line[-1] * 1.1), f"{arm}", ha="center", va="center")
        ax.set_title(f"{words}: {points.best_accuracy():.1%}", loc="center")
        ax.set(xlim=(-1.25, 1.25), ylim=(-1.25, 1.25))
        ax.axis("off")
    return figure


def density_of_moons() -> Axes:
    """Where the points of two moons lie, and the border at which both are equally dense."""
    ax = new_axes(6.2, 3.4)
    across, up = np.meshgrid(np.linspace(-2, 3, 36), np.linspace(-1.6, 2.1, 28))
    grid = np.column_stack([across.ravel(), up.ravel()])
    both = np.exp(noise.moons(0.5).log_densities(grid, 0)).reshape(*across.shape, 2)
    for c, style in enumerate(("solid", "dashed")):
        levels = np.array([0.15, 0.6]) * both[..., c].max()
        ax.contour(across, up, both[..., c], levels, colors=f"C{c}", linestyles=style)
    ax.contour(across, up, both[..., 0] - both[..., 1], [0], colors="black", linewidths=2.5)
    for c, place, words in ((0, (-1.98, 1.92), "upper moon"), (1, (2.98, -1.52), "lower moon")):
        ax.text(*place, words, color=f"C{c}", ha="right" if c else "left", weight="bold")
    ax.set(xlabel="first number", ylabel="second number", aspect="equal")
    ax.grid(False)
    return ax
