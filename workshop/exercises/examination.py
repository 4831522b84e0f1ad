"""Run an exercise's checks on a learner's file, in this process; `sandbox` does it apart."""

import importlib
import linecache
import traceback
from collections.abc import Callable
from types import CodeType, ModuleType

from workshop.exercises import source
from workshop.exercises.checking import Answer, Fault, checks_of
from workshop.exercises.originals import Originals
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.table import Exercise

LONGEST_TEXT = 2000  # characters of a message, which the learner's code may have made


def checks_module(exercise: Exercise) -> ModuleType:
    """Return the module with an exercise's checks, hints and wrong answers.

    Parameters
    ----------
    exercise : Exercise
        Which one.

    Returns
    -------
    module
        Of `workshop.exercises.checks`.

    Raises
    ------
    ModuleNotFoundError
        If it needs PyTorch, and that is not installed.
    """
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

    Returns
    -------
    module
        After its last line has run.

    Raises
    ------
    Fault
        If it cannot be read as Python, or raises.
    """
    return _loaded(text, file, name).module


def _loaded(
    text: str,
    file: str,
    name: str = "answer",
    tell: Callable[[str, str], object] | None = None,
) -> Answer:
    module = ModuleType(name)
    module.__file__ = file
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    try:
        code = compile(text, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        where = f"line {line} of your file" if line else "your file"
        gave = f"{type(error).__name__}: {getattr(error, 'msg', error)} ({where})"
        cause = "Look at that line and at the one before it: brackets, colon, quotes, indentation."
        raise Fault("reading the file", gave, "Python", cause) from None
    answer = Answer(module, tell)
    answer.ask("running the file from its first line to its last", runner(code, module))
    return answer


def runner(code: CodeType, module: ModuleType) -> Callable[[], None]:
    """Return what runs a module's code in the module.

    Parameters
    ----------
    code : code
        Of the whole file.
    module : module
        Gets what it defines.

    Returns
    -------
    function
        Without arguments.
    """
    return lambda: exec(code, vars(module))


def examine(
    exercise: Exercise,
    text: str,
    file: str = "answer.py",
    tell: Callable[[str, str], object] | None = None,
) -> Outcome:
    """Check a learner's file.

    Parameters
    ----------
    exercise : Exercise
        Which one it answers.
    text : str
        What the file holds.
    file : str
        Its name, for messages.
    tell : function
        Gets ("about", what is to be checked, in words) before each check, and ("call", the call
        as Python) before each call of the learner's code.

    Returns
    -------
    Outcome
        The first fault that was found, or none.
    """
    if source.is_stub(text, exercise):
        return Outcome(UNTOUCHED)
    passed: list[str] = []
    checks = checks_of(checks_module(exercise))
    originals = Originals()
    answer = None
    about = "the file runs"
    try:
        if tell:
            tell("about", about)
        answer = _loaded(text, file, tell=tell)
        _refuse_replaced(originals)
        for check in checks:
            about = (check.__doc__ or check.__name__).strip()
            if tell:
                tell("about", about)
            check(answer)
            _refuse_replaced(originals)
            passed.append(about)
    except Exception as error:
        fault = _fault_behind(error, originals)
        if fault is None:
            raise
        return _failed(fault, passed, about, answer, file)
    finally:
        originals.restore()
    return Outcome(RIGHT, tuple(passed), notes=tuple(answer.notes))


def _refuse_replaced(originals: Originals) -> None:
    replaced = originals.replaced()
    if replaced:
        names, first = ", ".join(replaced[:3]), replaced[0]
        raise Fault(
            "your file",
            f"something else in the place of {names}",
            f"{names} as before",
            f"A line such as {first} = ... or def {first.rpartition('.')[2]} on the module itself "
            f"changes it for everybody who uses it, these checks too. Give what you write a name "
            f"of its own, and leave {first} alone.",
        )


def _fault_behind(error: Exception, originals: Originals) -> Fault | None:
    """Return what is to be said: first of all that a function was replaced, if one was."""
    try:
        _refuse_replaced(originals)
    except Fault as replaced:
        return replaced
    return error if isinstance(error, Fault) else None


def _failed(
    fault: Fault, passed: list[str], about: str, answer: Answer | None, file: str
) -> Outcome:
    state = UNTOUCHED if fault.kind == "unfinished" and not passed else WRONG
    return Outcome(
        state,
        tuple(passed),
        about,
        call=_cut(fault.call),
        gave=_cut(fault.gave),
        expected=_cut(fault.expected),
        cause=fault.cause,
        trace=_trace(fault.__cause__, file),
        notes=tuple(answer.notes) if answer else (),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} ..."


def _trace(error: BaseException | None, file: str) -> tuple[str, ...]:
    """Return the learner's lines that led to an error, the first and last three of many."""
    if error is None:
        return ()
    lines = [
        f"line {frame.lineno}, {frame.line}"
        if frame.name == "<module>"
        else f"line {frame.lineno}, in {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file
    ]
    return tuple(lines if len(lines) <= 6 else [*lines[:3], "...", *lines[-3:]])
