"""The optimisers against PyTorch's, step by step, and the shapes of the schedules."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workshop.optimizers import OPTIMIZERS, SCHEDULES, SGD, Adam, Momentum, RMSProp, one_cycle

RATE, N_PARAMETERS, STEPS = 0.01, 20, 500

PAIRS = {
    "sgd": (SGD, lambda p: torch.optim.SGD(p, RATE)),
    "momentum": (Momentum, lambda p: torch.optim.SGD(p, RATE, momentum=0.9)),
    "momentum 0.5": (lambda: Momentum(0.5), lambda p: torch.optim.SGD(p, RATE, momentum=0.5)),
    "rmsprop": (RMSProp, lambda p: torch.optim.RMSprop(p, RATE, alpha=0.9)),
    "rmsprop settings": (
        lambda: RMSProp(decay=0.7, epsilon=1e-3),
        lambda p: torch.optim.RMSprop(p, RATE, alpha=0.7, eps=1e-3),
    ),
    "adam": (Adam, lambda p: torch.optim.Adam(p, RATE)),
    "adam settings": (
        lambda: Adam(beta_1=0.8, beta_2=0.95, epsilon=1e-3),
        lambda p: torch.optim.Adam(p, RATE, betas=(0.8, 0.95), eps=1e-3),
    ),
}


def test_every_optimiser_is_compared():
    assert {type(make_ours()) for make_ours, _ in PAIRS.values()} == set(OPTIMIZERS.values())


@pytest.mark.parametrize("pair", PAIRS)
def test_steps_agree_with_torch(pair):
    """On a noisy bowl with a different curvature for each parameter."""
    make_ours, make_theirs = PAIRS[pair]
    ours = make_ours()
    rng = np.random.default_rng(0)
    curvature = 10 ** rng.uniform(-2, 1, N_PARAMETERS)
    parameters = rng.normal(size=N_PARAMETERS)
    start = parameters.copy()
    tensor = torch.tensor(parameters)  # a copy
    theirs = make_theirs([tensor])
    for _ in range(STEPS):
        noise = rng.normal(0, 0.1, N_PARAMETERS)
        tensor.grad = torch.tensor(curvature) * tensor + torch.tensor(noise)
        ours.step(parameters, curvature * parameters + noise, RATE)
        theirs.step()
        np.testing.assert_allclose(parameters, tensor.numpy(), rtol=0, atol=1e-10)
    assert abs(parameters - start).max() > 0.1, "a test of optimisers that stand still is none"


def test_steps_are_those_of_the_formulas_on_the_page():
    """`docs/theory/optimizers.ipynb`, letter by letter: v; s; m, s and their hats."""
    rng = np.random.default_rng(0)
    eta, beta, rho, beta_1, beta_2, epsilon = 0.01, 0.9, 0.9, 0.9, 0.999, 1e-8
    start = rng.normal(size=N_PARAMETERS)
    ball, sized, both = start.copy(), start.copy(), start.copy()
    v = s = m_adam = s_adam = np.zeros(N_PARAMETERS)
    classes = Momentum(beta), RMSProp(rho, epsilon), Adam(beta_1, beta_2, epsilon)
    places = [start.copy() for _ in classes]
    for t in range(1, 21):
        g = rng.normal(size=N_PARAMETERS)
        v = beta * v - eta * g
        ball = ball + v
        s = rho * s + (1 - rho) * g**2
        sized = sized - eta * g / (np.sqrt(s) + epsilon)
        m_adam = beta_1 * m_adam + (1 - beta_1) * g
        s_adam = beta_2 * s_adam + (1 - beta_2) * g**2
        m_hat, s_hat = m_adam / (1 - beta_1**t), s_adam / (1 - beta_2**t)
        both = both - eta * m_hat / (np.sqrt(s_hat) + epsilon)
        for optimizer, place in zip(classes, places, strict=True):
            optimizer.step(place, g.copy(), eta)
        np.testing.assert_allclose(places, [ball, sized, both], rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_bottom_of_a_bowl_is_found(name):
    optimizer = OPTIMIZERS[name]()
    parameters = np.array([3.0, -2.0])
    for step in range(2000):
        optimizer.step(parameters, parameters * [1.0, 4.0], 0.05 * (1 - step / 2000))
    np.testing.assert_allclose(parameters, 0, atol=1e-3)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_float32_stays_float32_and_in_place(name):
    optimizer = OPTIMIZERS[name]()
    parameters = np.ones(4, np.float32)
    view = parameters[:2]
    for _ in range(3):
        optimizer.step(parameters, np.ones(4, np.float32), 0.1)
    memory = [value for value in vars(optimizer).values() if isinstance(value, np.ndarray)]
    assert {array.dtype for array in [parameters, *memory]} == {np.dtype(np.float32)}
    assert (view < 1).all(), "weights and biases are views: the step must be in place"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_gradient_of_zero_moves_nothing(name):
    parameters = np.arange(3.0)
    OPTIMIZERS[name]().step(parameters, np.zeros(3), 0.1)
    np.testing.assert_array_equal(parameters, [0, 1, 2])


@pytest.mark.parametrize("name", ["rmsprop", "adam"])
def test_steps_do_not_depend_on_the_size_of_the_gradient(name):
    parameters = np.zeros(3)
    OPTIMIZERS[name]().step(parameters, np.array([1e-4, 1.0, 1e4]), 0.1)
    np.testing.assert_allclose(parameters, parameters[1], rtol=1e-3)
    assert parameters[1] < 0


def test_the_velocity_of_momentum_is_in_steps_so_that_a_lower_rate_keeps_the_speed():
    """PyTorch multiplies by the rate later; the two differ only while the rate changes."""
    optimizer, parameters = Momentum(0.5), np.zeros(1)
    optimizer.step(parameters, np.ones(1), 1.0)
    optimizer.step(parameters, np.zeros(1), 0.0)
    assert parameters.tolist() == [-1.5]


@given(st.floats(0, 1))
def test_schedules_return_plain_floats_between_0_and_1(progress):
    for schedule in SCHEDULES.values():
        assert type(schedule(progress)) is float
        assert 0 <= schedule(progress) <= 1


def test_constant_is_constant():
    assert {SCHEDULES["constant"](progress) for progress in (0, 0.5, 1)} == {1}


def test_one_cycle_rises_for_a_fifth_then_falls_to_zero_without_a_jump():
    shares = np.array([one_cycle(progress) for progress in np.linspace(0, 1, 1001)])
    assert shares[0] == pytest.approx(0.04)
    assert shares.argmax() == 200
    assert shares[200] == 1
    assert (np.diff(shares[:201]) > 0).all()
    assert (np.diff(shares[200:]) < 0).all()
    assert shares[-1] == pytest.approx(0, abs=1e-12)
    assert abs(np.diff(shares)).max() < 0.006
    assert one_cycle(0.6) == pytest.approx(0.5 + 0.5 * math.cos(math.pi / 2))
    assert one_cycle(1.01) == pytest.approx(0, abs=1e-12), "a clock may run past the end"
