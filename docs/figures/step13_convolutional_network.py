"""The figures of the convolutional network. What it learned comes from `results/`."""

import base64
import json
import zlib
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from benchmarks.what_it_learned import unpack
from workshop.convolution import convolve2d, max_pool
from workshop.images import mnist_image
from workshop.plotting import new_axes
from workshop.strokes import draw_digit

RESULTS = Path("results/what_neighbours_buy.json")
LEVELS = 8
MINUS = "\N{MINUS SIGN}"
CONVOLVED = "\N{ASTERISK OPERATOR}"

# fmt: off
# --8<-- [start:letter]
IMAGE = np.array([
    [1, 1, 1, 1, 1],
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
])
KERNEL = np.array([
    [-1, 2, -1],
    [-1, 2, -1],
    [-1, 2, -1],
])
# --8<-- [end:letter]
# fmt: on

# --8<-- [start:kernels]
KERNELS = {
    "upright stroke": [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]],
    "level stroke": [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]],
    "left edge": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    "right edge": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
    "blur": [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
}
# --8<-- [end:kernels]


def convolution_by_hand() -> Axes:
    """The image, the kernel on its first place, and all nine answers."""
    ax = new_axes(7.4, 3.5)
    answers = convolve2d(IMAGE, KERNEL)
    _grid(ax, IMAGE, 0, 0, shade=0.22)
    _grid(ax, KERNEL, 6.6, 1)
    _grid(ax, answers, 11.4, 1)
    for left, top, side in ((0, 0, 3), (6.6, 1, 3), (11.4, 1, 1)):
        _frame(ax, left, top, side)
    for x, sign in ((5.8, CONVOLVED), (10.5, "=")):
        ax.text(x, 2.5, sign, ha="center", va="center", fontsize=20)
    for x, words in ((2.5, "the image"), (8.1, "the kernel"), (12.9, "the feature map")):
        ax.text(x, -0.35, words, ha="center", va="bottom", weight="bold")
    _bare(ax, (-0.2, 14.6), (5.2, -1.2))
    return ax


def sliding_window() -> Figure:
    """The nine places of the kernel, each with its answer."""
    figure = Figure(figsize=(5.4, 5.4), layout="constrained")
    answers = convolve2d(IMAGE, KERNEL)
    for (row, column), ax in np.ndenumerate(figure.subplots(3, 3)):
        ax.add_patch(Rectangle((0, 0), 5, 5, facecolor="none", edgecolor="C5", linewidth=0.8))
        for corner, width, height in (((0, 0), 5, 1), ((2, 1), 1, 4)):  # the T
            ax.add_patch(Rectangle(corner, width, height, facecolor="C0", alpha=0.5, lw=0))
        _frame(ax, column, row, 3)
        ax.set_title(_number(answers[row, column]), loc="center")
        _bare(ax, (-0.1, 5.1), (5.1, -0.1))
    return figure


def stride_and_padding() -> Figure:
    """Where the middle of a kernel of 3 by 3 comes to lie on an image of 5 by 5."""
    figure = Figure(figsize=(6.4, 3.3), layout="constrained")
    cases = (
        (1, 0, "stride 1\nno padding"),
        (1, 1, "stride 1\npadding 1"),
        (2, 1, "stride 2\npadding 1"),
    )
    for ax, (stride, padding, words) in zip(figure.subplots(1, 3), cases, strict=True):
        if padding:
            _lines(ax, -1, -1, (7, 7), linestyle=":")
        ax.add_patch(Rectangle((0, 0), 5, 5, facecolor="C0", alpha=0.25, lw=0))
        _lines(ax, 0, 0, (5, 5))
        middles = np.arange(1 - padding, 4 + padding, stride) + 0.5
        columns, rows = np.meshgrid(middles, middles)
        ax.plot(columns.ravel(), rows.ravel(), "o", color="C1", markersize=6)
        _frame(ax, -padding, -padding, 3)
        ax.set_title(f"{words}\n{len(middles)} × {len(middles)} answers", loc="center", fontsize=11)
        _bare(ax, (-1.2, 6.2), (6.2, -1.2))
    return figure


def channels_add_up() -> Axes:
    """Three channels, one kernel with a grid for each, one feature map."""
    ax = new_axes(6.4, 3.4)
    for i, colour in enumerate(("C0", "C1", "C2")):
        for left, side, top in ((0, 5, 0), (8.1, 3, 1)):
            x, y = left + 0.75 * i, top + 0.75 * i
            ax.add_patch(Rectangle((x, y), side, side, facecolor="white", lw=0))
            ax.add_patch(Rectangle((x, y), side, side, facecolor=colour, alpha=0.25, lw=0))
            ax.plot(
                x + side * np.array([0, 1, 1, 0, 0]), y + side * np.array([0, 0, 1, 1, 0]),
                color=colour, linewidth=2,
            )  # fmt: skip
            ax.text(x + 0.12, y + 0.1, f"{i + 1}", ha="left", va="top", fontsize=10)
    _grid(ax, np.full((3, 3), np.nan), 15, 1.75)
    for x in (7.3, 13.8):
        ax.text(x, 3.25, CONVOLVED if x < 10 else "=", ha="center", va="center", fontsize=20)
    for x, words in (
        (3.25, "three channels in\n3 × 5 × 5"),
        (10.35, "one kernel\n3 × 3 × 3 =\n27 weights"),
        (16.5, "one feature\nmap out\n3 × 3"),
    ):
        ax.text(x, 7.0, words, ha="center", va="top", fontsize=11)
    _bare(ax, (-0.3, 19), (9.4, -0.3))
    return ax


def pooling_by_hand() -> Axes:
    """Four by four numbers, and the largest of each square of two by two."""
    ax = new_axes(5.6, 2.8)
    numbers = np.array([[0, 3, 1, 0], [2, 6, 0, 1], [0, 0, 4, 2], [1, 0, 5, 3]])
    _grid(ax, numbers, 0, 0)
    _grid(ax, max_pool(numbers), 6.5, 1)
    for row in (0, 2):
        for column in (0, 2):
            _frame(ax, column + 0.04, row + 0.04, 1.92)
    ax.add_patch(
        FancyArrowPatch((4.5, 2), (6.0, 2), arrowstyle="-|>", mutation_scale=18, color="black")
    )
    _bare(ax, (-0.2, 8.7), (4.2, -0.2))
    return ax


def kernels_on_a_digit() -> Figure:
    """Five kernels made by a person, and what each answers to a digit."""
    digit = mnist_image(draw_digit(5, np.random.default_rng(11))) / 255
    figure = Figure(figsize=(5.4, 6.2), layout="constrained")
    grid = figure.subplots(4, 3, height_ratios=[0.8, 1, 0.8, 1])
    for ax in grid.ravel():
        ax.axis("off")
    tops, bottoms = grid[::2].ravel(), grid[1::2].ravel()
    _show(bottoms[0], digit, cmap="gray", vmin=0)
    bottoms[0].set_title("the image", loc="center", fontsize=11)
    for (name, kernel), top, bottom in zip(KERNELS.items(), tops[1:], bottoms[1:], strict=True):
        weights = np.array(kernel)
        _grid(top, weights, 0, 0, size=11)
        top.set_title(name, loc="center", fontsize=11)
        _bare(top, (-0.15, 3.15), (3.15, -0.15))
        answers = np.maximum(convolve2d(digit, weights, padding=1), 0)
        _show(bottom, answers, cmap="gray", vmin=0)
    return figure


def filters_and_maps() -> Figure:
    """The first layer's filters, and what they answer to three digits of the test set."""
    found = _found()
    filters = _unpacked(found["filters"], "weights", np.int8)
    images = unpack(found["images"], np.uint8).reshape(-1, 28, 28)
    maps = _unpacked(found["first_maps"], "answers", np.uint8)
    # An image is 8 wide, a gap 1: so filters stand above what they answer.
    widths = np.array([8, 9 * len(filters) - 1])
    heights = np.array([8, 9 * len(images) - 1])
    width, height = widths.sum() + 2, heights.sum() + 2
    figure = Figure(figsize=(7.5, 7.5 * height / width))
    figure.set_layout_engine("none")
    lefts, bottoms = np.array([0, widths[0] + 2]), np.array([heights[1] + 2, 0])
    blank, top, beside, below = (
        figure.add_axes(
            (lefts[j] / width, bottoms[i] / height, widths[j] / width, heights[i] / height)
        )
        for i in (0, 1)
        for j in (0, 1)
    )
    blank.text(0.5, 0.5, "filters", ha="center", va="center", transform=blank.transAxes)
    _show(top, _wall(filters, len(filters)), cmap="cividis", vmin=-127, vmax=127)
    _show(beside, _wall(images, 1), cmap="gray", vmin=0, vmax=255)
    _show(below, _wall(np.concatenate(maps), len(filters)), cmap="gray", vmin=0, vmax=255)
    for ax in (blank, top, beside, below):
        ax.axis("off")
    return figure


def second_maps() -> Axes:
    """What the 16 filters of the second layer answer to the first digit of the test set."""
    maps = _unpacked(_found()["second_maps"], "answers", np.uint8)
    ax = new_axes(6.4, 1.7)
    _show(ax, _wall(maps[0], 8), cmap="gray", vmin=0, vmax=255)
    ax.axis("off")
    return ax


def _wall(images: np.ndarray, columns: int) -> np.ndarray:
    """Put images, shape (n_images, side, side), into rows, an eighth of their side between them."""
    side, rows = images.shape[1], -(-len(images) // columns)
    fine = 8  # so that the gap has the same share of large images and of small ones
    step = side * (fine + 1)
    wall = np.full((rows * step - side, columns * step - side), np.nan)
    for i, image in enumerate(images):
        top, left = i // columns * step, i % columns * step
        large = np.kron(image.astype(float), np.ones((fine, fine)))
        wall[top : top + side * fine, left : left + side * fine] = large
    return wall


def _grid(
    ax: Axes, numbers: np.ndarray, left: float, top: float, *, shade: float = 0, size: float = 13
) -> None:
    """Draw numbers in squares; those above zero are shaded, if `shade` says so."""
    _lines(ax, left, top, numbers.shape)
    for (row, column), number in np.ndenumerate(numbers):
        x, y = left + column, top + row
        if shade and number > 0:
            ax.add_patch(Rectangle((x, y), 1, 1, facecolor="C0", alpha=shade, lw=0))
        if np.isfinite(number):
            ax.text(x + 0.5, y + 0.5, _number(number), ha="center", va="center", fontsize=size)


def _lines(ax: Axes, left: float, top: float, shape: tuple[int, ...], linestyle: str = "-") -> None:
    """Draw the lines between the squares of a grid, as a single path."""
    rows, columns = shape
    path = []
    for i in range(rows + 1):
        path += [(left, top + i), (left + columns, top + i), (np.nan, np.nan)]
    for i in range(columns + 1):
        path += [(left + i, top), (left + i, top + rows), (np.nan, np.nan)]
    ax.plot(*np.transpose(path), color="C5", linewidth=0.8, linestyle=linestyle)


def _frame(ax: Axes, left: float, top: float, side: float) -> None:
    ax.add_patch(
        Rectangle((left, top), side, side, fill=False, edgecolor="C1", linewidth=2.6, zorder=3)
    )


def _bare(ax: Axes, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Leave nothing but what was drawn, squares being square."""
    ax.set(xlim=x, ylim=y, aspect="equal")
    ax.axis("off")


def _show(ax: Axes, image: np.ndarray, **options: object) -> None:
    """Draw an image in steps that the eye hardly sees, so that the page stays small."""
    step = np.nanmax(np.abs(image)) / LEVELS
    ax.imshow(np.round(image / step) * step, interpolation="none", **options)


def _number(number: float) -> str:
    return f"{number:.0f}".replace("-", MINUS)


def _found() -> dict:
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def _unpacked(packed: dict, name: str, dtype: type) -> np.ndarray:
    """Return filters or maps in the shape in which they were packed."""
    return np.frombuffer(zlib.decompress(base64.b64decode(packed[name])), dtype).reshape(
        packed["shape"]
    )
