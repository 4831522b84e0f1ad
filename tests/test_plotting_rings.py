"""Samples beside the ring."""

import numpy as np

from workshop import plotting
from workshop.rings import Ring


def test_each_set_has_its_place_its_name_and_the_modes():
    ring, ax = Ring(), plotting.new_axes()
    moments = {name: ring.sample(100, seed) for seed, name in enumerate("abcd")}
    plotting.plot_moments(ax, moments, ring, columns=2)
    assert [text.get_text() for text in ax.texts] == list("abcd")
    dots, crosses = ax.lines[::2], ax.lines[1::2]
    middles = [line.get_xydata().mean(axis=0) for line in crosses]
    np.testing.assert_allclose(middles[0], 0, atol=1e-12)
    assert middles[1][0] > 4
    assert middles[2][1] < -4
    np.testing.assert_allclose(middles[3], [middles[1][0], middles[2][1]], atol=1e-12)
    for line, middle, samples in zip(dots, middles, moments.values(), strict=True):
        np.testing.assert_allclose(line.get_xydata() - middle, samples, atol=1e-5)


def test_what_lies_far_outside_is_left_out():
    ring, ax = Ring(), plotting.new_axes()
    plotting.plot_moments(ax, {"": np.array([[0, 0], [9, 0], [0, -9]])}, ring)
    assert len(ax.lines[0].get_xydata()) == 1
