"""Step 16 sorts digits without labels, as well as scikit-learn does."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    rows = capsys.readouterr().out.splitlines()[1:4]
    assert [row.split()[0] for row in rows] == ["10", "20", "50"]
    assert rows[-1].split()[1] == f"{score:.4f}"
    for name in ("centres", "mixed"):
        assert Path(f"pictures/step16_{name}.png").is_file()


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "adjusted Rand" in done.stdout


def test_is_as_good_as_scikit_learn(example):
    for row in example.walk(quick=True, seed=SEED):
        assert row["ours_right"] == pytest.approx(row["scikit_learn_right"], abs=0.05)
        assert row["ours_rand"] == pytest.approx(row["scikit_learn_rand"], abs=0.1)
