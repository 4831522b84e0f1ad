"""The pure functions against definitions, SciPy and PyTorch, extreme numbers among them."""

import numpy as np
import pytest
import scipy.special
import torch

from workshop import functions

EXTREMES = [-1e30, -1e4, -745.2, -89.0, -1.0, -1e-30, 0.0, 1e-30, 1.0, 89.0, 745.2, 1e4, 1e30]


def random_probabilities(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    return rng.dirichlet(np.ones(shape[1]), size=shape[0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_agrees_with_scipy_and_never_overflows(dtype):
    z = np.array([*EXTREMES, *np.linspace(-20, 20, 401)], dtype)
    result = functions.sigmoid(z)
    assert result.dtype == dtype
    np.testing.assert_allclose(result, scipy.special.expit(z), atol=np.finfo(dtype).eps)
    assert functions.sigmoid(np.array(0.0)) == 0.5


def test_sigmoid_mirrors_itself_around_one_half():
    z = np.linspace(-8, 8, 101)
    np.testing.assert_allclose(functions.sigmoid(z) + functions.sigmoid(-z), 1, rtol=1e-15)


def test_relu_replaces_negative_numbers_and_nothing_else():
    z = np.array([-np.inf, -1e30, -1.0, -0.0, 0.0, 1e-30, 2.5, 1e30])
    np.testing.assert_array_equal(functions.relu(z), [0, 0, 0, 0, 0, 1e-30, 2.5, 1e30])
    assert np.isnan(functions.relu(np.array([np.nan]))).all(), "a nan must stay visible"


@pytest.mark.parametrize(
    ("function", "derivative"),
    [
        (functions.sigmoid, functions.sigmoid_derivative),
        (functions.relu, functions.relu_derivative),
    ],
)
def test_derivatives_are_the_slopes_of_their_functions(function, derivative):
    z = np.linspace(-6, 6, 100)  # an even number of points leaves out the kink at 0
    h = 1e-6
    slope = (function(z + h) - function(z - h)) / (2 * h)
    np.testing.assert_allclose(derivative(function(z)), slope, atol=1e-9)


def test_the_sigmoid_is_steepest_in_the_middle():
    slopes = functions.sigmoid_derivative(functions.sigmoid(np.linspace(-5, 5, 101)))
    assert slopes.argmax() == 50
    assert slopes.max() == 0.25


def test_softmax_agrees_with_scipy():
    logits = np.random.default_rng(0).normal(0, 5, (50, 7))
    np.testing.assert_allclose(
        functions.softmax(logits), scipy.special.softmax(logits, axis=1), rtol=1e-12
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softmax_stays_finite_on_extreme_logits(dtype):
    logits = np.array([[1e30, 0, -1e30], [-1e30, -1e30, -1e30], [800, 799, 0]], dtype)
    result = functions.softmax(logits)
    assert result.dtype == dtype
    np.testing.assert_allclose(result.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(result[0], [1, 0, 0])
    np.testing.assert_allclose(result[1], 1 / 3, rtol=1e-6)
    assert result[2, 0] / result[2, 1] == pytest.approx(np.e, rel=1e-5)


def test_softmax_ignores_a_number_added_to_a_whole_row_and_leaves_its_input_alone():
    logits = np.random.default_rng(1).normal(size=(4, 5))
    before = logits.copy()
    np.testing.assert_allclose(
        functions.softmax(logits), functions.softmax(logits + 100), rtol=1e-12
    )
    np.testing.assert_array_equal(logits, before)


def test_one_hot_writes_one_one_in_each_row():
    result = functions.one_hot(np.array([2, 0, 1, 2]), 4)
    np.testing.assert_array_equal(result, [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    assert result.dtype == np.float32
    assert functions.one_hot(np.array([0], np.uint8), 1, dtype=np.float64).dtype == np.float64
    assert functions.one_hot(np.array([], int), 3).shape == (0, 3)


@pytest.mark.parametrize("labels", [[0, 3], [-1, 0], [10]])
def test_one_hot_refuses_labels_out_of_range(labels):
    with pytest.raises(ValueError, match=rf"between 0 and 2, got {min(labels)} to {max(labels)}"):
        functions.one_hot(np.array(labels), 3)


@pytest.mark.parametrize("labels", [[0.0, 1.0], [True, False], ["0", "1"]])
def test_one_hot_refuses_labels_that_are_not_whole_numbers(labels):
    with pytest.raises(ValueError, match="labels must be whole numbers, got an array of"):
        functions.one_hot(np.array(labels), 2)


def test_cross_entropy_agrees_with_torch():
    rng = np.random.default_rng(2)
    logits, labels = rng.normal(0, 3, (40, 6)), rng.integers(6, size=40)
    ours = functions.cross_entropy(
        functions.softmax(logits), functions.one_hot(labels, 6, dtype=np.float64)
    )
    theirs = torch.nn.functional.cross_entropy(torch.tensor(logits), torch.tensor(labels))
    assert ours == pytest.approx(theirs.item(), rel=1e-12)


def test_cross_entropy_by_hand():
    probabilities = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    targets = functions.one_hot(np.array([1, 1]), 3)
    expected = -(np.log(0.25) + np.log(0.8)) / 2
    assert functions.cross_entropy(probabilities, targets) == pytest.approx(expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_of_a_certain_mistake_is_large_but_finite(dtype):
    probabilities, targets = np.array([[0, 1]], dtype), np.array([[1, 0]], dtype)
    assert functions.cross_entropy(probabilities, targets) == pytest.approx(
        -np.log(np.finfo(dtype).tiny)
    )
    assert functions.cross_entropy(targets, targets) == 0


def test_squared_error_by_hand_and_against_torch():
    probabilities = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    targets = functions.one_hot(np.array([1, 1]), 3, dtype=np.float64)
    ours = functions.squared_error(probabilities, targets)
    assert ours == pytest.approx((0.25 + 0.5625 + 0.0625 + 0.01 + 0.04 + 0.01) / 2)
    theirs = torch.nn.functional.mse_loss(
        torch.tensor(probabilities), torch.tensor(targets), reduction="sum"
    )
    assert ours == pytest.approx(theirs.item() / 2)


@pytest.mark.parametrize("name", ["cross_entropy", "squared_error"])
def test_deltas_are_derivatives_by_the_logits(name):
    """Also for targets that are not one-hot, as label smoothing makes them."""
    loss, delta = getattr(functions, name), getattr(functions, f"{name}_delta")
    rng = np.random.default_rng(3)
    logits, targets = rng.normal(0, 2, (5, 4)), random_probabilities(rng, (5, 4))
    analytic = delta(functions.softmax(logits), targets)
    assert analytic.shape == logits.shape
    h = 1e-6
    for place in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[place] = h
        above = loss(functions.softmax(logits + step), targets)
        below = loss(functions.softmax(logits - step), targets)
        assert analytic[place] == pytest.approx((above - below) / (2 * h), abs=1e-9)
