"""The figures of steps 1 to 8, and the texts that they compute. Each public function makes one."""

import functools
import json
import re
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits, load_ten_points
from workshop.functions import sigmoid as squash
from workshop.images import find_ink, mnist_image
from workshop.mnist import MNIST_FILES
from workshop.neuron import descend, largest_stable_rate, least_squares
from workshop.plotting import (
    new_axes,
    plot_cost,
    plot_descent,
    plot_digits,
    plot_loss_curve,
    plot_weights,
)
from workshop.strokes import draw_digit

# results/step03_improve_the_score.json, results/what_ideas_buy.json and
# results/what_neighbours_buy.json: `what_ideas_bought` reads them.
RESULTS = Path("results")


def first_bytes() -> str:
    """What the first bytes of MNIST's training images say, as a Markdown table."""
    sizes = MNIST_FILES[0].shape
    rows = [
        ("00 00", "an IDX file begins like this"),
        ("08", "each value is one byte, a whole number from 0 to 255"),
        (f"{len(sizes):02x}", "three sizes follow"),
    ]
    for size, name in zip(sizes, ("images", "rows in each", "columns in each"), strict=True):
        rows.append((size.to_bytes(4, "big").hex(" "), f"{size:,} {name}"))
    table = ["| Bytes | What they say |", "|---|---|"]
    return "\n".join(table + [f"| `{number}` | {meaning} |" for number, meaning in rows])


def images_read_backwards() -> str:
    """How many images there would be if the first size were read from its other end."""
    images = MNIST_FILES[0].shape[0]
    return f"{int.from_bytes(images.to_bytes(4, 'big'), 'little'):,}"


def bytes_of_images() -> str:
    """How large the file of the training images is, as a sum."""
    file = MNIST_FILES[0]
    images, rows, columns = file.shape
    header = 4 + 4 * len(file.shape)
    return f"{header} + {images:,} × {rows} × {columns} = {file.size:,}"


def some_digits() -> Axes:
    """The first of the small digits."""
    images, labels, _, _ = load_digits()
    ax = new_axes(4.2, 5.4)  # narrow, so that the words stay legible on a telephone
    plot_digits(ax, images[:16], labels[:16], columns=4)
    return ax


def digit_from_photo() -> Axes:
    """A photo of a digit, its ink, and what the network gets to see."""
    ink = draw_digit(5, np.random.default_rng(2), size=112)
    y, x = np.mgrid[-1:1:112j, -1:1:112j]
    photo = (
        0.7 + 0.15 * x - 0.1 * y - 0.4 * ink + np.random.default_rng(0).normal(0, 0.015, x.shape)
    )
    found = find_ink(photo)
    ax = new_axes(7, 2.7)
    for i, (picture, words) in enumerate(
        [(photo, "the photo"), (found, "its ink"), (mnist_image(found) / 255, "28 by 28 pixels")]
    ):
        left = i * 1.2
        ax.imshow(picture, cmap="gray", vmin=0, vmax=1, interpolation="none",
                  extent=(left, left + 1, 1, 0))  # fmt: skip
        ax.text(left + 0.5, 1.06, words, ha="center", va="top")
    ax.set(xlim=(0, 3.4), ylim=(1.25, 0))
    ax.axis("off")
    return ax


def way_down() -> Axes:
    """The neuron's cost as a map, and the way of 35 steps over it."""
    x, y = load_ten_points()
    ax = new_axes(6.4, 4.2)
    plot_cost(ax, x, y)
    plot_descent(ax, descend(x, y, learning_rate=0.01, steps=35))
    ax.annotate("start", (1, 1), xytext=(6, 6), textcoords="offset points")
    return ax


def off_after_seven() -> str:
    """How far the weight and the bias are from their best values after seven steps."""
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=7)
    weight, bias = least_squares(x, y)
    by = abs(path.weights[7] - weight), abs(path.biases[7] - bias)
    return "$w$ is off by {:.2f} and $b$ by {:.2f}".format(*by)


def limit_with_larger_inputs() -> str:
    """The limit of the learning rate for the ten points, and for inputs ten times as large."""
    x, _ = load_ten_points()
    return f"from {largest_stable_rate(x):.6f} to {largest_stable_rate(10 * x):.6f}"


def three_rates() -> Axes:
    """The cost at three learning rates."""
    x, y = load_ten_points()
    ax = new_axes(6.4, 3.6)
    for rate, style in ((0.01, "-"), (0.001, "--"), (0.1, ":")):
        plot_loss_curve(ax, descend(x, y, learning_rate=rate, steps=35).costs, style=style,
                        label=f"{rate}")  # fmt: skip
    ax.set(xlabel="iteration", ylabel="cost", yscale="log", ylim=(0.5, 1e5), xlim=(1, 36))
    ax.legend(title="learning rate", loc="upper right")
    return ax


def what_ideas_bought() -> str:
    """What each idea bought on MNIST, the largest gain first, as a Markdown table."""
    changes = [row[3] for row in _rows("step03_improve_the_score", "changes")]
    plain, with_neighbours = (row[2] for row in _rows("what_neighbours_buy", "neighbours"))
    (_, none_of_these), *measured = _rows("what_ideas_buy", "ideas")
    ideas = [
        ("scale the pixels", changes[0], changes[1]),
        ("a larger learning rate", changes[1], changes[2]),
        ("ReLU, not sigmoid", changes[2], changes[3]),
        ("256 neurons, not 14 and 14", changes[3], changes[4]),
        ("see which pixels are neighbours", plain, with_neighbours),
        *((idea, none_of_these, score) for idea, score in measured),
    ]
    ranges = [(name, _range(without), _range(then)) for name, without, then in ideas]
    ranges.sort(key=lambda idea: sum(idea[1]) - sum(idea[2]))
    lines = ["| Idea | Without, % | With, % | Points |", "|---|---:|---:|---:|"]
    for name, without, then in ranges:
        gain = sum(then) / 2 - sum(without) / 2
        overlap = max(without[0], then[0]) <= min(without[1], then[1])
        bought = "none" if overlap or gain < 0 else f"{gain:.1f}"
        lines.append(f"| {name} | {_in_words(without)} | {_in_words(then)} | {bought} |")
    return "\n".join(lines)


def misread_digits() -> Axes:
    """Small digits that a network misreads, among others."""
    network, _, _, X_test, y_test = _small_network()
    predictions = network.predict(X_test)
    order = np.argsort(predictions == y_test, kind="stable")[:16]  # the wrong ones first
    ax = new_axes(4.2, 5.4)
    plot_digits(ax, X_test[order], y_test[order], predictions[order], columns=4)
    return ax


def falling_loss() -> Axes:
    """The loss of a small network, epoch after epoch."""
    ax = new_axes(6.2, 3.2)
    plot_loss_curve(ax, _small_network()[0].loss_curve_, style="-")
    return ax


def first_weights() -> Axes:
    """What the first 16 hidden neurons of a small network look for."""
    ax = new_axes(7, 2.0)
    plot_weights(ax, _small_network()[0].weights_[0][:, :16])
    return ax


def step_of_difference() -> Axes:
    """How wrong a finite difference is, by the size of its step."""
    z, steps = 0.7, np.logspace(-14, 0, 113)
    true = squash(z) * (1 - squash(z))
    ax = new_axes(6.2, 3.4)
    for name, difference, style in (
        ("one side", (squash(z + steps) - squash(z)) / steps, "--"),
        ("both sides", (squash(z + steps) - squash(z - steps)) / (2 * steps), "-"),
    ):
        ax.loglog(steps, np.abs(difference - true) + 1e-17, style, linewidth=1.6, label=name)
    ax.set(xlabel="step h", ylabel="error of the slope", ylim=(1e-14, 1))
    ax.legend()
    return ax


def _rows(step: str, table: str) -> list[list[str]]:
    """Return the rows of a table in `results/`."""
    result = json.loads((RESULTS / f"{step}.json").read_text("utf-8"))
    return result["tables"][table]["rows"]


def _range(text: str) -> tuple[float, float]:
    """Read the lowest and the highest score of a cell such as ``98.2–98.3`` or ``98.4``."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    return numbers[0], numbers[-1]


def _in_words(scores: tuple[float, float]) -> str:
    """Write a range; a single number where both ends are the same."""
    low, high = scores
    return f"{low:.1f}" if low == high else f"{low:.1f}–{high:.1f}"


@functools.cache
def _small_network() -> tuple:
    """Train step 7's network on the small digits, as its --quick does."""
    X_train, y_train, X_test, y_test = load_digits()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    network = NetworkClassifier(
        learning_rate=0.1, schedule="one_cycle", batch_size=128, epochs=40, random_state=0
    )
    return network.fit(X_train, y_train), X_train, y_train, X_test, y_test
