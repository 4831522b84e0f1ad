"""Run notebooks and make pages of them.

A notebook (`docs/**/*.ipynb`, kept without outputs) becomes Markdown: its text as it stands, its
code as code blocks, its outputs below them. From there on it is a page like any other: the same
links, formulas, numbers, contents and strict checks. Conventions inside a notebook:

- ``# alt: a falling curve`` at the start of a line of a code cell describes the picture that the
  cell draws, and is not shown. It goes on in lines that start with ``#`` and two spaces. One for
  each picture; a picture without is a warning.
- The tag ``hide-input`` on a cell leaves its code out of the page.
- ``display(Markdown(...))`` writes a table in the style of the site.

Running takes seconds, so the outputs are kept in `.cache/notebooks`, one file for each notebook.
A kept file is used again while the notebook, the modules of this repository that it imports and
the installed versions are what they were; files that no notebook uses any more are deleted. A
notebook that raises stops the build.
"""

import base64
import html
import json
import logging
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from filelock import FileLock
from fingerprint import fingerprint
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from svg import fit_to_page

log = logging.getLogger("mkdocs.hooks.notebooks")

STYLE = Path(__file__).with_name("plots.mplstyle")
SETUP = f"""
%config InlineBackend.figure_formats = ["svg"]
import matplotlib.style as _style
_style.use({str(STYLE)!r})
"""
SECONDS_PER_CELL = 300
PACKAGES = ("ipykernel", "IPython", "matplotlib", "matplotlib_inline", "nbclient")
ALT_LINES = re.compile(r"^# alt: *(.*(?:\n#  .*)*)\n?", re.MULTILINE)
MAGIC_LINE = re.compile(r"^%.*\n?", re.MULTILINE)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
PLACE = re.compile(r'<div data-output="(\d+)"></div>')
DATAFRAME = re.compile(r'<table border="1" class="dataframe">')
STYLE_ELEMENT = re.compile(r"<style.*?</style>", re.DOTALL)

Notebook = dict[str, Any]

# The notebooks of this build with their outputs, and the outputs' HTML, by the page's source.
run_notebooks: dict[str, Notebook] = {}
outputs_of_page: dict[str, list[str]] = {}
used: set[Path] = set()


class NotebookFile(File):
    """A notebook, which MkDocs treats as it treats a Markdown file."""

    def is_documentation_page(self) -> bool:
        """Say yes: a page is made of it."""
        return True


def text_of(cell: Mapping[str, Any]) -> str:
    """Return the source of a cell, which a notebook file keeps as a string or as lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def code_of(notebook: Notebook) -> str:
    """Return the text of all code cells."""
    return "\n".join(text_of(c) for c in notebook["cells"] if c["cell_type"] == "code")


def kept_file(path: Path, root: Path) -> Path:
    """Return where the run notebook is kept, a name that changes with whatever it depends on."""
    text = path.read_text(encoding="utf-8")
    extra = [text, SETUP, STYLE.read_text("utf-8")]
    key = fingerprint([code_of(json.loads(text))], root, extra=extra, packages=PACKAGES)
    return root / ".cache" / "notebooks" / f"{path.stem}-{key}.json"


def run(path: Path, root: Path) -> Notebook:
    """Run a notebook from its first cell to its last, in a fresh kernel.

    Parameters
    ----------
    path : Path
        The notebook; the kernel works in its folder.
    root : Path
        The repository; the kernel imports its packages.

    Returns
    -------
    dict
        The notebook with its outputs.

    Raises
    ------
    PluginError
        A cell raised or took longer than five minutes.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(SETUP))
    client = NotebookClient(
        notebook,
        config=Config(KernelManager={"transport_encryption": "auto"}),
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    settings = {
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",  # a written .pyc would make `make serve` build again
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "SOURCE_DATE_EPOCH": "0",  # matplotlib's time stamp
        "IPYTHONDIR": str(root / ".cache" / "ipython"),
    }
    try:
        client.execute(env=os.environ | settings)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        said = ESCAPES.sub("", str(error)).strip().splitlines()
        raise PluginError(
            f"The notebook {path} does not run to its end:\n"
            + "\n".join(said[-14:])
            + f"\nThe site was not built. Open the notebook (jupyter lab {path.name}), run all "
            "cells, and mend the one that fails."
        ) from error
    del notebook.cells[0]
    return json.loads(nbformat.writes(notebook))


def run_or_recall(path: Path, root: Path) -> tuple[Path, Notebook]:
    """Return a notebook with its outputs, running it only when something has changed."""
    kept = kept_file(path, root)
    if not kept.is_file():
        log.info("Running the notebook %s", path.name)
        notebook = run(path, root)
        temporary = kept.with_suffix(".part")
        temporary.write_text(json.dumps(notebook), encoding="utf-8")
        temporary.replace(kept)
    return kept, json.loads(kept.read_text(encoding="utf-8"))


class Converter:
    """Makes Markdown of a notebook with outputs.

    Parameters
    ----------
    where : str
        The page's source, for warnings.

    Attributes
    ----------
    outputs : list of str
        HTML of the outputs. The Markdown holds a numbered place for each, because Markdown would
        read what stands in them.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.outputs: list[str] = []

    def convert(self, notebook: Notebook) -> str:
        """Return the notebook as Markdown."""
        parts: list[str] = []
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                parts.append(text_of(cell))
            elif cell["cell_type"] == "code":
                parts += self.code_cell(cell)
        return "\n\n".join(parts) + "\n"

    def code_cell(self, cell: Mapping[str, Any]) -> Iterable[str]:
        """Yield a cell's code and outputs as Markdown."""
        source = text_of(cell)
        found = ALT_LINES.findall(source)
        descriptions = iter([" ".join(re.sub(r"\n# *", " ", text).split()) for text in found])
        code = MAGIC_LINE.sub("", ALT_LINES.sub("", source)).strip()
        if code and "hide-input" not in cell.get("metadata", {}).get("tags", []):
            fence = "`" * (max(map(len, re.findall("`{3,}", code)), default=2) + 1)
            yield f"{fence}python\n{code}\n{fence}"
        for output in cell["outputs"]:
            yield self.output(output, descriptions)

    def output(self, output: Mapping[str, Any], descriptions: Iterable[str]) -> str:
        """Return one output as Markdown."""
        if output["output_type"] == "stream":
            text = joined(output["text"])
            if output["name"] == "stderr":
                log.warning(f"{self.where}: a cell writes to the error stream: {text.strip()!r}")
            return self.place(f'<pre class="output">{html.escape(text.rstrip())}</pre>')
        data = {kind: joined(value) for kind, value in output["data"].items()}
        if "text/markdown" in data:
            return data["text/markdown"]
        if "text/latex" in data:
            return f"$$\n{data['text/latex'].strip().strip('$')}\n$$"
        if "image/svg+xml" in data or "image/png" in data:
            return self.place(self.picture(data, next(iter(descriptions), "")))
        if "text/html" in data:
            markup = DATAFRAME.sub("<table>", STYLE_ELEMENT.sub("", data["text/html"]))
            return self.place(f'<div class="output">{markup}</div>')
        text = html.escape(data.get("text/plain", "").rstrip())
        return self.place(f'<pre class="output">{text}</pre>')

    def picture(self, data: Mapping[str, str], alt: str) -> str:
        """Return a picture as HTML."""
        if not alt:
            log.warning(
                f"{self.where}: a picture has no description. Say in its cell what it shows, "
                "in a line of its own: # alt: a curve that falls"
            )
        if svg := data.get("image/svg+xml"):
            drawing = fit_to_page(svg, name=f"output{len(self.outputs)}", alt=alt)
            return f'<figure class="figure">{drawing}</figure>'
        png = base64.b64encode(base64.b64decode(data["image/png"])).decode()
        return (
            f'<figure class="figure"><img alt="{html.escape(alt)}" '
            f'src="data:image/png;base64,{png}"></figure>'
        )

    def place(self, markup: str) -> str:
        """Keep an output's HTML and return the place for it in the Markdown."""
        self.outputs.append(markup)
        return f'<div data-output="{len(self.outputs) - 1}"></div>'


def joined(value: str | list[str]) -> str:
    """Return a text that a notebook file keeps as a string or as lines."""
    return value if isinstance(value, str) else "".join(value)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Run the notebooks that need it, a few at once, and make pages of all of them."""
    root = Path(config.config_file_path).parent
    notebooks = [
        file
        for file in files
        if file.src_uri.endswith(".ipynb") and not file.inclusion.is_excluded()
    ]
    cache = root / ".cache" / "notebooks"
    cache.mkdir(parents=True, exist_ok=True)
    for clear in (run_notebooks, outputs_of_page, used):
        clear.clear()
    paths = [Path(str(file.abs_src_path)) for file in notebooks]
    with FileLock(cache / ".lock"), ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        done = list(pool.map(lambda path: run_or_recall(path, root), paths))
    for file, (kept, notebook) in zip(notebooks, done, strict=True):
        used.add(kept)
        run_notebooks[file.src_uri] = notebook
        files.remove(file)
        page_file = NotebookFile(
            file.src_uri,
            file.src_dir,
            file.dest_dir,
            file.use_directory_urls,
            inclusion=file.inclusion,
        )
        files.append(page_file)
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give MkDocs the Markdown that a notebook makes."""
    notebook = run_notebooks.get(page.file.src_uri)
    if notebook is None:
        return None
    converter = Converter(page.file.src_uri)
    markdown = converter.convert(notebook)
    outputs_of_page[page.file.src_uri] = converter.outputs
    name = Path(page.file.src_uri).name
    return (
        f"{markdown}\n\n---\n\nThis page is a notebook that the build has just run. "
        f'<a href="{name}" download>Download {name}</a> to change it and run it yourself.\n'
    )


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the outputs into their places."""
    outputs = outputs_of_page.get(page.file.src_uri, [])
    return PLACE.sub(lambda match: outputs[int(match[1])], content)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Lay the notebook beside its page, to be downloaded."""
    if page.file.src_uri in run_notebooks:
        folder = Path(page.file.abs_dest_path).parent
        folder.mkdir(parents=True, exist_ok=True)
        source = Path(str(page.file.abs_src_path))
        (folder / source.name).write_bytes(source.read_bytes())
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Delete kept notebooks that this build did not use."""
    cache = Path(config.config_file_path).parent / ".cache" / "notebooks"
    for kept in cache.glob("*.json"):
        if kept not in used:
            kept.unlink(missing_ok=True)
