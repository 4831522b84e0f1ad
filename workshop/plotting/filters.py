"""What a convolutional network looks for, and what it finds."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes


def plot_filters(ax: Axes, filters: np.ndarray, *, columns: int = 8) -> None:
    """Draw filters as images in rows.

    Parameters
    ----------
    ax : Axes
    filters : ndarray of shape (n_filters, height, width)
        Light where a weight is positive, dark where it is negative; each filter has its own scale.
    columns : int
        Filters in a row.
    """
    largest = np.abs(filters).max(axis=(1, 2), keepdims=True)
    scaled = filters / np.where(largest == 0, 1, largest)
    _draw_in_rows(ax, scaled, columns, cmap="cividis", vmin=-1, vmax=1)


def plot_feature_maps(ax: Axes, maps: np.ndarray, *, columns: int = 8) -> None:
    """Draw what filters answer to one image, in rows.

    Parameters
    ----------
    ax : Axes
    maps : ndarray of shape (n_filters, rows, columns)
        Black where a filter does not answer, white where any of them answers most: one scale for
        all, so that you see which of them have much to say.
    columns : int
        Maps in a row.
    """
    _draw_in_rows(ax, maps, columns, cmap="gray", vmin=0, vmax=maps.max())


def _draw_in_rows(ax: Axes, images: np.ndarray, columns: int, **options: Any) -> None:
    """Draw each image at its place, all of the same size, a gap between them."""
    step = 1.12
    for i, image in enumerate(images):
        left, top = i % columns * step, i // columns * step
        ax.imshow(image, interpolation="none", extent=(left, left + 1, top + 1, top), **options)
    rows = -(-len(images) // columns)
    ax.set(xlim=(0, min(columns, len(images)) * step), ylim=(rows * step, 0))
    ax.axis("off")
