"""A learner's desk: a folder with exercises, what was noted there, and the screen beside it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from workshop.exercises import files, sandbox
from workshop.exercises.console import Screen
from workshop.exercises.hints import hints
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.progress import Progress
from workshop.exercises.table import EXERCISES, Exercise

POLL = 0.2  # seconds between two looks at the files that are watched


class Work(NamedTuple):
    """A file that answers an exercise."""

    exercise: Exercise
    path: Path


@dataclass(frozen=True)
class Desk:
    """A folder of exercises, and what was noted there.

    Attributes
    ----------
    folder : Path
        Where the exercises lie.
    progress : Progress
        What is known of them.
    screen : Screen
        Where is printed.
    """

    folder: Path
    progress: Progress
    screen: Screen

    @classmethod
    def at(cls, folder: Path, screen: Screen) -> "Desk":
        """Return the desk in a folder.

        Parameters
        ----------
        folder : Path
            Where the exercises lie.
        screen : Screen
            Where it is printed.

        Returns
        -------
        Desk
            With the progress that was noted there.
        """
        return cls(folder, Progress(folder, screen.complain), screen)

    def work(self, exercise: Exercise) -> Work:
        """Return an exercise with its file here.

        Parameters
        ----------
        exercise : Exercise
            Which one.

        Returns
        -------
        Work
            Whether or not the file is there.
        """
        return Work(exercise, self.folder / f"{exercise.name}.py")

    def begun(self) -> list[Work]:
        """Return what the learner has changed.

        Returns
        -------
        list of Work
            In the order of the numbers.
        """
        return [self.work(each) for each in EXERCISES if files.is_changed(each, self.folder)]

    def states(self) -> dict[int, str]:
        """Return each exercise's state, as the files and the notes tell it.

        Returns
        -------
        dict of int to str
            By the number: "right", "wrong", "begun", "not attempted" or "missing".
        """
        entries = self.progress.read()
        begun = {work.exercise.number for work in self.begun()}
        states = {}
        for exercise in EXERCISES:
            noted = entries[exercise.name].state if exercise.name in entries else UNTOUCHED
            if exercise.number in begun:
                states[exercise.number] = "begun" if noted == UNTOUCHED else noted
            else:
                there = self.work(exercise).path.exists()
                states[exercise.number] = UNTOUCHED if there else "missing"
        return states

    def note(self, work: Work, outcome: Outcome) -> int:
        """Note what a check found, if the file lies here, and return how many hints are left.

        Parameters
        ----------
        work : Work
            What was checked. A file that lies elsewhere is not noted.
        outcome : Outcome
            What came of it.

        Returns
        -------
        int
            How many hints were not shown yet.
        """
        left = len(hints(work.exercise))
        if work.path.resolve() != self.work(work.exercise).path.resolve():
            return left
        self.progress.checked(work.exercise.name, outcome.state)
        return left - self.progress.entry(work.exercise.name).hints


def check(works: Sequence[Work], desk: Desk | None, screen: Screen) -> bool:
    """Check files, some at the same time, and tell whether all are right.

    One is printed in full; of several, only what is wrong.

    Parameters
    ----------
    works : sequence of Work
        The files.
    desk : Desk or None
        Where the outcomes are noted.
    screen : Screen
        Where they are printed.

    Returns
    -------
    bool
        Whether all are right.
    """
    jobs = [partial(files.check, *work) for work in works]
    states: list[str] = []
    for work, outcome in zip(works, sandbox.several(jobs), strict=True):
        left = desk.note(work, outcome) if desk else len(hints(work.exercise))
        if len(works) > 1 and outcome.state != WRONG:
            screen.line(work.exercise, outcome.state)
        else:
            if states:
                screen.say()
            screen.outcome(work.exercise, outcome, str(work.path), left)
            if len(states) + 1 < len(works):
                screen.say()
        states.append(outcome.state)
    if len(works) > 1:
        screen.total(states)
    return all(state == RIGHT for state in states)


def watch(works: Sequence[Work], desk: Desk | None, screen: Screen, *, at_once: bool) -> None:
    """Check each file when it is saved, until Ctrl-C.

    Parameters
    ----------
    works : sequence of Work
        The files.
    desk : Desk or None
        Where the outcomes are noted.
    screen : Screen
        Where it is printed.
    at_once : bool
        Whether to check all of them before that.
    """
    seen = {work.path: _stamp(work.path) for work in works}
    try:
        if at_once:
            check(works, desk, screen)
        while True:
            screen.say()
            screen.say("Waiting for you to save a file. Ctrl-C ends this.", style="dim")
            saved = _saved(works, seen)
            screen.clear()
            check(saved, desk, screen)
    except KeyboardInterrupt:
        screen.say()
        screen.say("No longer watching.")


def _saved(works: Sequence[Work], seen: dict[Path, tuple[int, int] | None]) -> list[Work]:
    """Wait until some of the files are saved, and return those."""
    saved: list[Work] = []
    while not saved:
        time.sleep(POLL)
        for work in works:
            now = _stamp(work.path)
            if now is not None and now != seen[work.path]:  # an editor may remove it first
                seen[work.path] = now
                saved.append(work)
    return saved


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
