"""The figures of the page on partial derivatives. Each public function draws one of them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from workshop.datasets import load_ten_points
from workshop.neuron import cost, gradients, least_squares
from workshop.plotting import new_axes

START = (1.0, 1.0)


def nudges_towards_a_tangent() -> Axes:
    """Lines through two points of a curve, the second ever nearer to the first."""
    w = np.linspace(0, 7.3, 40)
    ax = new_axes(6.2, 3.6)
    ax.plot(w, w**2, color="C5")
    for nudge, style in ((4, "--"), (2, "-."), (1, ":")):
        slope = ((3 + nudge) ** 2 - 9) / nudge
        ax.axline((3, 9), slope=slope, color="C0", linewidth=1.5, linestyle=style)
        ax.plot(3 + nudge, (3 + nudge) ** 2, "o", color="C0")
        ax.annotate(
            f"nudge {nudge}: slope {slope:.0f}",
            (3 + nudge, (3 + nudge) ** 2),
            xytext=(-20, 7),
            ha="right",
            textcoords="offset points",
        )
    ax.axline((3, 9), slope=6, color="C1")
    ax.plot(3, 9, "o", color="C1", zorder=4)
    ax.annotate(
        "no nudge: slope 6", (3, 9), color="C1", xytext=(14, -20), textcoords="offset points"
    )
    ax.set(xlabel="w", ylabel="w²", xlim=(0, 8.4), ylim=(-1, 54), yticks=[0, 20, 40])
    return ax


def growing_square() -> Axes:
    """A square of side w that grows by h on two sides: two strips and a tiny corner."""
    w, h = 3.0, 0.55
    ax = new_axes(4.4, 3.5)
    ax.add_patch(Rectangle((0, 0), w, w, facecolor="C0", alpha=0.25, edgecolor="black"))
    for corner, width, height in (((w, 0), h, w), ((0, w), w, h)):
        ax.add_patch(
            Rectangle(corner, width, height, facecolor="C1", alpha=0.45, edgecolor="black")
        )
    ax.add_patch(Rectangle((w, w), h, h, facecolor="C3", alpha=0.6, edgecolor="black"))
    ax.text(w / 2, w / 2, "w²", ha="center", va="center", fontsize=16)
    ax.text(w / 2, w + h / 2, "w h", ha="center", va="center")
    ax.text(w + h / 2, w / 2, "w h", ha="center", va="center", rotation=90)
    ax.text(w + h / 2, w + h / 2, "h²", ha="center", va="center")
    ax.text(w / 2, -0.12, "w", ha="center", va="top")
    ax.text(w + h / 2, -0.12, "h", ha="center", va="top")
    ax.text(-0.12, w / 2, "w", ha="right", va="center")
    ax.text(-0.12, w + h / 2, "h", ha="right", va="center")
    ax.set(xlim=(-0.5, 3.8), ylim=(-0.5, 3.7), aspect="equal")
    ax.axis("off")
    return ax


def two_slices() -> Figure:
    """The cost when only w moves, and when only b moves, with the slope at the start."""
    x, y = load_ten_points()
    here = cost(x, y, *START)
    figure, panels = plt.subplots(1, 2, figsize=(5.8, 3.0), sharey=True)
    moved = np.linspace(-2.2, 3.2, 37)
    curves = (
        [cost(x, y, value, START[1]) for value in moved],
        [cost(x, y, START[0], value) for value in moved],
    )
    names = (("w", "b"), ("b", "w"))
    for ax, curve, slope, (name, still) in zip(panels, curves, gradients(x, y, *START), names):
        ax.plot(moved, curve, color="C5")
        ax.axline((1, here), slope=slope, color="C1", linewidth=1.8)
        ax.plot(1, here, "o", color="C1")
        ax.set(xlabel=name, xticks=[-2, 0, 2], title=f"{name} moves, {still} = 1 stays")
    panels[0].set(ylabel="cost", ylim=(0, 500), yticks=[0, 200, 400])
    return figure


def surface_and_map() -> Figure:
    """The cost as a landscape in three dimensions, and as a map with gradients beside it."""
    x, y = load_ten_points()
    w, b = np.meshgrid(np.linspace(-2.4, 1.5, 55), np.linspace(0.4, 4.7, 55))
    height = np.sum((b[..., None] + w[..., None] * x - y) ** 2, axis=-1)
    levels = [10, 40, 100, 200, 340]
    few = slice(None, None, 2), slice(None, None, 2)  # enough for smooth curves

    figure = plt.figure(figsize=(6.6, 3.5), dpi=72)
    left = figure.add_subplot(1, 2, 1, projection="3d", computed_zorder=False)
    bands = plt.get_cmap("viridis", 10)
    left.plot_surface(
        w, b, height, cmap=bands, rstride=1, cstride=1, antialiased=False, shade=False,
        rasterized=True,
    )  # fmt: skip
    left.contour(w[few], b[few], height[few], levels, colors="#e9e9e9", linewidths=1, zorder=3)
    left.set(xlabel="w", ylabel="b", xticks=[-2, -1, 0, 1], yticks=[1, 2, 3, 4])
    left.set_zlabel("cost", labelpad=-1)
    left.set_zticks([0, 200, 400])
    left.view_init(elev=42, azim=-62)
    for axis in (left.xaxis, left.yaxis, left.zaxis):
        axis.set_pane_color((1, 1, 1, 0))
        axis._axinfo["grid"].update(color="#d9dcdf", linewidth=0.6)
        axis.set_tick_params(pad=-2)
    left.set_box_aspect((1, 1, 0.75), zoom=1.15)

    right = figure.add_subplot(1, 2, 2)
    right.contour(w[few], b[few], height[few], levels, colors="C5", linewidths=0.9)
    right.plot(*least_squares(x, y), "x", color="C1", markersize=10, markeredgewidth=2.5)
    for place in ((0.9, 1.0), (0.2, 3.7), (-2.0, 1.4), (-1.55, 3.9), (-0.95, 1.35), (-0.35, 2.2)):
        gradient = np.array(gradients(x, y, *place))
        tip = place + 0.5 * gradient / np.hypot(*gradient)
        right.annotate("", tip, place, arrowprops={"arrowstyle": "-|>", "color": "C0", "lw": 2})
    right.set(xlabel="w", ylabel="b", aspect="equal", xticks=[-2, -1, 0, 1], yticks=[1, 2, 3, 4])
    right.grid(False)
    return figure
