"""The bundled digits, the ten points and the toy sets."""

import subprocess
import sys

import numpy as np
import pytest

from workshop import datasets


def test_digits_are_like_mnist_but_small():
    X_train, y_train, X_test, y_test = datasets.load_digits()

    assert (X_train.shape, y_train.shape) == ((1347, 64), (1347,))
    assert (X_test.shape, y_test.shape) == ((450, 64), (450,))
    assert {array.dtype for array in (X_train, y_train, X_test, y_test)} == {np.dtype(np.uint8)}
    assert (X_train.min(), X_train.max()) == (0, 255)
    assert len(np.unique(X_train)) == 17  # the sixteenths of the original
    shares = np.bincount(y_test) / np.bincount(np.concatenate([y_train, y_test]))
    np.testing.assert_allclose(shares, 0.25, atol=0.005)


def test_digits_are_split_by_the_seed_and_all_there():
    from sklearn import datasets as bundled

    first, again, other = (datasets.load_digits(seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first[3], again[3])
    assert not np.array_equal(first[3], other[3])
    everything = np.concatenate([first[0], first[2]]) / (255 / 16)
    original = bundled.load_digits().data
    np.testing.assert_allclose(
        everything[np.lexsort(everything.T)], original[np.lexsort(original.T)], atol=0.04
    )


def test_the_line_through_the_ten_points_is_the_workshops():
    x, y = datasets.load_ten_points()

    assert (x.dtype, y.dtype, x.shape, y.shape) == (np.float64, np.float64, (10,), (10,))
    np.testing.assert_allclose(np.polyfit(x, y, 1), [-0.678647, 2.740804], atol=5e-7)


TOYS = {
    "circles": (datasets.make_circles, 1000, 2),
    "moons": (datasets.make_moons, 3000, 2),
    "blobs": (datasets.make_blobs, 1000, 4),
    "spirals": (datasets.make_spirals, 3000, 3),
}


@pytest.mark.parametrize(("make", "n_samples", "n_classes"), TOYS.values(), ids=TOYS)
def test_toy_sets_are_balanced_shuffled_and_follow_their_seed(make, n_samples, n_classes):
    X, y = make(seed=3)

    assert (X.shape, X.dtype) == ((n_samples, 2), np.float32)
    assert (y.shape, y.dtype) == ((n_samples,), np.int64)
    assert np.bincount(y).tolist() == [n_samples // n_classes] * n_classes
    assert (np.diff(y) != 0).mean() > 0.4
    np.testing.assert_array_equal(make(seed=3)[0], X)
    assert not np.array_equal(make(seed=4)[0], X)


def test_circles_have_their_radii():
    X, y = datasets.make_circles(noise=0.0, factor=0.5)

    np.testing.assert_allclose(np.hypot(*X.T), np.where(y == 0, 1, 0.5), rtol=1e-6)


def test_moons_without_noise_are_half_circles():
    X, y = datasets.make_moons(200, noise=0.0)

    centres = np.where(y[:, None] == 0, [0, 0], [1, 0.5])
    np.testing.assert_allclose(np.hypot(*(X - centres).T), 1, rtol=1e-6)


def test_blobs_spread_as_asked():
    X, y = datasets.make_blobs(40_000, centres=3, std=0.5)

    for label in range(3):
        np.testing.assert_allclose(X[y == label].std(axis=0), 0.5, rtol=0.03)


@pytest.mark.parametrize("arms", [3, 6])
def test_spirals_are_arms_of_four_radians_evenly_apart(arms):
    X, y = datasets.make_spirals(50, arms, noise=0.0)

    radius = np.hypot(*X.T)
    assert [radius[y == arm].max() for arm in range(arms)] == pytest.approx([1] * arms)
    turned = np.arctan2(X[:, 0], X[:, 1]) - 4 * radius - 2 * np.pi / arms * y
    np.testing.assert_allclose(np.cos(turned[radius > 0]), 1, atol=1e-5)


def test_six_spirals_with_turns_of_four_radians_lie_in_pairs():
    X, y = datasets.make_spirals(50, 6, noise=0.0, turn=4.0)

    X, y = X[np.hypot(*X.T) > 0], y[np.hypot(*X.T) > 0]  # the origin lies in no direction
    angle = np.arctan2(X[:, 0], X[:, 1]) - 4 * np.hypot(*X.T)
    starts = [np.angle(np.exp(1j * angle[y == arm]).sum()) % (2 * np.pi) for arm in range(6)]
    gaps = np.diff(sorted([*starts, min(starts) + 2 * np.pi]))
    np.testing.assert_allclose(sorted(gaps), [0.566, 0.566, 0.566, 1.151, 1.717, 1.717], atol=0.001)


def test_ones_are_counted_and_follow_their_seed():
    X, y = datasets.make_counting_ones(2000, seed=3)

    assert (X.shape, X.dtype, y.shape, y.dtype) == ((2000, 10), np.float32, (2000, 1), np.float32)
    assert set(np.unique(X)) == {0, 1}
    np.testing.assert_array_equal(y[:, 0], X.sum(axis=1))
    np.testing.assert_array_equal(datasets.make_counting_ones(2000, seed=3)[0], X)
    assert not np.array_equal(datasets.make_counting_ones(2000, seed=4)[0], X)
    assert datasets.make_counting_ones(5, n_bits=3)[0].shape == (5, 3)


def test_each_count_and_each_place_of_a_one_is_equally_likely():
    X, y = datasets.make_counting_ones(20_000)

    np.testing.assert_allclose(np.bincount(y[:, 0].astype(int)) / 20_000, 1 / 11, atol=0.008)
    np.testing.assert_allclose(X.mean(axis=0), 0.5, atol=0.015)
    np.testing.assert_allclose(X[y[:, 0] == 1].mean(axis=0), 0.1, atol=0.025)


def test_a_straight_line_is_one():
    X, y = datasets.make_straight_line()

    assert (X.shape, X.dtype, y.shape, y.dtype) == ((50, 1), np.float32, (50, 1), np.float32)
    assert (X[0, 0], X[-1, 0]) == (0, np.float32(0.98))
    np.testing.assert_allclose(y, 0.7 * X + 0.3, rtol=1e-6)
    np.testing.assert_array_equal(datasets.make_straight_line(seed=1)[1], y)


def test_a_straight_line_with_noise_scatters_around_it():
    X, y = datasets.make_straight_line(5000, weight=-2, bias=1, noise=0.1, seed=3)

    assert (y + 2 * X - 1).std() == pytest.approx(0.1, rel=0.05)
    np.testing.assert_allclose(np.polyfit(X[:, 0], y[:, 0], 1), [-2, 1], atol=0.02)
    assert not np.array_equal(datasets.make_straight_line(5000, -2, 1, noise=0.1, seed=4)[1], y)


def test_importing_datasets_imports_nothing_heavy():
    program = (
        "import sys, workshop.datasets\n"
        "print(sorted({'sklearn', 'pooch', 'requests', 'tqdm', 'filelock', 'scipy', 'matplotlib',"
        " 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n"
