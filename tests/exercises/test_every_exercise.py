"""The exercises' own examination: stubs fail, solutions pass, wrong answers are named."""

import doctest
import re
import subprocess
from pathlib import Path

import pytest

from workshop.exercises import files, source
from workshop.exercises.checking import checks_of
from workshop.exercises.examination import RIGHT, UNTOUCHED, WRONG, checks_module, examine, load
from workshop.exercises.table import EXERCISES

ROOT = Path(__file__).parents[2]
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.name)
WRONG_ANSWERS = [
    pytest.param(exercise, wrong, id=f"{exercise.name}-{index}")
    for exercise in EXERCISES
    for index, wrong in enumerate(checks_module(exercise).WRONG)
]


def test_no_number_is_skipped():
    assert [each.number for each in EXERCISES] == list(range(1, len(EXERCISES) + 1))


def test_there_are_thirty_and_five_bugs():
    assert len(EXERCISES) >= 30
    assert sum(each.holds_a_bug for each in EXERCISES) >= 5


def committed(name: str) -> str:
    """Return a file as git knows it: you may be solving the exercise here, and run the tests."""
    command = ["git", "cat-file", "blob", f":{name}"]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):  # no git, or a file that is new
        return (ROOT / name).read_text(encoding="utf-8")


def names_in(folder: str) -> set[str]:
    """Return the names of a folder's files, without those that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [Path(name) for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path.relative_to(ROOT) for path in (ROOT / folder).glob("*.*")]
    return {path.name for path in paths if path.parent == Path(folder)}


@pytest.mark.parametrize(
    "folder", ["exercises", "workshop/exercises/answers", "workshop/exercises/checks"]
)
def test_no_file_is_missing_or_stray(folder):
    names = names_in(folder) - {"__init__.py"}
    extra = {
        "exercises": set(files.around()),
        "workshop/exercises/answers": {"challenge.py"},
    }.get(folder, set())
    assert names == {f"{each.name}.py" for each in EXERCISES} | extra


@each_exercise
def test_the_table_names_a_page(exercise):
    pages = [ROOT / "docs" / f"{exercise.page}{suffix}" for suffix in (".md", ".ipynb")]
    assert any(page.is_file() for page in pages)
    assert exercise.difficulty in (1, 2, 3)
    assert 2 <= exercise.minutes <= 40


@each_exercise
def test_the_stub_in_the_folder_is_the_one_of_the_source(exercise):
    stub = committed(f"exercises/{exercise.name}.py")
    assert stub == source.stub(exercise), "run: python -m workshop.exercises.source, and git add"


def test_what_else_lies_in_the_folder_is_what_the_package_has():
    for name, text in files.around().items():
        assert committed(f"exercises/{name}") == text


@each_exercise
def test_the_stub_is_not_attempted(exercise):
    stub = source.stub(exercise)
    assert "[solution" not in stub
    assert "[end]" not in stub
    assert stub != source.solution(exercise)
    assert examine(exercise, stub).state == UNTOUCHED
    touched = examine(exercise, f"{stub}\n# a comment\n")  # its checks run, and do not pass
    assert touched.state == (WRONG if exercise.holds_a_bug else UNTOUCHED)
    assert touched.cause


@each_exercise
def test_the_solution_is_right(exercise):
    outcome = examine(exercise, source.solution(exercise))
    assert outcome.state == RIGHT, outcome
    assert len(outcome.passed) == len(checks_of(checks_module(exercise))) >= 2


@pytest.mark.parametrize(  # the statement of a program with a bug shows what goes wrong
    "exercise", [each for each in EXERCISES if not each.holds_a_bug], ids=lambda each: each.name
)
def test_the_example_of_the_statement_is_true(exercise):
    text = source.solution(exercise)
    module = load(text, "answer.py")
    examples = doctest.DocTestParser().get_doctest(
        module.__doc__, vars(module), exercise.name, "answer.py", 0
    )
    assert examples.examples, "the statement shows no example"
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert not results.failed, "".join(said)


@each_exercise
def test_hints_go_from_a_nudge_to_nearly_there(exercise):
    hints = checks_module(exercise).HINTS
    assert len(hints) >= 2
    assert all(len(hint.split()) >= 5 for hint in hints)
    assert len(set(hints)) == len(hints)


@each_exercise
def test_there_are_wrong_answers(exercise):
    wrongs = checks_module(exercise).WRONG
    assert len(wrongs) >= 2
    assert len({wrong.says for wrong in wrongs}) == len(wrongs)


@pytest.mark.parametrize(("exercise", "wrong"), WRONG_ANSWERS)
def test_a_wrong_answer_is_refused_and_named(exercise, wrong):
    outcome = examine(exercise, f"{source.solution(exercise)}\n{wrong.code}")
    assert outcome.state == WRONG
    assert wrong.says in outcome.cause
    assert re.search(r"\w+ \w+", outcome.cause)
    assert outcome.call
    assert outcome.gave
    assert outcome.expected
