"""One neuron: the figures of the source workshop, the regression line, and the stable limit."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from workshop import neuron
from workshop.datasets import load_ten_points

BEST = (-0.678647, 2.740804)  # the least-squares line through the ten printed points


@pytest.fixture(scope="module")
def points():
    return load_ten_points()


@pytest.mark.parametrize(
    ("learning_rate", "step", "weight", "bias"),
    [
        (0.01, 0, 1, 1),
        (0.01, 1, -1.461, 0.952),
        (0.01, 7, -0.773, 2.157),
        (0.01, 35, -0.678, 2.737),
    ],
)
def test_the_tables_of_the_workshop(points, learning_rate, step, weight, bias):
    path = neuron.descend(*points, learning_rate=learning_rate, steps=35)
    assert path.weights[step] == pytest.approx(weight, abs=5.1e-4)
    assert path.biases[step] == pytest.approx(bias, abs=5.1e-4)


def test_a_large_learning_rate_explodes_as_in_the_workshop(points):
    path = neuron.descend(*points, learning_rate=0.1, steps=3)
    assert round(path.weights[3]) == -6168
    assert round(path.biases[3], 1) == -937.7


def test_an_exploding_path_goes_to_infinity_without_a_warning(points):
    path = neuron.descend(*points, learning_rate=0.1, steps=1000)
    assert not np.isfinite(path.costs[-1])
    assert len(path.costs) == 1001


@pytest.mark.parametrize(("learning_rate", "steps"), [(0.01, 45), (0.001, 480)])
def test_steps_from_zero_to_within_a_thousandth(points, learning_rate, steps):
    path = neuron.descend(*points, weight=0, bias=0, learning_rate=learning_rate, steps=steps)
    distance = np.maximum(abs(path.weights - BEST[0]), abs(path.biases - BEST[1]))
    assert distance[steps] < 1e-3 <= distance[steps - 1]


def test_a_path_has_its_start_and_one_entry_a_step(points):
    path = neuron.descend(*points, weight=0.5, bias=-2, learning_rate=0.01, steps=6)
    for values in path:
        assert values.shape == (7,)
        assert values.dtype == np.float64
        assert values.flags.c_contiguous
    assert (path.weights[0], path.biases[0]) == (0.5, -2)
    costs = [
        neuron.cost(*points, weight, bias)
        for weight, bias in zip(path.weights, path.biases, strict=True)
    ]
    np.testing.assert_array_equal(path.costs, costs)


def test_no_steps_is_the_start_alone(points):
    path = neuron.descend(*points, learning_rate=0.01, steps=0)
    assert path.weights.tolist() == path.biases.tolist() == [1]


def test_a_stable_path_goes_downhill_at_every_step(points):
    path = neuron.descend(*points, learning_rate=0.01, steps=30)
    assert (np.diff(path.costs) < 0).all()


def test_lists_do_as_well_as_arrays(points):
    from_lists = neuron.descend(
        [float(x) for x in points[0]], list(points[1]), learning_rate=0.01, steps=3
    )
    np.testing.assert_array_equal(
        from_lists.costs, neuron.descend(*points, learning_rate=0.01, steps=3).costs
    )


def test_the_largest_stable_rate_of_the_ten_points(points):
    assert neuron.largest_stable_rate(points[0]) == pytest.approx(0.011449, abs=5e-7)


@given(seed=st.integers(0, 10_000), n_points=st.integers(2, 50), spread=st.floats(0.1, 10))
def test_just_below_the_limit_settles_and_just_above_explodes(seed, n_points, spread):
    rng = np.random.default_rng(seed)
    x = rng.normal(rng.normal(0, spread), spread, n_points)
    y = rng.normal(size=n_points)
    limit = neuron.largest_stable_rate(x)
    below = neuron.descend(x, y, learning_rate=0.98 * limit, steps=200)
    above = neuron.descend(x, y, learning_rate=1.02 * limit, steps=400)
    assert below.costs[-1] <= below.costs[0]
    assert (np.diff(below.costs) <= 1e-9 * below.costs[0]).all()
    assert above.costs[-1] > 2 * below.costs[-1]
    assert above.costs[-1] > 100 * above.costs[200]


def test_least_squares_is_the_regression_line(points):
    x, y = points
    assert neuron.least_squares(x, y) == pytest.approx(BEST, abs=1e-6)
    line = LinearRegression().fit(x[:, None], y)
    assert neuron.least_squares(x, y) == pytest.approx((line.coef_[0], line.intercept_))
    assert neuron.gradients(x, y, *neuron.least_squares(x, y)) == pytest.approx((0, 0), abs=1e-12)


@given(weight=st.floats(-5, 5), bias=st.floats(-5, 5))
def test_gradients_agree_with_finite_differences_and_torch(weight, bias):
    x, y = load_ten_points()
    by_weight, by_bias = neuron.gradients(x, y, weight, bias)
    h = 1e-4  # the cost is a parabola: central differences are exact but for rounding
    assert by_weight == pytest.approx(
        (neuron.cost(x, y, weight + h, bias) - neuron.cost(x, y, weight - h, bias)) / (2 * h),
        abs=1e-6,
    )
    assert by_bias == pytest.approx(
        (neuron.cost(x, y, weight, bias + h) - neuron.cost(x, y, weight, bias - h)) / (2 * h),
        abs=1e-6,
    )
    w, b = (
        torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (weight, bias)
    )
    torch.sum((b + w * torch.tensor(x) - torch.tensor(y)) ** 2).backward()
    assert (by_weight, by_bias) == pytest.approx(
        (w.grad.item(), b.grad.item()), rel=1e-12, abs=1e-9
    )


@pytest.mark.parametrize(
    ("x", "y", "shapes"),
    [
        ([1, 2, 3], [1, 2], r"\(3,\) and \(2,\)"),
        ([[1], [2]], [[1], [2]], r"\(2, 1\) and \(2, 1\)"),
        ([], [], r"\(0,\) and \(0,\)"),
    ],
)
def test_points_that_are_not_pairs_are_refused(x, y, shapes):
    with pytest.raises(ValueError, match=rf"same length, got shapes {shapes}"):
        neuron.descend(x, y, learning_rate=0.01, steps=1)


def test_a_negative_number_of_steps_is_refused(points):
    with pytest.raises(ValueError, match="steps must be 0 or more, got -1"):
        neuron.descend(*points, learning_rate=0.01, steps=-1)
