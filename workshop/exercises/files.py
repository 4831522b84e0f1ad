"""The learner's files: where they lie, what they hold, and how they are written anew."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from workshop.exercises import source
from workshop.exercises.outcome import WRONG, Outcome
from workshop.exercises.table import EXERCISES, Exercise

LARGEST = 1_000_000  # bytes of a learner's file
MAKE_ONE = (
    "Go to the folder that holds exercises/, or name it with --folder. To make one here: "
    "workshop reset --all"
)


class FolderError(Exception):
    """There is no folder with exercises where one is looked for."""


class UnreadableError(Exception):
    """A file is there, but is no text.

    Parameters
    ----------
    gave : str
        What is there instead.
    cause : str
        The likely cause, and what to do.
    """

    def __init__(self, gave: str, cause: str) -> None:
        super().__init__(f"{gave}. {cause}")
        self.gave, self.cause = gave, cause


@cache
def around() -> dict[str, str]:
    """Return what else lies in the folder, by name: a README.md, and a start for the challenge.

    Returns
    -------
    dict of str to str
        What each file holds.
    """
    here = Path(__file__).parent
    paths = {"README.md": here / "readme.md", "challenge.py": source.ANSWERS / "challenge.py"}
    return {name: path.read_text(encoding="utf-8") for name, path in paths.items()}


def holds_exercises(folder: Path) -> bool:
    """Tell whether at least one exercise's file lies in a folder.

    Parameters
    ----------
    folder : Path
        Any.

    Returns
    -------
    bool
        False also if there is no such folder.
    """
    return any((folder / f"{exercise.name}.py").is_file() for exercise in EXERCISES)


def find_folder(named: str | None = None) -> Path:
    """Return the folder with the learner's files.

    It is the one that is named; else the current folder, if exercises lie in it; else the folder
    ``exercises`` of the current folder, or of the nearest one above it that has such a folder.

    Parameters
    ----------
    named : str, optional
        The folder that the learner names.

    Returns
    -------
    Path
        It exists.

    Raises
    ------
    FolderError
        If there is none.
    """
    here = Path.cwd()
    if named is None:
        places = [here, *(above / "exercises" for above in (here, *here.parents))]
        found = next((place for place in places if holds_exercises(place)), None)
        if found is None:
            raise FolderError(
                f"no exercises lie in {here}, in its folder exercises, or in one above.\n{MAKE_ONE}"
            )
        return found
    folder = Path(named)
    if not folder.is_dir():
        raise FolderError(f"{folder} is not a folder.\n{MAKE_ONE}")
    return folder


def text_of(content: bytes) -> str:
    """Return what a file says.

    Parameters
    ----------
    content : bytes
        At most `LARGEST` of them.

    Returns
    -------
    str
        With line ends of Unix, without a byte order mark.

    Raises
    ------
    UnreadableError
        If it is too large, or not in UTF-8.
    """
    if len(content) > LARGEST:
        raise UnreadableError(
            f"a file of more than {LARGEST:,} bytes",
            "An exercise is a page of Python. Was something else saved under its name?",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"a file that is not in UTF-8 (line {line})",
            "Save it again from your editor as UTF-8; a Word document must be saved as plain text.",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(path: Path) -> str:
    """Return what a learner's file says.

    Parameters
    ----------
    path : Path
        Of the file.

    Returns
    -------
    str
        See `text_of`.

    Raises
    ------
    UnreadableError
        If it cannot be read as text.
    """
    try:
        with path.open("rb") as file:
            return text_of(file.read(LARGEST + 1))
    except FileNotFoundError:
        cause = f"Was it renamed, moved or deleted? To write it anew: workshop reset {path.name}"
        raise UnreadableError("no such file", cause) from None
    except OSError as error:
        cause = "Look at what it is, and whether you may read it."
        raise UnreadableError(error.strerror or type(error).__name__, cause) from None


def unreadable(name: str, error: UnreadableError) -> Outcome:
    """Return what to show for a file that cannot be read.

    Parameters
    ----------
    name : str
        Of the file.
    error : UnreadableError
        What was wrong with it.

    Returns
    -------
    Outcome
        Wrong, with the cause.
    """
    return Outcome(
        WRONG,
        failed="the file can be read",
        call=f"reading {name}",
        gave=error.gave,
        expected="Python, as text",
        cause=error.cause,
    )


def check(exercise: Exercise, path: Path) -> Outcome:
    """Check a learner's file in the sandbox, whatever is in its place.

    Parameters
    ----------
    exercise : Exercise
        Which one.
    path : Path
        Of the learner's file.

    Returns
    -------
    Outcome
        What came of it; wrong, too, if there is no such file.
    """
    from workshop.exercises import sandbox

    try:
        text = read(path)
    except UnreadableError as error:
        return unreadable(str(path), error)
    return sandbox.check(exercise, text)


def is_changed(exercise: Exercise, folder: Path) -> bool:
    """Tell whether the learner's file is there, and is no longer what the learner got.

    Parameters
    ----------
    exercise : Exercise
        Which one.
    folder : Path
        Where the exercises lie.

    Returns
    -------
    bool
        True also for a file that cannot be read.
    """
    path = folder / f"{exercise.name}.py"
    if not path.exists():
        return False
    try:
        return not source.is_stub(read(path), exercise)
    except UnreadableError:
        return True


def reset(exercise: Exercise, folder: Path) -> Path | None:
    """Write an exercise's stub; keep what was there beside it.

    Parameters
    ----------
    exercise : Exercise
        Which one.
    folder : Path
        Where the exercises lie.

    Returns
    -------
    Path or None
        The copy of what was there, if it was changed.
    """
    path, copy = folder / f"{exercise.name}.py", None
    if is_changed(exercise, folder):
        names = [".bak", *(f".bak{number}" for number in range(2, 1000))]
        copy = next(each for each in (Path(f"{path}{name}") for name in names) if not each.exists())
        path.rename(copy)
    source.write_stubs(folder, [exercise])
    return copy


def write_missing(folder: Path, exercises: Iterable[Exercise]) -> list[Exercise]:
    """Write the folder and the stubs that are not there; return the exercises that were written.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    exercises : iterable of Exercise
        Those that should be there.

    Returns
    -------
    list of Exercise
        Those that were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [each for each in exercises if not (folder / f"{each.name}.py").exists()]
    source.write_stubs(folder, missing)
    return missing


def write_around(folder: Path) -> None:
    """Write what else belongs in the folder, and is not there.

    Parameters
    ----------
    folder : Path
        Where the exercises lie.
    """
    for name, text in around().items():
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
