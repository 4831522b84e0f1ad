"""Checks of exercise 32: a convolution by hand."""

from typing import Any

import numpy as np

from workshop.convolution import convolve2d
from workshop.exercises.checking import Answer, Wrong, changed, explained

AXES = ("rows", "columns")
HINTS = (
    "Begin with output_size, on paper: a kernel of 3 on a side of 5 has how many places? And with "
    "stride 2? Write the page's formula; // divides and rounds down.",
    "For convolve, make a result of zeros first, with output_size for its rows and its columns. "
    "Then two loops, one inside the other, go through the places of the result.",
    "The pixels under the kernel are a slice: image[top : top + height, left : left + width]. With "
    "stride 1, top is the row of the result and left is its column. And with stride 2?",
    "In the inner loop: top, left = row * stride, column * stride, and then result[row, column] = "
    "np.sum(image[top : top + height, left : left + width] * kernel).",
)
_CONVOLVE = """
def convolve(image, kernel, stride=1):
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            result[row, column] = np.sum(image[top : top + height, left : left + width] * kernel)
    return result
"""
_SIZE = """
def output_size(n, k, stride=1, padding=0):
    return (n + 2 * padding - k) // stride + 1
"""
WRONG = (
    Wrong("upside down", changed(_CONVOLVE, "* kernel)", "* kernel[::-1, ::-1])")),
    Wrong("One place is missing", changed(_SIZE, " + 1", "")),
    Wrong("on one side only", changed(_SIZE, "2 * padding", "padding")),
    Wrong("half a place", changed(_SIZE, "//", "/")),
    Wrong(
        "Add 1 after the division",
        changed(
            _SIZE, "(n + 2 * padding - k) // stride + 1", "(n + 2 * padding - k + 1) // stride"
        ),
    ),
    Wrong(
        "it always moves by one", changed(_CONVOLVE, "row * stride, column * stride", "row, column")
    ),
    Wrong("last row and the last column", changed(_CONVOLVE, " + 1", "")),
    Wrong("matrix product", changed(_CONVOLVE, "width] * kernel", "width] @ kernel")),
    Wrong(
        "kernel's sides are swapped",
        changed(_CONVOLVE, "height, width = kernel", "width, height = kernel"),
    ),
    Wrong(
        "as large as the image",
        changed(
            _CONVOLVE,
            "return result",
            "return np.pad(result, [(0, image.shape[i] - result.shape[i]) for i in (0, 1)])",
        ),
    ),
    Wrong("the mean of", changed(_CONVOLVE, "np.sum", "np.mean")),
)


def check_sizes(answer: Answer) -> None:
    """at how many places a kernel fits"""
    for n, k, stride, padding in (
        (28, 7, 2, 4),  # every mistake gives another number
        (28, 5, 2, 2),
        (5, 3, 1, 0),
        (5, 3, 2, 1),
        (6, 3, 2, 0),
        (28, 28, 1, 0),
        (7, 2, 3, 0),
        (1, 1, 1, 3),
    ):
        free = n + 2 * padding - k
        answer.call("output_size", n, k, stride=stride, padding=padding).gives(
            free // stride + 1,
            mistakes={
                "One place is missing: the one where the kernel begins. Add 1 after the "
                "division.": free // stride,
                "The padding is counted on one side only. A frame has two: 2 * padding.": (
                    free - padding
                )
                // stride
                + 1,
                "There is no half a place: one that does not fit is left out. // rounds down.": free
                / stride
                + 1,
                "The stride divides n alone. How far the kernel can move is n + 2 * padding - k; "
                "divide all of it.": (n + 2 * padding) // stride - k + 1,
                "A place that does not fit is left out: round down.": -(-free // stride) + 1,
            },
        )


def _compare(answer: Answer, image: np.ndarray, kernel: np.ndarray, stride: int = 1) -> None:
    expected = convolve2d(image, kernel, stride=stride)
    height, width = kernel.shape

    def slid() -> np.ndarray:
        """Return the sums of the first places, moved by 1."""
        return convolve2d(image, kernel)[: expected.shape[0], : expected.shape[1]]

    def products() -> np.ndarray:
        parts = [
            [
                np.sum(image[r : r + height, c : c + width] @ kernel)
                for c in range(0, image.shape[1] - width + 1, stride)
            ]
            for r in range(0, image.shape[0] - height + 1, stride)
        ]
        return np.array(parts)

    padded = [(0, a - b) for a, b in zip(image.shape, expected.shape, strict=True)]
    settings: dict[str, Any] = {} if stride == 1 else {"stride": stride}
    sides = (
        "Do height and width fit? It looks as if the kernel's sides are swapped somewhere: "
        "kernel.shape is (height, width), rows first."
    )
    if image.shape[0] != image.shape[1] and height == width:
        sides = (
            "The image is not square: it has image.shape[0] rows and image.shape[1] columns, and "
            "so the result has its own number of places for each."
        )
    one = "Each place of the result holds one number: add up the products with np.sum."
    with explained(
        {
            "setting an array element": one,
            "broadcast": sides,
            "IndexError": sides,
            "negative": sides,
        }
    ):
        answer.call("convolve", image, kernel, **settings).gives(
            expected,
            axes=AXES,
            mistakes={
                "The kernel is turned upside down and back to front. That is the convolution of "
                "mathematics; networks lay the kernel on as it is.": lambda: convolve2d(
                    image, kernel[::-1, ::-1], stride=stride
                ),
                "The stride changes how many places there are, but it always moves by one. The "
                "place begins at row * stride and column * stride.": slid,
                "The last row and the last column of places are missing. There is one more place "
                "than steps between places.": expected[:-1, :-1],
                "@ is the matrix product. Each number is multiplied by the pixel under it, which "
                "is *.": products if height == width else expected,
                "The result is as large as the image. The kernel must not stick out, so there are "
                "fewer places than pixels.": np.pad(expected, padded),
                "The stride does nothing: the kernel is at every place.": convolve2d(image, kernel),
                "Sums below zero are cut off. That is ReLU, which comes after the "
                "convolution.": np.maximum(expected, 0),
                "The sums are cut to whole numbers. Is the result an array of whole numbers? "
                "np.zeros without dtype holds any.": np.trunc(expected),
                "It is the mean of the products. Add them up.": expected / kernel.size,
                "The kernel is transposed.": lambda: (
                    convolve2d(image, kernel.T, stride=stride) if height == width else expected
                ),
            },
            cause=sides if image.shape[0] != image.shape[1] or height != width else "",
        )


def check_letter(answer: Answer) -> None:
    """the letter T of the page, and the kernel for upright strokes"""
    image = np.zeros((5, 5))
    image[0], image[:, 2] = 1, 1
    _compare(answer, image, np.array([[-1.0, 2.0, -1.0]] * 3))


def check_random_images(answer: Answer) -> None:
    """random images and kernels, not only square ones"""
    rng = answer.rng(1)
    for image, kernel in (((4, 4), (2, 2)), ((5, 8), (3, 3)), ((3, 3), (3, 3)), ((2, 2), (1, 1))):
        _compare(answer, rng.normal(size=image), rng.normal(size=kernel))
    for image, kernel in (((5, 6), (2, 3)), ((6, 7), (3, 1)), ((1, 9), (1, 4))):
        _compare(answer, rng.normal(size=image), rng.normal(size=kernel))


def check_stride(answer: Answer) -> None:
    """a kernel that moves by two or three pixels"""
    rng = answer.rng(2)
    for image, kernel, stride in (((5, 5), 3, 2), ((6, 8), 3, 2), ((9, 7), 2, 3)):
        _compare(answer, rng.normal(size=image), rng.normal(size=(kernel, kernel)), stride)
