"""The ring of clouds, and how samples are judged."""

import numpy as np
import pytest

from workshop.rings import Ring


def test_centres_lie_evenly_on_the_circle():
    centres = Ring().centres
    np.testing.assert_allclose(centres[[0, 2, 4]], [[2, 0], [0, 2], [-2, 0]], atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(centres, axis=1), 2)
    gaps = np.linalg.norm(centres - np.roll(centres, 1, axis=0), axis=1)
    np.testing.assert_allclose(gaps, gaps[0])


def test_true_samples_cover_everything():
    ring = Ring()
    samples = ring.sample(20_000, seed=1)
    assert samples.dtype == np.float32
    assert ring.modes_covered(samples) == 8
    assert ring.good_share(samples) == pytest.approx(1 - np.exp(-4.5), abs=0.003)
    assert ring.counts(samples) == pytest.approx(np.full(8, 20_000 / 8), rel=0.08)


def test_a_seed_decides_the_samples():
    ring = Ring()
    np.testing.assert_array_equal(ring.sample(9, seed=3), ring.sample(9, seed=3))
    assert (ring.sample(9, seed=3) != ring.sample(9, seed=4)).any()


def test_a_single_cloud_is_one_mode():
    ring = Ring()
    samples = np.tile(ring.centres[3], (2000, 1))
    assert ring.modes_covered(samples) == 1
    assert ring.good_share(samples) == 1


@pytest.mark.parametrize(("given", "covered"), [(49, 7), (50, 8)])
def test_a_mode_needs_a_fifth_of_its_fair_share(given, covered):
    ring = Ring()
    samples = np.repeat(ring.centres[:7], 300, axis=0)[: 2000 - given]
    samples = np.vstack([samples, np.tile(ring.centres[7], (given, 1))])
    assert ring.modes_covered(samples) == covered


@pytest.mark.parametrize(("distance", "good"), [(0.29, 1), (0.31, 0)])
def test_a_good_sample_lies_within_three_deviations(distance, good):
    ring = Ring()
    assert ring.good_share(ring.centres[:1] + np.array([distance, 0])) == good


@pytest.mark.parametrize("shape", [(0, 2), (5,), (5, 3)])
def test_samples_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match="samples must have shape"):
        Ring().counts(np.zeros(shape))
