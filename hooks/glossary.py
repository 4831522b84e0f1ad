"""Write the glossary, and mark its terms in the other pages.

`docs/reference/glossary.yml` is the one source. Each entry has a ``term`` and a ``definition`` of
one or two plain sentences, and may have:

- ``also``: other words for the same thing, which the glossary names;
- ``forms``: spellings that pages use (a plural with "s" is known);
- ``page``: the page, below `docs/`, that explains it;
- ``mark: false``: a word with everyday meanings, which is not marked in pages.

``{{ glossary() }}`` in `docs/reference/glossary.md` becomes the list. On every other page the first
occurrence of each term in running text becomes a link to the list, except on the page that explains
it, and where the text itself introduces the word in bold. `docs/assets/js/glossary.js` shows the
definition when such a link is pointed at, focused or tapped; the definitions are one small script
for all pages, so that a page grows by some 60 bytes a term.
"""

import html
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.glossary")

SOURCE = "reference/glossary.yml"
PAGE = "reference/glossary.md"
SCRIPT = "assets/js/terms.js"
MACRO = re.compile(r"^\{\{\s*glossary\(\)\s*\}\}[ \t]*$", re.MULTILINE)
LONGEST = 300  # letters of a definition: what one can read while pointing at a word
KEYS = {"term", "definition", "also", "forms", "page", "mark"}

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>[^>]*)>|<!--.*?-->", re.DOTALL
)
CLASS = re.compile(r'\bclass="([^"]*)"')
VOID = {"br", "hr", "img", "input", "wbr", "col", "source", "meta", "link"}
NO_PROSE = {
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "button",
        "label",
        "summary",
        "figure",
        "figcaption",
    ),
    *("code", "pre", "kbd", "samp", "script", "style", "svg", "math", "select", "textarea", "nav"),
    *("th", "dt", "caption", "fieldset", "abbr", "template"),
}
NO_PROSE_CLASSES = {"arithmatex", "admonition-title", "quiz", "output", "footnote", "no-terms"}
GOALS = "After this page, you can"


@dataclass
class Term:
    """One entry of the glossary.

    Attributes
    ----------
    term, definition : str
    also : list of str
        Other words for the same thing.
    forms : list of str
        Spellings that pages use.
    page : str
        The page, below `docs/`, that explains it; may be empty.
    mark : bool
        Whether pages mark it.
    """

    term: str
    definition: str
    also: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    page: str = ""
    mark: bool = True

    @property
    def slug(self) -> str:
        """Its anchor in the glossary."""
        return re.sub(r"\W+", "-", self.term.lower()).strip("-")

    @property
    def names(self) -> list[str]:
        """All that it is called."""
        return [self.term, *self.also, *self.forms]


# The glossary of this build; `on_files` fills it.
terms: list[Term] = []


def read_terms(file: Path) -> tuple[list[Term], list[str]]:
    """Read the glossary.

    Returns
    -------
    terms : list of Term
        The entries without a fault, by alphabet.
    faults : list of str
        What is wrong with the others.
    """
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    found: list[Term] = []
    faults: list[str] = []
    owner: dict[str, str] = {}
    for entry in entries:
        name = entry.get("term", entry)
        said = faults_of_entry(entry)
        if not said:
            term = Term(**entry)
            said = [
                f"{other!r} already belongs to {owner[other.lower()]!r}"
                for other in term.names
                if owner.setdefault(other.lower(), term.term) != term.term
            ]
            found.append(term)
        faults += [f"{name}: {fault}" for fault in said]
    return sorted(found, key=lambda term: term.term.lower()), faults


def faults_of_entry(entry: dict[str, Any]) -> list[str]:
    """Say what is wrong with one entry."""
    faults = [
        f"unknown key {key!r}; known: {', '.join(sorted(KEYS))}" for key in entry.keys() - KEYS
    ]
    for key in ("term", "definition"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            faults.append(f"{key!r} is missing, empty or not text")
    definition = str(entry.get("definition", ""))
    if len(definition) > LONGEST:
        faults.append(
            f"the definition has {len(definition)} letters; {LONGEST} can be read at once"
        )
    if definition.strip() and not definition.strip().endswith("."):
        faults.append("the definition does not end with a full stop")
    for key in ("also", "forms"):
        if not all(isinstance(word, str) for word in entry.get(key, [])):
            faults.append(f"{key!r} holds something that is not text; quote it")
    return faults


def title_of(file: File) -> str:
    """Return the first heading of a page's source, which may not have been read yet."""
    text = file.content_string
    if file.src_uri.endswith(".ipynb"):
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    heading = re.search(r"^# (.+)$", text, re.MULTILINE)
    return heading[1].strip() if heading else file.name


def as_markdown(entries: list[Term], files: Files) -> str:
    """Write the list of terms, with a heading for each letter."""
    lines = []
    groups = [
        (letter, list(group))
        for letter, group in groupby(entries, lambda term: term.term[0].upper())
    ]
    lines.append(" ".join(f"[{letter}](#{letter.lower()})" for letter, _ in groups))
    lines.append("{ .glossary-letters }")
    for letter, group in groups:
        lines += ["", f"## {letter}", ""]
        for term in group:
            lines += [
                f'<span id="{term.slug}"></span>{term.term}',
                f":   {term.definition.strip()}",
            ]
            if term.also:
                lines[-1] += f" Also: {', '.join(term.also)}."
            file = files.get_file_from_path(term.page) if term.page else None
            if file:
                lines[-1] += f" Explained in [{title_of(file)}](../{term.page})."
            elif term.page:
                log.warning(f"{SOURCE}: {term.term}: there is no page {term.page}")
            lines.append("")
    return "\n".join(lines)


def pattern_of(entries: list[Term]) -> re.Pattern[str] | None:
    """Return an expression that finds every name of some terms, the longest first."""
    names = sorted({name for term in entries for name in term.names}, key=len, reverse=True)
    if not names:
        return None
    words = "|".join(
        re.escape(html.escape(name, quote=False)).replace(r"\ ", r"\s+") for name in names
    )
    return re.compile(rf"(?<![\w\-.&])({words})(s?)(?![\w\-])", re.IGNORECASE)


def prose(content: str) -> Iterator[tuple[str, bool, bool]]:
    """Cut a page's HTML into pieces.

    Yields
    ------
    piece : str
        A tag, or text between two tags; all pieces together are the page.
    is_prose : bool
        Whether it is running text.
    is_bold : bool
        Whether it stands in ``<strong>``.
    """
    open_tags: list[tuple[str, bool]] = []  # each with: does it hold something else than prose?
    end = 0

    def text(piece: str) -> tuple[str, bool, bool]:
        bold = any(name == "strong" for name, _ in open_tags)
        return piece, not any(hidden for _, hidden in open_tags), bold

    for match in TAG.finditer(content):
        if match.start() > end:
            yield text(content[end : match.start()])
        end = match.end()
        yield match[0], False, False
        name = (match["name"] or "").lower()
        if not name or name in VOID or match["attributes"].endswith("/"):
            continue
        if match["end"]:
            while open_tags and open_tags.pop()[0] != name:
                pass
            continue
        classes = set("".join(CLASS.findall(match["attributes"])).split())
        hidden = name in NO_PROSE or bool(classes & NO_PROSE_CLASSES)
        if "admonition" in classes and GOALS in content[end : end + 120]:
            hidden = True
        open_tags.append((name, hidden))
    if content[end:]:
        yield text(content[end:])


def mark(content: str, entries: list[Term], wanted: set[str], url: str) -> str:
    """Make links of the first occurrence of terms in running text.

    Parameters
    ----------
    content : str
        A page's HTML.
    entries : list of Term
        The whole glossary; a "hidden layer" is looked for before a "layer".
    wanted : set of str
        Those among them that become links.
    url : str
        The glossary's address, seen from the page.
    """
    by_name = {name.lower(): term for term in entries for name in term.names}
    pattern = pattern_of(entries)

    def put(match: re.Match[str]) -> str:
        term = by_name[re.sub(r"\s+", " ", html.unescape(match[1])).lower()]
        if term.term not in wanted or term.term in seen:
            return match[0]
        seen.add(term.term)
        return match[0] if bold else f'<a class="term" href="{url}#{term.slug}">{match[0]}</a>'

    seen: set[str] = set()
    parts = []
    for piece, is_prose, bold in prose(content):  # noqa: B007 (`put` reads `bold`)
        parts.append(pattern.sub(put, piece) if is_prose and pattern else piece)
    return "".join(parts)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read the glossary and write the script with all definitions."""
    terms.clear()
    source = Path(config.docs_dir) / SOURCE
    if source.is_file():
        found, faults = read_terms(source)
        terms.extend(found)
        for fault in faults:
            log.warning(f"{SOURCE}: {fault}")
    definitions = {term.slug: [term.term, term.definition.strip()] for term in terms if term.mark}
    text = json.dumps(definitions, ensure_ascii=False, separators=(",", ":"))
    script = f"window.firstNeuronTerms={text};\n"
    files.append(File.generated(config, SCRIPT, content=script))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Write the list into the glossary's page."""
    if page.file.src_uri != PAGE:
        return markdown
    return MACRO.sub(lambda _: as_markdown(terms, files), markdown)


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark the terms in any other page."""
    glossary = files.get_file_from_path(PAGE)
    if not glossary or page.file.src_uri == PAGE or page.meta.get("terms") is False:
        return content
    wanted = {term.term for term in terms if term.mark and term.page != page.file.src_uri}
    return mark(content, terms, wanted, glossary.url_relative_to(page.file))
