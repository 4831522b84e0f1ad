"""The exercises as one zip for a class: statements and what to write, no solutions."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from workshop.exercises import files, source
from workshop.exercises.table import Exercise

FOLDER = "exercises"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest date of a zip: the same exercises, the same bytes
READABLE = 0o644 << 16


def write(path: Path, exercises: Iterable[Exercise]) -> int:
    """Write the zip, over what is there; return its size in bytes.

    It holds one folder, ``exercises``. Its bytes depend on the exercises alone, not on the day or
    the machine: entries have one date and are stored as they are.

    Parameters
    ----------
    path : Path
        Of the zip.
    exercises : iterable of Exercise
        What goes into it.

    Returns
    -------
    int
        The zip's size in bytes.
    """
    contents = dict(files.around())
    contents |= {f"{exercise.name}.py": source.stub(exercise) for exercise in exercises}
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", LONG_AGO)
            entry.external_attr = READABLE
            entry.create_system = 3  # Unix, wherever it is made
            archive.writestr(entry, contents[name])
    return path.stat().st_size
