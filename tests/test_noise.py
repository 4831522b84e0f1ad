"""The best possible classifier, against what is known of it otherwise."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from workshop import noise

STANDARD = NormalDist()


def share_within(limit: float) -> float:
    """Return how much of a standard normal distribution lies between -limit and limit."""
    return 2 * STANDARD.cdf(limit) - 1


def test_the_density_is_that_of_the_normal_distribution():
    X = np.array([[0.0, 0.0], [1.0, 2.0]])
    starts = np.array([[0.0, 0.0], [3.0, -1.0]])
    expected = [
        np.mean(
            [math.prod(NormalDist(start[i], 0.7).pdf(x[i]) for i in range(2)) for start in starts]
        )
        for x in X
    ]
    np.testing.assert_allclose(np.exp(noise.log_density(X, starts, 0.7)), expected)


def test_the_density_adds_up_to_one():
    across = np.linspace(-3, 3, 121)
    grid = np.stack(np.meshgrid(across, across), axis=-1).reshape(-1, 2)
    densities = np.exp(noise.log_density(grid, np.array([[0.5, 0.0], [0.0, -0.5]]), 0.4))
    assert densities.sum() * 0.05**2 == pytest.approx(1, abs=1e-6)


def test_far_from_all_points_the_nearest_class_still_wins():
    points = noise.circles()
    assert points.best_answers(np.array([[100.0, 0.0], [0.0, 0.0]])).tolist() == [0, 1]


def test_two_blobs_are_divided_halfway_between_their_centres():
    points = noise.blobs(centres=2, std=4.0)
    centres, labels = noise.make_blobs(2, centres=2, std=0.0, seed=5)
    first, second = centres[labels.argsort()].astype(float)
    distance = np.linalg.norm(second - first)
    assert points.best_accuracy(5) == pytest.approx(STANDARD.cdf(distance / 8), abs=0.003)
    near = (first + second) / 2 + np.array([[0.01], [-0.01]]) * (second - first)
    assert points.best_answers(near, 5).tolist() == [1, 0]


@pytest.mark.parametrize("arms", [2, 3, 6])
def test_evenly_spaced_arms_are_left_by_noise_beyond_half_the_way(arms):
    expected = share_within(math.pi / arms / 0.4)
    assert noise.spirals(arms, noise=0.4).best_accuracy() == pytest.approx(expected, abs=0.005)


def test_six_arms_four_radians_apart_are_taken_for_their_neighbours():
    starts = np.sort(4.0 * np.arange(6) % (2 * math.pi))
    half_gaps = np.diff([*starts, starts[0] + 2 * math.pi]) / 2
    share = STANDARD.cdf  # of the noise that stays below the middle to the next arm
    expected = np.mean([share(gap / 0.2) - share(-before / 0.2) for gap, before in
                        zip(half_gaps, np.roll(half_gaps, 1), strict=True)])  # fmt: skip
    assert expected == pytest.approx(0.921, abs=0.001)
    assert noise.spirals(6, turn=4).best_accuracy() == pytest.approx(expected, abs=0.004)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (noise.circles(), STANDARD.cdf(2)),  # halfway to the other is two standard deviations
        (noise.moons(0.2), 0.969),  # these by neighbours in a large sample
        (noise.moons(0.5), 0.822),
    ],
)
def test_limits_are_those_found_in_other_ways(points, expected):
    assert points.best_accuracy(n_samples=5000) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("points", [noise.circles(), noise.moons(), noise.spirals(6, turn=4)])
def test_the_best_answers_are_as_good_as_the_limit_says(points):
    X, y = points.make(6000, 3)
    right = (points.best_answers(X, 3) == y).mean()
    assert right == pytest.approx(points.best_accuracy(3, 6000), abs=0.011)


def test_no_neighbours_beat_the_limit():
    """What scikit-learn learns from many points comes close to it, from below."""
    from sklearn.neighbors import KNeighborsClassifier

    points = noise.moons(0.5)
    X, y = points.make(12_000, 0)
    neighbours = KNeighborsClassifier(150).fit(X[:8000], y[:8000])
    best = (points.best_answers(X[8000:]) == y[8000:]).mean()
    assert best - 0.015 < neighbours.score(X[8000:], y[8000:]) <= best + 0.005


def test_each_seed_of_blobs_has_its_own_limit():
    limits = [noise.blobs().best_accuracy(seed, 3000) for seed in range(4)]
    assert limits == pytest.approx([0.75, 0.885, 0.89, 0.97], abs=0.012)
