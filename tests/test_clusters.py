"""k-means finds what scikit-learn's finds, and does not stumble over odd points."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from workshop.clusters import (
    count_pairs,
    k_means,
    middles,
    name_clusters,
    nearest,
    start_centres,
)
from workshop.datasets import load_digits, make_blobs


@pytest.fixture(scope="module")
def digits():
    X, y, _, _ = load_digits()
    return X / np.float32(255), y


def test_nearest_is_the_nearest():
    random = np.random.default_rng(0)
    X, centres = random.normal(size=(50, 3)), random.normal(size=(4, 3))
    all_distances = np.linalg.norm(X[:, None] - centres, axis=2)
    labels, distances = nearest(X, centres)
    np.testing.assert_array_equal(labels, all_distances.argmin(axis=1))
    np.testing.assert_allclose(distances, all_distances.min(axis=1) ** 2)


def test_centres_move_to_the_middles():
    X = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 1.0]])
    found = middles(X, np.array([0, 0, 1]), np.zeros(3), 2)
    np.testing.assert_array_equal(found, [[1, 0], [10, 1]])


def test_empty_clusters_move_to_the_points_farthest_away():
    X = np.array([[0.0], [1.0], [5.0], [9.0]])
    labels = np.array([1, 1, 1, 1])
    found = middles(X, labels, np.array([0.0, 1.0, 25.0, 81.0]), 3)
    np.testing.assert_array_equal(found, [[9], [3.75], [5]])


def test_the_start_prefers_points_far_away():
    X = np.array([[0.0]] * 50 + [[100.0]] * 50 + [[200.0]])
    chosen = [start_centres(X, 3, np.random.default_rng(seed)) for seed in range(20)]
    assert all(sorted(centres.ravel()) == [0, 100, 200] for centres in chosen)


@pytest.mark.parametrize("seed", range(5))
def test_finds_clouds_that_are_apart(seed):
    X, y = make_blobs(300, centres=4, std=0.5, seed=1)
    found = k_means(X, 4, seed=seed)
    names = name_clusters(found.labels, y, 4)
    np.testing.assert_array_equal(names[found.labels], y)
    for cluster, name in enumerate(names):
        np.testing.assert_allclose(found.centres[cluster], X[y == name].mean(axis=0), rtol=1e-5)


def test_from_the_same_centres_as_scikit_learn_it_ends_at_the_same(digits):
    X, _ = digits
    X = X.astype(np.float64)
    start = start_centres(X - X.mean(axis=0), 10, np.random.default_rng(3)) + X.mean(axis=0)
    theirs = KMeans(10, init=start, n_init=1, tol=0).fit(X)
    ours = k_means(X, 10, starts=1, seed=3)
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    np.testing.assert_allclose(ours.centres, theirs.cluster_centers_, atol=1e-9)
    assert ours.inertia == pytest.approx(theirs.inertia_)


def test_is_as_good_as_scikit_learn(digits):
    X, _ = digits
    theirs = KMeans(10, n_init=10, random_state=0).fit(X)
    assert k_means(X, 10).inertia == pytest.approx(theirs.inertia_, rel=0.002)


def test_inertia_and_centres_belong_to_the_labels(digits):
    X, _ = digits
    found = k_means(X, 7, starts=2, seed=4)
    middle = [X[found.labels == cluster].mean(axis=0) for cluster in range(7)]
    np.testing.assert_allclose(found.centres, middle, atol=1e-5)
    inertia = np.sum((X - found.centres[found.labels]) ** 2)
    assert found.inertia == pytest.approx(inertia, rel=1e-4)
    np.testing.assert_array_equal(nearest(X, found.centres)[0], found.labels)


def test_more_starts_are_never_worse(digits):
    X, _ = digits
    inertias = [k_means(X, 10, starts=starts, seed=0).inertia for starts in (1, 3, 9)]
    assert inertias == sorted(inertias, reverse=True)


def test_each_step_lowers_the_inertia(digits):
    X, _ = digits
    inertias = [k_means(X, 10, starts=1, max_steps=steps).inertia for steps in range(1, 15)]
    assert inertias == sorted(inertias, reverse=True)
    assert inertias[-1] < inertias[0]


def test_the_same_seed_finds_the_same(digits):
    X, _ = digits
    first, second = (k_means(X, 10, starts=1, seed=5) for _ in range(2))
    np.testing.assert_array_equal(first.labels, second.labels)
    assert k_means(X, 10, starts=1, seed=6).inertia != first.inertia


def test_far_from_the_origin_it_finds_the_same():
    X, _ = make_blobs(300, centres=3, std=1.0, seed=2)
    near, far = k_means(X, 3), k_means(X + np.float32(1000), 3)
    np.testing.assert_array_equal(near.labels, far.labels)
    np.testing.assert_allclose(far.centres, near.centres + 1000, rtol=1e-6)


@pytest.mark.parametrize("k", [1, 3, 5])
def test_as_many_clusters_as_points_or_one(k):
    X = np.array([[0.0], [1.0], [5.0], [9.0], [20.0]])
    found = k_means(X, k)
    assert len(found.centres) == k
    assert set(found.labels) == set(range(k))
    assert (found.inertia == pytest.approx(0)) == (k == 5)


def test_points_that_are_all_the_same():
    found = k_means(np.ones((6, 2)), 3)
    np.testing.assert_array_equal(found.centres, np.ones((3, 2)))
    assert found.inertia == 0


def test_whole_numbers_are_points_too():
    found = k_means(np.array([[0], [1], [10], [11]], dtype=np.uint8), 2)
    assert sorted(found.centres.ravel()) == [0.5, 10.5]


@pytest.mark.parametrize(
    ("X", "k", "message"),
    [
        (np.zeros(5), 2, r"X must hold numbers.*float64 of shape \(5,\)"),
        (np.zeros((2, 2, 2)), 2, r"shape \(2, 2, 2\).*X.reshape"),
        (np.array([["a", "b"]]), 1, "X must hold numbers"),
        (np.zeros((5, 2)), 6, "k must be 1 to 5, the number of points, got 6"),
        (np.zeros((5, 2)), 0, "k must be 1 to 5, the number of points, got 0"),
    ],
)
def test_what_cannot_be_clustered_is_refused(X, k, message):
    with pytest.raises(ValueError, match=message):
        k_means(X, k)


def test_pairs_are_counted():
    labels, y = np.array([0, 0, 1, 1, 1]), np.array([2, 2, 0, 0, 2])
    np.testing.assert_array_equal(count_pairs(labels, y, 3), [[0, 0, 2], [2, 0, 1], [0, 0, 0]])
    np.testing.assert_array_equal(name_clusters(labels, y, 3), [2, 0, -1])
