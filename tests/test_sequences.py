"""Lamps and buttons."""

import numpy as np
import pytest

from workshop.sequences import OVER, make_lamps, one_hot_sequences, press_and_wait


def test_the_lamp_is_on_after_an_odd_number_of_presses():
    X, y = make_lamps(500, (1, 12), seed=3)
    for row, lamp in zip(X.tolist(), y.tolist(), strict=True):
        on = False
        for symbol in row:
            if symbol == 1:
                on = not on
        assert lamp == on


def test_all_lengths_occur_and_what_is_over_is_at_the_end():
    X, _ = make_lamps(2000, (3, 7), width=9)
    assert X.shape == (2000, 9)
    lengths = (X != OVER).sum(axis=1)
    assert np.unique(lengths).tolist() == [3, 4, 5, 6, 7]
    for row, length in zip(X, lengths, strict=True):
        assert set(row[:length]) <= {0, 1}
        assert set(row[length:]) == {OVER}


def test_the_button_is_pressed_as_often_as_asked():
    X, _ = make_lamps(400, (50, 50), pressed=0.1)
    assert np.mean(X == 1) == pytest.approx(0.1, abs=0.01)
    assert make_lamps(5, (4, 4), pressed=0)[1].tolist() == [0] * 5


def test_a_seed_decides_the_sequences():
    (first, _), (again, _), (other, _) = (make_lamps(20, (1, 9), seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize(
    ("lengths", "width"), [((0, 3), None), ((4, 3), None), ((1, 5), 4), ((-1, 0), None)]
)
def test_lengths_that_cannot_be(lengths, width):
    with pytest.raises(ValueError, match="lengths must go up"):
        make_lamps(3, lengths, width=width)


def test_a_press_and_a_wait():
    X, y = press_and_wait(3)
    assert X.tolist() == [[1, 0, 0, 0], [0, 0, 0, 0]]
    assert y.tolist() == [1, 0]


def test_symbols_as_rows_with_a_single_one():
    assert one_hot_sequences(np.array([[0, 1, OVER]])).tolist() == [[[1, 0], [0, 1], [0, 0]]]
    assert one_hot_sequences(np.array([[0]])).dtype == np.float32
