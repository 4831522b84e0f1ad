"""One network in three libraries: the same shape, the same answers, the same early stopping."""

import os
import sys

import numpy as np
import pytest

from workshop.datasets import load_digits
from workshop.pytorch import regression, three_libraries
from workshop.pytorch.three_libraries import MissingLibraryError, import_keras

# Keras 3.15 converts its weights in a way that NumPy 2 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
NAMES = ("scikit-learn", "PyTorch", "Keras")
SMALL = {"hidden_sizes": (32,), "batch_size": 32, "device": "cpu"}


@pytest.fixture(autouse=True)
def _keras_of_the_tests_own(monkeypatch, tmp_path):
    """Let Keras write its settings here, and forget the backend afterwards."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "torch")


@pytest.fixture(scope="module")
def digits():
    X, y, X_test, y_test = load_digits()
    X, X_test = X / np.float32(255), X_test / np.float32(255)
    return (X[:1200], y[:1200]), (X[1200:], y[1200:]), (X_test, y_test)


@pytest.fixture(scope="module")
def numbers():
    X, y = regression.make_friedman(1000)
    parts = slice(500), slice(500, 700), slice(700, None)
    return tuple((X[part], y[part]) for part in parts)


# -- classes -------------------------------------------------------------------------------


@pytest.mark.parametrize("library", NAMES)
def test_each_library_reads_the_small_digits(library, digits):
    training, validation, (X_test, y_test) = digits
    fit = three_libraries.LIBRARIES[library]
    network = fit(training, validation, **SMALL, max_epochs=12, patience=5)
    answers = network.predict(X_test)
    assert answers.shape == (450,)
    assert np.mean(answers == y_test) > 0.9
    assert 1 <= network.epochs <= 12


@pytest.mark.parametrize("library", NAMES)
def test_stops_early_where_nothing_can_be_learned(library):
    rng = np.random.default_rng(0)
    X, y = rng.random((300, 20), np.float32), rng.integers(0, 3, 300)
    fit = three_libraries.LIBRARIES[library]
    network = fit((X[:200], y[:200]), (X[200:], y[200:]), **SMALL, max_epochs=200, patience=2)
    assert 3 <= network.epochs < 100


@pytest.mark.parametrize("library", NAMES)
def test_patience_is_the_same_number_of_epochs_everywhere(library, monkeypatch):
    """All samples are alike, so the first epoch is as good as any."""
    X, y = np.zeros((60, 4), np.float32), np.repeat([0, 1], 30)
    if library == "scikit-learn":  # looks at the share that it reads right: it stays a half
        fit, patience = three_libraries.fit_scikit_learn, 4
        network = fit((X[:40], y[:40]), (X[40:], y[40:]), **SMALL, max_epochs=50, patience=patience)
    else:  # the loss on the other class can only rise
        ones = np.ones(40, int)
        fit, patience = three_libraries.LIBRARIES[library], 4
        other = np.zeros(20, int)
        network = fit((X[:40], ones), (X[:20], other), **SMALL, max_epochs=50, patience=patience)
    assert network.epochs == 1 + patience


@pytest.mark.parametrize("library", NAMES)
def test_a_seed_decides_everything(library, digits):
    training, validation, (X_test, _) = digits
    fit = three_libraries.LIBRARIES[library]
    first, second, other = (
        fit(training, validation, **SMALL, max_epochs=2, seed=seed).predict(X_test)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, second)
    assert np.any(first != other)


@pytest.mark.cuda
@pytest.mark.parametrize("library", NAMES)
def test_each_library_takes_a_device(library, digits):
    training, validation, (X_test, y_test) = digits
    settings = SMALL | {"max_epochs": 12, "patience": 5, "device": "cuda"}
    network = three_libraries.LIBRARIES[library](training, validation, **settings)
    assert np.mean(network.predict(X_test) == y_test) > 0.9


# -- numbers -------------------------------------------------------------------------------


def test_friedmans_numbers_are_those_of_the_formula():
    X, y = regression.make_friedman(20_000, seed=3)
    known = 10 * np.sin(np.pi * X[:, 0] * X[:, 1]) + 20 * (X[:, 2] - 0.5) ** 2
    noise = y - known - 10 * X[:, 3] - 5 * X[:, 4]
    assert X.dtype == y.dtype == np.float32
    assert X.shape == (20_000, 10)
    assert np.std(noise) == pytest.approx(1, abs=0.02)
    assert np.mean(np.abs(noise)) == pytest.approx(regression.NOISE_FLOOR, abs=0.01)


@pytest.mark.parametrize("library", NAMES)
def test_each_library_foretells_numbers(library, numbers):
    training, validation, (X_test, y_test) = numbers
    network = regression.LIBRARIES[library](
        training, validation, **SMALL | {"hidden_sizes": (128, 128)}, max_epochs=25
    )
    answers = network.predict(X_test)
    assert answers.shape == y_test.shape
    error = np.mean(np.abs(answers - y_test))
    of_the_median = np.mean(np.abs(np.median(training[1]) - y_test))
    assert regression.NOISE_FLOOR < error < of_the_median / 1.5
    assert 1 <= network.epochs <= 25


# -- Keras ---------------------------------------------------------------------------------


def test_keras_computes_with_pytorch():
    assert import_keras().backend.backend() == "torch"


def test_says_how_to_get_keras(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(MissingLibraryError, match=r"keras is not installed.*pip install keras"):
        import_keras()


@pytest.mark.parametrize(("chosen", "expected"), [(None, "torch"), ("jax", "jax")])
def test_the_backend_is_pytorch_unless_you_chose_another(chosen, expected, monkeypatch):
    """The variable is set before Keras is imported, which reads it then."""
    if chosen:
        monkeypatch.setenv("KERAS_BACKEND", chosen)
    else:
        monkeypatch.delenv("KERAS_BACKEND")
    seen = []

    class Finder:
        def find_spec(self, name, path=None, target=None):
            if name == "keras":
                seen.append(os.environ.get("KERAS_BACKEND"))

    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder()])  # and nobody finds it
    with pytest.raises(MissingLibraryError):
        import_keras()
    assert seen == [expected]
