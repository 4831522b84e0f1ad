"""Step 10 finds the line again, and shows what happens without `zero_grad`."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def found(printed):
    """Return the printed table: name to weight, bias and test loss."""
    lines = [line for line in printed.splitlines()[1:] if not line.startswith("See")]
    return {line[:14].strip(): tuple(map(float, line[14:].split())) for line in lines}


def error(row):
    return max(abs(row[0] - 0.7), abs(row[1] - 0.3))


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 1
    rows = found(capsys.readouterr().out)
    assert list(rows) == ["the truth", *example.RUNS]
    assert error(rows["the truth"]) == 0
    assert error(rows["L1, 0.1 to 0"]) == pytest.approx(1 - score, abs=1e-4)
    assert error(rows["squared at 0.3"]) < 0.001
    assert error(rows["L1 at 0.1"]) > 0.005, "it cannot settle at one and the same rate"
    assert error(rows["no zero_grad"]) > 0.05
    for name in ("epoch_1", "epoch_200", "weights"):
        assert Path(f"pictures/step10_{name}.png").is_file()


@pytest.mark.cuda
def test_quick_on_a_graphics_card(example, threshold):
    assert threshold.quick <= example.main(quick=True, seed=SEED, device="cuda") <= 1


@pytest.mark.slow
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert error(found(capsys.readouterr().out)["no zero_grad"]) > 0.05
    assert Path("pictures/step10_epoch_400.png").is_file()


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert error(found(done.stdout)["L1, 0.1 to 0"]) < 0.01
