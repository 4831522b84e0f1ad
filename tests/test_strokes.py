"""Digits drawn by the computer."""

import numpy as np
import pytest

from workshop.strokes import WAYS, draw_digit


@pytest.mark.parametrize("digit", range(10))
def test_draws_a_digit_in_the_middle_of_the_sheet(digit):
    ink = draw_digit(digit, np.random.default_rng(digit), size=64)
    assert ink.shape == (64, 64)
    assert ink.min() == 0
    assert ink.max() == 1
    assert 0.02 < np.mean(ink > 0.5) < 0.25
    assert not np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]]).any(), "cut off at the rim"


def test_the_seed_decides():
    first, again, other = (draw_digit(8, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.5


def test_every_way_of_writing_is_drawn():
    class Choice:
        """A random generator whose choices are given, and which is in the middle otherwise."""

        def __init__(self, way):
            self.way = way

        def integers(self, n):
            return min(self.way, n - 1)

        def uniform(self, low, high, size=None):
            return (low + high) / 2 if size is None else np.full(size, (low + high) / 2)

        def normal(self, mean, deviation):
            return mean

    drawn = {
        draw_digit(digit, Choice(way)).tobytes() for digit, ways in WAYS.items() for way in (0, 1)
    }
    assert len(drawn) == 20


@pytest.mark.parametrize("digit", [10, -1, "3"])
def test_refuses_what_is_no_digit(digit):
    with pytest.raises(ValueError, match="from 0 to 9, got"):
        draw_digit(digit, np.random.default_rng(0))
