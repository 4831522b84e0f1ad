"""Keep what mkdocstrings makes of the docstrings until the code changes.

mkdocstrings reads `workshop/` and writes the API reference anew with every build, which takes a
third of its time: it highlights each source and starts ruff for each long signature. This hook
keeps the HTML of each module, together with its headings, from which the table of contents and the
links between pages come. A change of any module of `workshop/`, of `mkdocs.yml` or of a package
that takes part makes all of it again.
"""

import functools
import hashlib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kept import Kept
from mkdocs.config.defaults import MkDocsConfig
from root import root_of

PACKAGES = ("griffelib", "markdown", "mkdocstrings", "mkdocstrings-python", "pygments", "ruff")
rendered = Kept("docstrings")


def digest_of_code(root: Path) -> str:
    """Return a SHA-256 of all that decides how the reference looks.

    Parameters
    ----------
    root : Path
        The repository.
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
        The digest of the code.
    """

    @functools.wraps(render)
    def kept_or_rendered(data: Any, options: Any, locale: str | None = None) -> str:
        before = len(headings)

        def make() -> dict[str, Any]:
            text = render(data, options, locale)
            new = [ElementTree.tostring(item, encoding="unicode") for item in headings[before:]]
            return {"html": text, "headings": new}

        found = rendered.value(f"{code} {data.path} {options} {locale}", make)
        headings[before:] = map(ElementTree.fromstring, found["headings"])
        return str(found["html"])

    return kept_or_rendered


def on_config(config: MkDocsConfig) -> None:
    """Read what is kept, and put the wrapper around the handler of this build."""
    rendered.open(config)
    handler = config.plugins["mkdocstrings"].get_handler("python")
    root = root_of(config)
    handler.render = keep(handler.render, handler._headings, digest_of_code(root))


def on_env(env: Any, config: MkDocsConfig, files: Any) -> None:
    """Keep what this build used: all pages are rendered by now."""
    rendered.close()
