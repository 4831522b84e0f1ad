"""Keep what mkdocstrings makes of the docstrings until the code changes.

mkdocstrings reads `workshop/` and writes the API reference anew with every build, which takes a
third of its time: it highlights each source and starts ruff for each long signature. This hook
keeps the HTML of each module in `.cache/docstrings.json`, together with its headings, from which
the table of contents and the links between pages come. A change of any module of `workshop/`, of
`mkdocs.yml` or of a package that takes part makes all of it again.
"""

import functools
import hashlib
import json
import os
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mkdocs.config.defaults import MkDocsConfig

PACKAGES = ("griffelib", "markdown", "mkdocstrings", "mkdocstrings-python", "pygments", "ruff")
FILE = Path(".cache", "docstrings.json")

# Of this build: key to HTML and headings, taken from the file, and all that the build used.
kept: dict[str, dict[str, Any]] = {}
used: dict[str, dict[str, Any]] = {}


def digest_of_code(root: Path) -> str:
    """Return a SHA-256 of all that decides how the reference looks.

    Parameters
    ----------
    root : Path
        The repository.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for file in [root / "mkdocs.yml", *sorted((root / "workshop").rglob("*.py"))]:
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    for package in PACKAGES:
        digest.update(f"\0{package} {metadata.version(package)}".encode())
    return digest.hexdigest()


def keep(render: Callable[..., str], headings: list[ElementTree.Element], code: str) -> Any:
    """Wrap mkdocstrings' function so that it works only on what it has not seen.

    Parameters
    ----------
    render : callable
        ``render(data, options, locale)`` of a handler; returns HTML, and appends to `headings`.
    headings : list of Element
        The handler's own list.
    code : str
        The digest of the code; it is part of each key.

    Returns
    -------
    callable
        Takes and returns what `render` does.
    """

    @functools.wraps(render)
    def kept_or_rendered(data: Any, options: Any, locale: str | None = None) -> str:
        key = hashlib.sha256(f"{code} {data.path} {options} {locale}".encode()).hexdigest()
        if key not in kept:
            before = len(headings)
            text = render(data, options, locale)
            new = [ElementTree.tostring(item, encoding="unicode") for item in headings[before:]]
            kept[key] = {"html": text, "headings": new}
        else:
            headings.extend(ElementTree.fromstring(item) for item in kept[key]["headings"])
        used[key] = kept[key]
        return str(kept[key]["html"])

    return kept_or_rendered


def on_config(config: MkDocsConfig) -> None:
    """Read what is kept, and put the wrapper around the handler of this build."""
    kept.clear()
    used.clear()
    root = Path(config.config_file_path).parent
    if (file := root / FILE).is_file():
        kept.update(json.loads(file.read_text(encoding="utf-8")))
    handler = config.plugins["mkdocstrings"].get_handler("python")
    handler.render = keep(handler.render, handler._headings, digest_of_code(root))


def on_env(env: Any, config: MkDocsConfig, files: Any) -> None:
    """Keep what this build used, and nothing else: all pages are rendered by now."""
    file = Path(config.config_file_path).parent / FILE
    if used.keys() == kept.keys() and file.is_file():
        return
    file.parent.mkdir(exist_ok=True)
    temporary = file.with_suffix(f".{os.getpid()}.part")
    temporary.write_text(json.dumps(used), encoding="utf-8")
    temporary.replace(file)
