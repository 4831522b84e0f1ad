"""Check a learner's file in a process of its own, which can neither hang nor harm the checker.

The process (`child`) has a limit of time, on Linux and macOS one of memory, no standard input, an
empty folder to work in, and a pipe of its own for the outcome. What it prints is captured and cut.
Whatever it does, it ends, with all that it started, and there is an outcome to show.

This guards against mistakes, not against malice: the code runs with the rights of who runs it.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from workshop.exercises import source
from workshop.exercises.outcome import UNTOUCHED, WRONG, Outcome
from workshop.exercises.table import Exercise

SECONDS, SECONDS_PYTORCH = 10.0, 30.0  # for the learner's code; loading PyTorch does not count
MEMORY, MEMORY_PYTORCH = 2 * 2**30, 4 * 2**30  # bytes
START = 120.0  # seconds for Python, NumPy and PyTorch to start, on a slow disk too
GRACE = 0.3  # seconds more, in which the process says where it was
KEPT = 4000  # bytes of what was printed that are kept, at its beginning and at its end
MOST_AT_ONCE = 4  # checks: each may take the memory above
LINES = 12  # lines of it that are shown, at its beginning and at its end
LONGEST_LINE = 1_000_000  # bytes of what comes through the pipe
TICK = 0.1  # seconds between two looks at how far a long task is
MARK = "WORKSHOP_SANDBOX"  # in the environment of all that the learner's code starts

FEW_RESOURCES = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",  # to start a graphics card takes longer than a check
}
QUICK = (
    "a result, in less than a second for most exercises",
    "Does a while loop never reach its end, or a for loop run many times too often? Print what "
    "should change in it.",
)
Watch = Callable[[Mapping[str, Any], float], None]


def check(
    exercise: Exercise, text: str, *, seconds: float | None = None, memory: int | None = None
) -> Outcome:
    """Check what a learner wrote, apart from everything else.

    Parameters
    ----------
    exercise : Exercise
        Which one it answers.
    text : str
        What the learner's file holds.
    seconds : float, optional
        How long it may take; by default 10, with PyTorch 30.
    memory : int, optional
        How many bytes of memory it may have; by default 2 GiB, with PyTorch 4 GiB.

    Returns
    -------
    Outcome
        What came of it, whatever the learner's code does.
    """
    if source.is_stub(text, exercise):
        return Outcome(UNTOUCHED)
    seconds = seconds or (SECONDS_PYTORCH if exercise.pytorch else SECONDS)
    memory = memory or (MEMORY_PYTORCH if exercise.pytorch else MEMORY)
    task = {
        "number": exercise.number,
        "text": text,
        "file": f"{exercise.name}.py",
        "seconds": seconds,
        "memory": memory,
    }
    return run(task, FEW_RESOURCES)[0]


def run(
    task: dict[str, Any],
    environment: Mapping[str, str],
    *,
    watch: Watch | None = None,
    advice: tuple[str, str] = QUICK,
) -> tuple[Outcome, dict[str, Any]]:
    """Give `child` a task, and see it through.

    Parameters
    ----------
    task : dict
        What `child.main` gets: "text", "file", "seconds" and "memory" at the least.
    environment : mapping of str to str
        Added to the variables of this process.
    watch : function, optional
        Called some times a second with what the child told so far, and the seconds since it was
        ready.
    advice : tuple of str
        For a task that is not done in time: what was expected, and the likely cause.

    Returns
    -------
    Outcome
        What came of it.
    dict
        All that the child told.
    """
    with tempfile.TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as folder:
        process = _Run(task, folder, environment, advice)
        try:
            process.wait(watch)
        finally:
            process.end()
        return process.outcome(), process.told


def several(jobs: Sequence[Callable[[], Outcome]]) -> Iterator[Outcome]:
    """Yield the outcomes of several checks, in their order; some run at the same time.

    Parameters
    ----------
    jobs : sequence of functions
        Each does one check, by `check`. Who stops listening, or is interrupted, ends them.

    Yields
    ------
    Outcome
        As soon as it and all before it are there.
    """
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_AT_ONCE))
    futures = [pool.submit(job) for job in jobs]
    try:
        for future in futures:
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        while not all(future.done() for future in futures):
            for each in list(_RUNNING):
                _end_group(each.process)
            time.sleep(0.01)
        pool.shutdown()


class _Run:
    """One process, from its start to its end."""

    def __init__(
        self,
        task: dict[str, Any],
        folder: str,
        environment: Mapping[str, str],
        advice: tuple[str, str],
    ) -> None:
        self.file: str = task["file"]
        self.lines: list[str] = task["text"].splitlines()
        self.seconds: float = task["seconds"]
        self.memory: int = task["memory"]
        self.advice = advice
        self.token = secrets.token_hex(8)
        self.told: dict[str, Any] = {"about": "the file runs", "call": "running your file"}
        self.trace: deque[str] = deque(maxlen=200)
        self.printed = Printed()
        self.started, self.done = threading.Event(), threading.Event()
        self.late = self.left = False
        self.process = _start(folder, self.token, environment)
        _RUNNING.add(self)
        self.readers = [
            threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True),
            threading.Thread(target=self.printed.read, args=(self.process.stderr,), daemon=True),
        ]
        for reader in self.readers:
            reader.start()
        assert self.process.stdin
        with suppress(OSError), self.process.stdin as stdin:  # it may end before it reads
            stdin.write(json.dumps(task).encode())

    def _listen(self, pipe: IO[bytes]) -> None:
        """Keep what the process tells; the rest is where Python was when it failed."""
        for line in iter(lambda: pipe.readline(LONGEST_LINE), b""):
            try:
                told = json.loads(line)
                self.told |= told
            except (ValueError, TypeError, RecursionError):
                self.trace.append(line.decode("utf-8", "replace").rstrip())
                continue
            if "ready" in told:
                self.started.set()
            if told.keys() & {"outcome", "memory", "lacks", "broken", "raised"}:
                self.done.set()
        self.started.set()
        self.done.set()

    def wait(self, watch: Watch | None = None) -> None:
        """Wait for the outcome, the process's end, or the end of its time."""
        self.late = not (self.started.wait(START) and self._done_in_time(watch))
        if not self.late:
            with suppress(subprocess.TimeoutExpired):  # it has said what it had to say
                self.process.wait(GRACE)

    def _done_in_time(self, watch: Watch | None) -> bool:
        if watch is None:
            return self.done.wait(self.seconds + GRACE)
        start, spent = time.monotonic(), 0.0
        while spent < self.seconds + GRACE:
            if self.done.wait(min(TICK, self.seconds + GRACE - spent)):
                return True
            spent = time.monotonic() - start
            watch(self.told, spent)
        return False

    def end(self) -> None:
        """End the process and all that it started."""
        _RUNNING.discard(self)
        if self.process.poll() is None:
            _end_group(self.process)
            self.process.wait()
        else:
            self.left = _end_group(self.process)
        self.left = _end_marked(self.token) or self.left
        for reader in self.readers:
            reader.join(1.0)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe and not any(reader.is_alive() for reader in self.readers):
                pipe.close()

    def outcome(self) -> Outcome:
        """Say what came of it."""
        if isinstance(self.told.get("outcome"), dict):
            outcome = Outcome.of(self.told["outcome"])
        else:
            gave, expected, cause = self._without_outcome()
            outcome = Outcome(
                WRONG,
                failed=str(self.told["about"]),
                call=str(self.told["call"]),
                gave=gave,
                expected=expected,
                cause=cause,
                trace=self._where(),
            )
        notes = list(outcome.notes)
        if self.left:
            notes.append(
                "Your program left another process running, which was ended. Wait for what you "
                "start, or do not start it."
            )
        return replace(outcome, notes=tuple(notes), printed=self.printed.text())

    def _without_outcome(self) -> tuple[str, str, str]:
        """Return what came instead of an outcome, what was expected, and the likely cause."""
        if "memory" in self.told:
            return (
                f"more than {self.memory / 2**30:.3g} GB of memory asked for",
                "a result",
                "Does a list grow without an end? Did an array become rows by rows where one "
                "number for each row was meant? Print the shapes.",
            )
        if "lacks" in self.told:
            return (
                f"the package {self.told['lacks']} is not installed",
                "what the exercise needs",
                "Some exercises need more than NumPy. Install what the book needs: "
                "python -m pip install -r requirements.txt -e . The others work without.",
            )
        if "broken" in self.told:
            return (
                f"an error in the check itself:\n{self.told['broken'].strip()}",
                "a result that it can look at",
                "Either your function returned something very unusual, or the check has a fault. "
                "If you think that it is the check, please report it with this message.",
            )
        if "raised" in self.told:
            return (
                f"{self.told['raised']}",
                "a result",
                "Your code raised it. A function ends with return.",
            )
        if self.late and "ready" not in self.told:
            return (
                f"nothing after {START:.0f} seconds",
                "Python to start",
                "This machine is very busy, or its disk is slow. Try again; workshop doctor looks "
                "the installation over.",
            )
        if self.late:
            return (f"still running after {self.seconds:.3g} seconds", *self.advice)
        return self._ended()

    def _ended(self) -> tuple[str, str, str]:
        code = self.process.returncode
        if "ready" not in self.told:
            return (
                "the process for the check did not start",
                "Python to start",
                "Below stands what it said. Run workshop doctor, which looks the installation "
                "over.",
            )
        if code == -getattr(signal, "SIGKILL", 9):
            return (
                "the system ended it",
                "a result",
                "Most likely this machine's memory ran out. Does a list or an array grow without "
                "an end?",
            )
        if code is not None and (code < 0 or code > 0xC0000000):  # the latter on Windows
            name = signal.Signals(-code).name if -code in set(signal.Signals) else hex(code)
            return (
                f"a crash ({name}) that Python cannot catch",
                "a result",
                "Something outside of Python failed: ctypes, a signal, a very deep recursion, or "
                "memory that ran out. Look at the last line of yours that ran.",
            )
        return (
            f"the program ended by itself, with exit code {code}",
            "a result",
            "os._exit() and the like end the whole program, the checks too. Leave them out: a "
            "function ends with return.",
        )

    def _where(self) -> tuple[str, ...]:
        """Return the learner's line that was being run, as `faulthandler` wrote it."""
        written = re.compile(rf'  File "{re.escape(self.file)}", line (\d+) in (.+)')
        for told in self.trace:
            if found := written.match(told):
                number, name = found.groups()
                line = self.lines[int(number) - 1].strip()
                where = "," if name == "<module>" else f", in {name}:"
                return (f"line {number}{where} {line}",)
        return ()


class Printed:
    """The beginning and the end of what a program prints, however much it is."""

    def __init__(self) -> None:
        self.first, self.last, self.cut = b"", b"", 0

    def read(self, pipe: IO[bytes]) -> None:
        """Read until there is nothing more to come.

        Parameters
        ----------
        pipe : binary file
            The end to read from.
        """
        while chunk := os.read(pipe.fileno(), 65536):
            room = KEPT - len(self.first)
            self.first += chunk[:room]
            self.last += chunk[room:]
            self.cut += max(0, len(self.last) - KEPT)
            self.last = self.last[-KEPT:]

    def text(self) -> str:
        """Return it, with the middle left out if it is long.

        Returns
        -------
        str
            Bytes that are not UTF-8 are replaced.
        """
        if not self.cut:
            lines = (self.first + self.last).decode("utf-8", "replace").splitlines()
            if len(lines) <= 2 * LINES:
                return "\n".join(lines)
            left_out = f"... {len(lines) - 2 * LINES:,} lines more ..."
            return "\n".join([*lines[:LINES], left_out, *lines[-LINES:]])
        first, last = (part.decode("utf-8", "replace") for part in (self.first, self.last))
        left_out = f"... about {self.cut + 2 * KEPT:,} bytes in all, the middle is left out ..."
        return "\n".join([*first.splitlines()[:LINES], left_out, *last.splitlines()[-LINES:]])


def _start(folder: str, token: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in _PYTHONS}
    apart = {
        MARK: token,
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONBREAKPOINT": "0",  # nobody is there to debug
        "MPLBACKEND": "agg",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder),
    }
    new_group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        new_group = {"creationflags": flags}
    return subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__).with_name("child.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**kept, **apart, **environment},
        **new_group,
    )


_RUNNING: set[_Run] = set()
_PYTHONS = {
    f"PYTHON{name}"
    for name in (
        "DEBUG",
        "DEVMODE",
        "DUMPREFS",
        "FAULTHANDLER",
        "INSPECT",
        "OPTIMIZE",
        "PROFILEIMPORTTIME",
        "STARTUP",
        "TRACEMALLOC",
        "UNBUFFERED",
        "VERBOSE",
        "WARNINGS",
    )
}


def _end_group(process: subprocess.Popen[bytes]) -> bool:
    """End the process's group; tell whether there was somebody in it."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
            process.kill()
        return False
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of those that ended
        return False
    return True


def _end_marked(token: str) -> bool:
    """End what left the group, found by its environment (Linux); tell whether there was any."""
    mark, found = f"{MARK}={token}".encode(), False
    if sys.platform != "linux":
        return found
    for _ in range(10):  # while they are looked for, they may start others
        again = False
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes():
                    os.kill(int(path.parent.name), signal.SIGKILL)
                    again = found = True
            except (OSError, ValueError):  # it has ended, or is another user's
                continue
        if not again:
            break
    return found
