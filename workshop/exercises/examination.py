"""Run an exercise's checks on a learner's file, in this process; `sandbox` does it apart."""

import importlib
import linecache
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import CodeType, ModuleType

from workshop.exercises import source
from workshop.exercises.checking import Answer, Fault, checks_of
from workshop.exercises.table import Exercise

RIGHT, WRONG, UNTOUCHED = "right", "wrong", "not attempted"


@dataclass(frozen=True)
class Outcome:
    """What came of a check.

    Attributes
    ----------
    state : str
        "right", "wrong" or "not attempted".
    passed : tuple of str
        What was checked and is right, in words.
    failed : str
        What was checked and is not right, in words; empty if nothing.
    call, gave, expected, cause : str
        The fault, as in `checking.Fault`; empty if there is none.
    """

    state: str
    passed: tuple[str, ...] = ()
    failed: str = ""
    call: str = ""
    gave: str = ""
    expected: str = ""
    cause: str = ""


def checks_module(exercise: Exercise) -> ModuleType:
    """Return the module with an exercise's checks, hints and wrong answers."""
    return importlib.import_module(f"workshop.exercises.checks.{exercise.name}")


def load(text: str, file: str, name: str = "answer") -> ModuleType:
    """Run a learner's file, and return it as a module.

    Parameters
    ----------
    text : str
        What the file holds.
    file : str
        Its name, for messages.
    name : str
        Of the module.

    Raises
    ------
    Fault
        If it cannot be read as Python, or raises.
    """
    module = ModuleType(name)
    module.__file__ = file
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    try:
        code = compile(text, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"line {line} of your file" if line else "your file"
        gave = f"{type(error).__name__}: {getattr(error, 'msg', error)} ({where})"
        cause = "Look at that line and at the one before it: brackets, colon, quotes, indentation."
        raise Fault("reading the file", gave, "Python", cause) from None
    Answer(module).ask("running the file from its first line to its last", runner(code, module))
    return module


def runner(code: CodeType, module: ModuleType) -> Callable[[], None]:
    """Return what runs a module's code in the module."""
    return lambda: exec(code, vars(module))


def examine(exercise: Exercise, text: str, file: str = "answer.py") -> Outcome:
    """Check a learner's file.

    Parameters
    ----------
    exercise : Exercise
        Which one it answers.
    text : str
        What the file holds.
    file : str
        Its name, for messages.

    Returns
    -------
    Outcome
        The first fault that was found, or none.
    """
    if text.strip() == source.stub(exercise).strip():
        return Outcome(UNTOUCHED)
    passed: list[str] = []
    checks: Sequence[Callable[[Answer], None]] = checks_of(checks_module(exercise))
    about = "the file runs"
    try:
        answer = Answer(load(text, file))
        for check in checks:
            about = (check.__doc__ or check.__name__).strip()
            check(answer)
            passed.append(about)
    except Fault as fault:
        state = UNTOUCHED if fault.kind == "unfinished" and not passed else WRONG
        return Outcome(
            state, tuple(passed), about, fault.call, fault.gave, fault.expected, fault.cause
        )
    return Outcome(RIGHT, tuple(passed))
