"""The figures that only the deck of the workshop shows. Each public function draws one of them."""

import json
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.what_it_learned import unpack
from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits
from workshop.functions import relu, sigmoid, softmax
from workshop.images import mnist_image
from workshop.network import Network
from workshop.plotting import new_axes, plot_digits, plot_pixels

RESULTS = Path("results/what_it_learned.json")
INK = {"cmap": "gray", "interpolation": "none", "vmin": 0, "vmax": 255}
BOX = {"boxstyle": "round,pad=0.6", "facecolor": "none", "linewidth": 2}
ARROW = {"arrowstyle": "-|>", "linewidth": 2, "mutation_scale": 18}
TWO = 3  # which of the images in the results
ZS = np.linspace(-6, 6, 61)


# -- what machine learning is --------------------------------------------------------------


def five_fours_and_nines() -> Axes:
    """Five fours above five nines, of eight by eight pixels."""
    images, labels, _, _ = load_digits()
    shown = np.concatenate([np.flatnonzero(labels == digit)[:5] for digit in (4, 9)])
    ax = new_axes(6.0, 2.9)
    plot_digits(ax, images[shown], labels[shown], columns=5)
    return ax


# -- three kinds of learning ---------------------------------------------------------------


def _box(ax: Axes, x: float, y: float, words: str, colour: str = "C0") -> None:
    box = BOX | {"edgecolor": colour}
    ax.text(x, y, words, ha="center", va="center", fontweight="bold", bbox=box)


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, **look: object
) -> None:
    ax.annotate("", end, start, arrowprops=ARROW | {"color": colour} | look)


def languages_never_paired() -> Axes:
    """Three languages: two pairs that were learned from, and one that was not."""
    ax = new_axes(5.6, 3.4)
    for x, y, words in ((0.5, 0.86, "English"), (0.14, 0.2, "Korean"), (0.86, 0.2, "Japanese")):
        _box(ax, x, y, words)
    _arrow(ax, (0.4, 0.74), (0.2, 0.33), "C0", arrowstyle="<|-|>")
    _arrow(ax, (0.6, 0.74), (0.8, 0.33), "C0", arrowstyle="<|-|>")
    _arrow(ax, (0.29, 0.2), (0.68, 0.2), "C1", linestyle="--")
    ax.text(0.23, 0.57, "pairs to\nlearn from", ha="right", va="center")
    ax.text(0.77, 0.57, "pairs to\nlearn from", ha="left", va="center")
    ax.text(0.49, 0.08, "not one pair", ha="center", va="center", color="C1", fontweight="bold")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    return ax


def copy_the_driver() -> Axes:
    """From the screen a network says which buttons to press; the driver pressed others."""
    ax = new_axes(7.0, 2.5)
    ax.text(0.1, 0.74, "screen", ha="center", va="center", fontweight="bold")
    ax.text(0.1, 0.58, "the example", ha="center", va="center")
    _box(ax, 0.44, 0.66, "network")
    ax.text(0.84, 0.66, "buttons\nit would press", ha="center", va="center")
    ax.text(0.84, 0.17, "buttons he pressed", ha="center", va="center", fontweight="bold")
    ax.text(0.84, 0.03, "the label", ha="center", va="center")
    _arrow(ax, (0.21, 0.66), (0.34, 0.66), "black")
    _arrow(ax, (0.54, 0.66), (0.71, 0.66), "black")
    _arrow(ax, (0.84, 0.5), (0.84, 0.26), "C1", arrowstyle="<|-|>", linestyle="--")
    ax.text(0.8, 0.38, "how wrong?", ha="right", va="center", color="C1", fontweight="bold")
    ax.set(xlim=(0, 1.02), ylim=(-0.05, 0.9))
    ax.axis("off")
    return ax


def contest_of_two() -> Axes:
    """A generator and a discriminator: who makes pictures, and who tries to tell."""
    ax = new_axes(7.0, 2.5)
    for x, y, words in ((0.09, 0.78, "random\nnumbers"), (0.09, 0.18, "real\npictures")):
        ax.text(x, y, words, ha="center", va="center")
    _box(ax, 0.35, 0.78, "generator")
    _box(ax, 0.69, 0.48, "discriminator", "C2")
    ax.text(0.95, 0.48, "real\nor made?", ha="center", va="center")
    for start, end in (
        ((0.17, 0.78), (0.25, 0.78)),
        ((0.46, 0.73), (0.58, 0.6)),
        ((0.17, 0.18), (0.58, 0.36)),
        ((0.82, 0.48), (0.88, 0.48)),
    ):
        _arrow(ax, start, end, "black")
    _arrow(ax, (0.69, 0.63), (0.46, 0.84), "C1", linestyle="--", connectionstyle="arc3,rad=0.35")
    ax.text(0.68, 0.88, "what gave it away", ha="left", va="center", color="C1", fontweight="bold")
    ax.set(xlim=(0, 1.03), ylim=(0, 1))
    ax.axis("off")
    return ax


def there_and_back() -> Axes:
    """A horse becomes a zebra, and the zebra a horse again; both horses must agree."""
    ax = new_axes(7.0, 2.2)
    for x, words in ((0.1, "photo of\na horse"), (0.5, "zebra"), (0.9, "horse\nagain")):
        _box(ax, x, 0.68, words, "C1" if x == 0.5 else "C0")
    _arrow(ax, (0.22, 0.68), (0.42, 0.68), "black")
    _arrow(ax, (0.58, 0.68), (0.8, 0.68), "black")
    _arrow(ax, (0.9, 0.42), (0.1, 0.42), "C3", arrowstyle="<|-|>", linestyle="--",
           connectionstyle="arc3,rad=-0.18")  # fmt: skip
    ax.text(0.5, 0.06, "must be the same", ha="center", va="center", color="C3", fontweight="bold")
    ax.set(xlim=(-0.02, 1.02), ylim=(0, 1))
    ax.axis("off")
    return ax


# -- what a network computes ---------------------------------------------------------------


@cache
def _two() -> np.ndarray:
    """Return an image of MNIST's test set, (28, 28), pixels 0 to 255: a two."""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    return unpack(found["neurons"]["images"], np.uint8)[TWO].reshape(28, 28)


@cache
def _reader() -> Network:
    """Return a network 784-64-10 that learned from the small digits, enlarged to 28 by 28."""
    X_train, y_train, X_test, y_test = load_digits()
    small = np.concatenate([X_train, X_test]).reshape(-1, 8, 8)
    blocks = small.repeat(4, axis=1).repeat(4, axis=2) / 255
    X = np.array([mnist_image(image) for image in blocks]).reshape(-1, 784) / np.float32(255)
    classifier = NetworkClassifier(
        hidden_sizes=(64,), learning_rate=0.05, batch_size=32, epochs=6, random_state=1
    )
    return classifier.fit(X, np.concatenate([y_train, y_test])).network_


def _answer() -> tuple[np.ndarray, np.ndarray]:
    """Return what the 64 hidden neurons and the ten of the output say to the two."""
    _, hidden, probabilities = _reader().feedforward(_two().reshape(1, 784) / np.float32(255))
    return hidden[0], probabilities[0]


def _bars(ax: Axes, probabilities: np.ndarray) -> None:
    """Draw ten probabilities, the largest in another colour."""
    digits, winner = np.arange(10), probabilities.argmax()
    ax.barh(digits, probabilities, color=["C1" if d == winner else "C0" for d in digits])
    ax.set(yticks=digits, xticks=[0, 0.5, 1], xlim=(0, 1), ylim=(9.6, -0.6))
    ax.set_box_aspect(1)
    ax.grid(False)


def real_digit_as_numbers() -> Figure:
    """A two that somebody wrote, and the numbers in one part of it."""
    figure = Figure(figsize=(6.2, 3.2), layout="constrained")
    plot_pixels(*figure.subplots(1, 2), _two(), top=4, left=15)
    return figure


def real_digit_answered() -> Figure:
    """A two that somebody wrote, and the ten numbers with which a network answers."""
    figure = Figure(figsize=(6.4, 2.9), layout="constrained")
    left, middle, right = figure.subplots(1, 3, width_ratios=[1.2, 0.5, 1.3])
    left.imshow(_two(), **INK)
    left.set_title("784 numbers in", loc="center")
    middle.set(xlim=(0, 1), ylim=(0, 1))
    _arrow(middle, (0.05, 0.5), (0.95, 0.5), "C1", mutation_scale=24)
    middle.text(0.5, 0.62, "f", ha="center", va="center", fontsize=22, fontstyle="italic")
    _bars(right, _answer()[1])
    right.set_title("10 numbers out", loc="center")
    for ax in (left, middle):
        ax.axis("off")
    return figure


def real_digit_through_layers() -> Figure:
    """A two, what 64 hidden neurons make of it, and the ten numbers that come out."""
    hidden, probabilities = _answer()
    figure = Figure(figsize=(6.6, 2.9), layout="constrained")
    left, middle, right = figure.subplots(1, 3, width_ratios=[1.2, 1.2, 1.32])
    left.imshow(_two(), **INK)
    left.set_title("784 in", loc="center")
    middle.imshow(hidden.reshape(8, 8), cmap="gray", interpolation="none")
    middle.set_title("64 hidden", loc="center")
    _bars(right, probabilities)
    right.set_title("10 out", loc="center")
    for ax in (left, middle):
        ax.axis("off")
    return figure


def with_and_without_bends() -> Figure:
    """One number in, one out: two layers without an activation function, and with ReLU."""
    rng = np.random.default_rng(4)
    x = np.linspace(-2, 2, 201)[:, None]
    inner, outer = rng.normal(size=(1, 6)), rng.normal(size=(6, 1))
    sums = x @ inner + rng.normal(size=6)
    figure = Figure(figsize=(6.6, 2.7), layout="constrained")
    for ax, passed, title in zip(
        figure.subplots(1, 2, sharex=True),
        (sums, relu(sums)),
        ("without: a line", "with ReLU: it bends"),
        strict=True,
    ):
        ax.plot(x, passed @ outer, color="C0")
        ax.set(xlabel="in", ylabel="out", xticks=[-2, 0, 2], yticks=[])
        ax.set_title(title, loc="center")
    return figure


def _curve(ax: Axes, values: np.ndarray, name: str, ticks: list[float]) -> None:
    ax.plot(ZS, values)
    ax.set(xlabel="z, the sum", xticks=[-6, 0, 6], yticks=ticks)
    ax.set_title(name, loc="center")


def sigmoid_on_a_slide() -> Axes:
    """The sigmoid."""
    ax = new_axes(5.4, 3.2)
    _curve(ax, sigmoid(ZS), "sigmoid", [0, 0.5, 1])
    ax.set_ylabel("what goes on")
    return ax


def sigmoid_and_relu() -> Figure:
    """The sigmoid, and the function that cuts off what is negative."""
    figure = Figure(figsize=(6.6, 2.7), layout="constrained")
    left, right = figure.subplots(1, 2)
    _curve(left, sigmoid(ZS), "sigmoid", [0, 0.5, 1])
    _curve(right, relu(ZS), "ReLU", [0, 3, 6])
    return figure


def softmax_of_three() -> Figure:
    """Three numbers, and the probabilities that softmax makes of them."""
    logits = np.array([2.0, 1.0, -2.0])
    figure = Figure(figsize=(5.2, 3.0), layout="constrained")
    names = ["a", "b", "c"]
    for ax, heights, title, form, limits in zip(
        figure.subplots(1, 2),
        (logits, softmax(logits[None])[0]),
        ("sums", "probabilities"),
        ("{:g}", "{:.2f}"),
        ((-2.6, 2.6), (0, 1)),
        strict=True,
    ):
        bars = ax.bar(names, heights, color="C0" if form == "{:g}" else "C1", width=0.6)
        labels = [form.format(height).replace("-", "−") for height in heights]
        ax.bar_label(bars, labels, padding=3)
        ax.axhline(0, color="black", linewidth=1)
        ax.set(yticks=[], ylim=limits)
        ax.set_title(title, loc="center")
        ax.grid(False)
        ax.tick_params(axis="x", length=0)
        ax.spines["left"].set_visible(False)
        ax.spines["bottom"].set_visible(False)
    return figure


def neurons_to_draw_on() -> Axes:
    """Neurons without connections, on which a speaker draws."""
    ax = new_axes(7.4, 3.7)
    for x, heights, colour, words in (
        (0.0, [3.6, 2.4, 1.2, 0.0], "C5", "784 pixels"),
        (4.0, [3.0, 1.8, 0.6], "C0", "hidden neurons"),
        (8.0, [3.6, 1.8, 0.0], "C2", "ten answers"),
    ):
        ax.plot([x] * len(heights), heights, "o", markersize=34, markerfacecolor="white",
                markeredgecolor=colour, markeredgewidth=2.5)  # fmt: skip
        ax.text(x, -0.75, words, ha="center", va="top")
    for height, digit in zip((3.6, 1.8, 0.0), "029", strict=True):
        ax.text(8.6, height, digit, ha="left", va="center", fontsize=14)
    ax.set(xlim=(-1.4, 9.4), ylim=(-1.3, 4.3))
    ax.axis("off")
    return ax
