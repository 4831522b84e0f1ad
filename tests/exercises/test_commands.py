"""The exercises' commands, as a learner types them: what they print, write, and exit with."""

import argparse
import io
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from workshop import cli
from workshop.exercises import console, files, hints, source
from workshop.exercises.examination import checks_module
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.progress import Progress
from workshop.exercises.selection import Choice, SelectionError, named_by
from workshop.exercises.selection import select as chosen
from workshop.exercises.table import BY_NUMBER, EXERCISES

NEURON, LAYER = BY_NUMBER[1], BY_NUMBER[2]
RIGHT_ANSWER = source.solution(NEURON)
WRONG_ANSWER = RIGHT_ANSWER.replace(" + bias", "")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminal or signal")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A learner's folder with two exercises, and the one above it as the current folder."""
    above = tmp_path / "Übung eins"
    above.mkdir()
    monkeypatch.chdir(above)
    source.write_stubs(above / "exercises", [NEURON, LAYER])
    return above / "exercises"


@pytest.fixture
def run(capsys):
    """Return a function that runs a command in this process: exit code, output, complaints."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main([*arguments])
        out, err = capsys.readouterr()
        return code, out, " ".join(err.split())

    return run


def put(folder: Path, text: str, exercise=NEURON) -> Path:
    path = folder / f"{exercise.name}.py"
    path.write_text(text, encoding="utf-8")
    return path


def entry(folder: Path, exercise=NEURON):
    return Progress(folder, pytest.fail).entry(exercise.name)


def answers(monkeypatch, answer: str) -> None:
    """Let somebody sit at a terminal and type."""
    monkeypatch.setattr(console.Screen, "is_terminal", property(lambda self: True))
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))


def test_the_reference_names_every_command_and_option():
    page = Path(__file__).parents[2] / "docs" / "reference" / "api" / "command_line.md"
    rows = {
        found[1]: found[0]
        for found in re.finditer(r"^\| `workshop (\w+).*$", page.read_text("utf-8"), re.MULTILINE)
    }
    (commands,) = (
        action.choices
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    assert list(rows) == list(commands)
    for name, parser in commands.items():
        options = {option for action in parser._actions for option in action.option_strings}
        for option in options - {"-h", "--help", "--folder"}:
            assert f"`{option}`" in rows[name], (name, option)


# -- which exercises -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["1"], [1]),
        (["3", "1", "3"], [3, 1]),
        (["2-4"], [2, 3, 4]),
        (["02..03"], [2, 3]),
        (["ex04"], [4]),
        (["output_of_a_neuron"], [1]),
        (["EX01_output_of_a_neuron"], [1]),
        ([], []),
    ],
)
def test_exercises_are_named_in_many_ways(words, numbers):
    assert [choice.exercise.number for choice in chosen(words)] == numbers


def test_a_file_names_its_exercise():
    path = Path("some folder") / "ex01_output_of_a_neuron (1).py"
    assert chosen([str(path)]) == [Choice(NEURON, path)]
    assert named_by("ex01_layer_of_neurons.py") is None
    assert named_by("ex99_output_of_a_neuron.py") is None


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("0", "they have the numbers 1 to"),
        ("99", "they have the numbers 1 to"),
        ("1-99", "they have the numbers 1 to"),
        ("4-2", "Did you mean 2-4?"),
        ("1O", "Did you mean 10?"),
        ("output_of_neuron", "Did you mean 1 (The output of a neuron)?"),
        ("layer", "Did you mean 2 (A layer of neurons)?"),
        ("blancmange", "workshop exercises lists them"),
        ("-", "workshop exercises lists them"),
        ("notes.py", "Expected a name such as ex01_output_of_a_neuron.py"),
    ],
)
def test_a_word_that_names_none_gets_a_suggestion(word, said):
    with pytest.raises(SelectionError) as caught:
        chosen([word])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [["check", "99"], ["hint", "1-2"], ["solution", "nothing"], ["reset"], ["pack", "0"]],
)
def test_wrong_usage_exits_with_2_and_a_sentence(folder, run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("workshop: ")


# -- which folder --------------------------------------------------------------------------


def test_the_folder_is_found_from_within_from_above_and_from_beside(folder, monkeypatch):
    found = [files.find_folder()]
    for place in (folder, folder.parent / "notes" / "deep"):
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(place)
        found.append(files.find_folder())
    assert found == [folder] * 3
    assert files.find_folder(str(folder)) == folder


def test_without_a_folder_the_next_step_is_told(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    for arguments in (["exercises"], ["check"], ["check", "1"], ["hint", "1"], ["reset", "1"]):
        code, _, err = run(*arguments)
        assert code == 2
        assert "workshop reset --all" in err
    assert "is not a folder" in run("exercises", "--folder", "nowhere")[2]


def test_the_package_is_not_taken_for_the_folder(monkeypatch):
    root = Path(__file__).parents[2]
    monkeypatch.chdir(root / "workshop")
    assert files.find_folder() == root / "exercises"


# -- exercises -----------------------------------------------------------------------------


def test_the_list_shows_states_totals_and_what_comes_next(folder, run):
    put(folder, RIGHT_ANSWER)
    run("check", "1")
    code, out, err = run("exercises")
    table = out.partition("\n\n")[0].splitlines()[1:]
    rows = {line.split()[0]: line for line in table}
    assert (code, err) == (0, "")
    assert rows["1"].rstrip().endswith("right")
    assert rows["2"].rstrip().endswith("not attempted")
    assert rows["3"].rstrip().endswith("missing")
    assert f"1 of {len(EXERCISES)} are right." in out
    assert "Next: 2, A layer of neurons. The file is ex02_layer_of_neurons.py" in out
    assert max(map(len, out.splitlines())) <= 80


def test_what_is_begun_but_was_not_checked_is_begun(folder, run):
    put(folder, WRONG_ANSWER)
    assert " begun" in run("exercises")[1]
    run("check", "1")
    assert " begun" not in run("exercises")[1]


def test_all_solved_is_said(folder, capsys):
    console.Screen().exercises({each.number: RIGHT for each in EXERCISES})
    assert f"All {len(EXERCISES)} are right." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "no time"), (1, "1 minute"), (60, "1 hour"), (135, "2 hours 15 minutes")],
)
def test_minutes_are_said_in_hours(minutes, said):
    assert console.hours(minutes) == said


# -- check ---------------------------------------------------------------------------------


def test_a_right_answer_is_told_noted_and_followed_by_the_next(folder, run):
    put(folder, RIGHT_ANSWER)
    code, out, err = run("check", "1")
    assert (code, err) == (0, "")
    assert out.startswith("Exercise 1: The output of a neuron   right\n")
    assert out.count("\n  right  ") == 3
    assert "Next: 2, A layer of neurons." in out
    assert entry(folder).state == RIGHT


def test_a_wrong_answer_gets_call_result_expectation_cause_and_next_step(folder, run):
    put(folder, WRONG_ANSWER)
    code, out, _ = run("check", "1")
    assert code == 1
    assert "\n  wrong  the example of the statement\n" in out
    assert "\n    output(inputs=array([1., 2.]), weights=array([ 0.5, -1. ]), bias=3.0)\n" in out
    assert "\n    gave      -1.5\n    expected  1.5\n" in out
    assert "\n  The bias is missing: add it after the sum.\n" in out
    assert out.endswith("\nFor a hint: workshop hint 1\n")
    assert entry(folder).state == WRONG


def test_an_error_shows_the_learners_lines_what_was_printed_and_notes(folder, run):
    body = "import warnings; warnings.warn('careful'); print('here'); undefined"
    put(folder, RIGHT_ANSWER.replace("    return", f"    {body}\n    return"))
    code, out, _ = run("check", "1")
    number = 1 + put(folder, RIGHT_ANSWER).read_text().splitlines().index(
        "    return np.sum(inputs * weights) + bias"
    )
    assert code == 1
    assert f"NameError: name 'undefined' is not defined (line {number}" in " ".join(out.split())
    assert f"Your lines on the way there:\n    line {number}, in output: import warnings" in out
    assert "Your program printed:\n    here\n" in out


def test_what_is_not_attempted_says_what_to_do(folder, run):
    code, out, _ = run("check", "2")
    assert code == 1
    assert out.startswith("Exercise 2: A layer of neurons   not attempted\n")
    assert "ex02_layer_of_neurons.py" in "".join(out.split())
    assert f"The book explains it in {LAYER.page}." in out
    assert "in the place of each TODO" in " ".join(out.split())


def test_a_program_with_a_bug_is_to_be_mended(folder, run):
    bug = next(each for each in EXERCISES if each.holds_a_bug)
    put(folder, source.stub(bug), bug)
    out = " ".join(run("check", str(bug.number))[1].split())
    assert "find what is wrong with the program, and mend it" in out
    assert "TODO" not in out


def test_without_a_number_all_that_are_begun_are_checked(folder, run):
    assert "nothing is begun yet" in run("check")[2]
    put(folder, RIGHT_ANSWER)
    code, out, _ = run("check")
    assert (code, out.split("\n")[0]) == (0, "Exercise 1: The output of a neuron   right")
    put(folder, "nonsense", LAYER)
    code, out, _ = run("check")
    assert code == 1
    assert "  1  right          The output of a neuron\n" in out
    assert "Exercise 2: A layer of neurons   wrong\n" in out
    assert out.endswith("1 of 2 right.\n")


def test_a_file_elsewhere_is_checked_and_not_noted(folder, run, tmp_path, monkeypatch):
    elsewhere = tmp_path / "downloads"
    elsewhere.mkdir()
    path = put(elsewhere, RIGHT_ANSWER)
    assert run("check", str(path))[0] == 0
    assert entry(folder).state == UNTOUCHED
    monkeypatch.chdir(elsewhere)
    assert run("check", f"./{path.name}")[0] == 0
    assert "right" in run("check", path.name, "--folder", str(folder))[1]
    assert entry(folder).state == UNTOUCHED
    here = put(folder, RIGHT_ANSWER)
    assert run("check", str(here), "--folder", str(folder))[0] == 0
    assert entry(folder).state == RIGHT


@pytest.mark.parametrize(
    ("content", "gave", "said"),
    [
        (None, "no such file", "To write it anew: workshop reset ex01_output_of_a_neuron.py"),
        ("a folder", "Is a directory", "Look at what it is"),
        ("größer".encode("latin-1"), "not in UTF-8 (line 1)", "Save it again"),
        (b"x\n\xff", "not in UTF-8 (line 2)", "Save it again"),
        (b"#" * 1_000_001, "more than 1,000,000 bytes", "Was something else saved"),
    ],
)
@posix
def test_a_file_that_cannot_be_read_gets_a_message(folder, run, content, gave, said):
    path = folder / f"{NEURON.name}.py"
    path.unlink()
    if content == "a folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    code, out, _ = run("check", "1")
    assert code == 1
    assert gave in out
    assert said in " ".join(out.split())


def test_windows_line_ends_and_a_byte_order_mark_are_all_right(folder, run):
    (folder / f"{NEURON.name}.py").write_bytes(
        b"\xef\xbb\xbf" + source.stub(NEURON).replace("\n", "\r\n").encode()
    )
    assert run("check", "1")[1].startswith("Exercise 1: The output of a neuron   not attempted")


def test_what_would_steer_the_terminal_is_shown_as_it_is_written(folder, run):
    put(folder, f"{WRONG_ANSWER}\nprint('\\x1b[31mred\\x07\\ttab [bold]no[/bold] :smile:')")
    out = run("check", "1")[1]
    assert "\x1b" not in out
    assert "\\x1b[31mred\\x07    tab [bold]no[/bold] :smile:" in out


@posix
def test_watch_checks_at_each_save_until_ctrl_c(folder):
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "workshop", "check", "1", "--watch", "--folder", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:

        def wait_for(words: bytes) -> bytes:
            seen, until = b"", time.monotonic() + 30
            while words not in seen:
                assert time.monotonic() < until, seen
                if select.select([process.stdout], [], [], 0.1)[0]:
                    seen += os.read(process.stdout.fileno(), 65536)
            return seen

        assert b"not attempted" in wait_for(b"Waiting for you to save a file.")
        put(folder, WRONG_ANSWER)
        assert b"The bias is missing" in wait_for(b"Waiting for you")
        replaced = folder / "new"
        replaced.write_text(RIGHT_ANSWER)
        replaced.replace(folder / f"{NEURON.name}.py")
        assert b"Next: 2" in wait_for(b"Waiting for you")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert b"No longer watching" in out
    assert (process.returncode, err) == (0, b"")
    assert entry(folder).state == RIGHT


# -- hint and solution ---------------------------------------------------------------------


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.name)
def test_hints_are_read_without_importing_the_checks(exercise):
    assert hints.hints(exercise) == tuple(checks_module(exercise).HINTS)


def test_each_hint_is_the_next_one_and_is_remembered(folder, run):
    all_of_them = hints.hints(NEURON)
    for number, hint in enumerate(all_of_them, start=1):
        code, out, _ = run("hint", "1")
        assert code == 0
        assert f"Hint {number} of {len(all_of_them)}\n" in out
        assert " ".join(hint.split()) in " ".join(out.split())
        assert entry(folder).hints == number
    assert f"Hint {len(all_of_them)} of" in run("hint", "1")[1]
    assert entry(folder).hints == len(all_of_them)
    put(folder, WRONG_ANSWER)
    assert "All hints again: workshop hint 1 --all" in run("check", "1")[1]


def test_all_hints_need_no_folder(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("hint", "1", "--all")
    assert (code, out.count("\nHint ")) == (0, len(hints.hints(NEURON)))
    assert "workshop solution 1" in out


def test_a_solution_is_shown_only_to_who_says_yes(folder, run, monkeypatch):
    code, out, err = run("solution", "1")
    assert (code, out) == (2, "")
    assert "add --yes" in err
    for answer in ("n\n", "\n", "", "maybe\n"):
        answers(monkeypatch, answer)
        code, out, _ = run("solution", "1")
        assert code == 0
        assert "def output" not in out
        assert "workshop hint 1" in out
    assert not entry(folder).solution
    answers(monkeypatch, "y\n")
    assert source.solution(NEURON) in run("solution", "1")[1]
    assert entry(folder).solution


def test_a_solution_can_be_written_into_a_file(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    assert run("solution", "1", "--yes") == (0, source.solution(NEURON), "")


# -- reset ---------------------------------------------------------------------------------


def test_reset_asks_keeps_what_was_there_and_forgets(folder, run, monkeypatch):
    path = put(folder, RIGHT_ANSWER)
    run("check", "1")
    code, _, err = run("reset", "1")
    assert code == 2
    assert "add --yes" in err
    answers(monkeypatch, "n\n")
    assert run("reset", "1")[0] == 0
    assert path.read_text() == RIGHT_ANSWER
    assert entry(folder).state == RIGHT
    answers(monkeypatch, "y\n")
    assert "Yours is kept as ex01_output_of_a_neuron.py.bak" in " ".join(
        run("reset", "1")[1].split()
    )
    assert path.read_text() == source.stub(NEURON)
    assert Path(f"{path}.bak").read_text() == RIGHT_ANSWER
    assert entry(folder).state == UNTOUCHED


def test_a_second_copy_does_not_overwrite_the_first(folder, run):
    for number in range(3):
        path = put(folder, f"version = {number}")
        run("reset", "1", "--yes")
    copies = [Path(f"{path}{end}") for end in (".bak", ".bak2", ".bak3")]
    assert [copy.read_text() for copy in copies] == [f"version = {n}" for n in range(3)]


def test_reset_of_what_was_not_changed_does_not_ask(folder, run):
    code, out, err = run("reset", "1")
    assert (code, err) == (0, "")
    assert "you had not changed it" in out
    assert not list(folder.glob("*.bak"))


def test_a_missing_stub_is_written(folder, run):
    path = folder / f"{NEURON.name}.py"
    path.unlink()
    assert "was missing, and is there again" in run("reset", "1")[1]
    assert path.read_text() == source.stub(NEURON)


def test_reset_all_makes_a_folder(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("reset", "--all")
    made = tmp_path / "exercises"
    assert code == 0
    assert f"exercises holds {len(EXERCISES)} exercises that were not there." in out
    assert f"Begin with {NEURON.name}.py, and check it with: workshop check 1" in out
    assert len(list(made.glob("ex*.py"))) == len(EXERCISES)
    for name, text in files.around().items():
        assert (made / name).read_text(encoding="utf-8") == text
    named = tmp_path / "a folder" / "of mine"
    assert run("reset", "--all", "--folder", str(named))[0] == 0
    assert len(list(named.iterdir())) == len(EXERCISES) + 2


def test_reset_takes_a_folder_for_what_it_is(folder, run):
    path = folder / f"{NEURON.name}.py"
    path.unlink()
    path.mkdir()
    assert run("reset", "1", "--yes")[0] == 0
    assert path.read_text() == source.stub(NEURON)


def test_a_no_keeps_what_was_changed_and_resets_the_others(folder, run, monkeypatch):
    for exercise in EXERCISES[:5]:
        put(folder, "mine", exercise)
    answers(monkeypatch, "n\n")
    code, out, _ = run("reset", "1-6")
    assert code == 0
    assert "ex03_sigmoid.py and 2 more. Write anew?" in " ".join(out.split())
    assert "ex06_cross_entropy.py was missing" in out
    assert "stays as you left it" in out
    assert [(folder / f"{each.name}.py").read_text() for each in EXERCISES[:5]] == ["mine"] * 5


# -- how it looks --------------------------------------------------------------------------


def looks(outcome: Outcome, **options) -> str:
    out = io.StringIO()
    screen = console.Screen(Console(file=out, highlight=False, markup=False, **options))
    screen.outcome(NEURON, outcome, "ex01.py", 1)
    return out.getvalue()


FAULT = Outcome(WRONG, ("this",), "that", "f(x=1)", "1\n2", "3", "Because.", ("line 1, x",), ("n",))


def test_colours_are_for_terminals(monkeypatch):
    assert "\x1b" not in looks(FAULT, width=80)
    assert "\x1b[1;31mwrong" in looks(FAULT, width=80, force_terminal=True, color_system="standard")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in looks(FAULT, width=80, force_terminal=True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "31m" not in looks(FAULT, width=80, force_terminal=True)


@pytest.mark.parametrize("width", [30, 80, 300])
def test_lines_are_wrapped_at_the_terminals_width(width):
    long = Outcome(WRONG, ("word " * 50,), "word " * 50, "word " * 50, "x" * 200, "1", "word " * 50)
    lines = looks(long, width=width).splitlines()
    assert max(map(len, lines)) <= min(width, console.WIDEST)
    assert all(line == line.rstrip() for line in lines)


def test_several_lines_of_a_value_stand_below_each_other():
    assert "    gave      1\n              2\n    expected  3\n" in looks(FAULT, width=80)


@posix
def test_a_command_in_a_real_terminal_has_colours_unless_told_not_to(folder):
    import pty

    put(folder, WRONG_ANSWER)

    def shown(**environment: str) -> bytes:
        ours, theirs = pty.openpty()
        clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        with subprocess.Popen(
            [sys.executable, "-m", "workshop", "check", "1"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**clean, "TERM": "xterm-256color", **environment},
        ):
            os.close(theirs)
            out = b""
            while chunk := _read(ours):
                out += chunk
        os.close(ours)
        assert b"The bias is missing" in out
        return out

    assert b"\x1b[1;31mwrong" in shown()
    assert b"31m" not in shown(NO_COLOR="1")
    assert b"\x1b" not in shown(TERM="dumb")


def _read(number: int) -> bytes:
    try:
        return os.read(number, 65536)
    except OSError:  # on Linux, the other side of the terminal was closed
        return b""
