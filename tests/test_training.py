"""The training loop: what it visits, when it stops, and what it says when it goes wrong."""

import time
from types import SimpleNamespace

import numpy as np
import pytest

from workshop import training
from workshop.functions import cross_entropy, one_hot
from workshop.network import Network
from workshop.optimizers import OPTIMIZERS, SGD, Momentum, one_cycle
from workshop.training import train


class RecordingNetwork(Network):
    """Remembers the batches that it was given."""

    def backpropagate(self, X, targets):
        batches = self.__dict__.setdefault("batches", [])
        batches.append((X.copy(), targets.copy()))
        return super().backpropagate(X, targets)


class RecordingOptimizer(SGD):
    """Remembers the learning rates that it was given, and takes no step."""

    def __init__(self):
        self.rates = []

    def step(self, parameters, gradient, learning_rate):
        self.rates.append(learning_rate)


@pytest.fixture
def problem():
    """Three clouds of points, easy to tell apart: X (90, 2) and targets (90, 3)."""
    rng = np.random.default_rng(0)
    labels = np.arange(90) % 3
    X = rng.normal(0, 0.4, (90, 2)) + np.array([[0, 2], [2, 0], [-2, -2]])[labels]
    return X.astype(np.float32), one_hot(labels, 3)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_loss_falls_and_the_points_are_told_apart(problem, name):
    X, targets = problem
    network = Network((2, 16, 3), seed=0)
    losses = train(network, X, targets, optimizer=OPTIMIZERS[name](), epochs=60, batch_size=10)
    assert len(losses) == 60
    assert losses[-1] < 0.5 * losses[0]
    assert (network.predict_proba(X).argmax(axis=1) == targets.argmax(axis=1)).mean() > 0.98


def test_one_seed_is_one_training(problem):
    def run(seed):
        network = Network((2, 8, 3), seed=seed)
        return train(network, *problem, epochs=3), network.parameters

    (losses, parameters), (losses_again, parameters_again), (_, other) = run(1), run(1), run(2)
    assert losses == losses_again
    np.testing.assert_array_equal(parameters, parameters_again)
    assert not np.array_equal(parameters, other)


@pytest.mark.parametrize("batch_size", [1, 7, 64, 90, 1000])
def test_each_epoch_visits_every_sample_once_with_its_own_target(batch_size):
    X = np.arange(90, dtype=np.float32)[:, None]
    targets = np.column_stack([X[:, 0], 1 - X[:, 0]]) / 100
    network = RecordingNetwork((1, 2), seed=0)
    train(network, X, targets, optimizer=RecordingOptimizer(), batch_size=batch_size, epochs=2)
    for batch, expected in network.batches:
        assert len(batch) <= batch_size
        np.testing.assert_array_equal(expected[:, 0], batch[:, 0] / np.float32(100))
    visited = np.concatenate([batch[:, 0] for batch, _ in network.batches])
    first, second = visited[:90], visited[90:]
    np.testing.assert_array_equal(np.sort(first), X[:, 0])
    np.testing.assert_array_equal(np.sort(second), X[:, 0])
    assert not np.array_equal(first, second), "each epoch has its own order"
    assert len(network.batches) == 2 * -(-90 // batch_size)


def test_the_loss_of_an_epoch_is_the_mean_over_samples_not_over_batches(problem):
    X, targets = problem
    network = Network((2, 8, 3), seed=0)
    losses = train(network, X, targets, optimizer=RecordingOptimizer(), batch_size=64, epochs=1)
    assert losses == [pytest.approx(cross_entropy(network.predict_proba(X), targets), rel=1e-6)]


def test_the_data_is_left_alone(problem):
    before = [array.copy() for array in problem]
    train(
        Network((2, 8, 3), seed=0),
        *problem,
        epochs=2,
        weight_decay=0.1,
        augment=lambda batch, rng: np.multiply(batch, 2, out=batch),
    )
    for array, copy in zip(problem, before, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_augment_is_given_each_batch_and_the_networks_generator(problem):
    X, targets = problem
    network = RecordingNetwork((2, 3), seed=0)

    def augment(batch, rng):
        assert rng is network.rng
        return batch + 100

    train(network, X, targets, optimizer=RecordingOptimizer(), epochs=1, augment=augment)
    seen = np.concatenate([batch for batch, _ in network.batches])
    np.testing.assert_allclose(np.sort(seen[:, 0]), np.sort(X[:, 0] + 100), rtol=1e-6)


def test_weight_decay_shrinks_weights_and_leaves_biases(problem):
    X, targets = problem
    plain, decayed = (Network((2, 8, 3), seed=0) for _ in range(2))
    for network in (plain, decayed):
        for biases in network.biases:
            biases[:] = 0.5
    start = [weights.copy() for weights in plain.weights]
    settings = {"optimizer": SGD(), "learning_rate": 0.1, "batch_size": 90, "epochs": 1}
    train(plain, X, targets, **settings)
    train(decayed, X, targets, weight_decay=0.2, **settings)
    for weights, shrunk, first in zip(plain.weights, decayed.weights, start, strict=True):
        np.testing.assert_allclose(weights - shrunk, 0.1 * 0.2 * first, rtol=1e-4, atol=1e-7)
    for biases, untouched in zip(plain.biases, decayed.biases, strict=True):
        np.testing.assert_array_equal(biases, untouched)


def test_a_schedule_begins_low_peaks_and_ends_near_zero(problem):
    optimizer = RecordingOptimizer()
    train(
        Network((2, 3), seed=0),
        *problem,
        optimizer=optimizer,
        learning_rate=np.float64(0.5),
        schedule=one_cycle,
        batch_size=1,
        epochs=2,
    )
    assert len(optimizer.rates) == 180
    assert optimizer.rates[0] == pytest.approx(0.5 * 0.04)
    assert max(optimizer.rates) == pytest.approx(0.5)
    assert optimizer.rates[-1] < 0.5 * 0.001
    assert {type(rate) for rate in optimizer.rates} == {float}


def test_a_schedule_of_numpys_floats_does_not_slow_the_update(problem):
    optimizer = RecordingOptimizer()
    train(Network((2, 3), seed=0), *problem, optimizer=optimizer, schedule=np.cos, epochs=1)
    assert {type(rate) for rate in optimizer.rates} == {float}


def test_time_limit_stops_within_an_epoch_and_ends_the_schedule(problem, monkeypatch):
    """A clock that goes on by one second each time it is read: no sleeping."""
    seconds = iter(range(10**6))
    monkeypatch.setattr(training, "time", SimpleNamespace(perf_counter=lambda: next(seconds)))
    optimizer = RecordingOptimizer()
    losses = train(
        Network((2, 3), seed=0),
        *problem,
        optimizer=optimizer,
        schedule=one_cycle,
        learning_rate=1.0,
        batch_size=1,
        epochs=1000,
        time_limit=100,
    )
    assert len(optimizer.rates) == 99
    assert max(optimizer.rates) > 0.99
    assert optimizer.rates[-1] < 0.001
    assert len(losses) == 2  # one full epoch of 90 batches, and the beginning of another


def test_time_limit_holds_on_a_real_clock(problem):
    started = time.perf_counter()
    train(Network((2, 3), seed=0), *problem, epochs=10**9, time_limit=0.1)
    assert 0.1 <= time.perf_counter() - started < 5


def test_a_time_limit_that_is_not_reached_changes_nothing(problem):
    limited, free = Network((2, 8, 3), seed=0), Network((2, 8, 3), seed=0)
    train(limited, *problem, epochs=2, time_limit=1e6, schedule=one_cycle)
    train(free, *problem, epochs=2, schedule=one_cycle)
    np.testing.assert_array_equal(limited.parameters, free.parameters)


def test_after_epoch_is_told_each_loss_and_can_stop(problem):
    told = []

    def after_epoch(loss):
        told.append(loss)
        return len(told) == 4

    losses = train(Network((2, 3), seed=0), *problem, epochs=50, after_epoch=after_epoch)
    assert told == losses
    assert len(losses) == 4


@pytest.mark.parametrize("weight_decay", [0.0, 1.0])
@pytest.mark.parametrize("learning_rate", [1e6, 1e30, 1e38])
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_ends_in_finite_numbers_or_in_a_clear_error(
    problem, name, activation, learning_rate, weight_decay
):
    """Whatever overflows on the way: no warning, and no network full of nan."""
    network = Network((2, 8, 3), activation=activation, seed=0)
    try:
        train(
            network,
            *problem,
            optimizer=OPTIMIZERS[name](),
            learning_rate=learning_rate,
            weight_decay=weight_decay,
            epochs=5,
        )
    except FloatingPointError as error:
        assert f"learning_rate={learning_rate:g}" in str(error)  # noqa: PT017
    else:
        assert np.isfinite(network.parameters).all()


def test_an_infinite_loss_names_the_learning_rate_and_a_next_step(problem):
    with pytest.raises(
        FloatingPointError,
        match=r"The loss became nan in epoch \d+, after \d+ samples: with learning_rate=1e\+30 "
        r".*Try learning_rate=1e\+29, and check that the inputs are scaled",
    ):
        train(Network((2, 8, 3), seed=0), *problem, learning_rate=1e30)


def test_parameters_that_end_infinite_are_an_error_even_if_no_loss_saw_them(problem):
    X, targets = problem
    with pytest.raises(
        FloatingPointError, match=r"parameters became infinite in epoch 1, after 90"
    ):
        train(
            Network((2, 3), seed=0),
            X * 1e4,
            targets,
            learning_rate=1e38,
            batch_size=90,
            epochs=1,
        )


def test_the_default_optimiser_is_momentum_and_starts_afresh(problem):
    networks = [Network((2, 8, 3), seed=0) for _ in range(3)]
    train(networks[0], *problem, epochs=2)
    train(networks[1], *problem, epochs=2, optimizer=Momentum(0.9))
    train(networks[2], *problem, epochs=2)
    for network in networks[1:]:
        np.testing.assert_array_equal(network.parameters, networks[0].parameters)


@pytest.mark.parametrize(
    ("X", "targets", "message"),
    [
        (np.zeros((5, 2, 2), np.float32), np.zeros((5, 3), np.float32), r"Flatten first"),
        (np.zeros((5, 3), np.float32), np.zeros((5, 3), np.float32), r"\(n_samples, 4\), got"),
        (np.zeros((5, 4), np.float32), np.zeros(5, np.float32), r"one_hot\(y, 3\)"),
        (np.zeros((5, 4)), np.zeros((5, 3), np.float32), r"X\.astype\(np\.float32\)"),
        (np.zeros((5, 4), np.float32), np.zeros((5, 3)), r"targets\.astype\(np\.float32\)"),
    ],
)
def test_data_that_does_not_fit_the_network_is_refused(X, targets, message):
    with pytest.raises(ValueError, match=message):
        train(Network((4, 3), seed=0), X, targets)


def test_a_tiny_time_limit_still_makes_one_update():
    network = Network((4, 3), seed=0)
    before = network.parameters.copy()
    targets = np.eye(3, dtype=np.float32)[[0, 1, 2] * 20]
    losses = train(network, np.ones((60, 4), np.float32), targets, batch_size=10, time_limit=1e-9)
    assert len(losses) == 1
    assert not np.array_equal(network.parameters, before)
