"""The figures of the neuron equation. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workshop.functions import sigmoid as squash
from workshop.plotting import new_axes

CIRCLE = {"boxstyle": "circle,pad=0.45", "linewidth": 2.2, "facecolor": "white"}


def _neuron(ax: Axes, x: float, y: float, words: str, colour: str = "C0") -> None:
    """Draw a circle with a word or a number in it."""
    box = CIRCLE | {"edgecolor": colour}
    ax.text(x, y, words, ha="center", va="center", bbox=box, zorder=3)


def _address(
    ax: Axes, x: float, y: float, letter: str, layer: str, *below: tuple[str, str]
) -> None:
    """Write a letter with a layer above it and indices below it, each a text and its colour.

    They are set one by one, so that any font keeps them apart.
    """
    look = {"ha": "center", "va": "center", "zorder": 4}
    ax.text(x, y, letter, fontsize=19, fontstyle="italic", **look)
    ax.text(x + 0.24, y + 0.26, layer, fontsize=12, fontstyle="italic", **(look | {"ha": "left"}))
    for place, (words, colour) in enumerate(below):
        at = x + 0.34 + 0.32 * place
        ax.text(at, y - 0.26, words, fontsize=13, fontweight="bold", color=colour, **look)


def indices_of_a_weight() -> Axes:
    """Two layers of neurons: all that neuron 2 of the right one adds up, and what it puts out."""
    senders, receivers, right = [4.5, 3.0, 1.5, 0.0], [3.75, 2.25, 0.75], 4.7
    ax = new_axes(5.8, 4.3)
    for k, start in enumerate(senders, start=1):
        for j, end in enumerate(receivers, start=1):
            look = {"color": "C5", "linewidth": 0.6, "alpha": 0.7}
            if j == 2:
                look = {"color": "C0", "linewidth": 1.6}
            if (k, j) == (3, 2):
                look = {"color": "C1", "linewidth": 3.4}
            ax.plot([0, right], [start, end], **look)
    for k, height in enumerate(senders, start=1):
        colour = "C2" if k == 3 else "C5"
        _neuron(ax, 0, height, str(k), colour)
        _address(ax, -1.35, height, "a", "L−1", (str(k), colour))
    arrow = {"arrowstyle": "-|>", "color": "C0", "lw": 1.8, "mutation_scale": 14}
    ax.annotate("", (6.3, 2.25), (right, 2.25), arrowprops=arrow)
    ax.plot([right, 5.75], [2.25, 3.15], color="C0", linewidth=1.6)
    for j, height in enumerate(receivers, start=1):
        _neuron(ax, right, height, str(j), "C0" if j == 2 else "C5")
    _address(ax, 5.95, 3.4, "b", "L", ("2", "C0"))
    _address(ax, 6.6, 2.25, "a", "L", ("2", "C0"))
    ax.add_patch(
        Rectangle(
            (1.64, 1.34), 1.34, 1.06, facecolor="white", edgecolor="C1", linewidth=2, zorder=3
        )
    )
    _address(ax, 2.0, 1.87, "w", "L", ("2", "C0"), ("3", "C2"))
    for x, layer, words, colour in (
        (0, "layer L − 1", "from k = 3", "C2"),
        (right, "layer L", "to j = 2", "C0"),
    ):
        ax.text(x, 5.25, layer, ha="center", va="bottom")
        ax.text(x, -0.7, words, ha="center", va="top", fontweight="bold", color=colour)
    ax.set(xlim=(-1.8, 7.4), ylim=(-1.35, 5.85))
    ax.axis("off")
    return ax


def one_neuron_computes() -> Axes:
    """The neuron of the worked example with its numbers."""
    inputs, weights, bias = [0.5, 1.0, 0.2], [2, -1, 5], 0.5
    z = sum(w * a for w, a in zip(weights, inputs, strict=True)) + bias
    ax = new_axes(5.2, 3.0)
    for height, a, w in zip((3.0, 1.5, 0.0), inputs, weights, strict=True):
        ax.plot([0, 3.4], [height, 1.5], color="C5", linewidth=1.2)
        _neuron(ax, 0, height, f"{a:g}", "C5")
        middle = 1.5 + (height - 1.5) * 0.55
        label = f"× {w}".replace("-", "−")
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
        ax.text(1.53, middle, label, ha="center", va="center", bbox=box)
    arrow = {"arrowstyle": "-|>", "color": "C1", "lw": 2, "mutation_scale": 16}
    ax.annotate("", (6.95, 1.5), (3.4, 1.5), arrowprops=arrow)
    ax.text(3.4, 3.25, f"bias {bias:g}", ha="center")
    ax.plot([3.4, 3.4], [3.1, 1.5], color="C5", linewidth=1.2)
    _neuron(ax, 3.4, 1.5, f"z = {z:g}")
    ax.text(5.3, 1.72, "σ", ha="center", va="bottom", fontsize=15)
    _neuron(ax, 7.4, 1.5, f"{squash(np.array(z)):.2f}", "C1")
    ax.set(xlim=(-0.8, 8.2), ylim=(-0.7, 3.8))
    ax.axis("off")
    return ax


def layer_as_product() -> Axes:
    """The shapes of a layer: rows times columns."""
    ax = new_axes(5.2, 2.9)
    for x, y, width, height, colour, name, across, down in (
        (0, 0.7, 2.2, 1.0, "C5", "A", "784", "n"),
        (3.6, 0, 1.2, 2.2, "C1", "W", "128", "784"),
        (5.75, 0.95, 1.2, 0.25, "C3", "", "128", ""),
        (7.9, 0.7, 1.2, 1.0, "C0", "Z", "128", "n"),
    ):
        ax.add_patch(
            Rectangle((x, y), width, height, facecolor=colour, alpha=0.3, edgecolor="none")
        )
        ax.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=2))
        ax.text(x + width / 2, y + height / 2, name, ha="center", va="center", fontsize=14,
                fontweight="bold")  # fmt: skip
        ax.text(x + width / 2, y + height + 0.1, across, ha="center", va="bottom")
        ax.text(x - 0.1, y + height / 2, down, ha="right", va="center")
    ax.text(6.35, 0.8, "b", ha="center", va="top", fontsize=14, fontweight="bold")
    for x, sign in ((2.55, "@"), (5.27, "+"), (7.3, "=")):
        ax.text(x, 1.07, sign, ha="center", va="center", fontsize=14)
    ax.set(xlim=(-0.5, 9.2), ylim=(-0.2, 2.7))
    ax.axis("off")
    return ax
