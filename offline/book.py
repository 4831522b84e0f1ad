"""Make one document of all pages of a built site: what the PDF and the EPUB are made of.

The pages stand in the order of the navigation. A section of it becomes a part, a page a numbered
chapter; the pages before the first section stay in front, without a number, and decks of slides are
left out. What only a screen can do is undone: links between pages become links inside the document,
tabs stand below one another, what is folded is open, and the answers to the questions stand at the
end. Pictures are the `<svg>` of the pages, formulas carry KaTeX's HTML and its MathML.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, normpath
from posixpath import join as join_path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement
from lxml.html import builder as E  # noqa: N812 (as its documentation calls it)
from mkdocs.utils.yaml import yaml_load

from offline.edition import AUTHORS, LANGUAGE, LICENCE, ROOT, SUBTITLE, TITLE, moment, version

ONLY_ON_SCREEN = (
    "a[contains(@class, 'headerlink')]",
    "button",
    "canvas",
    "input",
    "script",
    "template",
    "*[@hidden]",
    "*[contains(concat(' ', @class, ' '), ' only-on-screen ')]",
    "*[@class='quiz-said']",
    "*[contains(@class, 'mkdocstrings-source')]",
    "p[@class='glossary-letters']",
    "div[contains(@class, 'highlight')]/pre/span[not(node())]",
)
ATTRIBUTES_ONLY_ON_SCREEN = (
    "data-question",
    "data-quiz",
    "data-search-exclude",
    "data-tabs",
    "tabindex",
    "target",
    "title",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = ("for", "headers", "aria-labelledby", "aria-describedby")
LOCAL_ADDRESS = re.compile(r"url\(#([^)]+)\)")
# What a parser of HTML writes in small letters, and SVG does not
SVG_NAMES = {
    name.lower(): name
    for name in (
        *("clipPath", "linearGradient", "radialGradient", "textPath", "foreignObject"),
        *("viewBox", "preserveAspectRatio", "gradientUnits", "gradientTransform", "textLength"),
        *("clipPathUnits", "patternUnits", "patternTransform", "markerWidth", "markerHeight"),
        *("refX", "refY", "startOffset", "spreadMethod", "lengthAdjust"),
    )
}
FRONT = "Before you begin"  # the pages before the first section of the navigation
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class BookError(OSError):
    """No book can be made of this site."""


@dataclass
class Chapter:
    """One page of the site.

    Attributes
    ----------
    file : str
        Its place in the site, such as ``theory/learning_rate/index.html``.
    name : str
        Its identifier in the book; those of all that stands in it begin with it.
    article : HtmlElement
        What it says. Its first heading has the chapter's identifier.
    first : str
        What that heading would be called otherwise.
    """

    file: str
    name: str
    article: HtmlElement
    first: str = ""

    @property
    def heading(self) -> HtmlElement:
        """The page's first heading."""
        return next(self.article.iter(*HEADINGS))


@dataclass
class Part:
    """A section of the navigation.

    Attributes
    ----------
    title : str
        As the navigation has it.
    name : str
        Its identifier in the book.
    chapters : list of Chapter
    """

    title: str
    name: str
    chapters: list[Chapter] = field(default_factory=list)


def make_book(site: Path, config: Path = ROOT / "mkdocs.yml") -> str:
    """Return all pages of a built site as one HTML document.

    Parameters
    ----------
    site : Path
        The folder that `mkdocs build` wrote.
    config : Path
        The `mkdocs.yml` it was built with; its `nav` has the order.

    Returns
    -------
    str
        HTML without styles. In the body, ``section.cover`` and ``nav.contents`` come first, then
        ``section.front`` and ``section.part`` with ``section.chapter`` inside. Elements with
        ``data-page-of="ID"`` are empty: there a printed book has the number of ID's page.

    Raises
    ------
    BookError
        A page of the navigation is missing, is no page, or links to nothing.
    """
    parts = read_parts(site, config)
    chapters = {chapter.file: chapter for part in parts for chapter in part.chapters}
    for chapter in chapters.values():
        prefix(chapter)
    for chapter in chapters.values():
        relink(chapter, chapters)
    number(parts)
    answers = part_questions(parts)
    body = E.BODY(cover(), contents(parts, answers))
    body.extend(section(part) for part in parts)
    if answers is not None:
        body.append(answers)
    check(body, set(chapters))
    document = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.TITLE(TITLE),
            E.META(name="author", content=AUTHORS),
            E.META(name="description", content=SUBTITLE),
        ),
        body,
        lang=LANGUAGE,
    )
    return html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>") + "\n"


# -- from the site -----------------------------------------------------------------------------


def read_parts(site: Path, config: Path) -> list[Part]:
    """Read the pages in the order of the navigation.

    Parameters
    ----------
    site, config : Path
        As for `make_book`.

    Returns
    -------
    list of Part
        None of them empty.

    Raises
    ------
    BookError
        The navigation names no pages, or one that `read_chapter` refuses.
    """
    with config.open("rb") as stream:
        entries = yaml_load(stream).get("nav") or []
    front, parts = Part(FRONT, "front"), []
    for entry in entries:
        ((title, below),) = entry.items() if isinstance(entry, dict) else [("", entry)]
        if isinstance(below, str):
            front.chapters += read_chapters(site, [below])
        else:
            name = "part-" + re.sub(r"\W+", "-", title.lower())
            parts.append(Part(title, name, list(read_chapters(site, below))))
    parts = [part for part in [front, *parts] if part.chapters]
    if not parts:
        raise BookError(f"{config} names no pages: expected a list under nav:")
    return parts


def read_chapters(site: Path, entries: Any) -> Iterator[Chapter]:
    """Yield the pages of a navigation, or of a section of it."""
    for entry in [entries] if isinstance(entries, str) else entries:
        if isinstance(entry, dict):
            for below in entry.values():
                yield from read_chapters(site, below)
        elif not urlsplit(entry).scheme:
            chapter = read_chapter(site, entry)
            if chapter:
                yield chapter


def read_chapter(site: Path, source: str) -> Chapter | None:
    """Read a page; None for a deck of slides.

    Parameters
    ----------
    site : Path
        The built site.
    source : str
        The page as the navigation names it, such as ``theory/learning_rate.ipynb``.

    Returns
    -------
    Chapter or None

    Raises
    ------
    BookError
        The site has no such page, it has no article with a first heading, or a picture is missing.
    """
    stem = re.sub(r"\.\w+$", "", source)
    stem = re.sub(r"(^|/)(index|README)$", "", stem)
    tries = [join_path(stem, "index.html"), f"{stem}.html"]
    file = next((name for name in tries if (site / name).is_file()), None)
    if file is None:
        raise BookError(
            f"{source} is in the navigation, but not in {site}: neither {' nor '.join(tries)}. "
            "Build the site first, with make site"
        )
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    page = html.parse(str(site / file), parser).getroot()
    if page.find_class("deck"):
        return None
    article = page.find(".//article")
    if article is None or article.find(".//h1") is None:
        raise BookError(f"{file} in {site} has no <article> with a first heading")
    clean(article)
    embed_pictures(article, (site / file).parent)
    return Chapter(file, stem.replace("/", "-") or "home", article)


# -- what a screen can do and paper cannot -----------------------------------------------------


def clean(article: HtmlElement) -> None:
    """Take out of a page, or unfold, what only works on a screen."""
    for path in ONLY_ON_SCREEN:
        for element in article.xpath(f".//{path}"):
            element.drop_tree()
    for link in article.xpath(".//a[@download]"):
        drop_download(link)
    for term in article.xpath(".//a[contains(concat(' ', @class, ' '), ' term ')]"):
        term.drop_tag()
    for tabs in article.find_class("tabbed-set"):
        show_tabs(tabs)
    for details in article.xpath(".//details[not(contains(@class, 'quiz-answers'))]"):
        unfold(details)
    spell_svg(article)
    for element in article.iter():
        for name in ATTRIBUTES_ONLY_ON_SCREEN:
            element.attrib.pop(name, None)
    widgets = [e for e in article.iter() if isinstance(e.tag, str) and "-" in e.tag]
    for widget in widgets:  # what stands in it is shown where it does not run
        widget.tag = "div"


def spell_svg(root: HtmlElement) -> None:
    """Give back their capitals to the names in pictures, which a parser of HTML has taken."""
    for svg in root.iter("svg"):
        for element in svg.iter():
            element.tag = SVG_NAMES.get(element.tag, element.tag)
            for name in set(element.attrib) & set(SVG_NAMES):
                element.set(SVG_NAMES[name], element.attrib.pop(name))


def drop_download(link: HtmlElement) -> None:
    """Take out the sentence about a download, and the line that parts it from the page."""
    paragraph = link.getparent()
    if paragraph.tag != "p":
        link.drop_tag()
        return
    line = paragraph.getprevious()
    if line is not None and line.tag == "hr":
        line.drop_tree()
    paragraph.drop_tree()


def show_tabs(tabs: HtmlElement) -> None:
    """Write the label of each tab above what it shows."""
    labels = tabs.xpath("./div[@class='tabbed-labels']/label")
    blocks = tabs.xpath("./div[@class='tabbed-content']/div[@class='tabbed-block']")
    shown = []
    for label, block in zip(labels, blocks, strict=True):
        label.tag = "p"
        label.attrib.clear()
        label.set("class", "tab-label")
        label.tail = None
        shown += [label, block]
    tabs[:] = shown
    tabs.text = None
    tabs.set("class", "tabs")


def unfold(details: HtmlElement) -> None:
    """Make of what can be folded a box with a title."""
    summary = details.find("summary")
    if summary is not None:
        summary.tag = "p"
        summary.set("class", "admonition-title")
    details.tag = "div"
    details.attrib.pop("open", None)
    details.set("class", f"admonition {details.get('class', '')}".strip())


def embed_pictures(article: HtmlElement, folder: Path) -> None:
    """Give pictures that lie in the site an address that is good anywhere.

    Parameters
    ----------
    article : HtmlElement
        Changed in place.
    folder : Path
        Where its page lies.

    Raises
    ------
    BookError
        A picture is not there.
    """
    for image in article.iter("img"):
        if not urlsplit(image.get("src", "")).scheme:
            file = folder / unquote(image.get("src", ""))
            if not file.is_file():
                raise BookError(f"a page shows {file}, which is not there; build the site again")
            image.set("src", file.resolve().as_uri())


# -- names and links ---------------------------------------------------------------------------


def local(chapter: Chapter, identifier: str) -> str:
    """Return what an identifier of a page is called in the book."""
    return f"{chapter.name}--" + re.sub(r"[^\w.-]", "-", unquote(identifier))


def prefix(chapter: Chapter) -> None:
    """Rename what has a name in a page, so that it is the only one of its name in the book."""
    for element in chapter.article.iter():
        if identifier := element.get("id"):
            element.set("id", local(chapter, identifier))
        for attribute in REFERENCES:
            if value := element.get(attribute):
                names = [local(chapter, name) for name in value.split()]
                element.set(attribute, " ".join(names))
        if element.get("xlink:href", "").startswith("#"):
            element.set("xlink:href", "#" + local(chapter, element.get("xlink:href")[1:]))
        for attribute, value in element.items():
            if "url(#" in value:
                put = LOCAL_ADDRESS.sub(lambda match: f"url(#{local(chapter, match[1])})", value)
                element.set(attribute, put)
    chapter.first = chapter.heading.get("id", "")
    chapter.heading.set("id", chapter.name)


def relink(chapter: Chapter, chapters: dict[str, Chapter]) -> None:
    """Point the links of a page into the book; those to files and slides become plain text."""
    for link in list(chapter.article.iter("a")):
        if not (href := link.get("href")):
            continue
        address = urlsplit(href)
        if address.scheme or address.netloc:
            continue
        file = chapter.file
        if address.path:
            file = normpath(join_path(dirname(file), unquote(address.path)))
            file = file if file.endswith(".html") else join_path(file, "index.html")
        goal = chapters.get(normpath(file))
        if goal is None:
            link.drop_tag()
            continue
        fragment = address.fragment.partition("?")[0]  # what follows is a widget's experiment
        name = local(goal, fragment) if fragment else goal.name
        link.set("href", f"#{goal.name if name == goal.first else name}")


def check(body: HtmlElement, files: set[str]) -> None:
    """Let links to what was left out lead to its chapter; refuse links to nothing.

    Parameters
    ----------
    body : HtmlElement
        Of the whole book; changed in place.
    files : set of str
        The chapters' files, for the error.

    Raises
    ------
    BookError
        Two places have one name, or a link leads to nothing.
    """
    names: set[str] = set()
    for element in body.iter():
        if identifier := element.get("id"):
            if identifier in names:
                raise BookError(f"two places of the book have the name {identifier}")
            names.add(identifier)
    for link in body.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in names:
            chapter = href[1:].partition("--")[0]
            if chapter not in names:
                raise BookError(f"a link leads to {href}, which is not in the book's {len(files)}")
            link.set("href", f"#{chapter}")


# -- parts, chapters, questions ----------------------------------------------------------------


def number(parts: list[Part]) -> None:
    """Put numbers before the titles of parts and chapters, and set the level of all headings.

    A part's title is of the first level, so that its chapters are of the second. A page that has
    its part's title tells about that part, and is called so.
    """
    count = 0
    order = 0
    for part in parts:
        for chapter in part.chapters:
            heading = chapter.heading
            for element in list(chapter.article.iter(*HEADINGS)):
                element.tag = HEADINGS[min(HEADINGS.index(element.tag) + 1, len(HEADINGS) - 1)]
            if heading.text_content().strip() == part.title:
                heading.text = "About this part"
                del heading[:]
            if part.name == "front" or heading.text == "About this part":
                continue
            count += 1
            label = E.SPAN(str(count), E.CLASS("number"))
            label.tail = f" {heading.text or ''}"
            heading.text = None
            heading.insert(0, label)
        if part.name != "front":
            order += 1
            part.title = f"Part {roman(order)}: {part.title}"


def roman(value: int) -> str:
    """Return a number below 40 as the Romans wrote it."""
    text = ""
    for worth, sign in ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text


def section(part: Part) -> HtmlElement:
    """Return a part with its chapters."""
    kind = "front" if part.name == "front" else "part"
    made = E.SECTION(E.H1(part.title, id=part.name), E.CLASS(kind))
    for chapter in part.chapters:
        chapter.article.tag = "section"
        chapter.article.attrib.clear()
        chapter.article.set("class", "chapter")
        chapter.article.tail = None
        made.append(chapter.article)
    return made


def part_questions(parts: list[Part]) -> HtmlElement | None:
    """Take the answers from the questions; return them as a part of the book, or None."""
    answers = E.SECTION(E.H1("Answers", id="answers"), E.CLASS("part answers"))
    for part in parts:
        for chapter in part.chapters:
            taken = E.SECTION(E.CLASS("chapter"))
            for quiz in chapter.article.find_class("quiz"):
                quiz.tag = "div"
                quiz.attrib.pop("aria-label", None)
                for question in quiz.find_class("quiz-question"):
                    taken.append(take_answer(question, chapter))
            if len(taken):
                title = plain_copy(chapter.heading)
                link = E.A(*title, href=f"#{chapter.name}")
                link.text = title.text
                taken.insert(0, E.H2(link, id=f"{chapter.name}--answers"))
                answers.append(taken)
    return answers if len(answers) > 1 else None


def take_answer(question: HtmlElement, chapter: Chapter) -> HtmlElement:
    """Make a question readable on paper, and return its answer.

    Parameters
    ----------
    question : HtmlElement
        A ``<fieldset>`` of `hooks/quiz.py`.
    chapter : Chapter
        Where it stands.
    """
    legend = question.find("legend")
    (count,) = re.findall(r"\A\s*(\d+)\.", legend.text_content())
    here, there = f"{chapter.name}--question-{count}", f"{chapter.name}--answer-{count}"
    question.tag = "div"
    question.set("id", here)
    legend.tag = "p"
    legend.set("class", "quiz-legend")
    for label in question.iter("label"):
        label.tag = "div"
        letter, text = label.find_class("quiz-letter")[0], label.find_class("quiz-text")[0]
        letter.text, letter.tail = f"{letter.text}.", " "
        if any(child.tag in ("p", "div", "pre", "ul", "ol", "table") for child in text):
            text.tag = "div"
    (details,) = question.find_class("quiz-answers")
    (right,) = details.xpath(".//li[@data-right='yes']/@data-choice")
    (reasons,) = details.iterchildren("ul")
    for reason in reasons:
        reason.attrib.pop("data-choice", None)
    reasons.set("class", "quiz-reasons")
    details.drop_tree()
    page = E.SPAN({"class": "on-page", "data-page-of": there})
    question.append(E.P(E.A("Answer", href=f"#{there}"), page, E.CLASS("to-answer")))
    back = E.A(f"Question {count}", href=f"#{here}")
    head = E.P(back, f": {right}", E.CLASS("answer-head"))
    return E.DIV(head, reasons, E.CLASS("answer"), id=there)


# -- what stands in front ----------------------------------------------------------------------


def cover() -> HtmlElement:
    """Return the first page."""
    made = moment()
    date = f"{made.day} {made:%B %Y}"
    return E.SECTION(
        E.P(TITLE, E.CLASS("cover-title")),
        E.P(SUBTITLE, E.CLASS("cover-subtitle")),
        E.P(f"Version {version()}, {date}", E.CLASS("cover-edition")),
        E.P(LICENCE, E.CLASS("cover-licence")),
        E.CLASS("cover"),
    )


def contents(parts: list[Part], answers: HtmlElement | None) -> HtmlElement:
    """Return the table of contents."""
    items = E.OL()
    for part in parts:
        chapters = [entry(chapter.heading, chapter.name) for chapter in part.chapters]
        if part.name == "front":
            items.extend(chapters)
            continue
        part_entry = entry(E.H1(part.title), part.name)
        part_entry.set("class", "contents-part")
        part_entry.append(E.OL(*chapters))
        items.append(part_entry)
    if answers is not None:
        last = entry(answers[0], "answers")
        last.set("class", "contents-part")
        items.append(last)
    return E.NAV(E.H1("Contents", id="contents"), items, E.CLASS("contents"))


def entry(heading: HtmlElement, name: str) -> HtmlElement:
    """Return a line of the contents."""
    title = plain_copy(heading)
    title.tag, page = "span", E.SPAN({"class": "page", "data-page-of": name})
    return E.LI(E.A(title, E.SPAN(E.CLASS("leader")), page, href=f"#{name}"))


def plain_copy(heading: HtmlElement) -> HtmlElement:
    """Return a heading's words without names and links."""
    made = copy.deepcopy(heading)
    made.tail = None
    made.attrib.clear()
    for element in list(made.iterdescendants()):
        element.attrib.pop("id", None)
        if element.tag == "a":
            element.drop_tag()
    return made
