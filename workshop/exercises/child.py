"""The process in which a learner's code runs: `sandbox` starts it as a script, and hears from it.

It gets its task as JSON through its standard input, which it closes then. It answers with lines of
JSON through what was its standard output: "ready" when all is loaded, "about" and "call" as it
goes, "outcome" at the end. What the learner's code prints goes to its standard error, which
`sandbox` captures. Between those lines may stand what `faulthandler` writes: where Python was when
it crashed, or when the time was over.
"""

import faulthandler
import importlib
import io
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

MEMORY_LINE = b'\n{"memory": true}\n'  # ready-made: it is needed when there is no memory
ROOM = 128 * 2**20  # bytes of memory kept back, to say that the memory was used up
LARGEST_FILE = 256 * 2**20  # bytes that the learner's code may write into one file


class MissingPackageError(Exception):
    """An exercise needs a package that is not installed."""


class Result:
    """The pipe to `sandbox`: a copy of standard output, which the learner's code does not find."""

    def __init__(self) -> None:
        self.number = os.dup(1)  # as a file descriptor; started programs do not inherit it
        os.dup2(2, 1)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # in order with what goes to stderr

    def tell(self, key: str, value: Any) -> None:
        """Write one line.

        Parameters
        ----------
        key : str
            What it is about.
        value : object
            What JSON can hold.
        """
        self.write(f"\n{json.dumps({key: value})}\n".encode())

    def write(self, line: bytes) -> None:
        """Write bytes, all of them.

        Parameters
        ----------
        line : bytes
            Whole lines.
        """
        while line:
            line = line[os.write(self.number, line) :]


def main() -> None:
    """Do the task, tell the outcome, and end; threads that still run end too."""
    task = json.load(sys.stdin)
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    result = Result()
    limit_files()
    limit_memory(task["memory"], result)
    try:
        outcome = (examined if "number" in task else attempted)(task, result)
    except MemoryError:
        give_room()
        result.write(MEMORY_LINE)
    except MissingPackageError as error:
        result.tell("lacks", str(error))
    except Exception:  # the learner's become faults: this one is the check's own
        result.tell("broken", traceback.format_exc(limit=-3))
    except BaseException as error:
        result.tell("raised", type(error).__name__)
    else:
        result.tell("outcome", outcome)
    end()


def examined(task: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Load what the exercise needs, start the clock, and run the checks.

    Parameters
    ----------
    task : mapping
        With the exercise's number, the text and name of the learner's file, and seconds.
    result : Result
        Where it is told.

    Returns
    -------
    dict
        An `Outcome` as a mapping.

    Raises
    ------
    MissingPackageError
        If the exercise needs a package that is not installed.
    """
    from workshop.exercises.examination import checks_module, examine
    from workshop.exercises.table import BY_NUMBER

    exercise = BY_NUMBER[task["number"]]
    try:
        if exercise.pytorch:
            importlib.import_module("torch").set_num_threads(1)
        checks_module(exercise)
    except ModuleNotFoundError as error:
        raise MissingPackageError(error.name) from None
    running = set(threading.enumerate())
    result.tell("ready", True)
    faulthandler.enable(result.number)
    faulthandler.dump_traceback_later(task["seconds"], file=result.number)
    outcome = examine(exercise, task["text"], task["file"], result.tell)
    faulthandler.cancel_dump_traceback_later()
    left = [each for each in threading.enumerate() if each not in running and not each.daemon]
    if left:
        note = "Your program leaves a thread running, which was ended. Call its join()."
        outcome = replace(outcome, notes=(*outcome.notes, note))
    return asdict(outcome)


def attempted(task: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Train the estimator of the challenge, and tell its answers.

    Parameters
    ----------
    task : mapping
        With the text and name of the learner's file, and whether to be quick.
    result : Result
        Where it is told.

    Returns
    -------
    dict
        An `Outcome` as a mapping.
    """
    from workshop.exercises.challenge import attempt

    faulthandler.enable(result.number)
    return asdict(attempt(task["text"], task["file"], quick=task["quick"], tell=result.tell))


def limit_files() -> None:
    """Let no file grow large, and no crash leave one (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most == resource.RLIM_INFINITY or most > LARGEST_FILE:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def limit_memory(most: int, result: Result) -> None:
    """Let the program have so many bytes of memory: Linux refuses more, elsewhere it is ended.

    Windows has no limit of its own here; there, the limit of time is the only one.

    Parameters
    ----------
    most : int
        Bytes, beyond what is kept back to say so.
    result : Result
        Where macOS tells that the memory was used up.
    """
    if sys.platform == "win32":
        return
    import resource

    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or hard > most + ROOM:
            resource.setrlimit(resource.RLIMIT_DATA, (most, most + ROOM))
        return

    def watch() -> None:
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < most:  # bytes, on macOS
            time.sleep(0.05)
        result.write(MEMORY_LINE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def give_room() -> None:
    """Allow the memory that was kept back."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def end() -> None:
    """End the process, whatever else runs in it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):  # the learner closed or replaced it
            continue
    os._exit(0)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[2]))  # for a checkout that is not installed
    main()
