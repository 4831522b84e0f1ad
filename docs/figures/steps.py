"""The figures of steps 1 to 8. Each public function draws one of them."""

import functools

import numpy as np
from matplotlib.axes import Axes

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits, load_ten_points
from workshop.functions import sigmoid as squash
from workshop.images import find_ink, mnist_image
from workshop.neuron import descend
from workshop.plotting import (
    new_axes,
    plot_cost,
    plot_descent,
    plot_digits,
    plot_loss_curve,
    plot_weights,
)
from workshop.strokes import draw_digit


def some_digits() -> Axes:
    """The first of the small digits."""
    images, labels, _, _ = load_digits()
    ax = new_axes(7, 2.3)
    plot_digits(ax, images[:16], labels[:16])
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


def misread_digits() -> Axes:
    """Small digits that a network misreads, among others."""
    network, _, _, X_test, y_test = _small_network()
    predictions = network.predict(X_test)
    order = np.argsort(predictions == y_test, kind="stable")[:16]  # the wrong ones first
    ax = new_axes(7, 2.3)
    plot_digits(ax, X_test[order], y_test[order], predictions[order])
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


@functools.cache
def _small_network() -> tuple:
    """Train step 7's network on the small digits, as its --quick does."""
    X_train, y_train, X_test, y_test = load_digits()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    network = NetworkClassifier(
        learning_rate=0.1, schedule="one_cycle", batch_size=128, epochs=40, random_state=0
    )
    return network.fit(X_train, y_train), X_train, y_train, X_test, y_test
