"""The figures of what machine learning is. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.datasets import load_digits
from workshop.plotting import new_axes, plot_digits


def _fours_and_nines() -> list[tuple[np.ndarray, np.ndarray]]:
    """Return images and labels of the fours and nines, first those to learn from, then the rest."""
    X_train, y_train, X_test, y_test = load_digits()
    both = ((X_train, y_train), (X_test, y_test))
    return [(X[(y == 4) | (y == 9)], y[(y == 4) | (y == 9)]) for X, y in both]


def _by_hand(images: np.ndarray) -> np.ndarray:
    """Tell fours from nines by a rule that somebody wrote."""
    # --8<-- [start:rule]
    second_row, third_column = 1, 2
    upper_left = images.reshape(-1, 8, 8)[:, second_row, third_column]
    answers = np.where(upper_left > 145, 9, 4)
    # --8<-- [end:rule]
    return answers


def four_or_nine() -> Axes:
    """What becomes of a rule, written by hand, that tells fours from nines."""
    (images, labels), _ = _fours_and_nines()
    answers = _by_hand(images)
    wrong = answers != labels
    rows = [np.flatnonzero((labels == digit) & missed)[:3]
            for digit in (4, 9) for missed in (~wrong, wrong)]  # fmt: skip
    shown = np.concatenate(rows)
    ax = new_axes(5.6, 2.7)
    plot_digits(ax, images[shown], labels[shown], answers[shown], columns=6)
    ax.set_title(f"wrong on {wrong.sum()} of {len(labels)} fours and nines")
    return ax


def _search(images: np.ndarray, labels: np.ndarray) -> tuple[int, int, int]:
    """Return the pixel, the limit and the digit above it that suit some fours and nines best."""
    # --8<-- [start:search]
    fewest = len(labels)
    for pixel in range(64):
        for limit in range(255):
            for above, below in ((4, 9), (9, 4)):
                answers = np.where(images[:, pixel] > limit, above, below)
                wrong = (answers != labels).sum()
                if wrong < fewest:
                    fewest, best = wrong, (pixel, limit, above)
    # --8<-- [end:search]
    return best


def rule_that_was_found() -> str:
    """Say which rule the search finds, and how it does on digits that it has not seen."""
    (images, labels), (new_images, new_labels) = _fours_and_nines()
    pixel, limit, above = _search(images, labels)
    found = np.where(images[:, pixel] > limit, above, 13 - above) != labels
    found_new = np.where(new_images[:, pixel] > limit, above, 13 - above) != new_labels
    by_hand, by_hand_new = _by_hand(images) != labels, _by_hand(new_images) != new_labels
    return (
        f"It chooses the pixel in row {pixel // 8 + 1}, column {pixel % 8 + 1}: more than {limit} "
        f"there means {above}. That is wrong on {found.sum()} of the {len(labels)}, the rule by "
        f"hand on {by_hand.sum()}. And of {len(new_labels)} fours and nines that the search did "
        f"not see, it misreads {found_new.sum()}, the rule by hand {by_hand_new.sum()}."
    )
