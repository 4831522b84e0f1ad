"""Step 12 trains one network in three libraries."""

import sys

import pytest

from tests.examples.thresholds import SEED
from workshop.pytorch.three_libraries import MissingLibraryError

# Keras 3.15 converts its weights in a way that NumPy 2 calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(autouse=True)
def _keras_of_the_tests_own(monkeypatch, tmp_path):
    """Let Keras write its settings here, and forget the backend afterwards."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "torch")


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 1
    lines = capsys.readouterr().out.splitlines()
    accuracies, errors = {}, {}
    for line in lines:
        library, rest = line[:12].strip(), line[12:]
        if "accuracy" in rest:
            accuracies[library] = float(rest.split()[1])
        elif "off by" in rest:
            errors[library] = float(rest.split()[2])
    assert list(accuracies) == list(errors) == ["scikit-learn", "PyTorch", "Keras"]
    assert min(accuracies.values()) == pytest.approx(score, abs=1e-4)
    assert max(accuracies.values()) - score < 0.05, "it is the same network"
    assert all(0.8 < error < 2.6 for error in errors.values())
    assert any(line.startswith("From the best to the worst it is ") for line in lines)


@pytest.mark.cuda
def test_quick_on_a_graphics_card(example, threshold):
    assert threshold.quick <= example.main(quick=True, seed=SEED, device="cuda") <= 1


def test_says_at_once_that_keras_is_missing(example, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(MissingLibraryError, match="pip install keras"):
        example.main(quick=True, seed=SEED)
    assert capsys.readouterr().out == ""


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED, device="cpu")
    assert threshold.full <= score <= 1
    assert capsys.readouterr().out.count("accuracy") == 3


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert "From the best to the worst" in done.stdout
