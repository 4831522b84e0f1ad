"""Which exercises a learner means: ``3``, ``3-7``, ``softmax``, a file's path."""

import difflib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from workshop.exercises.table import BY_NUMBER, EXERCISES, Exercise


class SelectionError(Exception):
    """A word on the command line names no exercise."""


class Choice(NamedTuple):
    """An exercise, and the file that answers it, if one was named."""

    exercise: Exercise
    path: Path | None = None


def select(words: Sequence[str]) -> list[Choice]:
    """Return what a learner's words name, each exercise once, in the order of the words.

    Parameters
    ----------
    words : sequence of str
        Each a number, a range of them (``3-7``), a name (``softmax``, ``ex05_softmax``), or the
        path of a file whose name begins like an exercise's.

    Returns
    -------
    list of Choice
        At least one for each word.

    Raises
    ------
    SelectionError
        If one names no exercise; the message suggests what may have been meant.
    """
    choices: dict[tuple[int, Path | None], Choice] = {}
    for word in words:
        for choice in _meant(word):
            choices.setdefault((choice.exercise.number, choice.path), choice)
    return list(choices.values())


def select_one(word: str) -> Exercise:
    """Return the one exercise that a word names.

    Parameters
    ----------
    word : str
        See `select`.

    Returns
    -------
    Exercise
        The one.

    Raises
    ------
    SelectionError
        If it names none, or several.
    """
    choices = select([word])
    if len(choices) != 1:
        raise SelectionError(f"{word} names {len(choices)} exercises; name one.")
    return choices[0].exercise


def named_by(name: str) -> Exercise | None:
    """Return the exercise that a file's name belongs to, with or without what a download adds.

    Parameters
    ----------
    name : str
        Of a file, such as "ex05_softmax (1).py".

    Returns
    -------
    Exercise or None
        None if it is not named like an exercise.
    """
    found = re.match(r"ex(\d+)_(\w+)", Path(name).name)
    if not found:
        return None
    exercise = BY_NUMBER.get(int(found[1]))
    return exercise if exercise and found[2].startswith(exercise.stem) else None


def _meant(word: str) -> list[Choice]:
    if found := re.fullmatch(r"(?:ex)?0*(\d{1,6})", word):
        return [Choice(_numbered(int(found[1])))]
    if found := re.fullmatch(r"0*(\d{1,6})(?:-|\.\.)0*(\d{1,6})", word):
        first, last = int(found[1]), int(found[2])
        if first > last:
            raise SelectionError(f"{word} runs backwards. Did you mean {last}-{first}?")
        _numbered(first), _numbered(last)
        return [Choice(BY_NUMBER[number]) for number in range(first, last + 1)]
    if word.endswith(".py") or os.sep in word or "/" in word:
        exercise = named_by(word)
        if exercise is None:
            raise SelectionError(
                f"{word} is not named like an exercise's file. Expected a name such as "
                f"{EXERCISES[0].name}.py"
            )
        return [Choice(exercise, Path(word))]
    for exercise in EXERCISES:
        if word.lower() in (exercise.stem, exercise.name):
            return [Choice(exercise)]
    raise SelectionError(f"there is no exercise called {word}. {_suggestion(word)}")


def _numbered(number: int) -> Exercise:
    if number not in BY_NUMBER:
        raise SelectionError(
            f"there is no exercise {number}: they have the numbers 1 to {len(EXERCISES)}. "
            "workshop exercises lists them."
        )
    return BY_NUMBER[number]


def _suggestion(word: str) -> str:
    """Return a sentence that names what a misspelt word may have meant."""
    number = word.translate(str.maketrans("oOlI", "0011"))
    if number.isdecimal() and number.isascii() and int(number) in BY_NUMBER:
        return f"Did you mean {int(number)}?"
    names = {name: each for each in EXERCISES for name in (each.name, each.stem)}
    names |= {each.title.lower().replace(" ", "_"): each for each in EXERCISES}
    wanted = word.lower().replace(" ", "_").replace("-", "_")
    close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
    close = close or [name for name in names if len(wanted) > 2 and wanted in name][:1]
    if close:
        exercise = names[close[0]]
        return f"Did you mean {exercise.number} ({exercise.title})?"
    return "workshop exercises lists them."
