"""New Axes, and their figure in a file."""

import os
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure


def new_axes(width: float = 6.2, height: float = 3.6) -> Axes:
    """Return the Axes of a new figure; `save` writes it to a file.

    Parameters
    ----------
    width : float, inches
    height : float, inches

    Returns
    -------
    Axes
        Of a figure that no window shows.
    """
    return Figure(figsize=(width, height), layout="constrained").add_subplot()


def save(ax: Axes, path: str | os.PathLike[str]) -> Path:
    """Write the figure of `ax` to a file, by its suffix PNG, SVG or PDF, and return its path.

    Parameters
    ----------
    ax : Axes
    path : path
        Its folder is made where it is missing.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    ValueError
        If matplotlib knows no format of that suffix.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ax.get_figure(root=True).savefig(path, dpi=150)  # type: ignore[union-attr]
    return path
