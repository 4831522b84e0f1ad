"""Digits drawn by the computer, stroke by stroke, to try a classifier on without a pen."""

import math
from itertools import pairwise

import numpy as np

Point = tuple[float, float]


def _arc(x: float, y: float, width: float, height: float, start: float, end: float) -> list[Point]:
    """Return points on an ellipse about (x, y), from angle `start` to `end`.

    Angles are in turns: 0 is right, 0.25 is down, because y grows downwards.
    """
    angles = [2 * math.pi * (start + (end - start) * i / 24) for i in range(25)]
    return [(x + width * math.cos(a), y + height * math.sin(a)) for a in angles]


# Each way of writing a digit is a list of strokes, each stroke a list of points (x, y) that a pen
# goes through; x runs from 0 (left) to 1 (right), y from 0 (top) to 1 (bottom).
WAYS: dict[int, list[list[list[Point]]]] = {
    0: [[_arc(0.5, 0.5, 0.32, 0.5, -0.25, 0.75)], [_arc(0.5, 0.5, 0.24, 0.5, -0.2, 0.8)]],
    1: [[[(0.5, 0.0), (0.5, 1.0)]], [[(0.3, 0.25), (0.52, 0.0), (0.52, 1.0)]]],
    2: [
        [[*_arc(0.5, 0.27, 0.3, 0.27, -0.5, 0.1), (0.18, 1.0), (0.85, 1.0)]],
        [[*_arc(0.48, 0.3, 0.28, 0.3, -0.45, 0.12), (0.2, 0.97), (0.55, 0.92), (0.85, 1.0)]],
    ],
    3: [
        [_arc(0.45, 0.25, 0.3, 0.25, -0.45, 0.25), _arc(0.45, 0.75, 0.34, 0.25, -0.25, 0.45)],
        [[(0.2, 0.0), (0.75, 0.0), (0.45, 0.4), *_arc(0.42, 0.7, 0.34, 0.3, -0.2, 0.42)]],
    ],
    4: [
        [[(0.25, 0.0), (0.15, 0.55), (0.85, 0.55)], [(0.7, 0.05), (0.66, 1.0)]],
        [[(0.62, 1.0), (0.62, 0.0), (0.12, 0.68), (0.88, 0.68)]],
    ],
    5: [
        [[(0.8, 0.0), (0.3, 0.0), (0.25, 0.42), *_arc(0.47, 0.69, 0.34, 0.31, -0.33, 0.4)]],
        [
            [(0.32, 0.02), (0.28, 0.45), *_arc(0.46, 0.7, 0.32, 0.3, -0.3, 0.38)],
            [(0.32, 0.02), (0.82, 0.0)],
        ],
    ],
    6: [
        [[(0.65, 0.0), (0.4, 0.25), (0.25, 0.55), *_arc(0.5, 0.72, 0.27, 0.28, -0.5, 0.5)]],
        [[*_arc(0.75, 0.65, 0.52, 0.65, -0.3, -0.5), *_arc(0.48, 0.72, 0.25, 0.28, -0.5, 0.5)]],
    ],
    7: [
        [[(0.15, 0.0), (0.85, 0.0), (0.4, 1.0)]],
        [[(0.15, 0.05), (0.82, 0.0), (0.55, 0.45), (0.42, 1.0)]],
    ],
    8: [
        [_arc(0.5, 0.24, 0.25, 0.24, 0.25, 1.25), _arc(0.5, 0.74, 0.3, 0.26, -0.25, 0.75)],
        [_arc(0.52, 0.24, 0.22, 0.24, 0.25, 1.25), _arc(0.48, 0.74, 0.26, 0.26, -0.25, 0.75)],
    ],
    9: [
        [[*_arc(0.48, 0.28, 0.27, 0.28, 0.0, -1.0), (0.72, 0.55), (0.66, 1.0)]],
        [[*_arc(0.5, 0.28, 0.26, 0.28, 0.0, -1.0), (0.76, 0.3), (0.74, 1.0)]],
    ],
}


def draw_digit(digit: int, rng: np.random.Generator, *, size: int = 80) -> np.ndarray:
    """Draw a digit as somebody might: a little turned, slanted, stretched, anywhere on the sheet.

    Parameters
    ----------
    digit : int
        From 0 to 9.
    rng : numpy Generator
        Decides which way of writing it, how it leans and how thick the pen is.
    size : int, pixels
        Width and height of the sheet.

    Returns
    -------
    ndarray of shape (size, size), float64
        Ink, from 0 (none) to 1.

    Raises
    ------
    ValueError
        If `digit` is not one of the ten.
    """
    if digit not in WAYS:
        raise ValueError(f"digit must be a whole number from 0 to 9, got {digit!r}.")
    strokes = WAYS[digit][rng.integers(len(WAYS[digit]))]
    height = size * rng.uniform(0.4, 0.65)
    width = height * rng.uniform(0.6, 0.9)
    angle, slant = math.radians(rng.uniform(-10, 10)), rng.uniform(-0.15, 0.2)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    lean = turn @ np.array([[width, -slant * height], [0, height]])
    middle = size / 2 + rng.uniform(-0.06, 0.06, 2) * size
    pen = height * rng.uniform(0.03, 0.07)  # its radius

    columns, rows = np.meshgrid(np.arange(size) + 0.5, np.arange(size) + 0.5)
    pixels = np.stack([columns, rows], axis=-1)  # (size, size, 2)
    distance = np.full((size, size), np.inf)
    for stroke in strokes:
        points = (np.array(stroke) - 0.5) @ lean.T + middle
        for begin, end in pairwise(points):
            np.minimum(distance, _distance(pixels, begin, end), out=distance)
    return np.clip(pen + 0.5 - distance, 0, 1)  # the rim of a stroke is half a pixel soft


def _distance(pixels: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how far each pixel is from the line between two points, shape (size, size)."""
    along = end - begin
    length = max(float(along @ along), 1e-12)
    share = np.clip((pixels - begin) @ along / length, 0, 1)
    return np.linalg.norm(pixels - begin - share[..., None] * along, axis=-1)
