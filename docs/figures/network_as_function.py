"""The figures of a network as a function. Each public function draws one of them."""

from functools import cache
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop.classifier import NetworkClassifier
from workshop.images import mnist_image
from workshop.network import Network
from workshop.plotting import new_axes, plot_pixels
from workshop.strokes import draw_digit

INK = {"cmap": "gray", "interpolation": "none", "vmin": 0, "vmax": 255}


def _five() -> np.ndarray:
    """Return an image of a five, 28x28, pixels 0 to 255."""
    return mnist_image(draw_digit(5, np.random.default_rng(11)))


# --8<-- [start:drawn_network]
@cache
def _drawn_network() -> Network:
    """Return a network that has learned from 200 digits that the computer drew."""
    rng = np.random.default_rng(5)
    digits = np.tile(np.arange(10), 20)
    images = [mnist_image(draw_digit(digit, rng, size=40)) for digit in digits]
    X = np.array(images).reshape(200, 784) / np.float32(255)
    classifier = NetworkClassifier(
        hidden_sizes=(128,), learning_rate=0.05, batch_size=20, epochs=20, random_state=0
    )
    return classifier.fit(X, digits).network_


# --8<-- [end:drawn_network]


def digit_as_numbers() -> Figure:
    """A digit of 28 by 28 pixels, and the numbers in one corner of it."""
    figure = Figure(figsize=(5.6, 2.9), layout="constrained")
    plot_pixels(*figure.subplots(1, 2), _five(), top=3, left=9)
    return figure


def network_layers() -> Axes:
    """Three layers of neurons, every one joined to every one of the next."""
    inputs = np.array([6.0, 5.0, 4.0, 2.0, 1.0, 0.0]) * 1.25 + 0.75  # with a gap in the middle
    hidden = np.array([5.0, 4.0, 3.0, 1.0, 0.0]) * 1.35 + 1.1
    outputs = np.arange(9.0, -1, -1)
    layers = [(0.0, inputs), (3.4, hidden), (6.8, outputs)]
    chosen = hidden[1]
    ax = new_axes(5.2, 4.7)
    for (x, left), (next_x, right) in pairwise(layers):
        for start in left:
            for end in right:
                ax.plot([x, next_x], [start, end], color="C5", linewidth=0.6, alpha=0.45)
    for start in inputs:
        ax.plot([0, 3.4], [start, chosen], color="C1", linewidth=1.8)
    for (x, heights), colour in zip(layers, ("C5", "C0", "C2"), strict=True):
        ax.plot(
            np.full(len(heights), x),
            heights,
            "o",
            color=colour,
            markersize=15,
            markeredgecolor="white",
            markeredgewidth=2,
        )
    ax.plot(3.4, chosen, "o", color="C1", markersize=19, markeredgecolor="white", markeredgewidth=2)
    for x, heights in layers[:2]:
        gap = np.diff(heights).argmin()
        middle = (heights[gap] + heights[gap + 1]) / 2
        ax.plot([x] * 3, middle + np.array([-0.4, 0, 0.4]), "o", color="black", markersize=3)
    for digit, height in enumerate(outputs):
        ax.text(7.25, height, digit, ha="left", va="center")
    for (x, _), words in zip(
        layers,
        ("input layer\n784 numbers", "hidden layer\n128 neurons", "output layer\n10 neurons"),
        strict=True,
    ):
        ax.text(x, -0.8, words, ha="center", va="top")
    ax.set(xlim=(-1.3, 8.2), ylim=(-2.1, 9.5))
    ax.axis("off")
    return ax


def data_through_a_network() -> Figure:
    """A digit, what 128 hidden neurons make of it, and the ten numbers that come out."""
    image = _five()
    X = image.reshape(1, 784) / np.float32(255)
    _, hidden, probabilities = _drawn_network().feedforward(X)
    figure = Figure(figsize=(5.6, 2.9), layout="constrained")
    left, middle, right = figure.subplots(1, 3, width_ratios=[1.25, 0.72, 1.2])
    left.imshow(image, **INK)
    left.set_title("784 in", loc="center")
    middle.imshow(hidden.reshape(16, 8), cmap="gray", interpolation="none")
    middle.set_title("128 hidden", loc="center")
    digits = np.arange(10)
    winner = int(probabilities.argmax())
    right.barh(digits, probabilities[0], color=["C1" if d == winner else "C0" for d in digits])
    right.set_title("10 out", loc="center")
    right.set(yticks=digits, xticks=[0, 0.5, 1], xlim=(0, 1), ylim=(9.6, -0.6))
    right.grid(False)
    for ax in (left, middle):
        ax.axis("off")
    return figure


def _perceptron(X: np.ndarray, y: np.ndarray, rounds: int) -> tuple[np.ndarray, float, list[int]]:
    """Return the weights, the bias and the number of mistakes in each round."""
    # --8<-- [start:perceptron]
    weights, bias = np.zeros(X.shape[1]), -0.5  # begin anywhere
    mistakes: list[int] = []
    for _ in range(rounds):
        mistakes.append(0)
        for inputs, target in zip(X, y, strict=True):
            answer = 1 if weights @ inputs + bias > 0 else 0
            error = target - answer  # 0 if it is right, else 1 or -1
            weights += error * inputs
            bias += error
            mistakes[-1] += int(error != 0)
    # --8<-- [end:perceptron]
    return weights, bias, mistakes


CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def _four_corners(ax: Axes, points: np.ndarray, answers: np.ndarray) -> None:
    """Draw points, those with the answer 1 as full circles, the others as empty ones."""
    for answer, fill in ((0, "white"), (1, "C1")):
        ax.plot(
            *points[answers == answer].T,
            "o",
            color=fill,
            markersize=15,
            markeredgecolor="C1",
            markeredgewidth=2.5,
            zorder=3,
        )


def or_and_xor() -> Figure:
    """What a perceptron learned of OR, and the four points of XOR."""
    figure = Figure(figsize=(5.6, 3.0), layout="constrained")
    for ax, name, answers in zip(
        figure.subplots(1, 2, sharey=True),
        ("OR", "XOR"),
        (CORNERS.max(axis=1), CORNERS.sum(axis=1) % 2),
        strict=True,
    ):
        weights, bias, mistakes = _perceptron(CORNERS, answers, 20)
        _four_corners(ax, CORNERS, answers)
        if mistakes[-1] == 0:
            x = np.array([-0.5, 1.5])
            ax.plot(x, -(bias + weights[0] * x) / weights[1], color="C0")
        words = f"mistakes in round 20: {mistakes[-1]}"
        ax.set(title=name, xlabel=f"first input\n{words}", xticks=[0, 1], yticks=[0, 1])
        ax.set(xlim=(-0.4, 1.4), ylim=(-0.4, 1.4))
    figure.axes[0].set_ylabel("second input")
    return figure


def xor_folded() -> Axes:
    """The four points of XOR, as two hidden neurons see them."""
    total = CORNERS.sum(axis=1)
    seen = np.column_stack([np.maximum(total, 0), np.maximum(total - 1, 0)])
    ax = new_axes(4.6, 2.9)
    x = np.array([-0.5, 2.8])
    ax.plot(x, (x - 0.5) / 2, color="C0")
    _four_corners(ax, seen, total % 2)
    for x, y, words, away in ((0, 0, "0, 0", 13), (1, 0, "0, 1 and 1, 0", -22), (2, 1, "1, 1", 13)):
        ax.annotate(words, (x, y), xytext=(0, away), textcoords="offset points", ha="center")
    ax.set(xlabel="first hidden neuron", ylabel="second hidden neuron")
    ax.set(xticks=[0, 1, 2], yticks=[0, 1], xlim=(-0.5, 2.6), ylim=(-0.5, 1.6))
    return ax
