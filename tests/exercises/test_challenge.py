"""The challenge: a learner's estimator is trained apart, and its answers are counted."""

import json

import numpy as np
import pytest

from workshop import cli
from workshop.datasets import load_digits
from workshop.exercises import attempts, challenge, source
from workshop.exercises.ladder import YOURS
from workshop.exercises.outcome import RIGHT, WRONG, Outcome
from workshop.exercises.table import BY_NUMBER

NEAREST = """
import numpy as np


class NearestMean:
    def fit(self, X, y):
        self.means = np.array([X[y == digit].mean(axis=0) for digit in range(10)])

    def predict(self, X):
        return ((X[:, None] - self.means) ** 2).sum(axis=2).argmin(axis=1)


estimator = NearestMean()
"""


@pytest.fixture
def take(tmp_path):
    def take(text, seconds=20.0, watch=None):
        file = tmp_path / "my best näive.py"
        file.write_text(text, encoding="utf-8")
        return challenge.take(file, seconds=seconds, quick=True, watch=watch)

    return take


@pytest.fixture
def attempt():
    """Attempt it in this process, which is quick."""

    def attempt(text):
        told = {}
        found = challenge.attempt(text, "mine.py", quick=True, tell=told.__setitem__)
        return found, told

    return attempt


def test_the_answers_are_counted(take):
    run = take(NEAREST)
    assert run.outcome.state == RIGHT
    X_train, y_train, X_test, y_test = load_digits()
    means = np.array([X_train[y_train == digit].mean(axis=0) for digit in range(10)])
    answers = ((X_test[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert run.answers == list(answers)
    assert run.score == (answers == y_test).mean()
    assert 0 < run.seconds < 20


def test_what_takes_longer_than_the_budget_is_ended_and_watched(take):
    spent = []
    slow = NEAREST.replace("self.means =", "import time; time.sleep(60); self.means =")
    run = take(slow, seconds=0.6, watch=lambda told, seconds: spent.append((dict(told), seconds)))
    assert run.outcome.state == WRONG
    assert run.outcome.gave == "still running after 0.6 seconds"
    assert "--seconds" in run.outcome.cause
    assert run.score == 0
    assert len(spent) >= 3
    assert spent[-1][0]["call"].startswith("estimator.fit")
    assert [seconds for _, seconds in spent] == sorted(seconds for _, seconds in spent)


def test_the_file_that_learners_get_works(attempt):
    text = challenge.template()
    found, told = attempt(text)
    assert found.state == RIGHT
    assert (load_digits()[3] == told["answers"]).mean() > 0.8


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "defines nothing"),
        ("class estimator:\n    pass", "the class estimator"),
        ("estimator = 3", "no method fit"),
        (NEAREST.replace("NearestMean()\n", "NearestMean\n"), "with the brackets"),
        (NEAREST.replace(".argmin(axis=1)", ""), "argmax(axis=1)"),
        (NEAREST.replace(".argmin(axis=1)", ".argmin()"), "one digit for each row"),
        (NEAREST.replace("return ((X", "((X"), "one digit for each row"),
        (NEAREST.replace(".argmin(axis=1)", ".argmin(axis=1) + 0.5"), "Round numbers"),
        (NEAREST.replace(".argmin(axis=1)", ".argmin(axis=1) + 5"), "Round numbers"),
        (NEAREST.replace(".mean(axis=0)", ".mean(axis=0) / nought"), "NameError"),
        ("estimator = 1 +", "SyntaxError"),
    ],
)
def test_what_is_wrong_is_named(attempt, text, says):
    found, told = attempt(text)
    assert found.state == WRONG
    assert "answers" not in told
    assert says in f"{found.gave} {found.cause}"
    assert found.call
    assert found.expected


def test_floats_that_are_whole_are_digits():
    X_test = np.zeros((3, 64))
    assert challenge.digits(np.array([1.0, 2.0, 9.0]), X_test, "predict") == [1, 2, 9]
    assert challenge.digits([0, 1, 2], X_test, "predict") == [0, 1, 2]


# -- the learner's table -------------------------------------------------------------------


def entry(name="mine.py", score=0.9, seconds=2.0, when="2026-11-21 12:00"):
    return attempts.Entry(name, score, seconds, 60.0, when)


def test_the_table_grows(tmp_path):
    folder = tmp_path / "my exercises ü"
    assert attempts.read_table(folder) == []
    attempts.write_entry(folder, entry())
    both = attempts.write_entry(folder, entry(score=0.95))
    assert both == attempts.read_table(folder) == [entry(), entry(score=0.95)]
    assert {path.name for path in folder.iterdir()} <= {"challenge.json", ".challenge.json.lock"}


@pytest.mark.parametrize("text", ["{", '[{"name": "mine.py"}]', '{"a": 1}', "[1]"])
def test_a_damaged_table_is_not_overwritten(tmp_path, text):
    (tmp_path / attempts.TABLE).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"challenge\.json should hold.*rename it"):
        attempts.write_entry(tmp_path, entry())
    assert (tmp_path / attempts.TABLE).read_text(encoding="utf-8") == text


def test_of_each_name_the_best_is_on_the_ladder(tmp_path):
    entries = [entry(score=0.9), entry("other.py", 0.5), entry(score=0.8), entry(score=0.93)]
    assert attempts.best_of_each(entries) == [entry(score=0.93), entry("other.py", 0.5)]
    assert entry().rung().kind == YOURS
    picture = attempts.draw(tmp_path, entries)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_table_is_json_that_others_can_read(tmp_path):
    attempts.write_entry(tmp_path, entry("näive.py"))
    rows = json.loads((tmp_path / attempts.TABLE).read_text(encoding="utf-8"))
    assert rows[0]["name"] == "näive.py"
    assert rows[0]["score"] == 0.9


# -- the command ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    source.write_stubs(tmp_path / "exercises", [BY_NUMBER[1]])
    monkeypatch.chdir(tmp_path)
    return tmp_path / "exercises"


def finished(score):
    confused = [(4, 9, 31), (7, 2, 20)]
    return challenge.Run(Outcome(RIGHT), [0] * 10_000, score, 12.34, confused)


def test_the_command_scores_notes_and_draws(folder, monkeypatch, capsys):
    asked = {}
    take = lambda file, **named: asked.update(named, file=file) or finished(0.9871)  # noqa: E731
    monkeypatch.setattr(challenge, "take", take)
    assert cli.main(["challenge", "mine.py", "--seconds", "90", "--name", "wide"]) == 0
    said = capsys.readouterr().out
    assert "mine.py reads 9,871 of 10,000 test images right: 98.71 %" in said
    assert "4 as 9 (31), 7 as 2 (20)" in said
    lines = [line for line in said.splitlines() if " %  " in line]
    place = next(index for index, line in enumerate(lines) if "> wide" in line)
    assert "99.05 %" in lines[place - 1]
    assert (asked["seconds"], asked["quick"], asked["file"].name) == (90, False, "mine.py")
    (entry,) = attempts.read_table(folder)
    assert (entry.name, entry.score, entry.limit) == ("wide", 0.9871, 90)
    assert (folder / attempts.PLOT).stat().st_size > 10_000
    assert cli.main(["challenge"]) == 0
    out = capsys.readouterr().out
    assert "> wide" in out
    assert "workshop challenge FILE --quick" in " ".join(out.split())


def test_small_digits_are_not_on_the_ladder(folder, capsys):
    (folder / "mine.py").write_text(NEAREST, encoding="utf-8")
    assert cli.main(["challenge", "exercises/mine.py", "--quick"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "of 450 test images right" in out
    assert "MNIST decides: workshop challenge exercises/mine.py" in out
    assert not (folder / attempts.TABLE).exists()


def test_what_went_wrong_is_said_and_not_noted(folder, monkeypatch, capsys):
    wrong = Outcome(WRONG, call="estimator.fit", gave="ValueError", expected="a result", cause="x")
    run = challenge.Run(wrong, [], 0.0, 0.0, [])
    monkeypatch.setattr(challenge, "take", lambda file, **named: run)
    assert cli.main(["challenge", "mine.py"]) == 1
    said = capsys.readouterr().out
    assert "no score" in said
    assert "estimator.fit" in said
    assert not (folder / attempts.TABLE).exists()


@pytest.mark.parametrize("budget", ["0", "-3", "nan", "inf", "soon"])
def test_a_budget_is_a_time(folder, budget, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["challenge", "mine.py", "--seconds", budget])
    assert ended.value.code == 2


def test_a_missing_file_and_a_damaged_table_are_named(folder, capsys):
    assert cli.main(["challenge", "no such.py", "--quick"]) == 1
    assert "no such.py" in capsys.readouterr().err
    (folder / attempts.TABLE).write_text("{", encoding="utf-8")
    assert cli.main(["challenge"]) == 1
    assert "challenge.json should hold" in " ".join(capsys.readouterr().err.split())
