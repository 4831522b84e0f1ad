"""`make bench`, small: each part of it runs, and measures what it says."""

import importlib

import numpy as np
import pytest
import sklearn.neural_network

from workshop.datasets import load_digits
from workshop.presets import MNIST_IN_SECONDS


@pytest.fixture
def speed(monkeypatch):
    """Import the comparison of libraries, which sets a variable of Keras."""
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    return importlib.import_module("benchmarks.speed")


@pytest.fixture
def accuracy(monkeypatch):
    """Import the race and the presets, with the small digits made as large as MNIST's."""

    def enlarged():
        X_train, y_train, X_test, y_test = load_digits()
        large = (
            np.pad(
                np.kron(X.reshape(-1, 8, 8), np.ones((1, 3, 3), X.dtype)), [(0, 0), (2, 2), (2, 2)]
            )
            for X in (X_train, X_test)
        )
        X_train, X_test = (X.reshape(-1, 784) for X in large)
        return X_train, y_train, X_test, y_test

    module = importlib.import_module("benchmarks.accuracy")
    monkeypatch.setattr(module, "load_mnist", enlarged)
    return module


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't")  # PyTorch's, under Keras
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.parametrize(
    "library",
    ["Network", "scikit-learn", "PyTorch", pytest.param("Keras on torch", marks=pytest.mark.slow)],
)
def test_a_library_learns_what_the_others_learn(speed, library, optimizer):
    """Two classes that a straight line tells apart."""
    rng = np.random.default_rng(0)
    y = rng.integers(2, size=2000)
    X = (rng.random((2000, 784)) / 10 + 0.5 * y[:, None]).astype(np.float32)
    data = (X[:1500], y[:1500], X[1500:], y[1500:])
    run = speed.LIBRARIES[library](data, 16, 32, optimizer, 0)
    assert run.accuracy > 0.7  # 0.5 is chance; Keras with Adam has 0.796, the others 0.95 and more
    assert 0 < run.seconds < 60


def test_every_required_ratio_is_of_something_that_is_measured(speed):
    for library, hidden in speed.REQUIRED:
        assert library in speed.LIBRARIES
        assert hidden in dict(speed.SHAPES)


def test_operations_are_those_of_a_forward_and_a_backward_pass(speed):
    assert speed.operations(1) == 2 * ((784 + 10) + (784 + 10 + 10))


def test_every_preset_is_measured_against_a_requirement(accuracy):
    assert accuracy.REQUIRED.keys() == MNIST_IN_SECONDS.keys()
    assert all(settings["time_limit"] == s for s, settings in MNIST_IN_SECONDS.items())


@pytest.mark.parametrize("seconds", MNIST_IN_SECONDS)
def test_a_preset_is_measured(accuracy, monkeypatch, seconds):
    short = MNIST_IN_SECONDS[seconds] | {"time_limit": None, "epochs": 5}
    monkeypatch.setitem(MNIST_IN_SECONDS, seconds, short)
    run = accuracy.preset(seconds, seed=0)
    assert run["accuracy"] > 0.5
    assert 0 < run["seconds"] < 60
    assert run["epochs"] == 5
    assert run["peak_bytes"] > 50_000_000


def test_the_race_is_against_step_2_and_ends(accuracy, monkeypatch):
    made = []

    class Recorder(sklearn.neural_network.MLPClassifier):
        def __init__(self, **settings):
            made.append(settings)
            super().__init__(**settings)

        def fit(self, X, y):
            made.append((X.dtype, X.max()))
            self.predict = lambda X: y[: len(X)]

        def score(self, X, y):
            return 0.6

    monkeypatch.setattr(sklearn.neural_network, "MLPClassifier", Recorder)
    run = accuracy.race(seed=7)
    assert run["their_accuracy"] == 0.6 < run["accuracy"]
    assert run["seconds"] > 0
    assert run["epochs"] > 0

    step02 = importlib.import_module("examples.step02_train_and_test")
    monkeypatch.setattr(step02, "MLPClassifier", Recorder)
    step02.main(quick=True, seed=7)
    settings, raw_pixels, settings_of_step_2, raw_pixels_of_step_2 = made
    assert settings == settings_of_step_2
    assert raw_pixels == raw_pixels_of_step_2
