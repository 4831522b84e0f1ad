"""Which edition of the book this is: its version, and the date of the commit it was made from."""

import functools
import os
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

TITLE = "First Neuron"
SUBTITLE = "An introduction to machine learning and neural networks"
AUTHORS = "The First Neuron authors"
LANGUAGE = "en-GB"
LICENCE = "Text and figures CC BY 4.0, code MIT"
ROOT = Path(__file__).resolve().parent.parent


class MissingDateError(OSError):
    """Nothing says when this edition was made."""


def version() -> str:
    """Return the version, such as "0.1.0"."""
    return metadata.version("first-neuron")


def moment() -> datetime:
    """Return when the last commit was made, or what `SOURCE_DATE_EPOCH` says.

    What is built carries this date and not the date of the build, so that the same commit gives
    the same files.

    Raises
    ------
    MissingDateError
        There is no commit and no `SOURCE_DATE_EPOCH`.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit()
    if not seconds:
        raise MissingDateError(
            f"no date for this edition: {ROOT} is no git repository. Name one, in seconds since "
            "1970: SOURCE_DATE_EPOCH=$(date +%s) make offline"
        )
    return datetime.fromtimestamp(int(seconds), UTC)


@functools.cache  # all that is made in one go is one edition, whatever is committed meanwhile
def _last_commit() -> str:
    try:
        done = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
