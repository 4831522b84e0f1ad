"""A world of platforms, what a learner would do there, and where it went."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workshop.reward import ACTIONS, FELL, World

ROW_HEIGHT = 2.0  # columns
ARROWS = {"left": (-0.7, 0.0), "right": (0.7, 0.0), "jump": (0.5, 0.75)}


def plot_platforms(ax: Axes, world: World) -> None:
    """Draw the platforms, an S at the start, and the flag.

    Parameters
    ----------
    ax : Axes
    world : World
    """
    for row, platforms in enumerate((world.upper, world.lower)):
        for column, kind in enumerate(platforms):
            if kind == "=":
                place = (column - 0.5, _height(row) - 0.3)
                ax.add_patch(Rectangle(place, 1, 0.3, facecolor="C5", edgecolor="white"))
    flag, ground = world.width - 1, _height(1)
    ax.plot([flag, flag], [ground, ground + 1.5], color="black", linewidth=2)
    ax.fill([flag, flag + 0.7, flag], np.array([1.5, 1.2, 0.9]) + ground, color="C1")
    ax.text(world.start, ground - 0.45, "S", ha="center", va="top", fontweight="bold")
    ax.set(
        xlim=(-1, world.width + 0.2),
        ylim=(ground - 1.4, _height(0) + 2.0),
        aspect="equal",
        xlabel="column",
        yticks=[],
    )
    ax.grid(False)


def plot_policy(ax: Axes, world: World, worth: np.ndarray) -> None:
    """Draw what looks best in each state as an arrow: level to walk, slanting up to jump.

    Parameters
    ----------
    ax : Axes
        With the platforms.
    world : World
    worth : ndarray of shape (n_states, 3)
        Of each action in each state.
    """
    for state in world.reachable():
        row, column = divmod(state, world.width)
        action = ACTIONS[int(worth[state].argmax())]
        right, up = ARROWS[action]
        height = _height(row) + 0.5
        colour = "C1" if action == "jump" else "C0"
        ax.annotate(
            "",
            (column + right / 2, height + up / 2),
            (column - right / 2, height - up / 2),
            arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 1.6,
                        "shrinkA": 0, "shrinkB": 0, "mutation_scale": 9},
        )  # fmt: skip


def plot_walk(ax: Axes, world: World, states: Sequence[int]) -> None:
    """Draw a way through the world: level where it walked, an arc where it jumped.

    Parameters
    ----------
    ax : Axes
        With the platforms.
    world : World
    states : sequence of int
        As `workshop.reward.play` returns them; a cross marks a fall.
    """
    share = np.linspace(0, 1, 15)
    last = (0, 0.0)
    for before, after in pairwise(states):
        row, column = divmod(before, world.width)
        if after == FELL:
            ax.plot(column + 1, _height(1) - 0.7, "x", color="C1", markersize=10, mew=3)
            continue
        to_row, to_column = divmod(after, world.width)
        start, end = _height(row) + 0.5, _height(to_row) + 0.5
        jump = 1.2 * 4 * share * (1 - share) if to_column - column > 1 else 0
        ax.plot(
            column + share * (to_column - column), start + share * (end - start) + jump, color="C0"
        )
        last = (to_column, end)
    ax.plot(*last, "o", color="C0", markersize=7)


def _height(row: int) -> float:
    return ROW_HEIGHT * (1 - row)
