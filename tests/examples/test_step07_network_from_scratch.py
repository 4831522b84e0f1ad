"""Step 7 trains the NumPy network, and shows how the loss falls."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    losses = [float(line.split()[3]) for line in printed.splitlines() if line.startswith("epoch")]
    assert len(losses) == 13
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 20
    assert f"It misreads {round(450 * (1 - score))} of 450 images" in printed
    for name in ("loss", "mistakes", "weights"):
        assert Path(f"pictures/step07_{name}.png").is_file()


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "of 10000 images" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "It misreads" in done.stdout
