"""Bring third-party page assets into the site, from pinned npm packages.

Nothing third-party lies in this repository. Before a build this hook installs what
`package-lock.json` names (see `hooks/node.py`) and adds to the site the few files that pages load:
KaTeX's style sheet and its fonts, in the one format that every browser of today reads (woff2), and
reveal.js, which presents the slides.
"""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from node import NODE_MODULES, install_packages

KATEX = NODE_MODULES / "katex" / "dist"
REVEAL = NODE_MODULES / "reveal.js" / "dist"
OTHER_FORMATS = re.compile(r",url\([^)]+\.(?:woff|ttf)\) format\(\"[a-z]+\"\)")


def katex_files() -> dict[str, str | Path]:
    """Return the KaTeX files that the site needs.

    Returns
    -------
    dict
        Path in the site to its content (a string) or to the file that holds it.
    """
    css = OTHER_FORMATS.sub("", (KATEX / "katex.min.css").read_text(encoding="utf-8"))
    files: dict[str, str | Path] = {"assets/katex/katex.min.css": css}
    for font in sorted((KATEX / "fonts").glob("*.woff2")):
        files[f"assets/katex/fonts/{font.name}"] = font
    return files


def reveal_files() -> dict[str, str | Path]:
    """Return the reveal.js files that the slides need: like `katex_files`."""
    files = ("reveal.css", "reveal.js", "plugin/notes.js", "plugin/zoom.js")
    return {f"assets/reveal/{Path(file).name}": REVEAL / file for file in files}


def on_pre_build(config: MkDocsConfig) -> None:
    """Install the packages before anything else happens."""
    install_packages()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the assets to the files that the build copies."""
    for uri, source in (katex_files() | reveal_files()).items():
        if isinstance(source, Path):
            files.append(File.generated(config, uri, abs_src_path=str(source)))
        else:
            files.append(File.generated(config, uri, content=source))
    return files
