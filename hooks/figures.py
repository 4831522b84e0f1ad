"""Draw the figures that pages show, with the code of this repository.

The modules in `docs/figures/` hold one function for each figure; it takes nothing and returns a
matplotlib figure, or the Axes in it. A page shows it with
``![what it shows, in words](../figures/NAME.svg "caption")``. The hook draws a module's figures
when its code, a module that it imports or a file of `results/` that it names has changed; otherwise
it takes them from `.cache/figures`. They become part of the page, in colours that follow the light
or dark page.

A function may return a text instead: Markdown, such as a table, which ``{{ computed("NAME") }}``
puts into a page.

Run as a script, this file draws: ``python hooks/figures.py MODULE FOLDER [MODULE FOLDER ...]``. The
build does that in a process of its own, so that `make serve` always draws with the code as it is
now.
"""

import ast
import html
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock
from fingerprint import fingerprint
from macros import expand
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from root import root_of
from svg import drawings, fit_to_page

log = logging.getLogger("mkdocs.hooks.figures")

STYLE = Path(__file__).with_name("plots.mplstyle")
SUFFIXES = (".svg", ".md")
IMAGE = re.compile(r"(?:<p(?P<paragraph>\b[^>]*)>\s*)?<img\b(?P<attributes>[^>]*)>(?:\s*</p>)?")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

# The figures of this build, and the texts, by name; `on_files` fills them and the pages' events
# read them.
drawn: dict[str, str] = {}
computed: dict[str, str] = {}


def figure_names(module: Path) -> list[str]:
    """Name the public functions of a module, without running it."""
    body = ast.parse(module.read_text(encoding="utf-8")).body
    functions = [node.name for node in body if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if not name.startswith("_")]


def draw(module: Path, folder: Path) -> None:
    """Draw every figure of a module into a folder, as NAME.svg; write every text, as NAME.md.

    Parameters
    ----------
    module : Path
        A Python file; each public function of its own returns a figure, an Axes or a str.
    folder : Path
        Where the pictures go.
    """
    import runpy

    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.style.use(STYLE)
    namespace = runpy.run_path(str(module))
    for name in figure_names(module):
        made = namespace[name]()
        if isinstance(made, str):
            (folder / f"{name}.md").write_text(made, encoding="utf-8")
            continue
        figure = made.figure  # of an Axes; a figure's own is itself
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
        plt.close(figure)


def drawn_figures(modules: Sequence[Path], root: Path) -> dict[str, str]:
    """Return all figures and texts of some modules, running only those whose code has changed.

    Parameters
    ----------
    modules : sequence of Path
        The files with the functions.
    root : Path
        The repository; pictures are kept in its `.cache/figures`.

    Returns
    -------
    dict
        File name, such as NAME.svg or NAME.md, to what stands in it.

    Raises
    ------
    PluginError
        A figure could not be drawn; the message carries the end of the traceback. Or two modules
        have a figure of the same name.
    """
    cache = root / ".cache" / "figures"
    cache.mkdir(parents=True, exist_ok=True)
    style = STYLE.read_text(encoding="utf-8")
    folders: dict[Path, Path] = {}
    owners: dict[str, Path] = {}
    for module in modules:
        text = module.read_text(encoding="utf-8")
        results = [file for file in sorted((root / "results").glob("*.json")) if file.stem in text]
        read = [file.read_text(encoding="utf-8") for file in results]
        key = fingerprint([text], root, extra=[style, *read], packages=["matplotlib"])
        folders[module] = cache / f"{module.stem}-{key}"
        for name in figure_names(module):
            if name in owners:
                raise PluginError(
                    f"The figure {name} stands in {owners[name].name} and in {module.name}. "
                    "Rename one: a page asks for a figure by its name alone."
                )
            owners[name] = module
    with FileLock(cache / ".lock"):
        stale = {module for name, module in owners.items() if not _made(folders[module], name)}
        if stale:
            draw_apart({module: folders[module] for module in sorted(stale)}, root)
        for old in cache.iterdir():
            if old.is_dir() and old not in folders.values():
                shutil.rmtree(old)
        files = [_made(folders[module], name) for name, module in owners.items()]
        return {file.name: file.read_text(encoding="utf-8") for file in files if file}


def _made(folder: Path, name: str) -> Path | None:
    """Return the file in which a module's function left what it made."""
    files = (folder / f"{name}{suffix}" for suffix in SUFFIXES)
    return next((file for file in files if file.is_file()), None)


def draw_apart(folders: dict[Path, Path], root: Path) -> None:
    """Draw the figures of each module into its folder, in one process of their own.

    Parameters
    ----------
    folders : dict of Path
        Each module's folder; made where it is missing.
    root : Path
        The repository.

    Raises
    ------
    PluginError
        A figure could not be drawn; the message carries the end of the traceback.
    """
    log.info("Drawing the figures of %s", ", ".join(module.stem for module in folders))
    command = [sys.executable, "-B", __file__]
    for module, folder in folders.items():
        folder.mkdir(exist_ok=True)
        command += [str(module), str(folder)]
    done = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1"},
        cwd=root,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-8:])
        raise PluginError(f"A figure could not be drawn:\n{tail}")


def on_config(config: MkDocsConfig) -> None:
    """Read what the build before made of its drawings."""
    drawings.open(config)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Draw the figures and add them to the site's files, so that MkDocs checks links to them."""
    root = root_of(config)
    made = drawn_figures(sorted((Path(config.docs_dir) / "figures").glob("*.py")), root)
    for texts, suffix in ((drawn, ".svg"), (computed, ".md")):
        texts.clear()
        texts.update({Path(file).stem: made[file] for file in made if file.endswith(suffix)})
    for name, svg in drawn.items():
        picture = fit_to_page(svg, name=name, alt=name.replace("_", " "), fallback=True)
        files.append(File.generated(config, f"figures/{name}.svg", content=picture))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the texts into their places."""

    def text(macro: str, words: list[str]) -> str:
        if len(words) == 1 and words[0] in computed:
            return computed[words[0]]
        known = ", ".join(sorted(computed)) or "none yet"
        log.warning(
            f"{page.file.src_uri}: {macro}: no function in docs/figures/ returns a text of that "
            f"name; known: {known}"
        )
        return macro

    return expand(markdown, {"computed": text})


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace each `<img>` of a figure by the figure itself."""

    def put(match: re.Match[str]) -> str:
        attributes = dict(ATTRIBUTE.findall(match["attributes"]))
        name = Path(attributes.get("src", "")).stem
        if name not in drawn or f"figures/{name}.svg" not in attributes["src"]:
            return match[0]
        alt = html.unescape(attributes.get("alt", ""))
        if not alt:
            log.warning(
                f"{page.file.src_uri}: the figure {name} has no description. "
                f"Write what it shows: ![a curve that ...](.../figures/{name}.svg)"
            )
        title = attributes.get("title", "")
        caption = f"<figcaption>{title}</figcaption>" if title else ""
        picture = fit_to_page(drawn[name], name=name, alt=alt)
        paragraph = dict(ATTRIBUTE.findall(match["paragraph"] or ""))
        kind = " ".join(["figure", *paragraph.get("class", "").split()])
        return f'<figure class="{kind}">{picture}{caption}</figure>'

    return IMAGE.sub(put, content)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Keep the drawings of this build: all pages have theirs by now."""
    drawings.close()


if __name__ == "__main__":
    for module, folder in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        draw(Path(module), Path(folder))
