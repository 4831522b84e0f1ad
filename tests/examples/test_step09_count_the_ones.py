"""Step 9 trains a neuron to count, saves it, and a second program counts with it."""

import pytest
import torch

from tests.examples.thresholds import SEED
from workshop.pytorch.storage import load


def test_quick_then_load_and_predict(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 1
    assert "3 of 3 neurons count all 1024 lists right" in capsys.readouterr().out

    neuron = load(example.FILE)
    assert neuron.settings == {"sizes": [10, 1], "output_relu": False}
    torch.testing.assert_close(neuron.layers[1].weight, torch.ones(1, 10), atol=0.01, rtol=0)
    for bits, count in (("1110111000", 6), ("0000000000", 0), ("1111111111", 10)):
        assert example.main(bits) == pytest.approx(count, abs=0.02)
        assert f"{bits} has {count} ones" in capsys.readouterr().out


@pytest.mark.cuda
def test_quick_on_a_graphics_card(example, threshold):
    assert threshold.quick <= example.main(quick=True, seed=SEED, device="cuda") <= 1


@pytest.mark.slow
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "20 of 20 neurons" in capsys.readouterr().out


def test_runs_as_two_programs(as_script):
    too_early = as_script("1110111000")
    assert too_early.returncode != 0
    assert "Train first" in too_early.stderr

    learned = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert learned.returncode == 0, learned.stderr
    assert "Saved: models" in learned.stdout

    counted = as_script("1110111000")
    assert counted.returncode == 0, counted.stderr
    assert "1110111000 has 6 ones" in counted.stdout

    wrong = as_script("11102")
    assert wrong.returncode != 0
    assert "ten zeros and ones, such as 1110111000, got '11102'" in wrong.stderr
