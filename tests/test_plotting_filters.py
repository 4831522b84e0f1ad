"""Filters and feature maps as pictures."""

import numpy as np
import pytest

from workshop import plotting


@pytest.fixture
def ax():
    return plotting.new_axes()


def drawn(ax):
    return [np.asarray(image.get_array()) for image in ax.images]


def test_each_filter_has_its_own_scale_and_keeps_its_signs(ax):
    filters = (
        np.random.default_rng(0).normal(size=(10, 5, 3)) * np.geomspace(1, 1000, 10)[:, None, None]
    )
    plotting.plot_filters(ax, filters, columns=4)
    assert len(ax.images) == 10
    for image, own in zip(drawn(ax), filters, strict=True):
        np.testing.assert_allclose(image, own / np.abs(own).max())
    assert {image.get_clim() for image in ax.images} == {(-1, 1)}


def test_a_filter_of_zeros_can_be_drawn(ax):
    plotting.plot_filters(ax, np.zeros((1, 3, 3)))
    assert not drawn(ax)[0].any()


def test_feature_maps_share_one_scale(ax):
    maps = np.random.default_rng(0).random((3, 4, 4)) * np.array([1, 2, 9])[:, None, None]
    plotting.plot_feature_maps(ax, maps)
    np.testing.assert_array_equal(drawn(ax), maps)
    assert {image.get_clim() for image in ax.images} == {(0, maps.max())}


def test_images_lie_in_rows_that_do_not_touch(ax):
    plotting.plot_filters(ax, np.ones((5, 3, 3)), columns=2)
    corners = [image.get_extent() for image in ax.images]
    lefts, tops = [c[0] for c in corners], [c[3] for c in corners]
    assert lefts == [0, lefts[1], 0, lefts[1], 0]
    assert lefts[1] > corners[0][1]
    assert tops[0] == tops[1] < tops[2] == tops[3] < tops[4]
    assert corners[0][2] < tops[2]
    assert ax.get_xlim()[1] >= corners[1][1]
    assert ax.get_ylim()[0] >= corners[4][2]
