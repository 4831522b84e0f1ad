"""What a model says of points, as a picture."""

import numpy as np

from workshop import plotting


def test_points_and_predictions_are_told_apart_without_colour():
    x, test_x = np.array([[0.0], [1.0]]), np.array([[2.0]])
    ax = plotting.new_axes()
    plotting.plot_predictions(ax, (x, 2 * x), (test_x, 2 * test_x), np.array([[5.0]]))

    drawn = {line.get_label(): line for line in ax.lines}
    points = {name: line.get_xydata().tolist() for name, line in drawn.items()}
    assert points == {
        "to train on": [[0, 0], [1, 2]],
        "to test on": [[2, 4]],
        "predictions": [[2, 5]],
    }
    assert len({line.get_marker() for line in drawn.values()}) == 3
    assert {line.get_linestyle() for line in drawn.values()} == {"None"}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(points)
