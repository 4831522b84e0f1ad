"""Make pages of the notebooks that mkdocs-jupyter runs.

The plugin finds the notebooks (`docs/**/*.ipynb`, kept without outputs), runs them, keeps the
results in `.cache/mkdocs-jupyter` and lays each notebook beside its page for download. This hook
adds what the plugin leaves open:

- The result becomes Markdown: text as it stands, code as code blocks, outputs below them. From
  there on it is a page like any other, with the same links, formulas, numbers, contents and strict
  checks, and without the 574 kB of style that the plugin's own HTML carries.
- A kept result is used again only while the modules of this repository that the notebook imports,
  and the installed versions, are what they were.
- Plots are SVG in the site's style.

Conventions inside a notebook:

- ``# alt: a falling curve`` at the start of a line of a code cell describes the picture that the
  cell draws, and is not shown. It goes on in lines that start with ``#`` and two spaces. One for
  each picture; a picture without is a warning.
- The tag ``hide-input`` on a cell leaves its code out of the page.
- The tag ``raises-exception`` lets a cell raise on purpose; the page shows what the error says.
- ``display(Markdown(...))`` writes a table in the style of the site.
- ``<!-- --8<-- [start:cost] -->`` and ``<!-- --8<-- [end:cost] -->``, each on a line of its own in
  text cells, name a part that other pages include: ``--8<-- "theory/single_neuron.ipynb:cost"``.

Any other cell that raises stops the build.
"""

import base64
import functools
import html
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from fingerprint import fingerprint
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs_jupyter import plugin as mkdocs_jupyter
from mkdocs_jupyter.config import settings
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from root import root_of
from svg import fit_to_page

log = logging.getLogger("mkdocs.hooks.notebooks")

HOOKS = Path(__file__).parent
STYLE = HOOKS / "plots.mplstyle"
KERNEL_CONFIG = 'c.InlineBackend.figure_formats = {"svg"}\n'
CLIENT_CONFIG = (
    'c.KernelManager.transport_encryption = "auto"\n'  # without it, a warning
    "c.NotebookClient.timeout = 300\n"  # seconds for a cell
)
PACKAGES = ("ipykernel", "IPython", "matplotlib", "matplotlib_inline", "nbclient")
ALT_LINES = re.compile(r"^# alt: *(.*(?:\n#  .*)*)\n?", re.MULTILINE)
MAGIC_LINE = re.compile(r"^%.*\n?", re.MULTILINE)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
PLACE = re.compile(r'<div data-output="(\d+)"></div>')
DATAFRAME = re.compile(r'<table border="1" class="dataframe">')
INCLUDED = re.compile(
    r'^(?P<indent>[ \t]*)-+8<-+ "(?P<file>[^":]+\.ipynb):(?P<name>[\w-]+)"$', re.M
)
STYLE_ELEMENT = re.compile(r"<style.*?</style>", re.DOTALL)

Notebook = dict[str, Any]

# The outputs' HTML of this build, by the page's source, and the folder that is built from.
outputs_of_page: dict[str, list[str]] = {}
folders = {"root": HOOKS.parent}

# The plugin writes a notebook with these templates; ours write it as JSON.
settings.templates_dir = str(HOOKS / "notebook")


def key_with_imports(plugin_key: Callable[..., str]) -> Callable[..., str]:
    """Return the plugin's function that names a kept result, made to see imported modules."""

    @functools.wraps(plugin_key)
    def key(path: str, config: Mapping[str, Any], execute: bool) -> str:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        settings = KERNEL_CONFIG + CLIENT_CONFIG + STYLE.read_text("utf-8")
        extra = [plugin_key(path, config, execute), settings]
        return fingerprint([code_of(notebook)], folders["root"], extra=extra, packages=PACKAGES)

    return key


_plugin_key = mkdocs_jupyter._compute_cache_key
mkdocs_jupyter._compute_cache_key = key_with_imports(
    getattr(_plugin_key, "__wrapped__", _plugin_key)
)


@contextmanager
def kernel_environment(root: Path) -> Iterator[None]:
    """Set what the kernels need while the block runs: our modules, our style, one thread."""
    folder = root / ".cache" / "jupyter"
    profile = folder / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, encoding="utf-8")
    (folder / "jupyter_nbconvert_config.py").write_text(CLIENT_CONFIG, encoding="utf-8")
    before = dict(os.environ)
    os.environ.update(
        PYTHONPATH=str(root),
        PYTHONDONTWRITEBYTECODE="1",  # a written .pyc would make `make serve` build again
        PYTHONHASHSEED="0",
        OPENBLAS_NUM_THREADS="1",
        SOURCE_DATE_EPOCH="0",  # matplotlib's time stamp
        IPYTHONDIR=str(folder),
        JUPYTER_CONFIG_PATH=str(folder),
        MATPLOTLIBRC=str(STYLE),
    )
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def text_of(cell: Mapping[str, Any]) -> str:
    """Return the source of a cell, which a notebook file keeps as a string or as lines."""
    return joined(cell["source"])


def code_of(notebook: Notebook) -> str:
    """Return the text of all code cells."""
    return "\n".join(text_of(c) for c in notebook["cells"] if c["cell_type"] == "code")


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
        for output in in_one_box(cell["outputs"]):
            yield self.output(output, descriptions)

    def output(self, output: Mapping[str, Any], descriptions: Iterable[str]) -> str:
        """Return one output as Markdown."""
        if output["output_type"] == "stream":
            text = joined(output["text"])
            if output["name"] == "stderr":
                log.warning(f"{self.where}: a cell writes to the error stream: {text.strip()!r}")
            return self.place(f'<pre class="output">{html.escape(text.rstrip())}</pre>')
        if output["output_type"] == "error":
            said = html.escape(f"{output['ename']}: {output['evalue']}")
            return self.place(f'<pre class="output">{said}</pre>')
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


def in_one_box(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Join what a cell prints in several goes; how many depends on how busy the machine is."""
    joint: list[dict[str, Any]] = []
    for output in outputs:
        stream = output.get("name")  # other outputs have none
        if joint and stream and joint[-1].get("name") == stream:
            joint[-1]["text"] += joined(output["text"])
        else:
            joint.append(dict(output) | ({"text": joined(output["text"])} if stream else {}))
    return joint


def part_of(notebook: Notebook, name: str) -> str:
    """Return the named part of a notebook's text cells.

    Parameters
    ----------
    notebook : dict
        As its file has it.
    name : str
        What stands in its marks, ``<!-- --8<-- [start:NAME] -->`` and the same with ``end``.

    Returns
    -------
    str

    Raises
    ------
    LookupError
        There is none of that name; the message lists those that there are.
    """
    cells = [text_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    mark = r"^<!-- -+8<-+ \[{}:{}\] -->$"
    for text in cells:
        start, end = (
            re.search(mark.format(at, name), text, re.MULTILINE) for at in ("start", "end")
        )
        if start and end:
            return text[start.end() : end.start()].strip()
    known = re.findall(mark.format("start", r"([\w-]+)"), "\n".join(cells), re.MULTILINE)
    raise LookupError(f"it has no part {name!r}; known: {', '.join(known) or 'none yet'}")


def joined(value: str | list[str]) -> str:
    """Return a text that a notebook file keeps as a string or as lines."""
    return value if isinstance(value, str) else "".join(value)


def on_config(config: MkDocsConfig) -> None:
    """Keep results beside `mkdocs.yml`, wherever the build is started from."""
    folders["root"] = root_of(config)
    cache = folders["root"] / ".cache" / "mkdocs-jupyter"
    cache.mkdir(parents=True, exist_ok=True)
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(cache)


def on_pre_build(config: MkDocsConfig) -> None:
    """Forget the last build's outputs."""
    outputs_of_page.clear()


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Let the plugin run a notebook, and give MkDocs the Markdown that it makes.

    Raises
    ------
    PluginError
        A cell fails, takes too long or ends its kernel; the message carries the end of what it
        said.
    """
    if not page.file.src_uri.endswith(".ipynb"):
        return None
    try:
        # two builds at once: one runs the notebook, the other then finds the whole result
        lock = FileLock(folders["root"] / ".cache" / "notebooks.lock")
        with lock, kernel_environment(folders["root"]):
            page.render(config, Files([]))  # the plugin's; it puts our template's JSON in `content`
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        said = ESCAPES.sub("", str(error)).strip().splitlines()
        raise PluginError(
            f"The notebook {page.file.src_uri} does not run to its end:\n"
            + "\n".join(said[-14:])
            + "\nThe site was not built. Open the notebook, run all cells, and mend the one that "
            "fails."
        ) from error
    notebook, _ = json.JSONDecoder().raw_decode((page.content or "").lstrip())
    del page.render  # from here on it is a Markdown page, which MkDocs itself renders
    converter = Converter(page.file.src_uri)
    markdown = converter.convert(notebook)
    outputs_of_page[page.file.src_uri] = converter.outputs
    name = Path(page.file.src_uri).name
    return (
        f"{markdown}\n\n---\n\nThis page is a notebook, which the build has run. "
        f'<a href="{name}" download>Download {name}</a> to change it and run it yourself.\n'
    )


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Include the named parts of notebooks, as the snippets extension does those of other files."""

    def include(match: re.Match[str]) -> str:
        try:
            file = Path(config.docs_dir) / match["file"]
            text = part_of(json.loads(file.read_text(encoding="utf-8")), match["name"])
        except (LookupError, OSError) as error:
            log.warning(f"{page.file.src_uri}: {match[0].strip()}: {error}")
            return match[0]
        return "\n".join(match["indent"] + line for line in text.splitlines())

    return INCLUDED.sub(include, markdown)


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the outputs into their places."""
    outputs = outputs_of_page.get(page.file.src_uri, [])
    return PLACE.sub(lambda match: outputs[int(match[1])], content)
