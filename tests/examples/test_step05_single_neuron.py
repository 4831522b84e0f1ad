"""Step 5 reproduces the descent on the source workshop's slides."""

from pathlib import Path

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    assert "   1   -1.461    0.952" in printed
    assert "   7   -0.773    2.157" in printed
    assert "  35   -0.678    2.737" in printed
    assert "w = -0.679, b = 2.741" in printed, "the line of least squares"
    assert Path("pictures/step05_single_neuron.png").is_file()


def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "of 100,000 others" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "of 1,000 others" in done.stdout
