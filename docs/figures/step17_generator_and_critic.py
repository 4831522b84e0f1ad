"""The figures of generator and critic. What the generator makes comes from `results/`."""

import base64
import json
import zlib
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from workshop.plotting import new_axes, plot_moments
from workshop.rings import Ring

RESULTS = Path("results/ring_samples.json")
EDGE = 3.0  # as in benchmarks/ring_samples.py


def _samples(key: str) -> dict[str, np.ndarray]:
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))[key]
    return {name: _points(text) for name, text in kept.items()}


def _points(text: str) -> np.ndarray:
    coordinates = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8).reshape(-1, 2)
    return coordinates / 255 * 2 * EDGE - EDGE


def _moments(ax: Axes, moments: dict[str, np.ndarray]) -> Axes:
    """Draw samples in a blue that is seen on light and on dark paper: they are no lines."""
    plot_moments(ax, moments, Ring())
    for samples in ax.lines[::2]:  # the crosses lie between them
        samples.set(color="#1f8bb0", alpha=0.8)
    return ax


def ring_of_clouds() -> Axes:
    """Two random numbers, as the generator gets them, and the ring that it should make of them."""
    noise = np.random.default_rng(0).normal(size=(600, 2))
    ax = new_axes(6.2, 3.3)
    return _moments(ax, {"random numbers": noise, "real samples": Ring().sample(600)})


def two_networks() -> Axes:
    """Random numbers go through the generator, and what it makes and real samples to the critic."""
    ax = new_axes(7.0, 2.5)
    for x, y, words, box in (
        (0.07, 0.75, "random\nnumbers", False),
        (0.33, 0.75, "generator", True),
        (0.33, 0.2, "real samples", False),
        (0.67, 0.48, "critic", True),
        (0.93, 0.48, "real\nor made?", False),
    ):
        frame = {"boxstyle": "round,pad=0.7", "fc": "none", "ec": "C0" if box else "none", "lw": 2}
        ax.text(x, y, words, ha="center", va="center", bbox=frame,
                fontweight="bold" if box else "normal")  # fmt: skip
    for start, end, colour in (
        ((0.15, 0.75), (0.22, 0.75), "black"),
        ((0.44, 0.73), (0.59, 0.56), "black"),
        ((0.44, 0.22), (0.59, 0.40), "black"),
        ((0.75, 0.48), (0.84, 0.48), "black"),
        ((0.67, 0.68), (0.44, 0.86), "C1"),
    ):
        style = {"arrowstyle": "-|>", "lw": 2, "color": colour, "mutation_scale": 16}
        if colour == "C1":
            style |= {"connectionstyle": "arc3,rad=0.35", "linestyle": "--"}
        ax.annotate("", end, start, arrowprops=style)
    ax.text(0.66, 0.93, "slopes: what would earn a better mark", ha="left", va="center")
    ax.set(xlim=(0, 1.02), ylim=(0, 1))
    ax.axis("off")
    return ax


def ring_appears() -> Axes:
    """What the generator makes after 1, 20, 100, 400 and 2000 rounds, and the real samples."""
    ax = new_axes(6.6, 5.1)
    return _moments(ax, _samples("rounds") | {"real samples": Ring().sample(600)})


def ring_collapsed() -> Axes:
    """What a generator makes that takes five steps for each of the critic's, at three moments."""
    ax = new_axes(6.6, 2.7)
    return _moments(ax, _samples("collapsed"))
