"""The figures of what machine learning is. Each public function draws one of them."""

import numpy as np
from matplotlib.axes import Axes

from workshop.datasets import load_digits
from workshop.plotting import new_axes, plot_digits


def four_or_nine() -> Axes:
    """What becomes of a rule, written by hand, that tells fours from nines."""
    images, labels, _, _ = load_digits()
    chosen = (labels == 4) | (labels == 9)
    images, labels = images[chosen], labels[chosen]
    # --8<-- [start:rule]
    second_row, third_column = 1, 2
    upper_left = images.reshape(-1, 8, 8)[:, second_row, third_column]
    answers = np.where(upper_left > 145, 9, 4)
    # --8<-- [end:rule]
    wrong = answers != labels
    rows = [np.flatnonzero((labels == digit) & wrong)[:4] for digit in (4, 9)]
    rows += [np.flatnonzero((labels == digit) & ~wrong)[:4] for digit in (4, 9)]
    shown = np.concatenate([rows[2], rows[0], rows[3], rows[1]])
    ax = new_axes(7, 2.5)
    plot_digits(ax, images[shown], labels[shown], answers[shown])
    ax.set_title(f"wrong on {wrong.sum()} of {len(labels)} fours and nines")
    return ax
