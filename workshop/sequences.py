"""Sequences to remember: a lamp, and a button that switches it on and off.

A sequence is a row of numbers, one for each moment: 1 where the button is pressed, 0 where it is
not. Sequences differ in length, an array does not, so what is over is filled with `OVER`.
"""

import numpy as np

OVER = -1
N_SYMBOLS = 2


def make_lamps(
    n_samples: int,
    lengths: tuple[int, int],
    *,
    pressed: float = 0.5,
    width: int | None = None,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Make sequences of presses, and tell whether the lamp is on at the end of each.

    The lamp is off at first.

    Parameters
    ----------
    n_samples : int
    lengths : (int, int), moments
        The shortest and the longest sequence; all lengths between are as likely.
    pressed : float, 0 to 1
        How often the button is pressed.
    width : int, moments
        Columns of X; None takes the longest length.
    seed : int

    Returns
    -------
    X : ndarray of int64, shape (n_samples, width)
        1 pressed, 0 not, `OVER` after the end.
    y : ndarray of int64, shape (n_samples,)
        1 if the lamp is on.

    Raises
    ------
    ValueError
        If the lengths are not in order, or do not fit into the width.
    """
    shortest, longest = lengths
    width = longest if width is None else width
    if not 1 <= shortest <= longest <= width:
        raise ValueError(
            "lengths must go up, from 1 at least to the width at most, got "
            f"{shortest} to {longest} in a width of {width}."
        )
    rng = np.random.default_rng(seed)
    X = (rng.random((n_samples, width)) < pressed).astype(np.int64)
    X[np.arange(width) >= rng.integers(shortest, longest + 1, n_samples)[:, None]] = OVER
    return X, (X == 1).sum(axis=1) % 2


def press_and_wait(moments: int) -> tuple[np.ndarray, np.ndarray]:
    """Return two sequences: a press and then a wait, and nothing at all.

    Parameters
    ----------
    moments : int
        How long to wait.

    Returns
    -------
    X : ndarray of int64, shape (2, moments + 1)
    y : ndarray of int64, shape (2,)
    """
    X = np.zeros((2, moments + 1), dtype=np.int64)
    X[0, 0] = 1
    return X, np.array([1, 0])


def one_hot_sequences(X: np.ndarray) -> np.ndarray:
    """Write each symbol as a row with a single 1; after the end there are zeros only.

    Parameters
    ----------
    X : ndarray of int, shape (n_samples, width)

    Returns
    -------
    ndarray of float32, shape (n_samples, width, 2)
    """
    return (X[..., None] == np.arange(N_SYMBOLS)).astype(np.float32)
