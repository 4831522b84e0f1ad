r"""Turn formulas into HTML while the site is built, so that pages need no script for them.

`pymdownx.arithmatex` marks ``$...$`` and ``$$...$$`` in pages and notebooks. When all pages are
read, this hook sends the formulas that it has not seen before through KaTeX, in one Node process,
and keeps the results in `.cache/mathematics.json`. The page gets KaTeX's HTML for the eye and its
MathML for screen readers. Search gets plain text such as "2/λmax". A formula that KaTeX cannot read
is a warning that names the page, and a strict build fails on it.
"""

import functools
import hashlib
import html
import json
import logging
import os
import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from node import NODE_MODULES, install_packages, run_node
from root import root_of

log = logging.getLogger("mkdocs.hooks.mathematics")

SCRIPT = Path(__file__).with_name("katex.cjs")
MARKED = re.compile(r'<(span|div) class="arithmatex">(.*?)</\1>', re.DOTALL)
IN_HEADING = re.compile(r"\\\((.*?)\\\)")
PLACE = re.compile(
    r'<(span|div) class="formula" data-formula="(\w+)">(.*?)</\1>([,.;:?!)]*)', re.DOTALL
)
SHORT = 16  # letters; a longer formula may be parted from the comma behind it
ANNOTATION = re.compile(r"<annotation.*?</annotation>|<span class=\"katex-html\".*", re.DOTALL)
TAG = re.compile(r"<[^>]+>")

# What KaTeX made in this build, by key; `on_env` fills it and `on_post_page` reads it.
rendered: dict[str, dict[str, str]] = {}


@functools.cache
def renderer() -> str:
    """Return what decides how a formula is rendered: KaTeX's version and our script."""
    package = json.loads((NODE_MODULES / "katex" / "package.json").read_text("utf-8"))
    return f"{package['version']}\0{SCRIPT.read_text('utf-8')}"


def key_of(tex: str, display: bool) -> str:
    """Return the name under which a formula is kept."""
    return hashlib.sha256(f"{renderer()}\0{display}\0{tex}".encode()).hexdigest()[:16]


def formulas_in(content: str) -> Iterable[tuple[re.Match[str], str, bool]]:
    """Yield each formula of a page: where it stands, its TeX, and whether it has its own line."""
    for match in MARKED.finditer(content):
        tex = html.unescape(match[2]).strip()
        yield match, tex[2:-2].strip(), match[1] == "div"


def render(wanted: dict[str, tuple[str, bool]], cache_file: Path) -> dict[str, dict[str, str]]:
    """Render formulas with KaTeX, taking those seen before from a file.

    Parameters
    ----------
    wanted : dict
        Key to TeX and whether the formula has its own line.
    cache_file : Path
        Where results are kept; afterwards it holds exactly the wanted ones that KaTeX could read.

    Returns
    -------
    dict
        Key to ``{"html": ...}`` or ``{"error": ...}``.
    """
    kept = json.loads(cache_file.read_text("utf-8")) if cache_file.is_file() else {}
    missing = [key for key in wanted if key not in kept]
    if missing:
        tasks = [{"tex": wanted[key][0], "display": wanted[key][1]} for key in missing]
        kept |= dict(zip(missing, json.loads(run_node(SCRIPT, json.dumps(tasks))), strict=True))
    results = {key: kept[key] for key in wanted}
    good = {key: result for key, result in results.items() if "html" in result}
    cache_file.parent.mkdir(parents=True, exist_ok=True)
    temporary = cache_file.with_suffix(f".{os.getpid()}.part")
    temporary.write_text(json.dumps(good), encoding="utf-8")
    temporary.replace(cache_file)
    return results


def plain(result: dict[str, str], tex: str) -> str:
    """Return a formula as plain text: what its MathML shows, without the tags."""
    shown = html.unescape(TAG.sub("", ANNOTATION.sub("", result.get("html", "")))) or tex
    return shown.strip()


def plain_headings(items: Iterable[AnchorLink]) -> None:
    """Write the formulas in a page's table of contents as plain text."""
    for item in items:
        item.title = IN_HEADING.sub(lambda match: plain_of_tex(match[1]), item.title)
        plain_headings(item.children)


def plain_of_tex(tex: str) -> str:
    """Return plain text for TeX that stands in a heading (and so was rendered with the page)."""
    tex = html.unescape(tex).strip()
    return plain(rendered.get(key_of(tex, False), {}), tex)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Render all formulas of all pages, and leave a marked place for each in the page."""
    install_packages()
    pages = [file.page for file in files.documentation_pages() if file.page]
    wanted = {
        key_of(tex, display): (tex, display)
        for page in pages
        for _, tex, display in formulas_in(page.content or "")
    }
    root = root_of(config)
    rendered.clear()
    rendered.update(render(wanted, root / ".cache" / "mathematics.json"))
    for page in pages:
        mark_places(page)
        plain_headings(page.toc)


def mark_places(page: Page) -> None:
    """Replace the formulas of a page by short places that carry plain text."""
    content, end, parts = page.content or "", 0, []
    for match, tex, display in formulas_in(content):
        key = key_of(tex, display)
        if error := rendered[key].get("error"):
            log.warning(
                f"{page.file.src_uri}: KaTeX cannot read the formula {tex!r}: {error}. "
                "Mend the formula; the page shows it as it is written."
            )
        words = html.escape(plain(rendered[key], tex))
        place = f'<{match[1]} class="formula" data-formula="{key}">{words}</{match[1]}>'
        parts += [content[end : match.start()], place]
        end = match.end()
    page.content = "".join([*parts, content[end:]])


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put the rendered formulas into their places."""

    def put(match: re.Match[str]) -> str:
        tag, key, words, comma = match.groups()
        shown = rendered[key].get("html")
        if shown is None:
            return match[0]
        formula = f'<{tag} class="formula">{shown}</{tag}>'
        if comma and tag == "span" and len(words) <= SHORT:
            return f'<span class="nobreak">{formula}{comma}</span>'
        return formula + comma

    return PLACE.sub(put, output)
