"""Tables as pictures."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from workshop import plotting


@pytest.fixture
def ax():
    return plotting.new_axes()


def test_a_heat_map_says_its_numbers(ax):
    plotting.plot_heat_map(ax, np.array([[0.0, 1.25], [7.0, 8.0]]), ["a", "b"], [1, 2])
    assert [text.get_text() for text in ax.texts] == ["0", "1.25", "7", "8"]
    assert [text.get_position() for text in ax.texts] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2"]
    dark, light = to_hex(ax.texts[0].get_color()), to_hex(ax.texts[-1].get_color())
    assert (dark, light) == ("#fefefe", "#010101"), "light ink on dark cells, and the reverse"


def test_a_heat_map_writes_numbers_as_told(ax):
    plotting.plot_heat_map(ax, np.array([[0.256]]), ["a"], ["b"], numbers=".0%")
    assert ax.texts[0].get_text() == "26%"


def test_seasons_are_told_apart_without_colour(ax):
    true = {"cold": [0.5, 1.5], "hot": [1.5, 0.5]}
    found = np.array([[0.6, 1.4], [1.4, 0.6]])
    plotting.plot_seasons(ax, found, true, ["Jan", "Jul"])
    points = [line for line in ax.lines if line.get_marker() != "None"]
    assert [line.get_label() for line in points] == ["cold", "hot"]
    np.testing.assert_array_equal(np.transpose([line.get_ydata() for line in points]), found)
    assert len({line.get_marker() for line in points}) == 2
    lines = [line for line in ax.lines if line.get_marker() == "None"][:2]
    assert [list(line.get_ydata()) for line in lines] == list(true.values())
    assert [label.get_text() for label in ax.get_xticklabels()] == ["Jan", "Jul"]
