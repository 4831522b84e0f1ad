"""The figures of step 12, on the libraries. What was measured comes from `results/`."""

import json
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workshop.functions import softmax
from workshop.plotting import new_axes

RESULTS = Path("results/library_questions.json")
LEAST_LOSS = float(np.log(np.e + 9) - 1)  # of a second softmax over ten classes


def _slopes(margins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return by how much the right class's logit is pushed up, with one softmax and with two.

    Parameters
    ----------
    margins : np.ndarray, shape (n,)
        Logit of the right class; those of nine wrong ones are 0.

    Returns
    -------
    once, twice : np.ndarray, shape (n,)
        Minus the partial derivative of the cross-entropy.
    """
    logits = np.zeros((len(margins), 10))
    logits[:, 0] = margins
    right = np.eye(10)[0]
    p = softmax(logits)
    q = softmax(p)
    once = (right - p)[:, 0]
    back = right - q  # then through the first softmax
    twice = p[:, 0] * (back[:, 0] - (p * back).sum(axis=1))
    return once, twice


def push_through_two_softmaxes() -> Axes:
    """How hard the loss pushes, from badly wrong to right."""
    margins = np.linspace(-8, 12, 161)
    once, twice = _slopes(margins)
    ax = new_axes(6.2, 3.4)
    ax.plot(margins, once, "-", label="one softmax")
    ax.plot(margins, twice, "--", label="two")
    ax.set(xlabel="logit of the right class (the others are 0)", ylabel="push upwards")
    ax.text(-7.8, 0.1, "sure and wrong", ha="left")
    ax.text(11.8, 0.1, "sure and right", ha="right")
    ax.legend(loc="center right")
    return ax


def loss_with_two_softmaxes() -> Axes:
    """The training losses of the same network, with one softmax and with two."""
    losses = json.loads(RESULTS.read_text(encoding="utf-8"))["losses"]
    ax = new_axes(6.2, 3.8)
    for (name, curve), style in zip(losses.items(), ("o-", "o--", "s-", "s--"), strict=True):
        colour = "C0" if name.startswith("SGD") else "C1"
        label = name.replace(", rate", " at").replace(", once", ", one").replace(", twice", ", two")
        ax.plot(np.arange(1, len(curve) + 1), curve, style, color=colour, markersize=5, label=label)
    ax.axhline(LEAST_LOSS, linestyle=":", color="black", linewidth=1)
    ax.text(8, LEAST_LOSS - 0.04, "no lower with two", ha="right", va="top", fontsize="small")
    ax.set(xlabel="epoch", ylabel="training loss", ylim=(0, 2.6))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, title="optimiser, softmaxes")
    return ax
