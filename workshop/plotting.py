"""Pictures: each function draws on the Axes that it is given.

Colours are those of the current matplotlib style (C0, C1 ...), so that a page or a slide can choose
them. No picture says anything by colour alone: markers, line styles and words say it too.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from workshop import neuron


def new_axes(width: float = 6.2, height: float = 3.6) -> Axes:
    """Return the Axes of a new figure, size in inches; `save` writes it to a file."""
    return Figure(figsize=(width, height), layout="constrained").add_subplot()


def save(ax: Axes, path: str | os.PathLike[str]) -> Path:
    """Write the figure of `ax` to a file, by its suffix PNG, SVG or PDF, and return its path.

    Parameters
    ----------
    ax : Axes
    path : path
        Its folder is made where it is missing.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ax.get_figure(root=True).savefig(path, dpi=150)  # type: ignore[union-attr]
    return path


def plot_points(ax: Axes, x: np.ndarray, y: np.ndarray) -> None:
    """Draw points.

    Parameters
    ----------
    ax : Axes
    x, y : ndarray, shape (n_points,)
    """
    ax.plot(x, y, "o", color="C1", markersize=8, markeredgecolor="white", zorder=3)
    ax.set(xlabel="x, what goes in", ylabel="y, what comes out")


def plot_line(
    ax: Axes, weight: float, bias: float, *, label: str = "", strength: float = 1
) -> None:
    """Draw a neuron's line ``bias + weight * x`` across `ax`, with its label at the right end.

    Parameters
    ----------
    ax : Axes
        Its limits along x are kept: draw the points first, or set them.
    weight, bias : float
    label : str
    strength : float, 0 to 1
        How strongly the line is drawn.
    """
    ends = np.array(ax.get_xlim())
    line = neuron.output(ends, weight, bias)
    ax.plot(ends, line, color="C0", alpha=strength, linewidth=1.6 + strength)
    ax.set_xlim(ends[0], ends[1])
    ax.annotate(
        label,
        (ends[1], line[1]),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        annotation_clip=False,
    )


def plot_cost(
    ax: Axes,
    x: np.ndarray,
    y: np.ndarray,
    *,
    weights: tuple[float, float] = (-2, 1.5),
    biases: tuple[float, float] = (-0.5, 4.5),
) -> None:
    """Draw a neuron's cost as a map: lines of equal cost, and a cross at the minimum.

    Parameters
    ----------
    ax : Axes
    x, y : ndarray, shape (n_points,)
        The points that the neuron should fit.
    weights, biases : (float, float)
        The part of the map to show.
    """
    across, up = np.meshgrid(np.linspace(*weights, 121), np.linspace(*biases, 121))
    errors = up[..., None] + across[..., None] * x - y
    cost = np.sum(errors**2, axis=-1)
    levels = cost.min() + np.geomspace(0.3, max(cost.max(), 1), 9)
    lines = ax.contour(across, up, cost, levels[:-1], colors="C5", linewidths=0.9)
    ax.clabel(lines, levels[2:-1:2], fmt="%.0f", fontsize="small")
    ax.plot(*neuron.least_squares(x, y), "x", color="C1", markersize=10, markeredgewidth=2.5)
    ax.set(xlabel="weight w", ylabel="bias b", xlim=weights, ylim=biases)
    ax.grid(False)


def plot_descent(ax: Axes, path: neuron.Descent, *, label: str = "", style: str = "o-") -> None:
    """Draw the way that gradient descent took over the map of `plot_cost`.

    Parameters
    ----------
    ax : Axes
    path : Descent
        What `workshop.neuron.descend` returned.
    label, style : str
        For the legend, and in matplotlib's short form.
    """
    ax.plot(path.weights, path.biases, style, markersize=4, linewidth=1.4, label=label, zorder=3)


def plot_loss_curve(
    ax: Axes, losses: Sequence[float] | np.ndarray, *, label: str = "", style: str = "o-"
) -> None:
    """Draw the loss, or cost, after each epoch, or step.

    Parameters
    ----------
    ax : Axes
    losses : sequence of float
    label, style : str
        For the legend, and in matplotlib's short form.
    """
    ax.plot(np.arange(1, len(losses) + 1), losses, style, markersize=5, label=label)
    ax.set(xlabel="epoch", ylabel="loss")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def plot_digits(
    ax: Axes,
    images: np.ndarray,
    labels: Sequence[int] | np.ndarray,
    predictions: Sequence[int] | np.ndarray | None = None,
    *,
    columns: int = 8,
) -> None:
    """Draw images in rows, each with its label below.

    Parameters
    ----------
    ax : Axes
    images : ndarray, shape (n_images, n_pixels)
        Square images row by row.
    labels : sequence of int
        What each image shows.
    predictions : sequence of int, optional
        What was read instead; where that is wrong, the image has a frame, and the words say both.
    columns : int
        Images in a row.
    """
    side = round(np.sqrt(images.shape[1]))
    step_x, step_y = side * 1.15, side * 1.5  # room for a gap, and for a line of words
    rows = -(-len(images) // columns)
    for i, image in enumerate(images):
        left, top = i % columns * step_x, i // columns * step_y
        ax.imshow(
            image.reshape(side, side),
            cmap="gray",
            interpolation="none",
            extent=(left, left + side, top + side, top),
        )
        words = str(labels[i])
        if predictions is not None and predictions[i] != labels[i]:
            words = f"{labels[i]}, read {predictions[i]}"
            ax.add_patch(
                Rectangle((left, top), side, side, fill=False, edgecolor="C1", linewidth=2.5)
            )
        ax.text(left + side / 2, top + side * 1.06, words, ha="center", va="top", fontsize="small")
    ax.set(xlim=(-1, min(columns, len(images)) * step_x), ylim=(rows * step_y, -1))
    ax.axis("off")


def plot_weights(ax: Axes, weights: np.ndarray, *, columns: int = 8) -> None:
    """Draw what each neuron of a first hidden layer looks for, as images in rows.

    Parameters
    ----------
    ax : Axes
    weights : ndarray, shape (n_pixels, n_neurons)
        Light where a neuron likes ink, dark where ink puts it off; each neuron has its own scale.
    columns : int
        Images in a row.
    """
    n_pixels, n_neurons = weights.shape
    side, rows = round(np.sqrt(n_pixels)), -(-n_neurons // columns)
    gap = 1
    wall = np.full((rows * (side + gap) - gap, columns * (side + gap) - gap), np.nan)
    for i, image in enumerate(weights.T / np.abs(weights).max(axis=0)[:, None]):
        top, left = i // columns * (side + gap), i % columns * (side + gap)
        wall[top : top + side, left : left + side] = image.reshape(side, side)
    ax.imshow(wall, cmap="cividis", vmin=-1, vmax=1, interpolation="none")
    ax.axis("off")
