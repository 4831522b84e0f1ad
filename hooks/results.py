"""Put measured numbers into pages: ``{{ result("step02_train_and_test", "median", "percent") }}``.

The numbers lie in `results/<step>.json`, which `make results` measures. The first word names the
file, the second a value in it (dots lead inside: ``"seconds.median"``). A third says how to write
it: ``percent`` gives "88.4 %", ``seconds`` gives "21 s", and anything else is a Python format such
as ``.4f``. ``{{ results_table("step03_improve_the_score", "changes") }}`` writes the table of that
name from ``"tables"``: a list of objects with the same keys, which head the columns, or
``{"columns": [...], "rows": [[...], ...]}``. Code blocks and `code` are left alone. A name that
does not exist is a warning that lists those that do.
"""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macros import expand as expand_macros
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from root import root_of

log = logging.getLogger("mkdocs.hooks.results")

USAGE = (
    'expected result("step", "value"), result("step", "value", "percent") '
    'or results_table("step", "table")'
)
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


class UnknownResultError(LookupError):
    """A page asks for a result that is not there."""


def look_up(results: Path, step: str, path: str) -> Any:
    """Return one value of one results file.

    Parameters
    ----------
    results : Path
        The folder of results files.
    step : str
        The name of a file, without `.json`.
    path : str
        A key, or several with dots between them.

    Returns
    -------
    object
        A number, a str, a list or a dict, as JSON has it.

    Raises
    ------
    UnknownResultError
        No such file or no such key; the message lists those that exist.
    """
    file = results / f"{step}.json"
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in results.glob("*.json"))) or "none yet"
        raise UnknownResultError(
            f"there are no results {step!r}; known: {known}. `make results` measures them"
        )
    value = json.loads(file.read_text(encoding="utf-8"))
    for key in path.split("."):
        if not isinstance(value, dict) or key not in value:
            known = ", ".join(value) if isinstance(value, dict) else "nothing below it"
            raise UnknownResultError(f"{step}.json has no {path!r} (at {key!r}); known: {known}")
        value = value[key]
    return value


def written(value: Any, style: str) -> str:
    """Write a value as a page shows it.

    Parameters
    ----------
    value : object
        A number, or something that `str` writes well.
    style : str
        ``percent``, ``seconds``, a Python format such as ``.4f``, or nothing.

    Returns
    -------
    str

    Raises
    ------
    ValueError or TypeError
        The value cannot be written so.
    """
    if style == "percent":
        return f"{100 * value:.1f}{NARROW_SPACE}%"
    if style == "seconds":
        return f"{value:.{0 if value >= 10 else 1}f}{NARROW_SPACE}s"
    return format(value, style)


def table(value: Any) -> str:
    """Write a table of a results file as a Markdown table.

    Parameters
    ----------
    value : list of dict, or dict
        Objects with the same keys, or ``{"columns": [...], "rows": [[...], ...]}``.
    """
    if isinstance(value, dict):
        columns, rows = value["columns"], value["rows"]
    else:
        columns, rows = list(value[0]), [list(row.values()) for row in value]
    numeric = [all(isinstance(row[i], int | float) for row in rows) for i in range(len(columns))]
    rule = ["---:" if number else "---" for number in numeric]
    lines = [columns, rule, *([str(cell) for cell in row] for row in rows)]
    return "\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def expand(markdown: str, results: Path, where: str) -> str:
    """Replace the macros in a page.

    Parameters
    ----------
    markdown : str
        The page.
    results : Path
        The folder of results files.
    where : str
        The page's name, for warnings.

    Returns
    -------
    str
        The page; a macro that cannot be filled in stays as it is, with a warning.
    """

    def filled(write: Callable[[list[str]], str]) -> Callable[[str, list[str]], str]:
        def put(macro: str, words: list[str]) -> str:
            try:
                return write(words)
            except (UnknownResultError, TypeError, ValueError, KeyError, IndexError) as error:
                log.warning(f"{where}: {macro}: {error}")
                return macro

        return put

    def result(words: list[str]) -> str:
        if len(words) not in (2, 3):
            raise UnknownResultError(USAGE)
        return written(look_up(results, words[0], words[1]), "".join(words[2:]))

    def results_table(words: list[str]) -> str:
        if len(words) != 2:
            raise UnknownResultError(USAGE)
        return table(look_up(results, words[0], f"tables.{words[1]}"))

    macros = {"result": filled(result), "results_table": filled(results_table)}
    return expand_macros(markdown, macros)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> None:
    """Let `make serve` build again when a result changes."""
    results = root_of(config) / "results"
    if results.is_dir():
        server.watch(str(results))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace the macros before the page becomes HTML."""
    results = root_of(config) / "results"
    return expand(markdown, results, page.file.src_uri)
