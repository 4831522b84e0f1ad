"""Step 11 draws curved boundaries, and comes close to what the noise allows."""

from pathlib import Path

import pytest

from tests.examples.thresholds import SEED

PICTURES = 7


@pytest.fixture
def walked(example, monkeypatch):
    """Record the rows that the step yields."""
    rows, walk = [], example.walk

    def recorded(**settings):
        for row in walk(**settings):
            rows.append(row)
            yield row

    monkeypatch.setattr(example, "walk", recorded)
    return rows


def test_quick(example, threshold, walked, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 1
    assert [row["points"] for row in walked] == list(example.SETS)
    assert score == pytest.approx(1 - max(row["gap"] for row in walked))
    found = {row["points"]: row for row in walked}
    assert found["circles"]["linear"] < 0.6 < 0.95 < found["circles"]["network"]
    assert found["four blobs"]["linear"] == pytest.approx(found["four blobs"]["network"], abs=0.02)
    assert found["six spirals, 4 radians apart"]["best possible"] < 0.94
    assert len(list(Path("pictures").glob("step11_*.png"))) == PICTURES
    assert len(capsys.readouterr().out.splitlines()) == PICTURES + 2


@pytest.mark.slow
def test_full_size(example, threshold, walked):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert all(row["network"] < row["best possible"] + 0.01 for row in walked)


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert "best possible" in done.stdout
