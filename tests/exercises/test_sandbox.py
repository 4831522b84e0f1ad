"""Whatever a learner's file does, its check ends with a message, and nothing of it stays."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from workshop.exercises import sandbox, source
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.table import BY_NUMBER, EXERCISES

NEURON = BY_NUMBER[1]
RIGHT_ANSWER = """import numpy as np


def output(inputs, weights, bias):
    return np.sum(inputs * weights) + bias
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit or signal")


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path, monkeypatch):
    """Look for files and threads that a check has left."""
    folder = tmp_path / "an empty folder, zum Prüfen"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    threads = threading.active_count()
    yield
    assert list(folder.iterdir()) == []
    assert threading.active_count() == threads


def check(addition: str = "", body: str = "", **limits) -> Outcome:
    """Check the right answer with lines more: at the file's end, or in the function."""
    text = RIGHT_ANSWER.replace("    return", f"    {body}\n    return") if body else RIGHT_ANSWER
    return sandbox.check(NEURON, f"{text}\n{addition}\n", **limits)


def runs(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def ends(number: int) -> bool:
    """Tell whether a process ends: it is told to, but its end may take a moment."""
    until = time.monotonic() + 5
    while runs(number) and time.monotonic() < until:
        time.sleep(0.01)
    return not runs(number)


def test_a_right_answer_is_right():
    outcome = check()
    assert outcome == Outcome(RIGHT, outcome.passed)
    assert len(outcome.passed) == 3


def test_the_stub_needs_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert sandbox.check(NEURON, source.stub(NEURON)) == Outcome(UNTOUCHED)


def test_a_wrong_answer_is_told_as_without_the_sandbox():
    outcome = sandbox.check(NEURON, RIGHT_ANSWER.replace(" + bias", ""))
    assert (outcome.state, outcome.failed) == (WRONG, "the example of the statement")
    assert outcome.call == "output(inputs=array([1., 2.]), weights=array([ 0.5, -1. ]), bias=3.0)"
    assert (outcome.gave, outcome.expected) == ("-1.5", "1.5")
    assert outcome.cause.startswith("The bias is missing")


# -- what does not end ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "sum(range(10**14))",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32)); signal.pause()",
    ],
    ids=["in Python", "in C", "deaf to signals"],
)
@posix
def test_what_does_not_end_is_ended(body):
    before = time.monotonic()
    outcome = check(body=body, seconds=0.5)
    assert time.monotonic() - before < 10
    assert (outcome.state, outcome.failed) == (WRONG, "the example of the statement")
    assert outcome.gave == "still running after 0.5 seconds"
    assert outcome.call.startswith("output(inputs=array([1., 2.])")
    assert "while loop" in outcome.cause
    assert outcome.trace == (f"line 5, in output: {body}",)


def test_what_prints_without_an_end_is_ended():
    outcome = check("while True: print('again')", seconds=0.5)
    assert outcome.gave == "still running after 0.5 seconds"
    assert outcome.printed.startswith("again\nagain\n")
    assert "the middle is left out" in outcome.printed
    assert len(outcome.printed) < 20_000


def test_ctrl_c_ends_the_process_too(monkeypatch):
    started: list[subprocess.Popen] = []
    popen = subprocess.Popen

    def start(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    def interrupted(self, watch=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(sandbox._Run, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        check("while True: pass")
    assert started[0].returncode is not None


# -- what takes too much -------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    "line", ["np.ones(10**13)", "x = []\nwhile True: x.append([0] * 1000)"], ids=["one", "many"]
)
def test_too_much_memory_is_refused(line):
    outcome = check(line, memory=160 * 2**20)
    assert outcome.state == WRONG
    assert "emory" in outcome.gave
    assert "Does a list grow without an end?" in outcome.cause


@posix
def test_an_error_without_memory_to_tell_it_is_told():
    code = """
x = []
class Full(Exception):
    def __str__(self):
        while True:
            x.append([0] * 10)
def output(inputs, weights, bias):
    raise Full
"""
    outcome = check(code, memory=160 * 2**20)
    assert (outcome.state, outcome.failed) == (WRONG, "the example of the statement")
    assert "emory" in outcome.gave + outcome.cause  # the second if Python itself broke down


@posix
def test_a_file_without_an_end_is_refused():
    outcome = check("with open('large', 'wb') as f:\n    f.seek(2**40)\n    f.write(b'x')")
    assert "OSError" in outcome.gave


def test_megabytes_of_print_are_cut():
    outcome = check("for i in range(300_000): print('line', i)")
    lines = outcome.printed.splitlines()
    assert outcome.state == RIGHT
    assert (lines[0], lines[-1]) == ("line 0", "line 299999")
    assert "bytes in all, the middle is left out" in lines[12]
    assert len(lines) == 25


def test_many_short_lines_are_cut_and_few_are_not():
    assert "... 16 lines more ..." in check("for i in range(40): print(i)").printed
    outcome = check("import sys\nprint('one')\nprint('zwölf', file=sys.stderr)\nprint('three')")
    assert outcome.printed == "one\nzwölf\nthree"


# -- what ends by itself -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "gave", "said"),
    [
        ("import sys; sys.exit(3)", "SystemExit: 3 (line 7 of your file)", "ends with return"),
        ("import os; os._exit(0)", "ended by itself, with exit code 0", "os._exit()"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "ends with return"),
        ("input('Your name? ')", "EOFError", "waits for somebody to type"),
        ("import sys; sys.stdin.buffer.read(1)[0]", "IndexError", ""),
        ("import ctypes; ctypes.string_at(0)", "crash (SIGSEGV)", "outside of Python"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the system", "memory ran out"),
        ("import os; os.closerange(3, 100); os._exit(1)", "exit code 1", ""),
        ("np.exp = np.log", "something else in the place of np.exp", "leave np.exp alone"),
        ("import sys; sys.stdout = sys.stderr = None", "", ""),
        ("import sys; sys.stdout.close()", "", ""),
        ("breakpoint()", "", ""),
    ],
)
@posix
def test_every_end_has_its_message(line, gave, said):
    outcome = check(line)
    assert outcome.state == (WRONG if gave else RIGHT)
    assert gave in outcome.gave
    assert said in outcome.cause


@posix
def test_the_line_of_a_crash_is_told():
    outcome = check(body="import ctypes; ctypes.string_at(0)")
    assert outcome.trace == ("line 5, in output: import ctypes; ctypes.string_at(0)",)
    assert check("while True: pass", seconds=0.5).trace == ("line 7, while True: pass",)


def test_an_error_in_the_check_itself_is_told():
    code = """
class Odd(np.ndarray):
    @property
    def shape(self):
        raise KeyError('shape')
def output(inputs, weights, bias):
    return np.zeros(3).view(Odd)
"""
    outcome = check(code)
    assert outcome.state == WRONG
    assert "KeyError" in outcome.gave
    assert "please report it" in outcome.cause


# -- what is left behind -------------------------------------------------------------------


def test_warnings_and_threads_are_noted():
    outcome = check(
        "import threading, time, warnings\nwarnings.warn('careful')\n"
        "threading.Thread(target=time.sleep, args=(60,)).start()"
    )
    assert outcome.state == RIGHT
    assert outcome.notes[0] == "UserWarning: careful (line 8 of your file)"
    assert "leaves a thread running" in outcome.notes[1]


@posix
@pytest.mark.parametrize(
    "own_session",
    [
        False,
        pytest.param(
            True,
            marks=pytest.mark.skipif(
                sys.platform != "linux", reason="only Linux tells the environment of a process"
            ),
        ),
    ],
)
def test_processes_that_are_left_running_are_ended_and_noted(own_session):
    outcome = check(
        "import subprocess, sys\nprogram = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        f"left = subprocess.Popen(program, start_new_session={own_session})\nprint(left.pid)"
    )
    assert outcome.state == RIGHT
    assert "left another process running" in outcome.notes[-1]
    assert ends(int(outcome.printed))


@posix
def test_processes_of_what_does_not_end_are_ended():
    outcome = check(
        "import os\nchild = os.fork()\nif child: print(child, flush=True)\nwhile True: pass",
        seconds=0.5,
    )
    assert outcome.gave == "still running after 0.5 seconds"
    assert ends(int(outcome.printed))


def test_files_are_written_into_an_empty_folder_that_goes_away():
    outcome = check(
        "import os, tempfile\nassert os.listdir() == []\nopen('file', 'w').close()\n"
        "np.save('array', np.ones(3))\nprint(os.getcwd() == tempfile.gettempdir())\n"
        "tempfile.mkdtemp()\nprint(os.getcwd())"
    )
    assert outcome.state == RIGHT, outcome
    same, folder = outcome.printed.splitlines()
    assert same == "True"
    assert not Path(folder).exists()


def test_what_lies_around_is_not_imported(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("1 / 0")
    monkeypatch.chdir(tmp_path)
    assert check().state == RIGHT


def test_settings_of_python_are_not_taken_over(monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("PYTHONINSPECT", "1")
    monkeypatch.setenv("PYTHONVERBOSE", "1")
    outcome = check("import warnings; warnings.warn('careful')")
    assert (outcome.state, outcome.printed) == (RIGHT, "")


@posix
def test_python_that_does_not_start_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox.sys, "executable", str(tmp_path / "python"))
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho no Python here >&2\nexit 3\n")
    python.chmod(0o755)
    outcome = check()
    assert outcome.state == WRONG
    assert outcome.gave == "the process for the check did not start"
    assert "workshop doctor" in outcome.cause
    assert outcome.printed == "no Python here"


def test_a_package_that_is_not_installed_is_named(monkeypatch, tmp_path):
    exercise = next(each for each in EXERCISES if each.pytorch)
    fake = tmp_path / "without"
    fake.mkdir()
    (fake / "torch.py").write_text("raise ModuleNotFoundError('no', name='torch')")
    monkeypatch.setenv("PYTHONPATH", str(fake))
    outcome = sandbox.check(exercise, source.solution(exercise))
    assert outcome.gave == "the package torch is not installed"
    assert "pip install" in outcome.cause


def test_several_checks_at_once_do_not_meet():
    texts = [f"{RIGHT_ANSWER}\nprint({number})" for number in range(4)]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda text: sandbox.check(NEURON, text), texts))
    assert [outcome.printed for outcome in outcomes] == ["0", "1", "2", "3"]


# -- whole exercises -----------------------------------------------------------------------

SOME = [NEURON, next((each for each in EXERCISES if each.pytorch), EXERCISES[-1])]


@pytest.mark.parametrize("exercise", SOME, ids=lambda each: each.name)
def test_a_stub_is_not_attempted_and_a_solution_right_in_time(exercise):
    touched = sandbox.check(exercise, f"{source.stub(exercise)}\n# touched\n")
    assert touched.state == UNTOUCHED
    before = os.times()
    assert sandbox.check(exercise, source.solution(exercise)).state == RIGHT
    after = os.times()
    seconds = after.children_user - before.children_user
    seconds += after.children_system - before.children_system
    assert seconds > 0 or sys.platform == "win32"
    assert seconds < (5 if exercise.pytorch else 2)  # the processor's: 1.9 and 0.15 measured
