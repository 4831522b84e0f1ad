"""Step 16 sorts digits without labels, as well as scikit-learn does."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:4]]
    clusters, ours, our_rand, theirs, their_rand = zip(*rows, strict=True)
    assert clusters == ("10", "20", "50")
    assert ours[-1] == f"{score:.4f}"
    assert list(ours) == sorted(ours), "more clusters, more of them right"
    assert [float(right) for right in theirs] == pytest.approx(list(map(float, ours)), abs=0.1)
    assert list(map(float, their_rand)) == pytest.approx(list(map(float, our_rand)), abs=0.1)
    for name in ("centres", "mixed"):
        assert Path(f"pictures/step16_{name}.png").is_file()


@pytest.mark.slow
@pytest.mark.longest
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "adjusted Rand" in done.stdout
