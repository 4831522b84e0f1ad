"""From a photo or a drawing of a digit to an image like MNIST's.

MNIST's images were made by one recipe: the digit's bounding box is scaled to 20 pixels, and its
centre of mass is put into the middle of 28 x 28 pixels. A network that learnt from them expects
just that. `mnist_image` follows the recipe in steps so plain that a program in another language
agrees with it pixel for pixel; for a photo, `read_picture` and `find_ink` come before it.
"""

import math
import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np

LARGEST_PICTURE = 100_000_000  # pixels; a telephone's camera gives 12 to 50 million
READ_SIZE = 320  # pixels on the longer side: a digit needs no more
FAINTEST_INK = 0.12  # of the range from black to white; less is dirt, or nothing
HALF = 0.5 + 1e-9  # so that a half goes up, although its last digits were lost in computing
SHADES = " .:-=+*#%@"


class PictureError(ValueError):
    """A picture that no digit can be read from; the message says why and what to do."""


def read_picture(path: str | os.PathLike[str]) -> np.ndarray:
    """Read a PNG or JPEG file as brightness.

    A camera's rotation mark is obeyed. What is transparent becomes paper: white under dark ink,
    black under light ink. Large pictures are made smaller, to `READ_SIZE` at the most.

    Parameters
    ----------
    path : path
        A file of any size, in grey or colour, with a palette or transparency.

    Returns
    -------
    ndarray of shape (height, width), float64
        From 0 (black) to 1 (white).

    Raises
    ------
    PictureError
        If the file is no PNG or JPEG picture, is damaged or is far too large.
    OSError
        If the file cannot be opened.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    name = os.fspath(path)
    with Path(path).open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we look ourselves
        try:
            picture: Any = Image.open(file, formats=["PNG", "JPEG"])
            width, height = picture.size
            if width * height <= LARGEST_PICTURE:
                picture = ImageOps.exif_transpose(picture)
                if picture.mode in ("1", "P", "PA"):  # modes that Pillow cannot make smaller
                    picture = picture.convert("RGBA")
                elif picture.mode.startswith("I;16"):
                    picture = picture.convert("I")
                picture = picture.reduce(max(1, math.ceil(max(picture.size) / (4 * READ_SIZE))))
                return shrink(_brightness(picture))
        except Image.DecompressionBombError:
            width = height = 0
        except Exception as error:  # a damaged file may raise anything
            is_none = isinstance(error, UnidentifiedImageError)
            why = (
                "it is not, or its beginning is damaged" if is_none else f"it is damaged ({error})"
            )
            raise PictureError(
                f"{name} must be a PNG or JPEG picture, but {why}. "
                "Open it in an image program and save it as PNG."
            ) from error
    size = f"{width:,} x {height:,}" if width else "far more"
    raise PictureError(
        f"{name} must have at most {LARGEST_PICTURE:,} pixels, it has {size}. It was not read; "
        "cut out the digit and save that."
    )


def _brightness(picture: Any) -> np.ndarray:
    """Turn a Pillow image of any mode into brightness, 0 to 1."""
    if picture.mode[0] in "IF":  # 16 bits and more
        levels = np.asarray(picture, dtype=np.float64)
        return levels / max(levels.max(), 65_535 if picture.mode[0] == "I" else 1)
    rgba = np.asarray(picture.convert("RGBA"), dtype=np.float64) / 255
    grey = rgba[..., :3] @ np.array([0.299, 0.587, 0.114])  # as an eye weighs the colours
    opacity = rgba[..., 3]
    if opacity.min() == 1:
        return grey
    dark_ink = np.sum(grey * opacity) <= 0.5 * np.sum(opacity)
    return grey * opacity + (1 - opacity) * (1.0 if dark_ink else 0.0)


def shrink(values: np.ndarray, longest: int = READ_SIZE) -> np.ndarray:
    """Scale an array down until its longer side has at most `longest` pixels.

    Parameters
    ----------
    values : ndarray of shape (height, width)
    longest : int, pixels

    Returns
    -------
    ndarray of shape (new_height, new_width)
        In proportion; `values` itself if it is small enough.
    """
    height, width = values.shape
    if max(height, width) <= longest:
        return values
    scale = longest / max(height, width)
    return resample(values, max(1, round(height * scale)), max(1, round(width * scale)))


def find_ink(brightness: np.ndarray) -> np.ndarray:
    """Tell ink from paper, be it dark on light or light on dark, on unevenly lit paper.

    The paper is a smooth surface, a polynomial of second degree, through most of the pixels. Ink is
    what lies far from it, on that side where more of it lies. Specks, and shadows or table edges
    that come in from the rim, are dropped.

    Parameters
    ----------
    brightness : ndarray of shape (height, width)
        From 0 (black) to 1 (white), as `read_picture` returns it.

    Returns
    -------
    ndarray of shape (height, width), float64
        From 0 (paper) to 1 (the strongest ink).

    Raises
    ------
    PictureError
        If there is no ink.
    """
    difference = brightness - _paper(brightness)
    noise = 1.4826 * float(np.median(np.abs(difference)))  # a standard deviation, blind to the ink
    far = np.where(np.abs(difference) > max(4 * noise, FAINTEST_INK), difference, 0)
    ink = np.maximum(far if far.sum() > 0 else -far, 0)
    ink = np.where(_main_parts(ink), ink, 0)
    if not ink.any():
        raise PictureError(
            "The picture must show a digit, but no ink stands out from the paper. "
            "Draw it larger, or with a thicker or darker pen."
        )
    strongest = float(np.quantile(ink[ink > 0], 0.75))
    return np.clip(ink / strongest, 0, 1)


def _paper(brightness: np.ndarray) -> np.ndarray:
    """Fit a smooth surface to the brightness, leaving out more and more of what is not paper."""
    height, width = brightness.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].reshape(2, -1)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
    values = brightness.ravel()
    surface = np.full(values.shape, np.median(values))
    for _ in range(8):
        away = np.abs(values - surface)
        kept = away <= max(2.5 * 1.4826 * float(np.median(away)), 0.02)
        surface = terms @ np.linalg.lstsq(terms[kept], values[kept])[0]
    return surface.reshape(height, width)


def _main_parts(ink: np.ndarray) -> np.ndarray:
    """Mark the pixels of the connected parts that belong to the digit, shape of `ink`."""
    parts = _connected(ink > 0)
    mass = np.bincount(parts.ravel(), weights=ink.ravel(), minlength=parts.max() + 1)
    rim = np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]]))
    inside = mass.copy()
    inside[rim] = 0
    if inside.max() > 0.05 * mass.max():  # else the digit itself reaches the rim
        mass = inside
    return (mass > 0.05 * mass.max())[parts] & (parts > 0)


def _connected(mask: np.ndarray) -> np.ndarray:
    """Number the connected parts of a mask from 1, corners counting as contact; 0 elsewhere."""
    numbers = np.where(mask, np.arange(1, mask.size + 1).reshape(mask.shape), 0)
    while True:  # the largest number of each part spreads over it
        spread = np.where(mask, _largest_neighbour(numbers), 0)
        if np.array_equal(spread, numbers):
            return np.unique(numbers, return_inverse=True)[1].reshape(mask.shape)
        numbers = spread


def _largest_neighbour(values: np.ndarray) -> np.ndarray:
    """Return the largest value among each pixel and its eight neighbours."""
    wide = np.pad(values, 1, mode="edge")
    rows = np.maximum(np.maximum(wide[:-2], wide[1:-1]), wide[2:])
    return np.maximum(np.maximum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])


def mnist_image(ink: np.ndarray, *, side: int = 28, box: int = 20) -> np.ndarray:
    """Scale and centre a drawn digit as MNIST's were.

    1. Cut out the bounding box of all pixels above 0.
    2. Scale its longer side to `box` pixels, the other in proportion, by `resample`.
    3. Divide by the largest value, so that the strongest ink is 1.
    4. Put it where its centre of mass is nearest to the middle of `side` x `side` pixels.
    5. Multiply by 255 and round. A half is always rounded up, here and in 2 and 4.

    Parameters
    ----------
    ink : ndarray of shape (height, width)
        From 0 (none) to 1.
    side : int, pixels
        Width and height of the result.
    box : int, pixels
        Longer side of the digit in it, which must fit.

    Returns
    -------
    ndarray of shape (side, side), uint8
        From 0 (background) to 255 (ink), as MNIST's pixels.

    Raises
    ------
    PictureError
        If there is no ink.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits, on how its
    images were made.
    """
    rows, columns = np.nonzero(ink > 0)
    if not len(rows):
        raise PictureError("The drawing must show a digit, but it is empty. Draw one.")
    # --8<-- [start:place]
    cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = box / max(cut.shape)
    height, width = (max(1, _round(length * scale)) for length in cut.shape)
    digit = resample(cut, height, width)
    digit /= digit.max()

    mass = digit.sum()
    row = float(np.arange(height) @ digit.sum(axis=1) / mass)
    column = float(np.arange(width) @ digit.sum(axis=0) / mass)
    middle = (side - 1) / 2
    top = min(max(_round(middle - row), 0), side - height)
    left = min(max(_round(middle - column), 0), side - width)
    image = np.zeros((side, side), np.uint8)
    image[top : top + height, left : left + width] = np.floor(255 * digit + HALF)
    return image
    # --8<-- [end:place]


def resample(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """Scale an array: each new pixel is the mean of the area that it covers.

    Parameters
    ----------
    values : ndarray of shape (old_height, old_width)
    height, width : int, pixels
        Of the result; may be smaller or larger than before.

    Returns
    -------
    ndarray of shape (height, width), float64
    """
    return _shares(len(values), height) @ values @ _shares(values.shape[1], width).T


def _shares(old: int, new: int) -> np.ndarray:
    """Return what share each old pixel has in each new one, along one side; (new, old)."""
    edges = np.arange(new + 1)[:, None] * (old / new)  # of the new pixels, in old pixels
    pixels = np.arange(old)
    overlap = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
    return np.maximum(overlap, 0) / (old / new)


def _round(number: float) -> int:
    return math.floor(number + HALF)


def picture_as_text(image: np.ndarray) -> str:
    """Draw an image with letters, two to a pixel, so that it looks square in a terminal.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width)
        From 0 (a blank) to 255 (an @).

    Returns
    -------
    str
        A line for each row, without blanks at its end.
    """
    letters = np.array(list(SHADES))[image.astype(int) * len(SHADES) // 256]
    return "\n".join("".join(np.repeat(row, 2)).rstrip() for row in letters)
