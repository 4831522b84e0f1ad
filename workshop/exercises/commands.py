"""The commands for the exercises: list, check, hint, solution, reset, challenge, two to teach.

Each exits with 0 if all is right, 1 if something is wrong, 2 if it was called in a wrong way.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Whatever takes time to import is imported in the command that needs it.
if TYPE_CHECKING:
    from workshop.exercises.console import Screen

FINE, WRONG, MISUSED = 0, 1, 2
LONGEST = 86_400  # seconds of training
WORDS = "a number, several, a range (3-7), a name (softmax), or a file"


def add(commands: Any) -> None:
    """Add the commands to those of the command line's parser.

    Parameters
    ----------
    commands : object
        What argparse's `add_subparsers` returned.
    """
    _add(commands, "exercises", _list, "list the exercises, and what you have solved")
    check = _add(commands, "check", _check, "check an exercise, several, or all you have begun")
    check.add_argument("exercises", nargs="*", metavar="N", help=f"{WORDS}; else all begun")
    check.add_argument("--watch", action="store_true", help="check again at each save")
    hint = _add(commands, "hint", _hint, "show the next hint")
    hint.add_argument("exercise", metavar="N", help="its number or name")
    hint.add_argument("--all", action="store_true", help="show all hints at once")
    solution = _add(commands, "solution", _solution, "show one way to write it (asks first)")
    solution.add_argument("exercise", metavar="N", help="its number or name")
    solution.add_argument("--yes", action="store_true", help="do not ask")
    reset = _add(commands, "reset", _reset, "write an exercise's file anew (asks first)")
    reset.add_argument("exercises", nargs="*", metavar="N", help=WORDS)
    reset.add_argument("--all", action="store_true", help="all exercises; adds missing files")
    reset.add_argument("--yes", action="store_true", help="do not ask; what was there is kept")
    challenge = _add(commands, "challenge", _challenge, "score your own estimator on MNIST")
    challenge.add_argument(
        "file", nargs="?", metavar="FILE", help="it defines `estimator`; without it, see the ladder"
    )
    challenge.add_argument("--seconds", type=_seconds, default=60.0, help="for training (60)")
    challenge.add_argument("--name", help="what to call it on the ladder (the file's name)")
    challenge.add_argument("--quick", action="store_true", help="small digits instead of MNIST")
    pack = _add(commands, "pack", _pack, "make a zip of the exercises for a class", folder=False)
    pack.add_argument("exercises", nargs="*", metavar="N", help=f"{WORDS}; else all")
    pack.add_argument(
        "--output",
        metavar="FILE",
        default="first-neuron-exercises.zip",
        help="the zip (%(default)s)",
    )
    report = _add(commands, "report", _report, "check what a class handed in", folder=False)
    report.add_argument("folder", metavar="FOLDER", help="one folder or zip for each learner")
    report.add_argument("--output", metavar="FILE", help="the page (FOLDER/report.html)")


def _add(
    commands: Any, name: str, run: Callable[..., int], about: str, *, folder: bool = True
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    if folder:
        parser.add_argument("--folder", help="where the exercises lie (else it is looked for)")
    parser.set_defaults(run=partial(_run, run))
    return parser


def _run(command: Callable[..., int], options: argparse.Namespace) -> int:
    """Run a command, and say what was wrong with how it was called."""
    from workshop.exercises.console import Screen
    from workshop.exercises.files import FolderError
    from workshop.exercises.selection import SelectionError

    screen = Screen()
    try:
        return command(options, screen)
    except (FolderError, SelectionError) as error:
        screen.complain(str(error))
        return MISUSED
    except OSError as error:
        screen.complain(f"{error.filename or 'a file'}: {error.strerror or error}")
        return WRONG


def _list(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises.desk import Desk
    from workshop.exercises.files import find_folder

    screen.exercises(Desk.at(find_folder(options.folder), screen).states())
    return FINE


def _check(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises.desk import Desk, Work, check, watch
    from workshop.exercises.files import FolderError, find_folder
    from workshop.exercises.selection import select
    from workshop.exercises.table import EXERCISES

    choices = select(options.exercises)
    named = [Work(exercise, path) for exercise, path in choices if path]
    desk = None
    try:
        desk = Desk.at(find_folder(options.folder), screen)
    except FolderError:
        if options.folder or not choices or len(named) < len(choices):
            raise  # all else are files, which may lie anywhere
    if desk is None:
        works = named
    elif choices:
        works = [Work(each, path or desk.work(each).path) for each, path in choices]
    else:
        works = [desk.work(each) for each in EXERCISES] if options.watch else desk.begun()
    if options.watch:
        watch(works, desk, screen, at_once=bool(choices))
        return FINE
    if not works:
        screen.complain(
            f"nothing is begun yet in {desk.folder if desk else 'no folder'}. Open "
            f"{EXERCISES[0].name}.py there, write your code in the place of the TODO, and check "
            "again."
        )
        return WRONG
    return FINE if check(works, desk, screen) else WRONG


# -- hint, solution, reset -----------------------------------------------------------------


def _hint(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises import files
    from workshop.exercises.desk import Desk
    from workshop.exercises.hints import hints
    from workshop.exercises.selection import select_one

    exercise = select_one(options.exercise)
    numbered = list(enumerate(hints(exercise), start=1))
    if options.all:
        screen.hints(exercise, numbered, len(numbered))
        return FINE
    desk = Desk.at(files.find_folder(options.folder), screen)
    seen = min(desk.progress.entry(exercise.name).hints, len(numbered) - 1)
    screen.hints(exercise, numbered[seen : seen + 1], len(numbered))
    desk.progress.change(exercise.name, lambda entry: replace(entry, hints=seen + 1))
    return FINE


def _solution(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises import files, source
    from workshop.exercises.desk import Desk
    from workshop.exercises.selection import select_one

    exercise = select_one(options.exercise)
    if not options.yes:
        question = f"Show the solution of exercise {exercise.number} ({exercise.title})?"
        if not screen.is_terminal:
            screen.complain(f"{question} Nobody is there to answer; add --yes if so.")
            return MISUSED
        if not screen.ask(question):
            screen.say(f"Not shown. For a hint: workshop hint {exercise.number}")
            return FINE
    sys.stdout.write(source.solution(exercise))  # as it is, to be piped into a file
    try:
        desk = Desk.at(files.find_folder(options.folder), screen)
    except files.FolderError:
        return FINE
    desk.progress.change(exercise.name, lambda entry: replace(entry, solution=True))
    return FINE


def _reset(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises import files
    from workshop.exercises.desk import Desk
    from workshop.exercises.selection import SelectionError, select
    from workshop.exercises.table import EXERCISES

    if options.all == bool(options.exercises):
        raise SelectionError("name the exercises to reset, or say --all.")
    folder = _folder_to_reset(options)
    desk = Desk.at(folder, screen)
    exercises = [choice.exercise for choice in select(options.exercises)] or list(EXERCISES)
    changed = [each for each in exercises if files.is_changed(each, folder)]
    if changed and not options.yes:
        question = _question([f"{each.name}.py" for each in changed])
        if not screen.is_terminal:
            screen.complain(f"{question} Nobody is there to answer; add --yes if so.")
            return MISUSED
        if not screen.ask(question):
            exercises = [each for each in exercises if each not in changed]
            screen.say("What you have changed stays as you left it.")
    written = files.write_missing(folder, exercises)
    if options.all:
        files.write_around(folder)
    if len(written) > 1:
        screen.say(f"{folder} holds {len(written)} exercises that were not there.")
        if len(written) == len(EXERCISES):
            screen.say(
                f"Begin with {written[0].name}.py, and check it with: workshop check 1. README.md "
                "names the other commands."
            )
    elif written:
        screen.say(f"{written[0].name}.py was missing, and is there again.")
    for exercise in exercises:
        if exercise not in written:
            copy = files.reset(exercise, folder)
            if copy:
                screen.say(f"{exercise.name}.py is as it was. Yours is kept as {copy.name}")
            elif len(exercises) == 1:
                screen.say(f"{exercise.name}.py is as it was: you had not changed it.")
        desk.progress.forget(exercise.name)
    return FINE


def _question(names: list[str]) -> str:
    some = ", ".join(names[:3]) + f" and {len(names) - 3} more" * (len(names) > 3)
    return f"You have changed {some}. Write anew? What is there is kept beside, as .bak."


def _folder_to_reset(options: argparse.Namespace) -> Path:
    """Return where to write stubs: with --all, a new folder if there is none."""
    from workshop.exercises import files

    if options.all and options.folder:
        return Path(options.folder)
    try:
        return files.find_folder(options.folder)
    except files.FolderError:
        if not options.all:
            raise
        return Path("exercises")


# -- challenge -----------------------------------------------------------------------------


def _seconds(text: str) -> float:
    """Return a budget of time, or say what it must be."""
    seconds = float(text)
    if not 0 < seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text} is not more than 0 and at most {LONGEST}")
    return seconds


def _challenge(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.datasets import DatasetError
    from workshop.exercises import attempts, challenge, files
    from workshop.exercises.ladder import ladder
    from workshop.exercises.outcome import RIGHT

    folder = files.find_folder(options.folder)
    try:
        entries = attempts.read_table(folder)
        if options.file is None:
            screen.ladder(ladder(entry.rung() for entry in attempts.best_of_each(entries)))
            screen.say()
            screen.say(
                f"Your own: write it into {folder / 'challenge.py'}, and try it with: workshop "
                "challenge FILE --quick"
            )
            return FINE
        with screen.clock("Training", options.seconds) as watch:
            run = challenge.take(
                Path(options.file), seconds=options.seconds, quick=options.quick, watch=watch
            )
        screen.attempt(options.file, run)
        if run.outcome.state != RIGHT:
            return WRONG
        if options.quick:
            screen.say(
                "These were small digits, and nothing is noted. MNIST decides: workshop challenge "
                f"{options.file}"
            )
        else:
            name = options.name or Path(options.file).name
            entry = attempts.Entry(name, run.score, run.seconds, options.seconds, attempts.now())
            entries = attempts.write_entry(folder, entry)
            best = attempts.best_of_each(entries)
            screen.ladder(ladder(each.rung() for each in best))
            screen.say()
            screen.say(f"As a picture: {attempts.draw(folder, entries)}")
    except (DatasetError, ValueError) as error:  # the table, or a file that is no text
        screen.complain(str(error))
        return WRONG
    return FINE


# -- for instructors -----------------------------------------------------------------------


def _pack(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises import package
    from workshop.exercises.selection import select
    from workshop.exercises.table import EXERCISES

    exercises = [choice.exercise for choice in select(options.exercises)] or list(EXERCISES)
    path = Path(options.output)
    size = package.write(path, exercises)
    plural = "exercise" if len(exercises) == 1 else "exercises"
    screen.say(f"{path}: {len(exercises)} {plural} without solutions, {size / 1000:.0f} kB.")
    return FINE


def _report(options: argparse.Namespace, screen: "Screen") -> int:
    from workshop.exercises import files, report, sandbox, submissions

    folder = Path(options.folder)
    if not folder.is_dir():
        raise files.FolderError(
            f"{folder} is not a folder. Give one with a folder for each learner."
        )
    found = submissions.read(folder)
    if not found:
        raise files.FolderError(
            f"{folder} holds neither folders nor zip files. Give one with a folder, or a zip, for "
            "each learner."
        )
    jobs = [job for submission in found for job in submission.jobs()]
    outcomes = []
    with screen.bar("Checking", len(jobs)) as bar:
        for outcome in sandbox.several(jobs):
            outcomes.append(outcome)
            bar.advance(bar.task_ids[0])
    rows = report.rows(found, outcomes)
    path = Path(options.output) if options.output else folder / "report.html"
    path.write_text(report.page(rows, folder.resolve().name), encoding="utf-8")
    screen.report([(row.learner, row.counts(), row.remarks()) for row in rows])
    screen.say()
    screen.say(f"The same as a page, with what was wrong: {path}")
    return FINE
