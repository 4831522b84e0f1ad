"""The figures of what the network learned, from `results/what_it_learned.json`."""

import json
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benchmarks.what_it_learned import SIDE, unpack
from workshop.plotting import new_axes, plot_digits, plot_weights

RESULTS = Path("results/what_it_learned.json")
LEVELS = 5


def weights_without_decay() -> Axes:
    """The weights of 24 hidden neurons, as they come."""
    return _wall("plain")


def weights_with_decay() -> Axes:
    """The weights of the same neurons, trained with weight decay."""
    return _wall("decayed")


def loudest_neurons() -> Figure:
    """Four neurons: what they look for, the images they answer to, what they say to each digit."""
    found = _found()
    neurons = found["neurons"]
    weights = _weights("decayed")
    images = _images(neurons["images"]).reshape(len(neurons["chosen"]), -1, SIDE, SIDE)[:, :3]
    figure = Figure(figsize=(7, 5.6), layout="constrained")
    grid = figure.subplots(
        len(images), 2 + images.shape[1], width_ratios=[1.25, *[1] * images.shape[1], 3.1]
    )
    for row, neuron, examples, outgoing in zip(
        grid, neurons["chosen"], images, neurons["outgoing"], strict=True
    ):
        _plot_neuron(row[0], weights[:, neuron])
        for ax, image in zip(row[1:-1], examples, strict=True):
            ax.imshow(image, cmap="gray", interpolation="none")
        for ax in row[:-1]:
            ax.axis("off")
        _plot_outgoing(row[-1], np.array(outgoing))
    grid[0][0].set_title("looks for", fontsize="large")
    grid[0][1].set_title("answers to", fontsize="large", loc="left")
    grid[0][-1].set_title("says to each digit", fontsize="large")
    return figure


def misread_by_all() -> Axes:
    """Test images that five networks all misread, in two rows: for slides."""
    return _misread(new_axes(7, 2.7), columns=8)


def misread_in_fours() -> Axes:
    """The same in four rows, so that the words stay legible on a telephone: for pages."""
    return _misread(new_axes(4.2, 5.4), columns=4)


def _misread(ax: Axes, columns: int) -> Axes:
    misread = _found()["misread"]
    images, read = _images(misread["images"]), np.array(misread["read"])
    most_read = [int(np.bincount(answers).argmax()) for answers in read]
    plot_digits(ax, images, misread["labels"], most_read, columns=columns)
    return ax


def pairs_confused() -> Axes:
    """How often each digit was read as each other one, by five networks."""
    confusion = np.array(_found()["confusion"])
    ax = new_axes(5.6, 4.9)
    often = np.sort(confusion, axis=None)[-6]
    for (meant, read), count in np.ndenumerate(confusion):
        if meant == read:
            ax.add_patch(Rectangle((read - 0.5, meant - 0.5), 1, 1, color="C5", alpha=0.18, lw=0))
        elif count >= 7:
            frame = {"ec": "C1", "fc": "none", "lw": 1.8, "boxstyle": "round,pad=0.25"}
            bold = count >= often
            ax.text(read, meant, count, ha="center", va="center",
                    weight="bold" if bold else "normal", bbox=frame if bold else None)  # fmt: skip
    ax.set(xlim=(-0.6, 9.6), ylim=(9.6, -0.6), xticks=range(10), yticks=range(10))
    ax.set(xlabel="what the networks read", ylabel="what it is")
    ax.grid(False)
    return ax


# --8<-- [start:draw]
def _plot_neuron(ax: Axes, weights: np.ndarray) -> None:
    """Draw the 784 weights of one neuron of the first hidden layer."""
    image = weights.reshape(28, 28)
    largest = np.abs(image).max()  # so that grey is zero
    ax.imshow(image, cmap="cividis", vmin=-largest, vmax=largest)
    # --8<-- [end:draw]


def _plot_outgoing(ax: Axes, outgoing: np.ndarray) -> None:
    """Draw what a neuron adds to each digit's sum: bars up for it, down against it."""
    digits = np.arange(len(outgoing))
    ax.bar(digits, outgoing, color=np.where(outgoing > 0, "C0", "C1"), width=0.72)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(xticks=digits, yticks=[], xlim=(-0.6, 9.6))
    ax.tick_params(length=0, labelsize="large")
    ax.grid(False)
    for side in ("left", "right", "top", "bottom"):
        ax.spines[side].set_visible(False)


def _wall(name: str) -> Axes:
    """Draw all hidden neurons of a network; those that hardly ever answer have a frame."""
    ax = new_axes(7, 2.9)
    plot_weights(ax, _weights(name))
    for neuron in _found()[name]["silent"]:
        row, column = divmod(neuron, 8)
        corner = column * (SIDE + 1) - 0.5, row * (SIDE + 1) - 0.5
        ax.add_patch(Rectangle(corner, SIDE, SIDE, fill=False, edgecolor="C1", linewidth=2.5))
    return ax


def _weights(name: str) -> np.ndarray:
    """Return the weights of the hidden neurons, (784, n_hidden), each scaled to its largest.

    In eleven steps only: fewer colours make a smaller page.
    """
    return np.round(unpack(_found()[name]["weights"], np.int8).T / 127 * LEVELS) / LEVELS


def _images(text: str) -> np.ndarray:
    """Return packed images, (n_images, 784), in as few greys."""
    images = unpack(text, np.uint8)
    return np.round(images / 255 * LEVELS) * 255 / LEVELS


def _found() -> dict:
    return json.loads(RESULTS.read_text(encoding="utf-8"))
