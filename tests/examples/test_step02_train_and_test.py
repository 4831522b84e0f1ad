"""Step 2 trains the source workshop's classifier, unchanged."""

import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    assert f"We have a score of {score:.4f}" in printed
    assert f"It reads {round(450 * score)} of 450 images" in printed
    assert "scikit-learn warns:" in printed, "the warning is part of the lesson"


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "We have a score of 0.8" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "We have a score of 0." in done.stdout


def test_settings_are_the_workshop_s(example, monkeypatch):
    made = []

    class Recorder(example.MLPClassifier):
        def __init__(self, **settings):
            made.append(settings)
            super().__init__(**settings)

        def fit(self, X, y):
            made.append(X.max())
            self.predict = lambda X: y[: len(X)]

    monkeypatch.setattr(example, "MLPClassifier", Recorder)
    example.main(quick=True, seed=7)
    settings, largest_pixel = made
    assert settings == {
        "solver": "sgd",
        "activation": "logistic",
        "hidden_layer_sizes": (14, 14),
        "learning_rate": "constant",
        "learning_rate_init": 0.01,
        "max_iter": 100,
        "random_state": 7,
    }
    assert largest_pixel == 255, "raw pixels"
