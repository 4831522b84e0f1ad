"""The figures of the pages. Each public function draws one and returns it; see hooks/figures.py."""

import functools

import numpy as np
from matplotlib.axes import Axes

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits, load_ten_points, make_blobs, make_moons
from workshop.functions import sigmoid as squash
from workshop.images import find_ink, mnist_image
from workshop.neuron import descend
from workshop.plotting import (
    new_axes,
    plot_cost,
    plot_descent,
    plot_digits,
    plot_line,
    plot_loss_curve,
    plot_points,
    plot_weights,
)
from workshop.strokes import draw_digit


def ten_points() -> Axes:
    """Ten points, and the line of a neuron after 0, 1, 7 and 35 steps."""
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=35)
    ax = new_axes(6.6, 3.9)
    plot_points(ax, x, y)
    ax.set(xlim=(-4.2, 5.2), ylim=(-7.2, 7.2))
    shown = [(0, 0.3, "start"), (1, 0.45, "1 step"), (7, 0.65, "7 steps"), (35, 1.0, "35 steps")]
    for step, strength, label in shown:
        plot_line(ax, path.weights[step], path.biases[step], label=label, strength=strength)
    return ax


def sigmoid() -> Axes:
    """The sigmoid function."""
    z = np.linspace(-8, 8, 161)
    ax = new_axes(6.2, 3.0)
    ax.plot(z, squash(z))
    ax.plot(0, 0.5, "o", color="C1", markeredgecolor="white")
    ax.annotate("σ(0) = 0.5", (0, 0.5), xytext=(12, -6), textcoords="offset points")
    ax.set(xlabel="z", ylabel="σ(z)", yticks=[0, 0.25, 0.5, 0.75, 1], xlim=(-8, 8))
    return ax


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


def four_or_nine() -> Axes:
    """What becomes of a rule, written by hand, that tells fours from nines."""
    images, labels, _, _ = load_digits()
    chosen = (labels == 4) | (labels == 9)
    images, labels = images[chosen], labels[chosen]
    # --8<-- [start:rule]
    second_row, third_column = 1, 2
    upper_left = images.reshape(-1, 8, 8)[:, second_row, third_column]
    answers = np.where(upper_left > 145, 9, 4)
    # --8<-- [end:rule]
    wrong = answers != labels
    rows = [np.flatnonzero((labels == digit) & wrong)[:4] for digit in (4, 9)]
    rows += [np.flatnonzero((labels == digit) & ~wrong)[:4] for digit in (4, 9)]
    shown = np.concatenate([rows[2], rows[0], rows[3], rows[1]])
    ax = new_axes(7, 2.5)
    plot_digits(ax, images[shown], labels[shown], answers[shown])
    ax.set_title(f"wrong on {wrong.sum()} of {len(labels)} fours and nines")
    return ax


def labelled_points() -> Axes:
    """Points of two kinds, the border that a network learned from them, and a new point."""
    X, y = make_moons(200, noise=0.15, seed=3)
    network = NetworkClassifier(
        hidden_sizes=(16, 16), learning_rate=0.05, batch_size=32, epochs=60, random_state=0
    ).fit(X, y)
    across, up = np.meshgrid(np.linspace(-1.7, 2.7, 89), np.linspace(-1.2, 1.7, 59))
    grid = np.column_stack([across.ravel(), up.ravel()]).astype(np.float32)
    ax = new_axes(6.2, 3.6)
    for kind, marker, name in ((0, "o", "circles"), (1, "^", "triangles")):
        ax.plot(*X[y == kind].T, marker, color=f"C{kind}", label=name, markeredgecolor="white")
    sure = network.predict_proba(grid)[:, 1].reshape(across.shape)
    ax.contour(across, up, sure, [0.5], colors="black", linewidths=2)
    new = (0.55, 0.75)
    ax.plot(*new, "s", color="white", markersize=17, markeredgecolor="black", markeredgewidth=2)
    ax.text(*new, "?", ha="center", va="center", fontweight="bold")
    ax.set(xlim=(-1.7, 2.7), ylim=(-1.2, 1.7), xlabel="first number", ylabel="second number")
    ax.legend(loc="lower left")
    return ax


# --8<-- [start:k_means]
def _k_means(points: np.ndarray, centres: np.ndarray, rounds: int = 10) -> np.ndarray:
    """Return the number of the group that each point belongs to."""
    for _ in range(rounds):
        distances = np.linalg.norm(points[:, None] - centres, axis=2)
        groups = distances.argmin(axis=1)
        centres = np.array([points[groups == k].mean(axis=0) for k in range(len(centres))])
    return groups


# --8<-- [end:k_means]


def groups_found() -> Axes:
    """Points that nobody labelled, and the three groups that k-means found in them."""
    points, _ = make_blobs(180, centres=3, std=1.5, seed=3)
    groups = _k_means(points, points[:3])
    ax = new_axes(6.2, 3.6)
    for group, marker in enumerate("o^s"):
        members = points[groups == group]
        ax.plot(*members.T, marker, color=f"C{group}", markeredgecolor="white")
        ax.plot(*members.mean(axis=0), "x", color="black", markersize=13, markeredgewidth=3)
    ax.set(xlabel="first number", ylabel="second number")
    return ax


def act_and_reward() -> Axes:
    """The circle of reinforcement learning: act, and see what comes of it."""
    ax = new_axes(6.2, 2.3)
    for x, words in ((0.2, "learner"), (0.8, "world")):
        ax.text(x, 0.5, words, ha="center", va="center", fontsize=14, fontweight="bold",
                bbox={"boxstyle": "round,pad=0.9", "fc": "none", "ec": "C0", "lw": 2})  # fmt: skip
    for start, end, bend, words, height in (
        ((0.24, 0.68), (0.76, 0.68), -0.25, "action: what it does", 0.97),
        ((0.76, 0.32), (0.24, 0.32), -0.25, "what it sees now, and a reward", 0.03),
    ):
        ax.annotate("", end, start, arrowprops={
            "arrowstyle": "-|>", "lw": 2, "color": "C1", "mutation_scale": 18,
            "connectionstyle": f"arc3,rad={bend}"})  # fmt: skip
        ax.text(0.5, height, words, ha="center", va="center")
    ax.set(xlim=(0, 1), ylim=(-0.05, 1.05))
    ax.axis("off")
    return ax


# --8<-- [start:walk]
def _learn_to_walk(attempts: int = 40, cells: int = 10, seed: int = 0) -> list[int]:
    """Return how many moves each attempt needed to get from the first cell to the last."""
    rng = np.random.default_rng(seed)
    worth = np.zeros((cells, 2))  # of going left (0) and right (1) in each cell
    moves = []
    for _ in range(attempts):
        cell, count = 0, 0
        while cell < cells - 1:
            tied = worth[cell, 0] == worth[cell, 1]
            action = rng.integers(2) if tied or rng.random() < 0.1 else worth[cell].argmax()
            reached = max(cell - 1, 0) if action == 0 else cell + 1
            reward = 1.0 if reached == cells - 1 else 0.0
            target = reward + 0.9 * worth[reached].max()
            worth[cell, action] += 0.5 * (target - worth[cell, action])
            cell, count = reached, count + 1
        moves.append(count)
    return moves


# --8<-- [end:walk]


def walk_right() -> Axes:
    """How many moves a learner needs to the reward, attempt after attempt."""
    learners = np.array([_learn_to_walk(seed=seed) for seed in range(100)])
    attempts = range(1, learners.shape[1] + 1)
    ax = new_axes(6.2, 3.3)
    ax.plot(attempts, learners[0], "o", color="C1", markersize=5, label="one learner")
    ax.plot(attempts, learners.mean(axis=0), label="average of a hundred")
    ax.axhline(9, color="C5", linestyle="--", linewidth=1.4)
    ax.text(len(attempts), 6, "the shortest way: 9 moves", ha="right", va="top")
    ax.legend()
    ax.set(xlabel="attempt", ylabel="moves to the reward", ylim=(0, None))
    return ax


def _noisy_wave(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Make points along one wave, with noise."""
    rng = np.random.default_rng(seed)
    x = (2 * np.arange(n) + 1) / n - 1 + rng.uniform(-0.5, 0.5, n) / n
    return x, np.sin(3 * x) + rng.normal(0, 0.25, n)


def too_bendy() -> Axes:
    """Three polynomials through twelve points: too stiff, about right, too bendy."""
    x, y = _noisy_wave(12, seed=16)
    # --8<-- [start:polynomials]
    fit = np.polynomial.Polynomial.fit
    curves = {degree: fit(x, y, degree) for degree in (1, 3, 11)}
    # --8<-- [end:polynomials]
    across = np.linspace(x[0], x[-1], 400)
    ax = new_axes(6.4, 3.8)
    for (degree, curve), style in zip(curves.items(), (":", "-", "--"), strict=True):
        ax.plot(across, curve(across), style, label=f"degree {degree}")
    plot_points(ax, x, y)
    ax.set(ylim=(-2.2, 2.2), xlabel="x", ylabel="y")
    ax.legend(loc="lower center")
    return ax


def errors_by_degree() -> Axes:
    """The error on the twelve points, and on new ones, by the degree of the polynomial."""
    x, y = _noisy_wave(12, seed=16)
    x_new, y_new = _noisy_wave(400, seed=116)
    inside = (x_new > x[0]) & (x_new < x[-1])
    degrees = np.arange(1, 11)
    curves = [np.polynomial.Polynomial.fit(x, y, degree) for degree in degrees]
    known = [np.mean((curve(x) - y) ** 2) for curve in curves]
    new = [np.mean((curve(x_new[inside]) - y_new[inside]) ** 2) for curve in curves]
    ax = new_axes(6.4, 3.6)
    ax.semilogy(degrees, known, "o-", label="on the twelve points")
    ax.semilogy(degrees, new, "s--", label="on new points")
    ax.set(xlabel="degree of the polynomial", ylabel="mean squared error", xticks=degrees)
    ax.legend()
    return ax


def three_sets() -> Axes:
    """One data set, cut into three."""
    ax = new_axes(6.2, 1.7)
    for start, share, name, use, colour in (
        (0, 60, "training", "learn from it", "C0"),
        (60, 20, "validation", "choose by it", "C1"),
        (80, 20, "test", "report, once", "C2"),
    ):
        ax.barh(0, share, left=start, height=0.5, fill=False, edgecolor=colour, linewidth=3)
        ax.text(start + share / 2, 0, name, ha="center", va="center", fontweight="bold")
        ax.text(start + share / 2, -0.4, use, ha="center", va="top")
    ax.set(xlim=(-1, 101), ylim=(-0.75, 0.4))
    ax.axis("off")
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
