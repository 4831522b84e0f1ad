"""The figures of the recurrent network. What PyTorch's networks remember comes from `results/`."""

import json
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from workshop.plotting import new_axes, plot_slopes
from workshop.recurrence import lamp_layer, random_layer

RESULTS = Path("results/what_is_remembered.json")
PRESSES = (1, 0, 0, 1, 1, 0, 0, 0, 1, 0)


def unrolled_in_time() -> Axes:
    """The same neurons at four moments: inputs come from below, the state from the left."""
    ax = new_axes(6.6, 3.2)
    presses = ("press", "wait", "press", "press")
    for t, press in enumerate(presses):
        x = 2.2 * t
        _box(ax, x, 1.4, f"state {t + 1}", "C0")
        ax.text(x, 0.05, press, ha="center", va="center", fontsize=12)
        _arrow(ax, (x, 0.28), (x, 0.98))
        _arrow(ax, (x - 1.45, 1.4), (x - 0.75, 1.4), colour="C1")
        ax.text(x + 0.12, 0.62, "W", fontsize=14, va="center", style="italic")
        ax.text(x - 1.12, 1.58, "R", fontsize=14, ha="center", style="italic")
    ax.text(-1.6, 1.4, "zeros", ha="right", va="center", fontsize=12)
    last = 2.2 * (len(presses) - 1)
    _arrow(ax, (last, 1.82), (last, 2.42))
    ax.text(last, 2.62, "the lamp is on", ha="center", va="center", fontsize=12)
    ax.set(xlim=(-2.6, 7.6), ylim=(-0.25, 2.9))
    ax.axis("off")
    return ax


def lamp_by_hand() -> Figure:
    """What the two neurons made by hand answer, moment by moment."""
    states = lamp_layer().read(np.array(PRESSES)[None, :, None])[0, 1:]
    moments = np.arange(1, len(PRESSES) + 1)
    figure = Figure(figsize=(6.8, 4.0), layout="constrained")
    rows = (
        ("button", PRESSES, "C5", (0, 1)),
        ("neuron 1:\neither", states[:, 0], "C0", (-1, 1)),
        ("neuron 2:\nboth", states[:, 1], "C0", (-1, 1)),
        ("lamp", (states[:, 0] - states[:, 1]) / 2, "C1", (0, 1)),
    )
    grid = figure.subplots(len(rows), 1, sharex=True)
    for ax, (name, values, colour, ends) in zip(grid, rows, strict=True):
        ax.bar(moments, np.asarray(values) - ends[0], bottom=ends[0], color=colour, width=0.7)
        ax.set(ylim=(ends[0] - 0.1, ends[1] + 0.15), yticks=ends)
        ax.set_ylabel(name, rotation=0, ha="right", va="center")
        ax.grid(visible=False)
    grid[-1].set(xlabel="moment", xticks=moments)
    return figure


def slopes_through_time() -> Axes:
    """Slopes on their way back through 60 moments, for three sizes of recurrent weights."""
    ax = new_axes(6.4, 3.8)
    rng = np.random.default_rng(0)
    X, at_end = rng.choice([0.0, 1.0], (20, 60, 1)), rng.normal(size=(20, 16))
    for scale, name in ((1.5, "1.5: explodes"), (1.0, "1"), (0.7, "0.7: vanishes")):
        layer = random_layer(1, 16, scale=scale)
        _, slopes = layer.backpropagate(X, layer.read(X), at_end)
        sizes = np.linalg.norm(slopes, axis=(0, 2))[::-1]
        plot_slopes(ax, sizes, label=name)
    ax.get_legend().set_title("factor")
    return ax


def slopes_of_cells() -> Axes:
    """Slopes of fresh networks in PyTorch: RNN, GRU, and a GRU that starts by keeping."""
    ax = new_axes(6.4, 3.8)
    for kind, slopes in json.loads(RESULTS.read_text(encoding="utf-8"))["slopes"].items():
        plot_slopes(ax, slopes, label=kind)
    return ax


def _box(ax: Axes, x: float, y: float, words: str, colour: str) -> None:
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.65, y - 0.32), 1.3, 0.64,
            boxstyle="round,pad=0.06", facecolor="white", edgecolor=colour, linewidth=2,
        )
    )  # fmt: skip
    ax.text(x, y, words, ha="center", va="center", fontsize=12)


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str = "black"
) -> None:
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=14, color=colour, linewidth=1.8
        )
    )
