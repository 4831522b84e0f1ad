"""What the plotting functions put on the Axes that they are given."""

import subprocess
import sys

import matplotlib as mpl
import matplotlib.figure
import numpy as np
import pytest

from workshop import plotting
from workshop.datasets import load_digits, load_ten_points
from workshop.neuron import descend, least_squares


@pytest.fixture
def ax():
    return plotting.new_axes()


@pytest.fixture
def points():
    return load_ten_points()


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_save_makes_the_folder_and_writes_a_picture(ax, tmp_path):
    path = plotting.save(ax, tmp_path / "new" / "folder" / "plot.png")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert plotting.save(ax, tmp_path / "plot.svg").read_text("utf-8").startswith("<?xml")


def test_axes_belong_to_no_window():
    code = (
        "import sys; from workshop import plotting; plotting.new_axes();"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_plot_points(ax, points):
    plotting.plot_points(ax, *points)
    (drawn,) = ax.lines
    np.testing.assert_array_equal(drawn.get_xydata(), np.column_stack(points))


def test_plot_line_crosses_the_axes_and_keeps_them(ax):
    ax.set_xlim(-2, 4)
    plotting.plot_line(ax, 0.5, 1, label="after 3 steps")
    (drawn,) = ax.lines
    np.testing.assert_array_equal(drawn.get_xydata(), [[-2, 0], [4, 3]])
    assert ax.get_xlim() == (-2, 4)
    assert texts(ax) == ["after 3 steps"]


def test_plot_cost_marks_the_minimum(ax, points):
    plotting.plot_cost(ax, *points)
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [least_squares(*points)])
    (contours,) = (item for item in ax.collections if isinstance(item, mpl.contour.ContourSet))
    lowest, minimum = contours.get_paths()[0], least_squares(*points)
    assert lowest.contains_point(minimum)


def test_plot_descent_follows_the_path(ax, points):
    path = descend(*points, learning_rate=0.01, steps=5)
    plotting.plot_descent(ax, path, label="0.01")
    (drawn,) = ax.lines
    np.testing.assert_array_equal(drawn.get_xdata(), path.weights)
    np.testing.assert_array_equal(drawn.get_ydata(), path.biases)
    assert drawn.get_label() == "0.01"


def test_plot_loss_curve_counts_epochs_from_1(ax):
    plotting.plot_loss_curve(ax, [3.0, 2.0, 1.5])
    (drawn,) = ax.lines
    np.testing.assert_array_equal(drawn.get_xydata(), [[1, 3], [2, 2], [3, 1.5]])
    assert all(tick == int(tick) for tick in ax.get_xticks())


def test_plot_digits_names_them(ax):
    images, labels, _, _ = load_digits()
    plotting.plot_digits(ax, images[:10], labels[:10], columns=4)
    assert texts(ax) == [str(label) for label in labels[:10]]
    assert len(ax.images) == 10
    assert not ax.patches


def test_plot_digits_marks_wrong_ones_by_words_and_a_frame(ax):
    images, labels, _, _ = load_digits()
    predictions = labels[:3].copy()
    predictions[1] = (labels[1] + 1) % 10
    plotting.plot_digits(ax, images[:3], labels[:3], predictions)
    assert texts(ax)[0] == str(labels[0])
    assert texts(ax)[1] == f"{labels[1]}, read {predictions[1]}"
    (frame,) = ax.patches
    assert frame.get_xy() == tuple(ax.images[1].get_extent()[i] for i in (0, 3))


def test_plot_digits_draws_none(ax):
    plotting.plot_digits(ax, np.empty((0, 64)), [])
    assert not ax.images


def test_plot_weights_scales_each_neuron_on_its_own(ax):
    weights = np.random.default_rng(0).normal(size=(64, 10)) * np.geomspace(1, 1000, 10)
    plotting.plot_weights(ax, weights, columns=4)
    wall = ax.images[0].get_array().filled(np.nan)
    assert wall.shape == (3 * 9 - 1, 4 * 9 - 1)
    first, last = wall[:8, :8], wall[18:26, 9:17]
    np.testing.assert_allclose(first, weights[:, 0].reshape(8, 8) / np.abs(weights[:, 0]).max())
    assert np.abs(last).max() == pytest.approx(1)
    assert np.isnan(wall[8]).all(), "a gap between the rows"


def test_pixels_are_written_where_they_stand():
    image = np.arange(100).reshape(10, 10)
    whole, part = mpl.figure.Figure().subplots(1, 2)
    plotting.plot_pixels(whole, part, image, top=2, left=1)
    written = {tuple(map(int, text.get_position())): text.get_text() for text in part.texts}
    assert len(written) == 49
    assert written[0, 0] == "21"
    assert written[5, 6] == "86", "its column first, then its row"
    assert part.get_title() == "49 of its 100 numbers"
    frame = np.array(whole.lines[0].get_data())
    assert frame.min(axis=1).tolist() == [0.5, 1.5]
    assert frame.max(axis=1).tolist() == [7.5, 8.5]
