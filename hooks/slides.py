"""Make a deck of slides of a page whose front matter says ``template: slides.html``.

A deck is Markdown like any page, and takes its formulas, figures, code and numbers from where pages
take them. On top of that, in a deck:

- A line ``---`` begins the next slide.
- A slide begins with its heading: ``## Heading``, or ``# Heading`` for one that opens a part.
- ``Note: 3 minutes`` ends what the audience sees. What follows, up to the next slide, only the
  speaker sees; the minutes are the time planned for the slide.
- A block followed by ``{: .fragment }`` appears at the next press of the key, as does each item of
  a list in ``<div class="steps" markdown>``. ``<div class="columns" markdown>`` sets what stands in
  it side by side.
- Code in a fence that starts ```` ```{.python data-lines="1-2|4"} ```` shows its lines in steps:
  first 1 to 2, then 4.
- ``[In the book: ...](../page.md){ .book }`` leads to the page that says more.

A slide without a heading, without notes or without minutes is a warning; so is a formula in notes,
which the speaker's window could not show. ``{{ schedule("workshop") }}`` in any page writes the
parts of ``docs/slides/workshop.md`` with their slides and minutes as a table, and
``{{ minutes("workshop") }}`` all its minutes; a second word, the heading of a part, asks for the
minutes of that part alone. Code blocks and `code` are left alone.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros import expand as expand_macros
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

log = logging.getLogger("mkdocs.hooks.slides")

TEMPLATE = "slides.html"
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})")
HEADING = re.compile(r"^(#{1,2}) +(.+?)[ \t]*$", re.MULTILINE)
NOTE = re.compile(r"^Note:[ \t]*(?:(\d+(?:\.\d+)?) minutes?\.?)?[ \t]*", re.MULTILINE)
FORMULA = re.compile(r"(?<!`)\$[^$\n`]+\$")
# What stands between the slides, and before the notes, until Markdown has become HTML
BREAK = re.compile(r"<p>@@slide (\d+)@@</p>")
NOTES = "<p>@@notes@@</p>"
SLIDE_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
STEPPED = re.compile(
    r'(<div class="[^"]*highlight[^"]*" data-lines="([\d|,-]+)">.*?<code)>(.*?)(</code>)', re.DOTALL
)


@dataclass(frozen=True)
class Slide:
    """One slide of a deck, as it is written.

    Attributes
    ----------
    heading : str
        Markdown; empty if there is none.
    opens_part : bool
        Whether a part of the deck begins here.
    body : str
        What the audience sees, heading included; Markdown.
    notes : str
        What the speaker sees; Markdown.
    minutes : float or None
        The time planned for it; None if the notes do not say.
    """

    heading: str
    opens_part: bool
    body: str
    notes: str
    minutes: float | None


def read_deck(markdown: str) -> list[Slide]:
    """Read the slides of a deck, without its front matter."""
    return [_read_slide(text) for text in _split(markdown)]


def _split(markdown: str) -> list[str]:
    """Part a text at the lines ``---`` that stand outside code."""
    parts: list[list[str]] = [[]]
    lines = zip(markdown.split("\n"), _without_code(markdown).split("\n"), strict=True)
    for line, plain in lines:
        if plain.rstrip() == "---":
            parts.append([])
        else:
            parts[-1].append(line)
    return ["\n".join(part).strip() for part in parts]


def _without_code(markdown: str) -> str:
    """Write spaces for all that stands between fences, so that every place keeps its number."""
    lines, fence = [], ""
    for line in markdown.split("\n"):
        lines.append(" " * len(line) if fence else line)
        if match := FENCE.match(line):
            if not fence:
                fence = match[1]
            elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
    return "\n".join(lines)


def _read_slide(text: str) -> Slide:
    plain = _without_code(text)
    note = NOTE.search(plain)
    body, notes = (text[: note.start()], text[note.end() :]) if note else (text, "")
    minutes = float(note[1]) if note and note[1] else None
    heading = HEADING.search(plain, 0, len(body))
    opens_part = bool(heading) and heading[1] == "#"
    if opens_part:
        body = f"{body[: heading.start()]}#{body[heading.start() :]}"
    return Slide(heading[2] if heading else "", opens_part, body.strip(), notes.strip(), minutes)


def faults(slides: Sequence[Slide]) -> list[str]:
    """Say what is missing in a deck."""
    found = []
    for number, slide in enumerate(slides, start=1):
        name = f"slide {number} ({slide.heading or 'no heading'})"
        if not slide.heading:
            found.append(f"{name}: begin it with a heading, ## What it is about")
        if slide.minutes is None:
            found.append(f"{name}: say how long it takes, Note: 3 minutes")
        if not slide.notes:
            found.append(f"{name}: write notes for the speaker after the line Note: 3 minutes")
        if FORMULA.search(slide.notes):
            found.append(
                f"{name}: the speaker's window cannot show a formula; write it in words or letters"
            )
    return found


def marked(slides: Sequence[Slide]) -> str:
    """Return a deck's Markdown with places that are found again when it has become HTML."""
    parts = []
    for number, slide in enumerate(slides):
        parts += [f"@@slide {number}@@", slide.body, "@@notes@@", slide.notes]
    return "\n\n".join(parts) + "\n"


def assembled(content: str, slides: Sequence[Slide]) -> str:
    """Return a deck's HTML, one section for each slide.

    Parameters
    ----------
    content : str
        HTML of what `marked` returned.
    slides : sequence of Slide
        The deck.
    """
    pieces = BREAK.split(content)  # before the first slide; then a number and a slide in turn
    sections = []
    for number, piece in zip(map(int, pieces[1::2]), pieces[2::2], strict=True):
        slide = slides[number]
        body, _, notes = HEADER_LINK.sub("", piece).partition(NOTES)
        heading = SLIDE_HEADING.search(body)
        name = f' id="{heading[1]}"' if heading else ""
        if heading:
            body = body.replace(heading[0], f"<h2>{heading[2]}</h2>", 1)
        kind = "slide title" if number == 0 else "slide part" if slide.opens_part else "slide"
        seconds = round(60 * (slide.minutes or 0))
        sections.append(
            f'<section class="{kind}"{name} data-timing="{seconds}">\n'
            f'<div class="slide-body">{STEPPED.sub(_lines, body).strip()}</div>\n'
            f'<aside class="notes"><p class="minutes">{_in_words(slide.minutes or 0)}</p>\n'
            f"{notes.strip()}</aside>\n</section>"
        )
    return "\n".join(sections)


def _in_words(minutes: float) -> str:
    return f"{minutes:g} minute{'' if minutes == 1 else 's'}"


def _lines(match: re.Match[str]) -> str:
    """Wrap each line of a code block, so that the deck can light it up."""
    start, _, code, end = match.groups()
    lines = "\n".join(f'<span class="line">{line}</span>' for line in code.rstrip("\n").split("\n"))
    return f"{start}>{lines}{end}"


def minutes_of(slides: Sequence[Slide]) -> float:
    """Return the time planned for some slides."""
    return sum(slide.minutes or 0 for slide in slides)


def parts_of(slides: Sequence[Slide]) -> list[tuple[str, list[Slide]]]:
    """Return the parts of a deck: the heading of each, and its slides, the opening one included.

    What stands before the first part is named by its own heading.
    """
    parts: list[tuple[str, list[Slide]]] = []
    for slide in slides:
        if slide.opens_part or not parts:
            parts.append((slide.heading, []))
        parts[-1][1].append(slide)
    return parts


def schedule(slides: Sequence[Slide]) -> str:
    """Return a table of a deck's parts: when each begins, its slides and its minutes."""
    lines = ["| from | part | slides | minutes |", "|---:|---|---:|---:|"]
    gone = 0.0
    for heading, part in parts_of(slides):
        lines.append(f"| {_clock(gone)} | {heading} | {len(part)} | {minutes_of(part):g} |")
        gone += minutes_of(part)
    lines.append(f"| **{_clock(gone)}** | **the end** | **{len(slides)}** | **{gone:g}** |")
    return "\n" + "\n".join(lines) + "\n"


def _clock(minutes: float) -> str:
    return f"{int(minutes) // 60}:{int(minutes) % 60:02}"


def expand(markdown: str, folder: Path, where: str) -> str:
    """Replace the macros that tell a deck's schedule.

    Parameters
    ----------
    markdown : str
        A page.
    folder : Path
        The folder of the decks.
    where : str
        The page's name, for warnings.
    """

    def told(tell: Callable[[list[Slide]], str]) -> Callable[[str, list[str]], str]:
        def put(macro: str, words: list[str]) -> str:
            decks = {file.stem: file for file in sorted(folder.glob("*.md"))}
            if not words or words[0] not in decks:
                known = ", ".join(decks)
                log.warning(
                    f"{where}: {macro}: there is no deck {''.join(words[:1])!r}; known: {known}"
                )
                return macro
            slides = read_deck(get_data(decks[words[0]].read_text(encoding="utf-8"))[0])
            if len(words) == 1:
                return tell(slides)
            parts = dict(parts_of(slides))
            if words[1] not in parts:
                known = ", ".join(parts)
                log.warning(f"{where}: {macro}: there is no part {words[1]!r}; known: {known}")
                return macro
            return tell(parts[words[1]])

        return put

    macros = {"schedule": told(schedule), "minutes": told(lambda slides: f"{minutes_of(slides):g}")}
    return expand_macros(markdown, macros)


decks: dict[str, list[Slide]] = {}


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Read a deck's slides, or fill in schedules."""
    where = page.file.src_uri
    if page.meta.get("template") != TEMPLATE:
        return expand(markdown, Path(config.docs_dir) / "slides", where)
    slides = decks[where] = read_deck(markdown)
    for fault in faults(slides):
        log.warning(f"{where}: {fault}")
    return marked(slides)


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make sections of a deck's slides."""
    if page.meta.get("template") != TEMPLATE:
        return content
    return assembled(content, decks[page.file.src_uri])
