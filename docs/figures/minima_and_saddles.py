"""The figures of the page on minima and saddles. Each public function draws one of them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop.functions import sigmoid
from workshop.plotting import new_axes


def saddle() -> Figure:
    """A saddle between two valleys, as a landscape and as its map with three paths."""
    u, v = np.meshgrid(np.linspace(-1.2, 1.2, 73), np.linspace(-1.45, 1.45, 73))
    height = u**2 - v**2 + v**4 / 2 + 0.5
    levels = [0.15, 0.5, 0.9, 1.5]
    few = slice(None, None, 3), slice(None, None, 3)  # enough for smooth curves

    figure = plt.figure(figsize=(6.4, 3.2), dpi=84)
    left = figure.add_subplot(1, 2, 1, projection="3d", computed_zorder=False)
    left.plot_surface(
        u, v, height, cmap=plt.get_cmap("viridis", 12), rstride=1, cstride=1, shade=False,
        antialiased=False, rasterized=True,
    )  # fmt: skip
    left.contour(u[few], v[few], height[few], levels, colors="#e9e9e9", linewidths=1, zorder=3)
    left.plot(0, 0, 0.5, "o", color="C1", zorder=4)
    left.set(xlabel="u", ylabel="v", xticks=[-1, 0, 1], yticks=[-1, 0, 1], zticks=[0, 1, 2])
    left.view_init(elev=48, azim=-58)
    for axis in (left.xaxis, left.yaxis, left.zaxis):
        axis.set_pane_color((1, 1, 1, 0))
        axis._axinfo["grid"].update(color="#d9dcdf", linewidth=0.6)
        axis.set_tick_params(pad=-2)
    left.set_box_aspect((1, 1, 0.7), zoom=1.1)

    right = figure.add_subplot(1, 2, 2)
    right.contour(u[few], v[few], height[few], levels, colors="C5", linewidths=0.9)
    for start, style in ((0.0, "-"), (0.02, "--"), (-0.3, ":")):
        path = [(1.15, start)]
        for _ in range(50):
            here_u, here_v = path[-1]
            path.append((here_u - 0.2 * here_u, here_v + 0.2 * (here_v - here_v**3)))
        right.plot(*zip(*path), style, color="C0")
        right.plot(*path[-1], "s" if start else "o", color="C0" if start else "C1", zorder=3)
    right.set(xlabel="u", xticks=[-1, 0, 1], yticks=[-1, 0, 1], aspect="equal")
    right.set_ylabel("v", rotation=0)  # on its side, it is a >
    right.grid(False)
    return figure


def plateau() -> Axes:
    """The squared error of one sigmoid neuron that should say 0: flat for large weights."""
    w = np.linspace(-6, 10, 60)
    ax = new_axes(6.2, 2.9)
    ax.plot(w, sigmoid(w) ** 2)
    for start in (0, 4, 8):
        ax.plot(start, sigmoid(start) ** 2, "o", color="C1")
    ax.annotate("slope", (0, 0.25), xytext=(12, -6), textcoords="offset points")
    ax.annotate("plateau", (8, 1), xytext=(0, -20), textcoords="offset points", ha="center")
    ax.set(xlabel="w", ylabel="cost", xticks=[-5, 0, 5, 10], yticks=[0, 0.5, 1])
    return ax
