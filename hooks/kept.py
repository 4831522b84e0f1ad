"""What one build works out and the next one can use again, in a file of `.cache`.

Not a hook itself: `hooks/docstrings.py` and `hooks/figures.py` open and close what they keep.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from root import root_of


class Kept:
    """Values by a digest of all that decides them. What a build does not use is forgotten.

    Parameters
    ----------
    name : str
        Of the file, without ``.json``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.file: Path | None = None
        self.known: dict[str, Any] = {}  # from the build before
        self.used: dict[str, Any] = {}  # by this one

    def open(self, config: MkDocsConfig) -> None:
        """Begin a build: read what the last one kept."""
        folder = root_of(config) / ".cache"
        self.file, self.known, self.used = folder / f"{self.name}.json", {}, {}
        if self.file.is_file():
            self.known = json.loads(self.file.read_text(encoding="utf-8"))

    def value(self, decides: str, make: Callable[[], Any]) -> Any:
        """Return a value, from `make` if it is not known.

        Parameters
        ----------
        decides : str
            All that the value depends on, the code that makes it included.
        make : callable
            Returns what JSON can hold.
        """
        key = hashlib.sha256(decides.encode()).hexdigest()[:32]
        if key not in self.used:
            self.used[key] = self.known[key] if key in self.known else make()
        return self.used[key]

    def close(self) -> None:
        """End a build: keep what it used."""
        if self.file is None or self.used.keys() == self.known.keys():
            return
        self.file.parent.mkdir(exist_ok=True)
        unfinished = self.file.with_suffix(f".{os.getpid()}.part")
        unfinished.write_text(json.dumps(self.used), encoding="utf-8")
        unfinished.replace(self.file)
