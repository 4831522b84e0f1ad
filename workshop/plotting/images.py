"""Images, and weights and outputs as images."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle


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
    images : ndarray of shape (n_images, n_pixels)
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
    weights : ndarray of shape (n_pixels, n_neurons)
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


def plot_pixels(whole: Axes, part: Axes, image: np.ndarray, *, top: int, left: int) -> None:
    """Draw an image, and beside it the numbers in a square part of 7 by 7 pixels.

    Parameters
    ----------
    whole : Axes
        For the image, on which a frame shows the part.
    part : Axes
        For the part.
    image : ndarray of int, shape (n_rows, n_columns)
        0 is paper, 255 is ink.
    top : int
        Row of the part's first pixel.
    left : int
        Column of the part's first pixel.
    """
    side = 7
    square = image[top : top + side, left : left + side]
    for ax, pixels in ((whole, image), (part, square)):
        ax.imshow(pixels, cmap="gray", interpolation="none", vmin=0, vmax=255)
        ax.axis("off")
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    across, down = (side * corners + (left - 0.5, top - 0.5)).T
    whole.plot(across, down, color="C1", linewidth=3)
    whole.set_title(f"{image.shape[0]} × {image.shape[1]} pixels")
    for (row, column), value in np.ndenumerate(square):
        shade = "#111111" if value > 140 else "#eeeeee"  # the squares do not change with the page
        part.text(column, row, value, ha="center", va="center", fontsize=10, color=shade)
    part.set_title(f"{square.size} of its {image.size} numbers")
