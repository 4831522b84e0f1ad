"""Print the book with Chromium: A4, tagged, with bookmarks, page numbers and running heads.

A browser does not know while it lays a page out which page a link leads to. So the book is printed
twice: the first time to see where everything comes to stand, the second time with these numbers in
the table of contents and beside the questions.
"""

import copy
import itertools
import math
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from lxml import html
from lxml.html import HtmlElement
from lxml.html import builder as E  # noqa: N812 (as its documentation calls it)
from playwright.sync_api import Browser, Page

from offline.edition import AUTHORS, LANGUAGE, LICENCE, ROOT, SUBTITLE, TITLE, moment

STYLES = (
    *(
        ROOT / "node_modules" / "@fontsource" / family / f"{style}.css"
        for family, styles in {
            "source-serif-4": ("400", "400-italic", "600", "700", "700-italic"),
            "source-sans-3": ("400", "400-italic", "600", "700"),
            "source-code-pro": ("400", "400-italic", "700"),
        }.items()
        for style in styles
    ),
    ROOT / "node_modules" / "katex" / "dist" / "katex.min.css",
    ROOT / "docs" / "assets" / "css" / "colours.css",
    Path(__file__).with_name("book.css"),
)
LONG_CODE = 16  # lines; more than that may be parted between two pages
FEW_LINES = 4  # of code; fewer do not stand alone on a page
SHORT_CODE = 20  # signs; no more than that stay in one line
CODE_SIZE, SMALLEST_CODE = 8.1, 6.6  # points, as offline/book.css has it; where lines are long
SIGN_WIDTH = 0.6  # of the code's size
TEXT_WIDTH = 442  # points
INDENTS = {"admonition": 25, "tabbed-block": 11, "li": 18}  # points, lost to what is around code
LONG_TABLE = 34  # rows
LONG_BOX = 2400  # letters
PASSES = 4
FORMULA = "formula: "  # begins the text of a picture that is none
FIGURE_SCALE = 0.84  # makes the letters in figures as large as those of captions
COVER_PICTURE = ".//section[@class='front']//svg"
MARGIN_BOX = "font: 8.4pt 'Source Sans 3', sans-serif; color: #58616b; white-space: nowrap;"


class PrintError(OSError):
    """The book could not be printed as it should be."""


def print_book(browser: Browser, source: Path, file: Path) -> None:
    """Print the book.

    Parameters
    ----------
    browser : Browser
        As `offline.browser.chromium` gives it.
    source : Path
        What `offline.book.make_book` returned, in a file.
    file : Path
        Where the PDF goes.

    Raises
    ------
    PrintError
        A style is missing, the numbers of the pages do not settle, or what was printed lacks a
        place or a bookmark.
    """
    if missing := [str(style) for style in STYLES if not style.is_file()]:
        raise PrintError(f"not there: {', '.join(missing)}. Build the site once, with make site")
    document = html.document_fromstring(source.read_text(encoding="utf-8"))
    headings = [words(heading) for heading in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    dress(document)
    with tempfile.TemporaryDirectory() as folder:
        sheet, printed = Path(folder) / "book.html", Path(folder) / "book.pdf"
        numbers: dict[str, int] = {}
        page = browser.new_page(color_scheme="light", reduced_motion="reduce")
        page.set_default_timeout(300_000)
        try:
            for _ in range(PASSES):
                fill_in(document, numbers)
                sheet.write_text(as_text(document), encoding="utf-8")
                print_page(page, sheet, printed)
                found = page_numbers(printed, wanted(document))
                if found == numbers:
                    break
                numbers = found
            else:
                raise PrintError(f"the numbers of the pages still changed in print {PASSES}")
        finally:
            page.close()
        finish(printed, file, headings)


def print_page(page: Page, sheet: Path, file: Path) -> None:
    """Print an HTML file as it is."""
    page.goto(sheet.as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready")
    page.pdf(path=file, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


# -- the document ------------------------------------------------------------------------------


def dress(document: HtmlElement) -> None:
    """Give the book styles, named pages and what else only print needs."""
    document.body.set("data-md-color-scheme", "default")
    for style in STYLES:
        document.head.append(E.LINK(rel="stylesheet", href=style.as_uri()))
    document.head.append(E.STYLE(name_pages(document)))
    list_chapters(document)
    for formula in document.find_class("katex"):
        read_aloud(formula)
    for figure in list(document.iter("figure")):  # else it were a picture without a description
        figure.tag = "div"
        for caption in figure.iter("figcaption"):
            caption.tag, caption.attrib["class"] = "p", "figcaption"
    for pre in document.iter("pre"):
        fit_code(pre)
        if pre.text_content().rstrip().count("\n") + 1 > LONG_CODE:
            mark_long(pre, True)
            if (code := pre.find("code")) is not None:
                group_lines(code)
    for code in document.xpath("//code[not(ancestor::pre)]"):
        if len(code.text_content()) <= SHORT_CODE:
            code.set("class", f"{code.get('class', '')} nobreak".strip())
    for table in document.iter("table"):
        mark_long(table, len(table.findall(".//tr")) > LONG_TABLE)
    for box in document.find_class("admonition"):
        mark_long(box, len(box.text_content()) > LONG_BOX)
    for svg in document.find_class("plot"):
        svg.set("width", f"{float(svg.get('width')) * FIGURE_SCALE:.0f}")
    picture = document.find(COVER_PICTURE)
    cover = document.find(".//section[@class='cover']")
    if picture is not None and cover is not None:
        cover.append(cover_picture(picture))


def as_text(document: HtmlElement) -> str:
    """Return a document as the text of a file."""
    return html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")


def mark_long(element: HtmlElement, long: bool) -> None:
    """Let what is longer than a page, or nearly, be parted."""
    if long:
        element.set("class", f"{element.get('class', '')} long".strip())


def fit_code(pre: HtmlElement) -> None:
    """Make the letters of code smaller where its lines are longer than the text is wide."""
    around = {name for box in pre.iterancestors() for name in [box.tag, *box.classes]}
    width = TEXT_WIDTH - sum(lost for name, lost in INDENTS.items() if name in around)
    longest = max(map(len, pre.text_content().splitlines()), default=0)
    size = math.floor(100 * width / (SIGN_WIDTH * longest + 2)) / 100  # 2 are left and right of it
    if size < CODE_SIZE:
        rules = [*pre.get("style", "").split(";"), f"font-size: {max(size, SMALLEST_CODE)}pt"]
        pre.set("style", "; ".join(rule.strip() for rule in rules if rule.strip()))


def group_lines(code: HtmlElement) -> None:
    """Put lines of code that stay on one page into a box of their own.

    What stands between blank lines stays together if it is not long itself. Without these boxes
    the colour below code would go on to the foot of the page, whatever moves to the next one.
    """
    lines = [E.SPAN()]
    for text, element in [(code.text, None), *((child.tail, child) for child in list(code))]:
        if element is not None:
            element.tail = None
            lines[-1].append(element)
        first, *others = (text or "").split("\n")
        add_text(lines[-1], first)
        for other in others:
            add_text(lines[-1], "\n")
            lines.append(E.SPAN())
            add_text(lines[-1], other)
    groups = grouped([line for line in lines if line.text_content()])
    code.text = None
    code[:] = [E.SPAN(E.CLASS("lines")) for _ in groups]
    for box, group in zip(code, groups, strict=True):
        for line in group:
            add_text(box, line.text or "")
            box.extend(line)


def add_text(element: HtmlElement, text: str) -> None:
    """Put text behind all that stands in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def grouped(lines: list[HtmlElement]) -> list[list[HtmlElement]]:
    """Return the lines of code in groups, of which each stays on a page."""
    ends = [
        number
        for number in range(FEW_LINES, len(lines) - FEW_LINES + 1)
        if not lines[number - 1].text_content().strip() and lines[number].text_content().strip()
    ]
    groups = []
    for start, end in itertools.pairwise([0, *ends, len(lines)]):
        cuts = [start, end]
        if end - start > LONG_CODE:
            cuts[1:1] = range(start + FEW_LINES, end - FEW_LINES + 1)
        groups += [lines[first:last] for first, last in itertools.pairwise(cuts)]
    return groups


def list_chapters(document: HtmlElement) -> None:
    """Repeat below the title of each part what the contents say of it."""
    for line in document.find_class("contents-part"):
        (link, *chapters) = line
        (title,) = document.xpath("//h1[@id=$name]", name=link.get("href")[1:])
        if chapters:
            copied = copy.deepcopy(chapters[0])
            copied.set("class", "part-contents")
            title.addnext(copied)


def read_aloud(formula: HtmlElement) -> None:
    """Leave of a formula what is seen, and give its TeX to screen readers."""
    tex = formula.xpath("string(.//*[local-name()='annotation'])").strip()
    for hidden in formula.find_class("katex-mathml"):
        hidden.drop_tree()
    for shown in formula.find_class("katex-html"):
        shown.attrib.pop("aria-hidden", None)
    formula.set("role", "img")  # Chromium knows no other role with a text beside it
    formula.set("aria-label", FORMULA + tex)


def cover_picture(picture: HtmlElement) -> HtmlElement:
    """Return a copy of a picture for the cover, which screen readers pass by."""
    text = html.tostring(picture, encoding="unicode", with_tail=False)
    copied = html.fragment_fromstring(re.sub(r'((?:id="|#))home--', r"\1cover--", text))
    copied.attrib.pop("aria-label", None)
    copied.attrib.pop("role", None)
    copied.set("aria-hidden", "true")
    return copied


def name_pages(document: HtmlElement) -> str:
    """Give each chapter a kind of page of its own, and return the running heads as CSS."""
    rules = []

    def rule(name: str, left: str, right: str) -> None:
        boxes = {"top-left": quoted(left), "top-right": quoted(right)}
        boxes["bottom-right"] = "counter(page)"
        said = " ".join(f"@{at} {{ content: {text}; {MARGIN_BOX} }}" for at, text in boxes.items())
        rules.append(f"@page {name} {{ {said} }}")

    rule("contents", TITLE, "Contents")
    for section in document.xpath("//section[h1]"):
        title = section.find("h1")
        if "answers" in section.get("class"):
            rule("answers", TITLE, words(title))
            section.set("style", "page: answers")
            continue
        for chapter in section.find_class("chapter"):
            heading = chapter.find(".//h2")
            name = f"page-{len(rules)}"
            rule(name, words(title), words(heading))
            chapter.set("style", f"page: {name}")
            if section.get("class") == "front" and "style" not in title.attrib:
                title.set("style", f"page: {name}")  # it has no page of its own
    return "\n".join(rules)


def words(heading: HtmlElement) -> str:
    """Return what a heading says, without the sources of its formulas."""
    texts = heading.xpath(
        ".//text()[not(ancestor::*[@class='katex-html' or local-name()='annotation'])]"
    )
    return " ".join("".join(texts).split())


def quoted(text: str) -> str:
    """Return a text as CSS writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{escaped}"'


# -- the numbers of the pages ------------------------------------------------------------------


def wanted(document: HtmlElement) -> set[str]:
    """Return the names of all places whose pages the book tells."""
    return {place.get("data-page-of") for place in document.iterfind(".//*[@data-page-of]")}


def fill_in(document: HtmlElement, numbers: dict[str, int]) -> None:
    """Write the numbers of pages into their places; before they are known, three zeros."""
    for place in document.iterfind(".//*[@data-page-of]"):
        place.text = str(numbers.get(place.get("data-page-of"), "000"))


def page_numbers(file: Path, names: set[str]) -> dict[str, int]:
    """Look up in a printed book on which page some places stand, counted from 1.

    Parameters
    ----------
    file : Path
        The PDF.
    names : set of str
        The places' identifiers.

    Returns
    -------
    dict
        Name of each place to the number of its page.

    Raises
    ------
    PrintError
        One of them is not to be found.
    """
    with pikepdf.open(file) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        places = dict(pdf.Root.Dests.items()) if "/Dests" in pdf.Root else {}
        found = {name[1:]: pages[place[0].objgen] for name, place in places.items()}
    if lost := sorted(names - set(found)):
        raise PrintError(f"printed, but not to be found again: {', '.join(lost[:5])}")
    return {name: found[name] for name in names}


# -- the file ----------------------------------------------------------------------------------


def finish(printed: Path, file: Path, headings: list[str]) -> None:
    """Say in a printed book what it is, mend its bookmarks and tags, and make it small.

    Parameters
    ----------
    printed : Path
        What Chromium wrote.
    file : Path
        Where the book goes.
    headings : list of str
        The book's headings, for the bookmarks. Chromium writes some of them twice.

    Raises
    ------
    PrintError
        The bookmarks are not as many as the headings.
    """
    date = moment()
    with pikepdf.open(printed) as pdf:
        pdf.Root.Lang = pikepdf.String(LANGUAGE)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with pdf.open_outline() as outline:
            name_bookmarks(outline.root, headings)
        name_formulas(pdf)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as about:
            about["dc:title"] = TITLE
            about["dc:creator"] = [AUTHORS]
            about["dc:description"] = SUBTITLE
            about["dc:rights"] = LICENCE
            about["dc:language"] = {LANGUAGE}
            about["xmp:CreateDate"] = about["xmp:ModifyDate"] = date.isoformat()
        stamp = pikepdf.models.metadata.encode_pdf_date(date)
        pdf.docinfo["/Title"] = TITLE
        pdf.docinfo["/Author"] = AUTHORS
        pdf.docinfo["/Subject"] = SUBTITLE
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
        part = file.with_suffix(".part")
        pdf.save(
            part,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    part.replace(file)


def name_bookmarks(items: list[pikepdf.OutlineItem], headings: list[str]) -> None:
    """Give bookmarks the words of their headings, and fold them.

    Parameters
    ----------
    items : list of OutlineItem
        The uppermost bookmarks; changed in place.
    headings : list of str
        In the order of the book.

    Raises
    ------
    PrintError
        The bookmarks are not as many as the headings.
    """

    def flat(level: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
        for item in level:
            yield item
            yield from flat(item.children)

    bookmarks = list(flat(items))
    if len(bookmarks) != len(headings):
        raise PrintError(f"the book has {len(headings)} headings, but {len(bookmarks)} bookmarks")
    for item, heading in zip(bookmarks, headings, strict=True):
        item.title = heading
        item.is_closed = True


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield the elements of a tagged PDF."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node.K)


def name_formulas(pdf: pikepdf.Pdf) -> None:
    """Tag formulas as what they are; their TeX is what a screen reader reads."""
    for tag in tags(pdf):
        if (text := str(tag.get("/Alt", ""))).startswith(FORMULA):
            tag.S = pikepdf.Name.Formula
            tag.Alt = pikepdf.String(text.removeprefix(FORMULA))
