"""Step 18 learns to walk to the flag, and three bad lessons do not."""

import re
from pathlib import Path

from tests.examples.thresholds import SEED


def rows(printed):
    """Return best action, reaches the flag, and falls of each lesson."""
    found = re.findall(r"^(\S.*\S) +([\d.]+) +([\d.]+) +([\d.]+)$", printed, re.MULTILINE)
    return {name: tuple(map(float, numbers)) for name, *numbers in found}


def check_bad_lessons(table, n_lessons):
    assert len(table) == n_lessons
    for name in ("never tries anything", "short-sighted, discount 0.5", "paid for moving right"):
        assert table[name][1] == 0
    assert table["paid for moving right"][2] < 0.5 < table["never tries anything"][2]


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    check_bad_lessons(rows(printed), len(example.LESSONS))
    assert f"what is best in {score:.1%} of 23 places" in printed
    for name in ("policy", "walk", "learning"):
        assert Path(f"pictures/step18_{name}.png").is_file()


def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    printed = capsys.readouterr().out
    table = rows(printed)
    check_bad_lessons(table, len(example.LESSONS))
    assert table["as it should be"] == (1, 1, 0)
    assert "by 16 columns, in 13 moves" in printed


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "places" in done.stdout
