"""The challenge: a learner's estimator is trained apart, and its answers are counted."""

import json

import numpy as np
import pytest

from workshop.datasets import load_digits
from workshop.exercises import challenge
from workshop.exercises.ladder import YOURS
from workshop.exercises.outcome import RIGHT, WRONG

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
    return challenge.Entry(name, score, seconds, 60.0, when)


def test_the_table_grows(tmp_path):
    folder = tmp_path / "my exercises ü"
    assert challenge.read_table(folder) == []
    challenge.write_entry(folder, entry())
    both = challenge.write_entry(folder, entry(score=0.95))
    assert both == challenge.read_table(folder) == [entry(), entry(score=0.95)]
    assert {path.name for path in folder.iterdir()} <= {"challenge.json", ".challenge.json.lock"}


@pytest.mark.parametrize("text", ["{", '[{"name": "mine.py"}]', '{"a": 1}', "[1]"])
def test_a_damaged_table_is_not_overwritten(tmp_path, text):
    (tmp_path / challenge.TABLE).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"challenge\.json should hold.*rename it"):
        challenge.write_entry(tmp_path, entry())
    assert (tmp_path / challenge.TABLE).read_text(encoding="utf-8") == text


def test_of_each_name_the_best_is_on_the_ladder(tmp_path):
    entries = [entry(score=0.9), entry("other.py", 0.5), entry(score=0.8), entry(score=0.93)]
    assert challenge.best_of_each(entries) == [entry(score=0.93), entry("other.py", 0.5)]
    assert entry().rung().kind == YOURS
    picture = challenge.draw(tmp_path, entries)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_table_is_json_that_others_can_read(tmp_path):
    challenge.write_entry(tmp_path, entry("näive.py"))
    rows = json.loads((tmp_path / challenge.TABLE).read_text(encoding="utf-8"))
    assert rows[0]["name"] == "näive.py"
    assert rows[0]["score"] == 0.9
