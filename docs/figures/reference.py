"""The figure of the notation page: one weight, two ways to lay out a matrix."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workshop.plotting import new_axes


def matrix_orders() -> Axes:
    """The same six weights as a matrix with inputs as rows, and with outputs as rows."""
    ax = new_axes(6.4, 2.9)
    _matrix(ax, 0.9, rows=3, columns=2, name="from {}, to {}", marked=(2, 0))
    _matrix(ax, 4.6, rows=2, columns=3, name="to {}, from {}", marked=(0, 2))
    for left, shape, who in (
        (0.9, "(3, 2): here, scikit-learn", "X @ W"),
        (4.6, "(2, 3): Nielsen, PyTorch", "X @ W.T"),
    ):
        ax.text(left, -0.35, shape, ha="left", weight="bold")
        ax.text(left, 3.4, who, ha="left", va="center", family="monospace")
    ax.set(xlim=(0.7, 8.4), ylim=(3.7, -0.7))
    ax.axis("off")
    return ax


def _matrix(
    ax: Axes, left: float, *, rows: int, columns: int, name: str, marked: tuple[int, int]
) -> None:
    """Draw the cells of a matrix, with the marked one filled."""
    width = 3.0 / columns if columns == 2 else 1.22
    for row in range(rows):
        for column in range(columns):
            here = (row, column) == marked
            corner = (left + column * width, row)
            if here:
                ax.add_patch(Rectangle(corner, width, 1, facecolor="C1", alpha=0.3))
            ax.add_patch(Rectangle(corner, width, 1, fill=False, edgecolor="C5", linewidth=1))
            ax.text(
                left + (column + 0.5) * width,
                row + 0.5,
                name.format(row + 1, column + 1),
                ha="center",
                va="center",
                fontsize=10.5,
                weight="bold" if here else "normal",
            )
