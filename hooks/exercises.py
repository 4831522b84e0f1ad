"""Show the exercises: a table of all in their chapter, and on each page those that belong to it.

`workshop/exercises/table.py` lists them, each with the page that explains it. ``{{ exercises() }}``
puts the table of all into a page. Each page that the table names gets a box with its own, before
the line that leads on to the next page.
"""

import json
import logging
import posixpath
import re
import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros import expand
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from root import root_of

log = logging.getLogger("mkdocs.hooks.exercises")

CHAPTER = "exercises/index.md"
SUFFIXES = (".md", ".ipynb")
NEXT = re.compile(r"^Next: ", re.MULTILINE)
SOURCES = re.compile(r"^## Sources$|^---$\n+This page is a notebook", re.MULTILINE)
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)

# The exercises of this build, in their order; `on_config` fills it.
exercises: list[Any] = []


def page_of(exercise: Any, docs: Path) -> str | None:
    """Return the file of the page behind an exercise, below `docs`; None if there is none."""
    names = (f"{exercise.page}{suffix}" for suffix in SUFFIXES)
    return next((name for name in names if (docs / name).is_file()), None)


def title_of(file: Path) -> str:
    """Return the first heading of a page or a notebook."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    found = HEADING.search(text)
    return found[1].strip() if found else file.stem


def table(rows: Sequence[Any], docs: Path, here: str) -> str:
    """Return a table of exercises as Markdown.

    Parameters
    ----------
    rows : sequence of Exercise
        What it shows.
    docs : Path
        The pages' folder.
    here : str
        The page that it stands on, below `docs`, to make links.
    """
    lines = [
        "| No. | Exercise | Page | Minutes | Level |",
        "|---:|---|---|---:|---:|",
    ]
    for each in rows:
        page = page_of(each, docs)
        if page is None:
            log.warning(f"exercise {each.number} names the page {each.page}, which is not there")
            continue
        link = posixpath.relpath(page, posixpath.dirname(here))
        anchor = f"#exercise-{each.number}"  # on a link, because the EPUB loses that of a cell
        lines.append(
            f"| [{each.number}]({anchor}){{: {anchor} }} | {each.title} "
            f"| [{title_of(docs / page)}]({link}) | {each.minutes} | {each.difficulty} |"
        )
    return "\n".join(lines) + "\n"


def box(rows: Sequence[Any], here: str) -> str:
    """Return what a page says about its exercises, as Markdown."""
    chapter = posixpath.relpath(CHAPTER, posixpath.dirname(here))
    lines = [
        f"- [Exercise {each.number}: {each.title}]({chapter}#exercise-{each.number}), "
        f"about {each.minutes} minutes"
        for each in rows
    ]
    first = rows[0]
    lines += [
        "",
        f"Open `exercises/{first.name}.py`, write what is missing, and `workshop check "
        f"{first.number}` says whether it is right. [How to begin]({chapter}#how-to-begin)",
    ]
    return '!!! example "Write it yourself"\n' + "".join(
        f"    {each}".rstrip() + "\n" for each in lines
    )


def with_box(markdown: str, text: str) -> str:
    """Put a box where a page ends: before what leads on, else before its sources, else last."""
    found = NEXT.search(markdown) or SOURCES.search(markdown)
    place = found.start() if found else len(markdown)
    return f"{markdown[:place].rstrip()}\n\n{text}\n{markdown[place:]}"


def on_config(config: MkDocsConfig) -> None:
    """Read the table as it is now, also while `make serve` runs."""
    file = root_of(config) / "workshop" / "exercises" / "table.py"
    exercises[:] = runpy.run_path(str(file))["EXERCISES"] if file.is_file() else []


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the table into its place, and a box on each page that has exercises."""
    here, docs = page.file.src_uri, Path(config.docs_dir)
    own = [each for each in exercises if page_of(each, docs) == here]
    if own:
        markdown = with_box(markdown, box(own, here))
    return expand(markdown, {"exercises": lambda *_: table(exercises, docs, here)})
