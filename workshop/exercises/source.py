"""From a solved exercise to what the learner gets: one source, so that they cannot drift apart.

An answer in `answers/` is a whole learner's file, solved. It begins with its statement, a docstring
whose quotes stand alone on their lines. What the learner is to write stands in
marked regions:

    def output(inputs, weights, bias):
        # [solution: multiply, add up, add the bias]
        return float(inputs @ weights + bias)
        # [end]

In the stub, a region becomes a line ``# TODO: multiply, add up, add the bias`` and
``raise NotImplementedError``. For an exercise whose stub holds a fault to find, the stub's lines
follow the solution's, each behind ``# ``:

    # [solution]
    total = loss + total
    # [stub]
    # total = loss
    # [end]
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from textwrap import indent

from workshop.exercises.table import EXERCISES, Exercise

ANSWERS = Path(__file__).parent / "answers"
LEVELS = {1: "one", 2: "two", 3: "three"}
REGION = re.compile(
    r"^(?P<indent>[ ]*)\# \[solution(?:: (?P<todo>[^\]\n]+))?\]\n"
    r"(?P<solution>.*?)"
    r"(?:^[ ]*\# \[stub\]\n(?P<stub>.*?))?"
    r"^[ ]*\# \[end\]\n",
    re.DOTALL | re.MULTILINE,
)
COMMENT = re.compile(r"^([ ]*)# ?", re.MULTILINE)
DOCSTRING_END = re.compile(r'\A""".*?(?=^"""$)', re.DOTALL | re.MULTILINE)


@cache
def answer(exercise: Exercise) -> str:
    """Return the marked source of an exercise.

    Parameters
    ----------
    exercise : Exercise
        Which one.

    Returns
    -------
    str
        The solved file, with the marks in it.
    """
    return (ANSWERS / f"{exercise.name}.py").read_text(encoding="utf-8")


def with_facts(text: str, exercise: Exercise) -> str:
    """Add to the statement what the table knows: number, title, time, difficulty, page.

    Parameters
    ----------
    text : str
        A file that begins with its statement.
    exercise : Exercise
        Which one.

    Returns
    -------
    str
        The file with a longer statement.

    Raises
    ------
    ValueError
        If it does not begin with a docstring whose closing quotes stand alone on a line.
    """
    facts = (
        f"Time: {exercise.minutes} minutes. Difficulty: {LEVELS[exercise.difficulty]} of three.\n"
        f"In the book: {exercise.page}. Check it with: workshop check {exercise.number}\n"
    )
    titled = text.replace('"""', f'"""Exercise {exercise.number}: {exercise.title}.\n', 1)
    end = DOCSTRING_END.match(titled)
    if end is None:
        raise ValueError(
            f"answers/{exercise.name}.py must begin with a docstring whose closing quotes stand "
            "alone on a line; it does not. Put the statement there."
        )
    return f"{titled[: end.end()]}\n{facts}{titled[end.end() :]}"


def stub(exercise: Exercise) -> str:
    """Return the file that the learner gets.

    Parameters
    ----------
    exercise : Exercise
        Which one.

    Returns
    -------
    str
        Python, with TODO in the place of each solution, or with the fault to find.
    """

    def put(match: re.Match[str]) -> str:
        if match["stub"] is not None:
            return COMMENT.sub(r"\1", match["stub"])
        todo = f"# TODO: {match['todo']}\nraise NotImplementedError\n"
        return indent(todo, match["indent"])

    return with_facts(REGION.sub(put, answer(exercise)), exercise)


def is_stub(text: str, exercise: Exercise) -> bool:
    """Tell whether a file's text is still what the learner got.

    Parameters
    ----------
    text : str
        What the file holds.
    exercise : Exercise
        Which one.

    Returns
    -------
    bool
        White space at both ends does not count.
    """
    return text.strip() == stub(exercise).strip()


def solution(exercise: Exercise) -> str:
    """Return the same file, solved, without the marks.

    Parameters
    ----------
    exercise : Exercise
        Which one.

    Returns
    -------
    str
        Python that passes all checks.
    """
    return with_facts(REGION.sub(lambda match: match["solution"], answer(exercise)), exercise)


def write_stubs(folder: Path, exercises: Iterable[Exercise] = EXERCISES) -> None:
    """Write stubs into a folder, over what is there.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    exercises : iterable of Exercise
        By default all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for exercise in exercises:
        (folder / f"{exercise.name}.py").write_text(stub(exercise), encoding="utf-8", newline="\n")


if __name__ == "__main__":  # for who changes an exercise of this repository
    write_stubs(Path(__file__).parents[2] / "exercises")
