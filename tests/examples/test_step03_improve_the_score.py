"""Step 3 walks from step 2's score to 0.98, one change at a time."""

import importlib

import pytest

from tests.examples.thresholds import SEED


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    rows = printed.splitlines()[1:]
    assert len(rows) == len(example.CHANGES)
    assert [row[:33].strip() for row in rows] == list(example.CHANGES)
    assert f"{score:.4f}" in rows[-1]
    assert f"{score:.4f}" not in rows[0]


@pytest.mark.slow
@pytest.mark.longest
@pytest.mark.mnist
def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1
    assert "weight decay" in capsys.readouterr().out


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "weight decay" in done.stdout


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
def test_begins_where_step_2_ends(example):
    step02 = importlib.import_module("examples.step02_train_and_test")
    first = next(example.walk(quick=True, seed=SEED))
    assert first["score"] == step02.main(quick=True, seed=SEED)


def test_each_change_changes_one_thing(example):
    first, pixels, *others = example.CHANGES.values()
    assert first == pixels == {}
    assert [len(settings) for settings in others] == [1] * len(others)
