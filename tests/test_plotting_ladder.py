"""Scores as rungs of a ladder."""

import numpy as np
import pytest

from workshop import plotting
from workshop.exercises.ladder import BOOK, PUBLISHED, YOURS, Rung, ladder, measured_here


@pytest.fixture
def ax():
    return plotting.new_axes()


def test_a_ladder_says_each_score_at_its_line(ax):
    plotting.plot_ladder(ax, [0.9, 0.975, 0.99], ["a", "b", "c"], ["x", "yours", "x"])
    assert [text.get_text() for text in ax.texts] == ["90.00 %", "97.50 %", "99.00 %"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b", "c"]
    others, yours = ax.lines
    np.testing.assert_allclose(others.get_xdata(), [0.1, 0.01])
    np.testing.assert_allclose(yours.get_xdata(), [0.025])
    assert list(yours.get_ydata()) == [1]
    assert others.get_marker() != yours.get_marker(), "told apart without colour"


def test_better_is_further_right_and_halved_errors_are_equal_steps(ax):
    plotting.plot_ladder(ax, [0.96, 0.98, 0.99], ["a", "b", "c"], ["x"] * 3)
    at = ax.transData.transform([(0.04, 0), (0.02, 1), (0.01, 2)])[:, 0]
    assert at[0] < at[1] < at[2]
    assert at[1] - at[0] == pytest.approx(at[2] - at[1])


def test_a_perfect_and_a_hopeless_score_have_a_place(ax):
    plotting.plot_ladder(ax, [0.0, 1.0], ["a", "b"], ["x", "x"])
    left, right = ax.get_xlim()
    assert left > 1
    assert 0 < right < 5e-4


def test_the_ladder_rises_and_holds_all():
    mine = Rung(0.97, "mine.py", "today", YOURS)
    rungs = ladder([mine])
    assert mine in rungs
    assert set(PUBLISHED) < set(rungs)
    assert [rung.score for rung in rungs] == sorted(rung.score for rung in rungs)


def test_the_books_rungs_are_those_of_its_results(tmp_path):
    rungs = measured_here()
    assert len(rungs) == 5
    assert {rung.kind for rung in rungs} == {BOOK}
    assert all(rung.seconds > 0 for rung in rungs)
    assert measured_here(tmp_path) == []
