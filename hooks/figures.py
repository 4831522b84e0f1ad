"""Draw the figures that pages show, with the code of this repository.

`docs/figures.py` holds one function for each figure; it takes nothing and returns a matplotlib
figure, or the Axes in it. A page shows it with
``![what it shows, in words](../figures/NAME.svg "caption")``. The hook draws the figures when their
code, or a module that it imports, has changed; otherwise it takes them from `.cache/figures`. They
become part of the page, in colours that follow the light or dark page.

Run as a script, this file draws: ``python hooks/figures.py REGISTRY FOLDER``. The build does that
in a process of its own, so that `make serve` always draws with the code as it is now.
"""

import ast
import html
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock
from fingerprint import fingerprint
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from svg import fit_to_page

log = logging.getLogger("mkdocs.hooks.figures")

STYLE = Path(__file__).with_name("plots.mplstyle")
IMAGE = re.compile(r"(?:<p>\s*)?<img\b(?P<attributes>[^>]*)>(?:\s*</p>)?")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

# The figures of this build, by name; `on_files` fills it and `on_page_content` reads it.
drawn: dict[str, str] = {}


def figure_names(registry: str) -> list[str]:
    """Name the public functions in the text of `docs/figures.py`, without running it."""
    functions = [node for node in ast.parse(registry).body if isinstance(node, ast.FunctionDef)]
    return [node.name for node in functions if not node.name.startswith("_")]


def draw(registry: Path, folder: Path) -> None:
    """Draw every figure of a registry into a folder, as NAME.svg.

    Parameters
    ----------
    registry : Path
        A Python file; each public function of its own returns a figure or an Axes.
    folder : Path
        Where the pictures go.
    """
    import runpy

    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.style.use(STYLE)
    namespace = runpy.run_path(str(registry))
    for name in figure_names(registry.read_text(encoding="utf-8")):
        figure = namespace[name]().figure  # of an Axes; a figure's own is itself
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
        plt.close(figure)


def drawn_figures(registry: Path, root: Path) -> dict[str, str]:
    """Return all figures of a registry, drawing them only when something has changed.

    Parameters
    ----------
    registry : Path
        The file with the functions.
    root : Path
        The repository; pictures are kept in its `.cache/figures`.

    Returns
    -------
    dict
        Name to SVG, as matplotlib wrote it.

    Raises
    ------
    PluginError
        A figure could not be drawn; the message carries the end of the traceback.
    """
    text = registry.read_text(encoding="utf-8")
    key = fingerprint([text], root, extra=[STYLE.read_text("utf-8")], packages=["matplotlib"])
    cache = root / ".cache" / "figures"
    cache.mkdir(parents=True, exist_ok=True)
    names = figure_names(text)
    with FileLock(cache / ".lock"):
        folder = cache / key
        if not all((folder / f"{name}.svg").is_file() for name in names):
            log.info("Drawing %d figures of %s", len(names), registry.name)
            folder.mkdir(exist_ok=True)
            done = subprocess.run(
                [sys.executable, "-B", __file__, str(registry), str(folder)],
                env=os.environ | {"PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1"},
                cwd=root,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                tail = "\n".join(done.stderr.strip().splitlines()[-8:])
                raise PluginError(f"A figure of {registry} could not be drawn:\n{tail}")
        for old in cache.iterdir():
            if old.is_dir() and old != folder:
                shutil.rmtree(old)
        return {name: (folder / f"{name}.svg").read_text(encoding="utf-8") for name in names}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Draw the figures and add them to the site's files, so that MkDocs checks links to them."""
    root = Path(config.config_file_path).parent
    registry = Path(config.docs_dir) / "figures.py"
    drawn.clear()
    if registry.is_file():
        drawn.update(drawn_figures(registry, root))
    for name, svg in drawn.items():
        picture = fit_to_page(svg, name=name, alt=name.replace("_", " "), fallback=True)
        files.append(File.generated(config, f"figures/{name}.svg", content=picture))
    return files


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
        return f'<figure class="figure">{picture}{caption}</figure>'

    return IMAGE.sub(put, content)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
