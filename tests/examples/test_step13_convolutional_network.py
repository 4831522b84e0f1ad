"""Step 13 trains the convolutional network, and draws what it looks for."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    assert "parameters, filters in each layer: (12, 24, 48)" in printed
    assert "20 epochs in " in printed
    assert f"It misreads {round(450 * (1 - score))} of 450 images" in printed
    for name in ("filters", "maps", "mistakes"):
        assert Path(f"pictures/step13_{name}.png").is_file()


@pytest.mark.cuda
def test_quick_on_a_graphics_card(example, threshold):
    assert threshold.quick <= example.main(quick=True, seed=SEED, device="cuda") <= 1


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "of 10000 images" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert "It misreads" in done.stdout
