"""What a classifier answers everywhere, as a picture."""

import matplotlib.colors
import numpy as np
import pytest

from workshop import plotting


def right_half(X):
    return (X[:, 0] > 1).astype(int)


@pytest.fixture
def ax():
    return plotting.new_axes()


def test_each_place_has_the_colour_of_its_class_and_borders_are_grey(ax):
    asked = []

    def classify(X):
        asked.append(X)
        return right_half(X)

    plotting.plot_regions(ax, classify, (0, 2, -3, -1), pixels=10)
    (grid,) = asked
    assert (grid.dtype, grid.shape) == (np.float32, (100, 2))
    np.testing.assert_allclose([grid.min(axis=0), grid.max(axis=0)], [[0.1, -2.9], [1.9, -1.1]])

    (image,) = ax.images
    assert image.get_extent() == [0, 2, -3, -1]
    drawn = np.asarray(image.get_array())
    for columns, colour in ((slice(0, 4), "C0"), (slice(5, 10), "C1")):
        expected = [*matplotlib.colors.to_rgb(colour), 0.3]
        np.testing.assert_allclose(
            drawn[:, columns], np.broadcast_to(expected, (10, columns.stop - columns.start, 4))
        )
    np.testing.assert_allclose(drawn[:, 4], np.broadcast_to([0.45, 0.45, 0.45, 1], (10, 4)))


def test_up_in_the_plane_is_up_in_the_picture(ax):
    plotting.plot_regions(ax, lambda X: (X[:, 1] > 0.5).astype(int), (0, 1, 0, 1), pixels=6)
    (image,) = ax.images
    assert image.origin == "lower"
    colours = np.asarray(image.get_array())[[0, -1], 0, :3]
    np.testing.assert_allclose(colours, [matplotlib.colors.to_rgb(c) for c in ("C0", "C1")])


def test_classes_have_their_own_markers_and_keep_their_colours(ax):
    X = np.arange(16.0).reshape(8, 2)
    plotting.plot_classes(ax, X, np.array([1, 1, 3, 3, 4, 5, 5, 1]))
    assert [line.get_color() for line in ax.lines] == ["C1", "C3", "C4", "C5"]
    assert len({line.get_marker() for line in ax.lines}) == 4
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), X[[0, 1, 7]])


def test_classifiers_lie_side_by_side_with_the_same_points(ax):
    X = np.array([[0.0, 0.0], [2.0, 1.0], [2.0, 0.0]])
    y = np.array([0, 1, 1])
    both = {"right half": right_half, "nothing": lambda X: np.zeros(len(X), int)}
    plotting.plot_classifiers(ax, both, X, y)
    assert [panel.get_title() for panel in ax.child_axes] == list(both)
    for panel in ax.child_axes:
        assert len(panel.images) == 1
        np.testing.assert_array_equal(panel.lines[0].get_xydata(), X[:1])
        np.testing.assert_array_equal(panel.lines[1].get_xydata(), X[1:])
        np.testing.assert_allclose([*panel.get_xlim(), *panel.get_ylim()], [-0.1, 2.1, -0.6, 1.6])


def test_limits_are_a_square_around_the_points():
    X = np.array([[0.0, 0.0], [4.0, 1.0]])
    assert plotting.limits_around(X, margin=0.25) == (-1, 5, -2.5, 3.5)
