"""Step 17 makes a ring of eight clouds, and shows a collapse."""

import re
from pathlib import Path

import pytest

from tests.examples.thresholds import SEED


def rows(printed):
    """Return clouds covered and good samples of each contest, in percent."""
    found = re.findall(r"^(\S.*\S) +([\d.]+)% +([\d.]+)%$", printed, re.MULTILINE)
    return {name: (float(covered), float(good)) for name, covered, good in found}


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED, device="cpu")
    assert threshold.quick <= score <= 8
    printed = capsys.readouterr().out
    table = rows(printed)
    assert set(table) == set(example.CONTESTS)
    assert table["one step each"][0] == 100 * score / 8
    assert table["one step each"][1] > 50
    assert table["five steps for the generator"][0] <= 25
    assert f"covers {score:.0f} of 8 clouds" in printed
    assert Path("pictures/step17_samples.png").is_file()


@pytest.mark.cuda
def test_quick_on_a_graphics_card(example, threshold):
    assert threshold.quick <= example.main(quick=True, seed=SEED, device="cuda") <= 8


@pytest.mark.slow
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 8
    table = rows(capsys.readouterr().out)
    assert table["one step each"][1] > 85
    assert table["five steps for the generator"][0] <= 12.5


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert "of 8 clouds" in done.stdout
