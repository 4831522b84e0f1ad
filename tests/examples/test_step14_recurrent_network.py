"""Step 14 trains networks with and without a memory."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def table(printed: str) -> dict[str, list[float]]:
    lines = [line.split() for line in printed.splitlines()[1:4]]
    return {name: [float(score) for score in scores] for name, _, *scores in lines}


def check(score, printed):
    """The dense network knows the lengths it was trained on, and guesses on all others."""
    scores = table(printed)
    assert list(scores) == ["dense", "RNN", "GRU"]
    assert scores["RNN"][-1] == pytest.approx(score, abs=0.0005)
    assert scores["dense"][0] > 0.9
    assert all(0.35 < score < 0.65 for score in scores["dense"][1:])
    assert min(scores["GRU"]) > 0.95


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 1
    check(score, capsys.readouterr().out)
    assert Path("pictures/step14_slopes.png").is_file()


@pytest.mark.cuda
def test_quick_on_a_graphics_card(example, threshold):
    assert threshold.quick <= example.main(quick=True, seed=SEED, device="cuda") <= 1


@pytest.mark.slow
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED, device="cpu")
    assert threshold.full <= score <= 1
    check(score, capsys.readouterr().out)


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert "How far slopes reach back" in done.stdout
