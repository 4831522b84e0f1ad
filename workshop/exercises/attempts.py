"""The learner's attempts at the challenge: a table beside the exercises, and their ladder."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from workshop.exercises.ladder import YOURS, Rung, ladder

TABLE, PLOT = "challenge.json", "challenge.png"


@dataclass(frozen=True)
class Entry:
    """One row of the learner's table.

    Attributes
    ----------
    name : str
        What the learner calls it; by default the file's name.
    score : float
        Share of the test images that it read right, 0 to 1.
    seconds : float
        How long `fit` took.
    limit : float
        The budget, in seconds, that it kept.
    when : str
        Day and time, such as "2026-11-21 17:30".
    """

    name: str
    score: float
    seconds: float
    limit: float
    when: str

    def rung(self) -> Rung:
        """Return it as a rung of the ladder.

        Returns
        -------
        Rung
            Of the kind "yours".
        """
        source = f"{self.when}, within {self.limit:.4g} s"
        return Rung(self.score, self.name, source, YOURS, self.seconds)


def read_table(folder: Path) -> list[Entry]:
    """Return the learner's table, the oldest row first.

    Parameters
    ----------
    folder : Path
        Where the exercises lie.

    Returns
    -------
    list of Entry
        Empty if there is no table yet.

    Raises
    ------
    ValueError
        If the file there is not such a table; the message says what to do.
    """
    file = folder / TABLE
    if not file.is_file():
        return []
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(rows, list):
            raise TypeError(f"it holds a {type(rows).__name__}")
        return [Entry(**row) for row in rows]
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{file} should hold the table of your scores, but cannot be read ({error}). "
            "Mend it, or rename it to begin a new one."
        ) from error


def write_entry(folder: Path, entry: Entry) -> list[Entry]:
    """Add a row to the learner's table, and return the whole.

    Every attempt keeps its row; `best_of_each` finds the best of a name. The file is written whole
    or not at all, by one program at a time.

    Parameters
    ----------
    folder : Path
        Where the exercises lie; made where it is missing.
    entry : Entry
        The new row.

    Returns
    -------
    list of Entry
        All rows, the new one last.

    Raises
    ------
    ValueError
        If the file there is not such a table.
    """
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f".{TABLE}.lock"):
        entries = [*read_table(folder), entry]
        temporary = folder / f"{TABLE}.part"
        rows = json.dumps([asdict(each) for each in entries], indent=1, ensure_ascii=False)
        temporary.write_text(f"{rows}\n", encoding="utf-8")
        temporary.replace(folder / TABLE)
    return entries


def best_of_each(entries: list[Entry]) -> list[Entry]:
    """Return the best row of each name, in the order in which the names first came.

    Parameters
    ----------
    entries : list of Entry
        The learner's table.

    Returns
    -------
    list of Entry
        One row for each name; of equal scores, the older.
    """
    best: dict[str, Entry] = {}
    for entry in entries:
        kept = best.get(entry.name)
        if kept is None or entry.score > kept.score:
            best[entry.name] = entry
    return list(best.values())


def draw(folder: Path, entries: list[Entry]) -> Path:
    """Draw the ladder with the learner's rungs on it, and return the picture's path.

    Parameters
    ----------
    folder : Path
        Where the picture is written, as `challenge.png`.
    entries : list of Entry
        The learner's table.

    Returns
    -------
    Path
        Of the picture.
    """
    from workshop import plotting

    rungs = ladder(entry.rung() for entry in best_of_each(entries))
    ax = plotting.new_axes(8.5, 0.36 * len(rungs) + 1.2)
    plotting.plot_ladder(
        ax,
        [rung.score for rung in rungs],
        [rung.name for rung in rungs],
        [rung.kind for rung in rungs],
    )
    return plotting.save(ax, folder / PLOT)


def now() -> str:
    """Return day and time, to the minute.

    Returns
    -------
    str
        Such as "2026-11-21 17:30", in local time.
    """
    return datetime.now().isoformat(" ", "minutes")
