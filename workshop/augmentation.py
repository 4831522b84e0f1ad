"""More images from the ones there are: small random changes that keep the digit.

A change is a table of indices: pixel p of the new image is pixel ``table[p]`` of
the old one. A bank of tables is made once, and one is drawn for each image.
Outside the frame the edge goes on.
"""

import math
from collections.abc import Callable

import numpy as np

Augment = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def shifts(side: int, *, pixels: int = 1) -> Augment:
    """Move each image by up to `pixels` in each direction.

    Parameters
    ----------
    side : int, pixels
        Width and height of the images.
    pixels : int
        The largest shift.

    Returns
    -------
    function
        Takes a batch, shape (n_samples, side * side), and a random generator;
        returns a new batch of the same shape and dtype. Raises ValueError
        if the batch holds images of another size.
    """
    steps = range(-pixels, pixels + 1)
    rows, columns = np.mgrid[0:side, 0:side]
    return _draw_from([_table(rows + down, columns + right) for down in steps for right in steps])


def affine(
    side: int,
    *,
    degrees: float = 7.0,
    shear: float = 0.1,
    scale: float = 0.07,
    pixels: float = 1.0,
    tables: int = 256,
    seed: int = 0,
) -> Augment:
    """Turn, slant, stretch and move each image a little.

    Parameters
    ----------
    side : int, pixels
        Width and height of the images.
    degrees : float, degrees
        Standard deviation of the rotation.
    shear : float, pixels to the side for each row
        Standard deviation of the slant.
    scale : float
        Standard deviation of the stretch in each direction, of its logarithm: 0.07 is about 7 %.
    pixels : float, pixels
        Standard deviation of the shift in each direction.
    tables : int
        How many different changes to draw from.
    seed : int
        For the choice of these changes.

    Returns
    -------
    function
        As `shifts` returns.

    References
    ----------
    P. Simard, D. Steinkraus, J. Platt: Best Practices for Convolutional Neural Networks Applied to
    Visual Document Analysis. ICDAR, 2003. There, a new pixel is a weighted mean of four; here, it
    is the nearest one.
    """
    rng = np.random.default_rng(seed)
    middle = (side - 1) / 2
    rows, columns = np.mgrid[0:side, 0:side] - middle
    bank = []
    for _ in range(tables):
        angle = math.radians(rng.normal(0, degrees))
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        slant = np.array([[1, 0], [rng.normal(0, shear), 1]])
        stretch = np.diag(np.exp(rng.normal(0, scale, 2)))
        (a, b), (c, d) = turn @ slant @ stretch
        down, right = rng.normal(0, pixels, 2) + middle
        new_rows, new_columns = a * rows + b * columns + down, c * rows + d * columns + right
        bank.append(_table(np.rint(new_rows), np.rint(new_columns)))
    return _draw_from(bank)


AUGMENTATIONS: dict[str, Callable[[int], Augment]] = {"shifts": shifts, "affine": affine}


def _table(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return flat indices of the pixels at `rows` and `columns`, kept inside the frame."""
    side = len(rows)
    inside = np.clip(rows, 0, side - 1) * side + np.clip(columns, 0, side - 1)
    return inside.astype(np.intp).ravel()


def _draw_from(bank: list[np.ndarray]) -> Augment:
    """Return the function that draws one table of `bank` for each image of a batch."""
    tables = np.array(bank)

    def augment(X: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        if X.shape[1:] != tables.shape[1:]:
            side = math.isqrt(tables.shape[1])
            raise ValueError(
                f"these changes are for images of {side} x {side} = {tables.shape[1]} pixels, "
                f"got a batch of shape {X.shape}. Give the images' own side."
            )
        indices = tables[rng.integers(len(tables), size=len(X))]
        indices += np.arange(0, X.size, X.shape[1])[:, None]  # where each image begins
        return np.take(X, indices, mode="clip")

    return augment
