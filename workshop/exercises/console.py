"""What the exercises' commands say, and how it looks.

`rich` keeps the rules of terminals: no colours where output goes to a file, where ``NO_COLOR`` is
set, or where ``TERM`` is ``dumb``.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.table import BY_NUMBER, EXERCISES, Exercise

if TYPE_CHECKING:
    from workshop.exercises.challenge import Run
    from workshop.exercises.ladder import Rung
    from workshop.exercises.sandbox import Watch

WIDEST = 100  # columns: longer lines are hard to read
STYLES = {RIGHT: "green", WRONG: "red", UNTOUCHED: "dim", "begun": "magenta", "missing": "magenta"}
LEVELS = {1: "*", 2: "**", 3: "***"}


def printable(text: str) -> str:
    """Return a learner's text without what would steer the terminal, such as escape codes.

    Parameters
    ----------
    text : str
        Of any origin.

    Returns
    -------
    str
        What cannot be printed, as Python would write it; a tab becomes four spaces.
    """
    return "".join(
        each if each.isprintable() or each == "\n" else "    " if each == "\t" else repr(each)[1:-1]
        for each in text
    )


def hours(minutes: int) -> str:
    """Return a length of time in words: ``3 hours 20 minutes``.

    Parameters
    ----------
    minutes : int
        0 or more.

    Returns
    -------
    str
        "no time" for 0.
    """
    parts = [(minutes // 60, "hour"), (minutes % 60, "minute")]
    said = [f"{number} {unit}{'s' * (number != 1)}" for number, unit in parts if number]
    return " ".join(said) or "no time"


class Screen:
    """Where the commands print.

    Parameters
    ----------
    console : rich.console.Console, optional
        By default the process's standard output, at most 100 columns wide.
    """

    def __init__(self, console: Console | None = None) -> None:
        options = {"highlight": False, "markup": False, "emoji": False}
        self.console = console or Console(**options)  # type: ignore[arg-type]
        self.console.width = min(self.console.width, WIDEST)
        self.errors = Console(stderr=True, **options)  # type: ignore[arg-type]

    @property
    def is_terminal(self) -> bool:
        """Whether somebody is there to be asked."""
        return sys.stdin.isatty() and self.console.is_terminal

    def say(
        self,
        text: str = "",
        style: str = "",
        indent: int = 0,
        label: str = "",
        label_style: str = "bold",
    ) -> None:
        """Print a paragraph, its lines wrapped and indented, perhaps behind a word.

        Parameters
        ----------
        text : str
            An empty one makes an empty line.
        style : str
            One of rich's, such as "bold red".
        indent : int
            Columns.
        label : str
            Stands before the first line, within the indent.
        label_style : str
            Its style.
        """
        self._put(Text(printable(text), style=style), indent, Text(label, label_style))

    def _put(self, text: Text, indent: int = 0, label: Text | None = None) -> None:
        first = label or Text()
        for line in text.wrap(self.console, max(10, self.console.width - indent)) or [Text()]:
            line.rstrip()
            gap = " " * (indent - len(first)) if line else ""
            self.console.print(Text.assemble(first, gap, line), soft_wrap=True)
            first = Text()

    def complain(self, text: str) -> None:
        """Print what went wrong to standard error.

        Parameters
        ----------
        text : str
            A sentence, without the program's name.
        """
        self.errors.print(Text(printable(f"workshop: {text}")), soft_wrap=True)

    def ask(self, question: str) -> bool:
        """Ask something that is answered by y or n; no answer is a no.

        Parameters
        ----------
        question : str
            Without the choice of answers.

        Returns
        -------
        bool
            Whether the answer was yes.
        """
        try:
            return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
        except EOFError:
            self.say()
            return False

    def clear(self) -> None:
        """Begin a new screen, or at least a new part of the page."""
        if self.console.is_terminal and not self.console.is_dumb_terminal:
            self.console.clear()
        else:
            self.say("-" * 40)

    # -- a check ---------------------------------------------------------------------------

    def line(self, exercise: Exercise, state: str) -> None:
        """Print an exercise and its state in one line.

        Parameters
        ----------
        exercise : Exercise
            Which one.
        state : str
            What came of its check.
        """
        self._put(
            Text.assemble(
                f"{exercise.number:>3}  ", (f"{state:13}", STYLES[state]), f"  {exercise.title}"
            )
        )

    def outcome(self, exercise: Exercise, outcome: Outcome, where: str, hints: int) -> None:
        """Print what came of a check.

        Parameters
        ----------
        exercise : Exercise
            Which one was checked.
        outcome : Outcome
            What came of it.
        where : str
            The path of the learner's file.
        hints : int
            How many hints are left.
        """
        self._put(
            Text.assemble(
                (f"Exercise {exercise.number}: {exercise.title}", "bold"),
                "   ",
                (outcome.state, f"bold {STYLES[outcome.state]}"),
            )
        )
        if outcome.state == UNTOUCHED:
            self._untouched(exercise, where)
            return
        self.say()
        for about in outcome.passed:
            self.say(about, indent=9, label="  right", label_style=STYLES[RIGHT])
        if outcome.state == WRONG:
            self.say(outcome.failed, indent=9, label="  wrong", label_style=STYLES[WRONG])
            self._fault(outcome)
        self._aside(outcome)
        self.say()
        if outcome.state == RIGHT:
            self._next_exercise(exercise)
        else:
            more = f"workshop hint {exercise.number}"
            self.say(f"For a hint: {more}" if hints else f"All hints again: {more} --all")

    def _fault(self, outcome: Outcome) -> None:
        self.say()
        self.say(outcome.call, indent=4)
        self.say(outcome.gave, indent=14, label="    gave")
        self.say(outcome.expected, indent=14, label="    expected")
        if outcome.cause:
            self.say()
            self.say(outcome.cause, style="bold", indent=2)
        if outcome.trace:
            self.say()
            self.say("Your lines on the way there:", indent=2)
            self.say("\n".join(outcome.trace), indent=4)

    def _aside(self, outcome: Outcome) -> None:
        for note in outcome.notes:
            self.say()
            self.say(f"Note: {note}", indent=2)
        if outcome.printed:
            self.say()
            self.say("Your program printed:", indent=2)
            self.say(outcome.printed, style="dim", indent=4)

    def _untouched(self, exercise: Exercise, where: str) -> None:
        self.say()
        what = "write your code in the place of each TODO"
        if exercise.holds_a_bug:
            what = "find what is wrong with the program, and mend it"
        self.say(f"Open {where}, and {what}.", indent=2)
        self.say(f"The book explains it in {exercise.page}.", indent=2)

    def _next_exercise(self, exercise: Exercise) -> None:
        after = BY_NUMBER.get(exercise.number + 1)
        if after:
            self.say(f"Next: {after.number}, {after.title}. The file is {after.name}.py")
        else:
            self.say("That was the last one. workshop exercises shows what is still open.")

    def total(self, states: Sequence[str]) -> None:
        """Print how many of several checks were right.

        Parameters
        ----------
        states : sequence of str
            One for each check.
        """
        n_right = sum(state == RIGHT for state in states)
        self.say()
        self.say(f"{n_right} of {len(states)} right.", style="bold")

    # -- lists -----------------------------------------------------------------------------

    def exercises(self, states: Mapping[int, str]) -> None:
        """Print all exercises with their states, totals, and what comes next.

        Parameters
        ----------
        states : mapping of int to str
            By the number of the exercise.
        """
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column("", justify="right")
        table.add_column("exercise", ratio=1)
        table.add_column("minutes", justify="right")
        table.add_column("level")
        table.add_column("state", no_wrap=True)
        for exercise in EXERCISES:
            state = states[exercise.number]
            table.add_row(
                str(exercise.number),
                exercise.title,
                str(exercise.minutes),
                LEVELS[exercise.difficulty],
                Text(state, style=STYLES[state]),
            )
        self.console.print(table)
        left = [each for each in EXERCISES if states[each.number] != RIGHT]
        self.say()
        n_right = len(EXERCISES) - len(left)
        if not left:
            self.say(f"All {len(EXERCISES)} are right.")
            return
        self.say(
            f"{n_right} of {len(EXERCISES)} are right. The others take a beginner about "
            f"{hours(sum(each.minutes for each in left))}."
        )
        self.say(f"Next: {left[0].number}, {left[0].title}. The file is {left[0].name}.py")

    def hints(self, exercise: Exercise, hints: Iterable[tuple[int, str]], total: int) -> None:
        """Print hints with their places.

        Parameters
        ----------
        exercise : Exercise
            Which one.
        hints : iterable of (int, str)
            Each with its place, from 1.
        total : int
            How many there are.
        """
        self.say(f"Exercise {exercise.number}: {exercise.title}", style="bold")
        last = 0
        for last, hint in hints:
            self.say()
            self.say(f"Hint {last} of {total}")
            self.say(hint, indent=2)
        self.say()
        if last < total:
            self.say(f"For the next one: workshop hint {exercise.number}")
        else:
            self.say(
                f"That was the last hint. The book explains it in {exercise.page}; one way to "
                f"write it: workshop solution {exercise.number}"
            )

    def report(self, rows: Sequence[tuple[str, Mapping[str, int], str]]) -> None:
        """Print a line for each learner: how many exercises are in which state, and remarks.

        Parameters
        ----------
        rows : sequence of (str, mapping of str to int, str)
            The learner, how many exercises are in each state, and the remarks.
        """
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column("learner", overflow="fold")
        for state in (RIGHT, WRONG, UNTOUCHED, "missing"):
            table.add_column(state, justify="right")
        table.add_column("remarks", overflow="fold")
        for learner, counts, remarks in rows:
            numbers = [str(counts.get(state, 0)) for state in (RIGHT, WRONG, UNTOUCHED, "missing")]
            table.add_row(printable(learner), *numbers, printable(remarks))
        self.console.print(table)

    # -- the challenge ---------------------------------------------------------------------

    def attempt(self, file: str, run: "Run") -> None:
        """Print what came of an attempt at the challenge.

        Parameters
        ----------
        file : str
            The path of the learner's file.
        run : challenge.Run
            What came of it.
        """
        outcome = run.outcome
        if outcome.state != RIGHT:
            self.say(f"{file}   no score", style="bold red")
            self._fault(outcome)
            self._aside(outcome)
            return
        n_images = len(run.answers)
        self.say(
            f"{file} reads {round(run.score * n_images):,} of {n_images:,} test images right: "
            f"{100 * run.score:.2f} %",
            style="bold green",
        )
        self.say(f"The training took {run.seconds:.1f} seconds.")
        if run.confused:
            pairs = [f"{digit} as {read} ({times})" for digit, read, times in run.confused]
            self.say(f"Most often it reads {', '.join(pairs)}.")
        self._aside(outcome)
        self.say()

    def ladder(self, rungs: "Sequence[Rung]") -> None:
        """Print scores, the best first; the learner's own stand out.

        Parameters
        ----------
        rungs : sequence of Rung
            The lowest score first.
        """
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("by", overflow="fold")
        table.add_column("source", overflow="fold")
        for rung in reversed(rungs):
            yours = rung.kind == "yours"
            name = f"> {rung.name}" if yours else rung.name
            source = f"you, {rung.source}" if yours else rung.source
            row = (f"{100 * rung.score:.2f} %", printable(name), printable(source))
            table.add_row(*row, style="bold green" if yours else "")
        self.console.print(table)

    @contextmanager
    def clock(self, what: str, seconds: float) -> "Iterator[Watch]":
        """Show on standard error how much of a budget of time is spent.

        Parameters
        ----------
        what : str
            What runs, in a word, until `fit` has ended.
        seconds : float
            The budget.

        Yields
        ------
        function
            To be called with what was told so far, and the seconds spent (see `sandbox.run`).
        """
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[at]}"))
        with Progress(*columns, console=self.errors, transient=True) as progress:
            task = progress.add_task("Loading", total=seconds, at="")

            def watch(told: Mapping[str, Any], spent: float) -> None:
                doing = "Asking" if "fitted" in told else what
                at = f"{spent:.0f} of {seconds:.0f} s"
                progress.update(task, completed=spent, description=doing, at=at)

            yield watch

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[Progress]:
        """Show a bar on standard error while something long runs.

        Parameters
        ----------
        what : str
            What runs, in a word.
        total : int
            Of how many parts.

        Yields
        ------
        rich.progress.Progress
            With one task, to be advanced by each part.
        """
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.errors, transient=True) as progress:
            progress.add_task(what, total=total)
            yield progress
