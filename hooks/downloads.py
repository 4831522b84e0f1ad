"""Name a file to take along: ``{{ download(".zip") }}`` gives "first-neuron-0.1.0.zip".

The word is what follows the version in the file's name; a second one is shown instead of the name.
Where `make offline` has left such a file in `dist/`, it becomes a part of the site (`downloads/`),
and its name a link to it. Otherwise the name stands as it is: the site builds without `dist/`, and
the copy of it that lies in the archive does not contain the archive. Code blocks and `code` are
left alone.
"""

import logging
from importlib import metadata
from pathlib import Path

import macros
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from root import root_of
from without_server import is_on

log = logging.getLogger("mkdocs.hooks.downloads")

FOLDER = "downloads"
SUMS = "SHA256SUMS"


def made_files(dist: Path, version: str) -> list[Path]:
    """Return the files of this version that `make offline` has left, and their checksums.

    Parameters
    ----------
    dist : Path
        The folder in which it leaves them.
    version : str
        This version.

    Returns
    -------
    list of Path
        None, unless all files that the checksums name are there and of this version.
    """
    sums = dist / SUMS
    if not sums.is_file():
        return []
    names = [line.split(maxsplit=1)[1] for line in sums.read_text(encoding="utf-8").splitlines()]
    files = [dist / name for name in names]
    of_version = all(name.startswith(f"first-neuron-{version}") for name in names)
    return [*files, sums] if of_version and all(file.is_file() for file in files) else []


def expand(markdown: str, version: str, there: set[str], where: str) -> str:
    """Replace the macros in a page.

    Parameters
    ----------
    markdown : str
        The page.
    version : str
        This version.
    there : set of str
        Names of the files that are a part of the site.
    where : str
        The page's source.
    """
    up = "../" * where.count("/")

    def put(macro: str, words: list[str]) -> str:
        if len(words) not in (1, 2):
            log.warning(f'{where}: {macro}: expected download(".zip") or download(".zip", "text")')
            return macro
        name = SUMS if words[0] == SUMS else f"first-neuron-{version}{words[0]}"
        text = words[1] if len(words) == 2 else f"`{name}`"
        return f"[{text.strip('`')}]({up}{FOLDER}/{name})" if name in there else text

    return macros.expand(markdown, {"download": put})


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add to the site what there is to download."""
    if not is_on(config):
        dist = root_of(config) / "dist"
        for file in made_files(dist, metadata.version("first-neuron")):
            uri = f"{FOLDER}/{file.name}"
            files.append(File.generated(config, uri, abs_src_path=str(file)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace the macros before the page becomes HTML."""
    there = {Path(file.src_uri).name for file in files if file.src_uri.startswith(f"{FOLDER}/")}
    return expand(markdown, metadata.version("first-neuron"), there, page.file.src_uri)
