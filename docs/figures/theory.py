"""The figures of networks and neurons. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop.functions import relu, sigmoid_derivative
from workshop.functions import sigmoid as squash
from workshop.plotting import new_axes


def sigmoid() -> Axes:
    """The sigmoid function."""
    z = np.linspace(-8, 8, 49)
    ax = new_axes(5.6, 2.8)
    ax.plot(z, squash(z))
    ax.plot(0, 0.5, "o", color="C1", markeredgecolor="white")
    ax.annotate("σ(0) = 0.5", (0, 0.5), xytext=(12, -6), textcoords="offset points")
    ax.set(xlabel="z", ylabel="σ(z)", xlim=(-8, 8))
    ax.set(xticks=[-8, -4, 0, 4, 8], yticks=[0, 0.5, 1])
    return ax


def sigmoid_turned_and_moved() -> Axes:
    """What a weight and a bias make of the sigmoid, for a neuron with one input."""
    x = np.linspace(-8, 8, 49)
    ax = new_axes(5.6, 2.9)
    for weight, bias, look in ((1, 0, "C5:"), (3, 0, "C0-"), (1, -3, "C1--")):
        ax.plot(
            x, squash(weight * x + bias), look, label=f"w = {weight}, b = {bias}".replace("-", "−")
        )
    ax.set(xlabel="input x", ylabel="output", xlim=(-8, 8))
    ax.set(xticks=[-8, -4, 0, 4, 8], yticks=[0, 0.5, 1])
    ax.legend(loc="upper left")
    return ax


def activation_functions_compared() -> Figure:
    """Four activation functions on the left, their slopes on the right."""
    z = np.sort([*np.linspace(-6, 6, 33), -1e-9, 1e-9])
    yes_or_no = np.where(z == 0, np.nan, z > 0)  # its jump is left open
    curves = (
        ("sigmoid", squash(z), sigmoid_derivative(squash(z)), "C0-"),
        ("tanh", np.tanh(z), 1 - np.tanh(z) ** 2, "C1-."),
        ("ReLU", relu(z), yes_or_no, "C2-"),
        ("step", yes_or_no, 0 * yes_or_no, "C3--"),
    )
    figure = Figure(figsize=(6.6, 2.7), layout="constrained")
    left, right = figure.subplots(1, 2)
    for name, function, slope, look in curves:
        left.plot(z, function, look, label=name)
        right.plot(z, slope, look)
    left.set(ylim=(-1.2, 3.2), yticks=[-1, 0, 1, 2, 3], title="functions")
    right.set(ylim=(-0.1, 1.1), yticks=[0, 0.5, 1], title="their slopes")
    for ax in (left, right):
        ax.set(xlabel="z", xticks=[-5, 0, 5])
        ax.tick_params(bottom=False, left=False)  # a lighter page
        ax.grid(False, axis="x")
    left.legend(loc="upper left")
    return figure
