"""What only the two short decks show. Each public function draws one picture."""

import numpy as np
import torch
from matplotlib.axes import Axes
from torch import nn

from examples.step10_straight_line import NeverForgets, learn
from workshop.datasets import load_digits, load_ten_points, make_counting_ones, make_straight_line
from workshop.functions import one_hot
from workshop.network import Network
from workshop.neuron import cost, descend, output
from workshop.optimizers import constant
from workshop.plotting import new_axes, plot_line, plot_loss_curve, plot_points
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.training import train
from workshop.training import train as descend_on_batches

LIMITS = {"xlim": (-4.2, 5.2), "ylim": (-4, 6.6)}


def only_ten_points() -> Axes:
    """The ten points, without a line."""
    ax = new_axes(4.7, 3.6)
    plot_points(ax, *load_ten_points())
    ax.set(**LIMITS)
    return ax


def first_guess() -> Axes:
    """The line that the neuron starts with, and how far each point is from it."""
    x, y = load_ten_points()
    ax = new_axes(4.7, 3.6)
    ax.vlines(x, y, output(x, 1, 1), color="C5", linewidth=1.5)
    plot_points(ax, x, y)
    ax.set(**LIMITS, title=f"w = 1, b = 1: a cost of {cost(x, y, 1, 1):.0f}")
    plot_line(ax, 1, 1)
    return ax


def line_on_its_way() -> Axes:
    """The line at the start and after 1, 7 and 35 steps, each with its cost."""
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=35)
    ax = new_axes(5.0, 3.8)
    plot_points(ax, x, y)
    ax.set(xlim=LIMITS["xlim"], ylim=(-7.5, 7.5))
    for step, strength, name in ((0, 0.35, "start, cost"), (1, 0.5, "1 step"), (7, 0.7, "7 steps"),
                                 (35, 1, "35 steps")):  # fmt: skip
        label = f"{name}: {path.costs[step]:.3g}"
        plot_line(ax, path.weights[step], path.biases[step], label=label, strength=strength)
    return ax


def cost_at_three_rates() -> Axes:
    """The neuron's cost at three learning rates, each with a word beside its curve."""
    x, y = load_ten_points()
    ax = new_axes(4.7, 3.6)
    for rate, style, words, place in (
        (0.1, ":", "0.1 explodes", (6, 2e4)),
        (0.001, "--", "0.001 crawls", (12, 60)),
        (0.01, "-", "0.01 arrives", (12, 2.1)),
    ):
        costs = descend(x, y, learning_rate=rate, steps=35).costs
        plot_loss_curve(ax, costs, style=style)
        ax.text(*place, words, color=ax.lines[-1].get_color(), weight="bold")
    ax.set(xlabel="step", ylabel="cost", yscale="log", ylim=(0.5, 1e5), xlim=(1, 36))
    return ax


def reading_better() -> Axes:
    """How many new small digits a small network reads, pass after pass through the others."""
    X_train, y_train, X_test, y_test = load_digits()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    network = Network((64, 32, 10), seed=0)
    scores = []

    def look(_: float = 0) -> None:
        scores.append(np.mean(network.predict_proba(X_test).argmax(axis=1) == y_test))

    look()
    targets = one_hot(y_train, 10)
    descend_on_batches(network, X_train, targets, learning_rate=0.02, epochs=10, after_epoch=look)
    ax = new_axes(4.7, 3.6)
    ax.plot(100 * np.array(scores), "o-")
    ax.axhline(10, color="C5", linewidth=1)
    ax.text(10, 12, "guessing", ha="right", va="bottom")
    ax.set(xlabel="times through the images", ylabel="read right, in %", ylim=(0, 103))
    return ax


def with_and_without_zero_grad() -> Axes:
    """The weight of step 10's neuron, with a loop that forgets and with one that never does."""
    ax = new_axes(6.4, 3.5)
    for optimizer, style, name in (
        (NeverForgets, "--", "without zero_grad"),
        (torch.optim.SGD, "-", "with zero_grad"),
    ):
        seed_everything(13)
        neuron = DenseNetwork([1, 1])
        settings = {"epochs": 400, "device": "cpu"}
        path = learn(
            neuron, make_straight_line(), nn.L1Loss(), optimizer, 0.02, constant, **settings
        )
        plot_loss_curve(ax, [weight for weight, _ in path], style=style, label=name)
    ax.axhline(0.7, color="C5", linewidth=1)
    ax.text(408, 0.7, "0.7, the truth", va="center")
    ax.set(ylabel="weight", xlim=(0, 400), ylim=(-1.1, 2.7))
    ax.legend(loc="upper center", ncols=2)
    return ax


def dead_from_the_start() -> Axes:
    """The losses of a hundred counting neurons with a ReLU on the output; some stay flat."""
    X, y = map(torch.as_tensor, make_counting_ones(100, seed=0))
    seed_everything(0)
    neurons = DenseNetwork([10, 100], output_relu=True)  # a hundred neurons, side by side
    losses = []

    def loss_of_all(answers: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        each = ((answers - targets) ** 2).mean(dim=0)
        losses.append(each.detach().numpy())
        return each.sum()

    optimizer = torch.optim.SGD(neurons.parameters(), lr=0.01)
    settings = {"batch_size": None, "epochs": 500, "device": "cpu", "progress": False}
    train(neurons, X, y, loss=loss_of_all, optimizer=optimizer, **settings)

    curves, epochs = np.array(losses), np.arange(1, 501)
    dead = curves[0] == curves[-1]
    ax = new_axes(4.7, 3.6)
    ax.loglog(epochs, curves[:, ~dead], color="C0", linewidth=0.7, alpha=0.5, rasterized=True)
    ax.loglog(epochs, curves[:, dead], "--", color="C1", linewidth=2.4)
    ax.text(12, 55, f"{dead.sum()} of 100 are dead", color="C1", weight="bold")
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0.003, 150))
    return ax
