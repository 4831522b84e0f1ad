"""What a class handed in: one folder or zip for each learner, with whatever is in it."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from workshop.exercises import files
from workshop.exercises.outcome import Outcome
from workshop.exercises.selection import named_by
from workshop.exercises.table import BY_NUMBER, Exercise

DEEPEST = 8  # folders and zips within each other
MOST_ENTRIES = 2000  # files looked at in one submission
LARGEST_ZIP = 50_000_000  # bytes
BROKEN = (  # what a zip may raise
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,  # encrypted
    NotImplementedError,
    EOFError,
    ValueError,
)
NOT_THEIRS = {"__MACOSX", "__pycache__", ".git", ".venv", "node_modules"}


@dataclass
class Submission:
    """What one learner handed in.

    Attributes
    ----------
    learner : str
        The name of the folder or zip.
    contents : dict of int to bytes
        By the number of the exercise, what its file holds.
    places : dict of int to str
        Where that file lay.
    remarks : list of str
        What could not be read, and files that were left out.
    """

    learner: str
    contents: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def jobs(self) -> list[Callable[[], Outcome]]:
        """Return a check for each exercise, in the order of their numbers.

        Returns
        -------
        list of function
            Each without arguments; it returns an Outcome.
        """
        return [partial(self._check, BY_NUMBER[number]) for number in sorted(self.contents)]

    def _check(self, exercise: Exercise) -> Outcome:
        from workshop.exercises import sandbox

        try:
            text = files.text_of(self.contents[exercise.number])
        except files.UnreadableError as error:
            return files.unreadable(self.places[exercise.number], error)
        return sandbox.check(exercise, text)


@dataclass(frozen=True)
class _Found:
    """A file somewhere in a submission; `read` may raise."""

    place: str
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        return self.place.rsplit("/", 1)[-1]


def read(folder: Path) -> list[Submission]:
    """Return what each learner handed in, by name.

    Parameters
    ----------
    folder : Path
        In it, each folder and each zip is one learner's. Other files are not looked at, nor is
        what begins with a dot.

    Returns
    -------
    list of Submission
        Also of those in which nothing could be read: their remarks say why.

    Raises
    ------
    OSError
        If the folder itself cannot be read.
    """
    places = sorted(folder.iterdir(), key=lambda path: path.name.lower())
    return [
        _submission(path)
        for path in places
        if not path.name.startswith(".")
        and path.name not in NOT_THEIRS
        and not path.is_symlink()
        and (path.is_dir() or path.suffix.lower() == ".zip")
    ]


def _submission(path: Path) -> Submission:
    submission = Submission(path.stem if path.is_file() else path.name)
    found: dict[int, list[_Found]] = {}
    for number, file in enumerate(_files(path, "", submission)):
        if number >= MOST_ENTRIES:
            submission.remarks.append(f"more than {MOST_ENTRIES} files: the rest was left out")
            break
        exercise = named_by(file.name)
        if exercise and file.name.lower().endswith(".py"):
            found.setdefault(exercise.number, []).append(file)
    for number, same in found.items():
        _choose(submission, BY_NUMBER[number], same)
    if not submission.contents and not submission.remarks:
        submission.remarks.append("no exercise in it")
    return submission


def _choose(submission: Submission, exercise: Exercise, same: list[_Found]) -> None:
    """Take, of several files for one exercise, the one that is named and placed most plainly."""
    same.sort(key=lambda file: (file.place.count("/"), len(file.name), file.place))
    for file in same:
        try:
            content = file.read()
        except (OSError, *BROKEN) as error:
            submission.remarks.append(f"{file.place} cannot be read: {error}")
            continue
        submission.contents[exercise.number] = content
        submission.places[exercise.number] = file.place
        if len(same) > 1:
            submission.remarks.append(
                f"{len(same)} files for exercise {exercise.number}: {file.place} was checked"
            )
        return


def _files(path: Path, place: str, submission: Submission, depth: int = 0) -> Iterator[_Found]:
    """Yield the files at or below a path, those in zips too; nothing is unpacked to the disk."""
    if path.is_symlink() or path.name in NOT_THEIRS or path.name.startswith("._"):
        return
    try:
        if path.is_dir():
            if depth > DEEPEST:
                raise ValueError("folders lie too deep in each other")
            for each in sorted(path.iterdir()):
                inside = f"{place}/{each.name}" if place else each.name
                yield from _files(each, inside, submission, depth + 1)
        elif path.suffix.lower() == ".zip":
            if path.stat().st_size > LARGEST_ZIP:
                raise ValueError(f"it has more than {LARGEST_ZIP:,} bytes")
            yield from _zipped(path.read_bytes(), place or path.name, submission, depth + 1)
        elif path.is_file():
            yield _Found(place, partial(_read_file, path))
    except (OSError, *BROKEN) as error:
        submission.remarks.append(f"{place or path.name} cannot be read: {error}")


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(files.LARGEST + 1)


def _zipped(content: bytes, place: str, submission: Submission, depth: int) -> Iterator[_Found]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    for entry in sorted(entries, key=lambda entry: entry.filename):
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.is_dir() or NOT_THEIRS & set(parts) or parts[-1].startswith("._"):
            continue
        inside = f"{place}/{entry.filename}"
        if not parts[-1].lower().endswith(".zip"):
            yield _Found(inside, partial(_read_entry, content, entry, files.LARGEST))
            continue
        try:
            if depth > DEEPEST:
                raise ValueError("zips lie too deep in each other")
            packed = _read_entry(content, entry, LARGEST_ZIP)
            yield from _zipped(packed, inside, submission, depth + 1)
        except BROKEN as error:
            submission.remarks.append(f"{inside} cannot be read: {error}")


def _read_entry(content: bytes, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Return the first bytes of a zip's entry: at most one more than `most`, whatever it claims."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(entry) as file:
        return file.read(most + 1)
