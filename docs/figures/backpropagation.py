"""The network that is worked out by hand: forwards, backwards, and all its derivatives.

Each public function draws one figure. The numbers are computed here from those of `NETWORK`, which
are the same as on the page (a test compares them).
"""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from workshop.functions import relu
from workshop.plotting import new_axes


class Hand(NamedTuple):
    """Two inputs, two hidden ReLU neurons, two outputs; weights[j, k] leads from k to j."""

    x: np.ndarray
    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray
    y: np.ndarray


NETWORK = Hand(
    x=np.array([2, 1]),
    w1=np.array([[2, -2], [1, 2]]),
    b1=np.array([-1, -2]),
    w2=np.array([[-2, 1], [-1, 0.5]]),
    b2=np.array([-1, -1]),
    y=np.array([1, 0]),
)
LEFT, MIDDLE, RIGHT = 0.0, 2.5, 5.0
UP, DOWN = 1.0, -1.0
RADIUS = 0.44


def network_forwards() -> Axes:
    """The numbers that go forwards: inputs, answers, and weights on the connections."""
    n = NETWORK
    hidden, outputs = _forwards()
    ax = _axes()
    _connections(ax, LEFT, MIDDLE, n.w1, "C0")
    _connections(ax, MIDDLE, RIGHT, n.w2, "C0")
    _neurons(ax, LEFT, n.x, ("$x_1$", "$x_2$"), "C5")
    _neurons(ax, MIDDLE, hidden, [f"bias {_number(b)}" for b in n.b1], "C0")
    _neurons(ax, RIGHT, outputs, [f"bias {_number(b)}" for b in n.b2], "C0")
    for height, wanted in zip((UP, DOWN), n.y, strict=True):
        words = f"should\nbe {_number(wanted)}"
        ax.text(RIGHT + 0.58, height, words, va="center", linespacing=1.4)
    return ax


def errors_backwards() -> Axes:
    """The deltas that go backwards, through the same weights."""
    n = NETWORK
    delta_1, delta_2 = _backwards()
    ax = _axes()
    _connections(ax, LEFT, MIDDLE, None, "C5")
    _connections(ax, MIDDLE, RIGHT, n.w2, "C1", back=True)
    _neurons(ax, LEFT, ("", ""), ("$x_1$", "$x_2$"), "C5")
    _neurons(ax, MIDDLE, delta_1, (r"$\delta^1_1$", r"$\delta^1_2$"), "C1")
    _neurons(ax, RIGHT, delta_2, (r"$\delta^2_1$", r"$\delta^2_2$"), "C1")
    for height, wanted, got in zip((UP, DOWN), n.y, _forwards()[1], strict=True):
        ax.text(RIGHT + 0.58, height, f"2 · ({_number(got)} − {_number(wanted)})", va="center")
    return ax


def derivatives_of_weights() -> Axes:
    """Each connection with its derivative: what comes in on its left, times delta on its right."""
    n = NETWORK
    delta_1, delta_2 = _backwards()
    hidden, _ = _forwards()
    ax = _axes(right=RIGHT + 0.55)
    _connections(ax, LEFT, MIDDLE, np.outer(delta_1, n.x), "C3")
    _connections(ax, MIDDLE, RIGHT, np.outer(delta_2, hidden), "C3")
    _neurons(ax, LEFT, n.x, ("$x_1$", "$x_2$"), "C5")
    for x, answers, deltas in ((MIDDLE, hidden, delta_1), (RIGHT, None, delta_2)):
        _neurons(ax, x, ("", ""), ("", ""), "C5")
        for i, height in enumerate((UP, DOWN)):
            if answers is None:
                ax.text(x, height, f"δ {_number(deltas[i])}", ha="center", va="center", color="C1")
                continue
            words = f"δ {_number(deltas[i])}"
            ax.text(x, height + 0.14, words, ha="center", va="center", color="C1")
            words = f"a {_number(answers[i])}"
            ax.text(x, height - 0.16, words, ha="center", va="center", color="C0")
    return ax


def network_after_one_step() -> Axes:
    """The numbers of the network after one step of learning, and what it answers then."""
    n, rate = NETWORK, 0.01
    (delta_1, delta_2), (hidden, _) = _backwards(), _forwards()
    n = n._replace(
        w1=n.w1 - rate * np.outer(delta_1, n.x),
        b1=n.b1 - rate * delta_1,
        w2=n.w2 - rate * np.outer(delta_2, hidden),
        b2=n.b2 - rate * delta_2,
    )
    hidden, outputs = _forwards(n)
    ax = _axes(width=5.8)  # its numbers are longer
    _connections(ax, LEFT, MIDDLE, n.w1, "C0")
    _connections(ax, MIDDLE, RIGHT, n.w2, "C0")
    _neurons(ax, LEFT, n.x, ("$x_1$", "$x_2$"), "C5")
    _neurons(ax, MIDDLE, hidden, [f"bias {_number(b)}" for b in n.b1], "C0")
    _neurons(ax, RIGHT, outputs, [f"bias {_number(b)}" for b in n.b2], "C0")
    for height, wanted in zip((UP, DOWN), n.y, strict=True):
        words = f"should\nbe {_number(wanted)}"
        ax.text(RIGHT + 0.58, height, words, va="center", linespacing=1.4)
    return ax


def _forwards(n: Hand = NETWORK) -> tuple[np.ndarray, np.ndarray]:
    hidden = relu(n.w1 @ n.x + n.b1)
    return hidden, n.w2 @ hidden + n.b2


def _backwards() -> tuple[np.ndarray, np.ndarray]:
    n = NETWORK
    hidden, outputs = _forwards()
    delta_2 = 2 * (outputs - n.y)
    return n.w2.T @ delta_2 * (hidden > 0), delta_2


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _axes(right: float = RIGHT + 1.85, width: float = 5.0) -> Axes:
    ax = new_axes(width, 0.52 * width)
    ax.set(xlim=(-0.55, right), ylim=(-1.95, 1.6), aspect="equal")
    ax.axis("off")
    return ax


def _connections(
    ax: Axes,
    start: float,
    end: float,
    numbers: np.ndarray | None,
    colour: str,
    *,
    back: bool = False,
) -> None:
    """Draw four arrows between two layers, with the numbers [to, from] near where they start.

    All four are one line and one patch, which keeps the SVG small.
    """
    shafts, heads = [], []
    for j, to in enumerate((UP, DOWN)):
        for k, from_ in enumerate((UP, DOWN)):
            line = np.array([[start, from_], [end, to]], dtype=float)
            along = (line[1] - line[0]) / np.linalg.norm(line[1] - line[0])
            line += np.array([along, -along]) * RADIUS
            if numbers is not None:
                place = line[0] + (line[1] - line[0]) * (0.5 if j == k else 0.33)
                box = {"fc": "white", "ec": "none", "boxstyle": "square,pad=0.16"}
                words = _number(numbers[j, k])
                ax.text(*place, words, ha="center", va="center", bbox=box, zorder=2)
            tail, tip = line[::-1] if back else line
            ahead = -along if back else along
            across = np.array([-ahead[1], ahead[0]])
            neck = tip - 0.12 * ahead
            shafts += [tail, neck, (np.nan, np.nan)]
            heads.append(Path([tip, neck + 0.05 * across, neck - 0.05 * across, tip], closed=True))
    ax.plot(*np.transpose(shafts), color=colour, lw=1.3, zorder=1)
    ax.add_patch(PathPatch(Path.make_compound_path(*heads), fc=colour, ec="none", zorder=1))


def _neurons(ax: Axes, x: float, numbers: object, names: object, colour: str) -> None:
    """Draw the two neurons of a layer: a number inside each, a name below it."""
    circles = Path.make_compound_path(*(Path.circle((x, y), RADIUS) for y in (UP, DOWN)))
    ax.add_patch(PathPatch(circles, fc="white", ec=colour, lw=2.2, zorder=3))
    for height, number, name in zip((UP, DOWN), numbers, names, strict=True):
        words = number if isinstance(number, str) else _number(number)
        ax.text(x, height, words, ha="center", va="center", fontweight="bold", zorder=4)
        ax.text(x, height - RADIUS - 0.09, name, ha="center", va="top", zorder=4)
