"""`make results`: what is measured, when it is measured again, and what is written."""

import importlib
import json
from pathlib import Path

import pytest

from benchmarks import reach, steps


@pytest.fixture
def results(tmp_path, monkeypatch):
    """Let results lie in a folder of the test's own."""
    monkeypatch.setattr(steps, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


def code_hash(stem):
    return reach.code_hash(steps.EXAMPLES / f"{stem}.py", steps.ROOT)


def test_writes_what_pages_read(results, monkeypatch, capsys):
    stem = "step06_learning_rates"
    runs = {
        seed: {"score": 0.9 + seed / 100, "seconds": 2.0 + seed, "rows": []} for seed in (0, 1, 2)
    }
    monkeypatch.setattr(steps, "measure", None)
    steps.write(stem, {**steps.summary(stem, [0, 1, 2], list(runs.values())),
                       "code": code_hash(stem)})  # fmt: skip
    written = json.loads((results / f"{stem}.json").read_text("utf-8"))
    assert written["seeds"] == [0, 1, 2]
    assert written["scores"] == [0.9, 0.91, 0.92]
    assert (written["minimum"], written["median"], written["maximum"]) == (0.9, 0.91, 0.92)
    assert written["seconds"] == {"minimum": 2.0, "median": 3.0, "maximum": 4.0}
    assert set(written["machine"]) == {"cpu", "cores", "system", "python"}
    assert set(written["versions"]) == set(steps.LIBRARIES)
    assert [path.name for path in results.iterdir()] == [f"{stem}.json"]

    as_measured = ["--steps", stem, "--seeds", "0", "1", "2"]
    assert steps.main(["--check", *as_measured]) == 0
    assert steps.main(as_measured) == 0
    assert "up to date" in capsys.readouterr().out
    assert steps.main(["--check", "--steps", stem]) == 1, "five seeds are wanted"
    steps.write(stem, written | {"code": "another"})
    assert steps.main(["--check", *as_measured]) == 1
    assert f"results/{stem}.json" in capsys.readouterr().out


def test_names_results_that_are_missing(results, capsys):
    assert steps.main(["--check"]) == 1
    expected = len(list(steps.EXAMPLES.glob("step*.py"))) + len(steps.PAGES)
    assert capsys.readouterr().out.count("make results") == expected


def test_a_table_gives_ranges():
    first = [{"change": "none", "seconds": 3.2, "score": 0.88}]
    second = [{"change": "none", "seconds": 4.4, "score": 0.8801}]
    assert steps.table([first, second]) == {
        "columns": ["Change", "Seconds", "Score, %"],
        "rows": [["none", "3–4", "88.0"]],
    }


def test_measures_a_step_and_its_walk(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    example = importlib.import_module("examples.step03_improve_the_score")
    rows = [{"change": name, "score": 0.5, "in_training": 0.6, "seconds": 1.0} for name in "ab"]
    monkeypatch.setattr(example, "walk", lambda **_: iter(rows))
    run = steps.measure("step03_improve_the_score", seed=3)
    assert run["score"] == 0.5
    assert run["rows"] == rows
    assert 0 <= run["seconds"] < 60
    assert capsys.readouterr().out == "", "the bar has the screen for itself"


@pytest.mark.mnist
def test_measures_all(results, monkeypatch, mnist_data_dir):
    monkeypatch.setattr(steps.os, "environ", dict(steps.os.environ))
    here = Path.cwd()
    stem = "step05_single_neuron"
    steps.measure_all([stem], [0, 1])
    written = json.loads((results / f"{stem}.json").read_text("utf-8"))
    assert 0.95 < written["minimum"] <= written["maximum"] < 1
    assert written["scores"][0] != written["scores"][1]
    assert Path.cwd() == here
