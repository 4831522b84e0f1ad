"""Make an EPUB 3 of the book with pandoc: MathML, pictures with descriptions, a cover.

The same commit gives the same file, byte for byte: dates and the identifier are those of the
edition, and the entries of the archive are sorted.
"""

import json
import os
import re
import tempfile
import textwrap
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypandoc
from lxml import etree, html
from lxml.html import HtmlElement
from lxml.html import builder as E  # noqa: N812 (as its documentation calls it)

from offline.book import spell_svg
from offline.edition import AUTHORS, LANGUAGE, LICENCE, ROOT, SUBTITLE, TITLE, moment, version

STYLE = Path(__file__).with_name("epub.css")
COLOURS = ROOT / "docs" / "assets" / "css" / "colours.css"
FIRST_RULE = re.compile(r"\[data-md-color-scheme\] \{(.*?)\}", re.DOTALL)
VARIABLE = re.compile(r"(--[\w-]+):\s*(#\w+);")
USED_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,[^)]*)?\)")
NAMESPACE = uuid.UUID("6f5a1f0e-3c64-5d0f-9a52-0c1b7a8e4d21")
COVER_SIZE = (1600, 2400)  # pixels
BARE = ("cover", "contents", "on-page", "quiz-letter")


class EpubError(OSError):
    """Pandoc made no EPUB."""


def make_epub(source: Path, file: Path) -> None:
    """Make an EPUB of the book.

    Parameters
    ----------
    source : Path
        What `offline.book.make_book` returned, in a file.
    file : Path
        Where the EPUB goes.

    Raises
    ------
    EpubError
        Pandoc failed; the message carries what it said.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = for_reader(source.read_text(encoding="utf-8"), folder)
        text = html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
        (folder / "book.html").write_text(text, encoding="utf-8")
        draw_cover(folder / "cover.png")
        made = folder / "book.epub"
        try:
            with fixed_date():
                pypandoc.convert_file(
                    str(folder / "book.html"),
                    to="epub3",
                    format="html",
                    outputfile=str(made),
                    extra_args=arguments(folder),
                )
        except (OSError, RuntimeError) as error:
            raise EpubError(
                f"pandoc made no EPUB: {error}. It comes with pypandoc-binary: make setup"
            ) from error
        part = file.with_suffix(".part")
        repack(made, part)
    part.replace(file)


def about() -> dict[str, object]:
    """Return what the EPUB says of itself."""
    return {
        "title": TITLE,
        "subtitle": SUBTITLE,
        "creator": [{"role": "author", "text": AUTHORS}],
        "lang": LANGUAGE,
        "description": SUBTITLE,
        "date": f"{moment():%Y-%m-%d}",
        "rights": LICENCE,
        "identifier": f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{TITLE} {version()}')}",
        "accessModes": ["textual", "visual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeatures": [
            "alternativeText",
            "MathML",
            "readingOrder",
            "structuralNavigation",
            "tableOfContents",
        ],
        "accessibilityHazards": ["none"],
        "accessibilitySummary": "Formulas are MathML, and figures are described in words.",
    }


def arguments(folder: Path) -> list[str]:
    """Return what pandoc is told, beside what `about` says."""
    facts = folder / "about.json"  # JSON is YAML
    facts.write_text(json.dumps(about()), encoding="utf-8")
    return [
        "--split-level=2",
        "--toc-depth=2",
        "--mathml",
        "--syntax-highlighting=none",
        f"--css={STYLE}",
        f"--epub-cover-image={folder / 'cover.png'}",
        f"--resource-path={folder}",
        f"--metadata-file={facts}",
    ]


@contextmanager
def fixed_date() -> Iterator[None]:
    """Let pandoc take the date of the edition for that of today."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment().timestamp()))
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


# -- the document ------------------------------------------------------------------------------


def for_reader(text: str, folder: Path) -> HtmlElement:
    """Return the book as pandoc reads it best, and write its pictures as files.

    Parameters
    ----------
    text : str
        The book.
    folder : Path
        Where the pictures go.
    """
    document = html.document_fromstring(text)
    spell_svg(document)
    for meta in document.findall(".//meta[@name]"):  # pandoc is told the same by `about`
        meta.drop_tree()
    for paragraph in document.xpath("//p[@class]"):  # of which pandoc would keep no class
        paragraph.tag = "div"
    for name in BARE:
        for element in document.find_class(name):
            element.drop_tree()
    for formula in document.find_class("formula"):
        as_mathml(formula)
    for choices in document.find_class("quiz-choices"):
        choices.tag = "ol"
        choices.set("type", "A")
    for note in document.iter("sup"):  # pandoc keeps no names of these
        if (link := note.find("a")) is not None and "id" in note.attrib:
            link.set("id", note.attrib.pop("id"))
    for block in document.find_class("highlight"):
        as_plain_code(block)
    colours = light_colours()
    for number, svg in enumerate(list(document.iter("svg")), start=1):
        file = folder / f"figure{number:03}.svg"
        file.write_text(as_file(svg, colours), encoding="utf-8")
        image = E.IMG(src=file.name, alt=svg.get("aria-label", ""))
        image.tail = svg.tail
        svg.getparent().replace(svg, image)
    # a heading begins a section for pandoc only where it stands in none
    for element in document.xpath("//section | //div[@class='book-hero']"):
        element.drop_tag()
    for element in document.xpath("//div[contains(concat(' ', @class, ' '), ' doc ')]"):
        element.drop_tag()
    return document


def as_mathml(formula: HtmlElement) -> None:
    """Leave of a formula its MathML."""
    math = formula.find(".//math")
    tail = math.tail = None
    for child in list(formula):
        formula.remove(child)
    formula.text = tail
    formula.append(math)


def as_plain_code(block: HtmlElement) -> None:
    """Leave of coloured code its text and the name of its language."""
    language = re.search(r"language-(\w+)", block.get("class", ""))
    code = E.CODE(block.text_content().strip("\n"))
    pre = E.PRE(code, **({"class": language[1]} if language else {}))
    pre.tail = block.tail
    block.getparent().replace(block, pre)


def light_colours() -> dict[str, str]:
    """Return the colours of light pages by the names of their variables.

    Raises
    ------
    EpubError
        The style sheet no longer begins with them.
    """
    rule = FIRST_RULE.search(COLOURS.read_text(encoding="utf-8"))
    if not rule:
        raise EpubError(f"{COLOURS} no longer begins with the colours of light pages")
    return dict(VARIABLE.findall(rule[1])) | {"--plot-paper": "#ffffff"}


def as_file(svg: HtmlElement, colours: dict[str, str]) -> str:
    """Return a picture of a page as an SVG file with a white ground and colours of its own.

    Parameters
    ----------
    svg : HtmlElement
    colours : dict of str
        As `light_colours` returns them.

    Raises
    ------
    EpubError
        The picture has a colour that is not among them.
    """
    box = svg.get("viewBox").split()
    made = html.tostring(svg, encoding="unicode", method="xml", with_tail=False)
    if unknown := sorted(set(USED_VARIABLE.findall(made)) - set(colours)):
        raise EpubError(f"a figure has the colour {unknown[0]}, which is not in {COLOURS}")
    made = USED_VARIABLE.sub(lambda match: colours[match[1]], made)
    root = etree.fromstring(made)
    for name in ("class", "role", "aria-label"):
        root.attrib.pop(name, None)
    root.set("fill", colours["--plot-text"])
    root.set("height", f"{float(root.get('width')) * float(box[3]) / float(box[2]):.0f}")
    ground = etree.Element("{http://www.w3.org/2000/svg}rect", fill="#ffffff")
    for name, value in zip(("x", "y", "width", "height"), box, strict=True):
        ground.set(name, value)
    root.insert(0, ground)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode")


# -- the cover ---------------------------------------------------------------------------------


def draw_cover(file: Path) -> None:
    """Draw the ten points, and the line of a neuron on its way through them."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from workshop.datasets import load_ten_points
    from workshop.neuron import descend

    colours = light_colours()
    x, y = load_ten_points()
    path = descend(x, y, learning_rate=0.01, steps=35)
    figure = Figure((COVER_SIZE[0] / 200, COVER_SIZE[1] / 200), dpi=200)
    FigureCanvasAgg(figure)
    figure.patch.set_facecolor(colours["--book-paper"])
    ax = figure.add_axes((0.09, 0.19, 0.82, 0.42))
    ends = [-4.2, 5.2]
    for step, strength in ((0, 0.3), (1, 0.45), (7, 0.65), (35, 1.0)):
        heights = [path.weights[step] * end + path.biases[step] for end in ends]
        ax.plot(ends, heights, color=colours["--plot-1"], alpha=strength, linewidth=4)
    ax.plot(
        x, y, "o", color=colours["--plot-2"], markersize=15, markeredgecolor=colours["--book-paper"]
    )
    ax.set(xlim=ends, ylim=(-7.2, 7.2))
    ax.set_axis_off()
    write = {"color": colours["--book-ink"], "fontfamily": "DejaVu Sans", "ha": "left", "va": "top"}
    figure.text(0.09, 0.91, TITLE, fontsize=62, fontweight="bold", **write)
    subtitle = textwrap.fill(SUBTITLE, 34)
    figure.text(0.09, 0.80, subtitle, fontsize=25, linespacing=1.45, **write)
    write["color"] = colours["--book-soft"]
    figure.text(
        0.09, 0.10, f"Version {version()}\n{LICENCE}", fontsize=14, linespacing=1.7, **write
    )
    figure.savefig(file, metadata={"Software": None})


# -- the archive -------------------------------------------------------------------------------


def repack(made: Path, file: Path) -> None:
    """Write an EPUB anew: sorted, of one date, and its type first and as it is."""
    date = moment().timetuple()[:6]
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(file, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            entry = zipfile.ZipInfo(name, date)
            entry.external_attr = 0o644 << 16
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name), compresslevel=9)
