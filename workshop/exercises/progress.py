"""What a learner has done, in a file beside the exercises: no account, no server.

The file is JSON, one entry for each exercise that was looked at. It is written whole or not at all,
by one program at a time. One that cannot be read is set aside, not overwritten.
"""

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG

FILE, LOCK = "progress.json", ".progress.lock"
WAIT = 10.0  # seconds for another program that is writing
VERSION = 1


class ProgressError(Exception):
    """The progress cannot be kept, or was damaged and set aside."""


@dataclass(frozen=True)
class Entry:
    """What is known of one exercise.

    Attributes
    ----------
    state : str
        What the last check found: "right", "wrong" or "not attempted".
    checked : str
        When that was, as ISO 8601 with the time zone; empty if never.
    solved : str
        When it was right for the first time.
    hints : int
        How many hints were shown.
    solution : bool
        Whether the solution was shown.
    """

    state: str = UNTOUCHED
    checked: str = ""
    solved: str = ""
    hints: int = 0
    solution: bool = False


class Progress:
    """The progress in one folder.

    Parameters
    ----------
    folder : Path
        Where the exercises lie.
    complain : function
        Gets a sentence when the file was damaged, or cannot be written.
    """

    def __init__(self, folder: Path, complain: Callable[[str], object]) -> None:
        self.path = folder / FILE
        self.lock = folder / LOCK
        self.complain = complain

    def read(self) -> dict[str, Entry]:
        """Return the entries by the exercises' names; a damaged file is set aside.

        Returns
        -------
        dict of str to Entry
            Empty if nothing is known.
        """
        try:
            return self._read()
        except OSError as error:
            self.complain(f"{self.path} cannot be read: {error.strerror}. Nothing is known.")
            return {}

    def entry(self, name: str) -> Entry:
        """Return one entry.

        Parameters
        ----------
        name : str
            The exercise's.

        Returns
        -------
        Entry
            An empty one if nothing is known.
        """
        return self.read().get(name, Entry())

    def checked(self, name: str, state: str) -> None:
        """Note what a check found.

        Parameters
        ----------
        name : str
            The exercise's.
        state : str
            "right", "wrong" or "not attempted".
        """
        now = datetime.now().astimezone().isoformat(timespec="seconds")

        def note(entry: Entry) -> Entry:
            solved = entry.solved or (now if state == RIGHT else "")
            return replace(entry, state=state, checked=now, solved=solved)

        self.change(name, note)

    def forget(self, name: str) -> None:
        """Drop the entry of an exercise that is begun anew, if there is one.

        Parameters
        ----------
        name : str
            The exercise's.
        """
        if name in self.read():
            self.change(name, lambda _: None)

    def change(self, name: str, note: Callable[[Entry], Entry | None]) -> None:
        """Change one entry, while no other program writes; complain if that is not possible.

        Parameters
        ----------
        name : str
            The exercise's.
        note : function
            From the entry as it is to the entry as it shall be, or None to drop it.
        """
        from filelock import FileLock, Timeout

        try:
            with FileLock(self.lock, timeout=WAIT):
                entries = self._read()
                after = note(entries.get(name, Entry()))
                if after is None:
                    entries.pop(name, None)
                else:
                    entries[name] = after
                self._write(entries)
        except Timeout:
            self.complain(f"another program holds {self.lock}; the progress was not noted.")
        except OSError as error:
            self.complain(
                f"{self.path} cannot be written: {error.strerror}. The progress was not noted; "
                "copy the exercises to a folder that you may write to."
            )

    def _read(self) -> dict[str, Entry]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            noted = json.loads(content)["exercises"]
            entries = {name: _entry(values) for name, values in noted.items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._set_aside()
            return {}
        return entries

    def _set_aside(self) -> None:
        names = (self.path.with_name(f"progress-damaged-{n}.json") for n in range(1, 1000))
        aside = next(each for each in names if not each.exists())
        self.path.rename(aside)
        self.complain(
            f"{self.path} cannot be read as progress. It was set aside as {aside.name}, and a new "
            "one is begun. Your exercises are as they were: workshop check looks at them again."
        )

    def _write(self, entries: dict[str, Entry]) -> None:
        noted = {name: asdict(entries[name]) for name in sorted(entries)}
        text = json.dumps({"version": VERSION, "exercises": noted}, indent=1) + "\n"
        number, temporary = tempfile.mkstemp(prefix=".progress-", dir=self.path.parent)
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(temporary).replace(self.path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _entry(values: Any) -> Entry:
    """Return an entry, or raise what says that it is none."""
    if not isinstance(values, dict):
        raise TypeError(values)
    known = {field.name: values[field.name] for field in fields(Entry) if field.name in values}
    entry = Entry(**known)
    for name, value in asdict(Entry()).items():
        if type(getattr(entry, name)) is not type(value):
            raise TypeError(name)
    if entry.state not in (RIGHT, WRONG, UNTOUCHED):
        raise ValueError(entry.state)
    return entry
