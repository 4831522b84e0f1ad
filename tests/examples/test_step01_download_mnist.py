"""Step 1 loads the right digits, and notices wrong ones."""

from pathlib import Path

import numpy as np
import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    assert "1,347 images of 64 pixels" in printed
    assert printed.count("  yes  ") == 6
    assert "The first image is a" in printed
    assert "@@" in printed, "a picture in letters"
    assert Path("pictures/step01_download_mnist.png").stat().st_size > 5_000


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "60,000 images of 784 pixels" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "to learn from:" in done.stdout


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (lambda X, y, Xt, yt: (X[1:], y[1:], Xt, yt), "as many as"),
        (lambda X, y, Xt, yt: (X, y[1:], Xt, yt), "a label for each"),
        (lambda X, y, Xt, yt: (X // 2, y, Xt // 2, yt), "pixels from 0"),
        (lambda X, y, Xt, yt: (X, np.where(y == 3, 8, y), Xt, np.where(yt == 3, 8, yt)), "labels"),
        (lambda X, y, Xt, yt: (X, np.where(y == 3, 8, y), Xt, yt), "each digit about as often"),
        (lambda X, y, Xt, yt: (X, y, np.concatenate([Xt[1:], X[:1]]), yt), "no test image among"),
    ],
)
def test_notices_wrong_data(example, monkeypatch, capsys, fault, check):
    load = example.load_digits
    monkeypatch.setattr(example, "load_digits", lambda seed: fault(*load(seed)))
    assert example.main(quick=True) < 1
    assert f"NO   {check}" in capsys.readouterr().out
