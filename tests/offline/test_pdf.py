"""The printed book: a small one in all details, the whole one (slow) in what only it can show."""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from lxml import html
from PIL import Image

from offline import edition, pdf

LARGEST = 15_000_000  # bytes
A4 = (595, 842)  # points
WIDTH = 590  # pixels: what offline/book.css leaves between the margins
SLACK = 3  # pixels; KaTeX's boxes have invisible edges
STICKING_OUT = """slack => {
  const right = document.body.getBoundingClientRect().right + slack
  const shown = [...document.querySelectorAll('body :not(.cover, .cover *, svg *)')]
  const wide = shown.filter(element => element.getBoundingClientRect().right > right
    || (!element.closest('.katex') && getComputedStyle(element).display !== 'inline'
      && element.scrollWidth > element.clientWidth + slack))
  return wide.map(element => `${element.tagName} in ${
    element.closest('.chapter')?.querySelector('h2').textContent}: ${
    element.textContent.trim().slice(0, 60)}`)
}"""


@pytest.fixture(scope="module")
def printed(
    chromium, small_book: Path, one_edition: None, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("printed") / "book.pdf"
    pdf.print_book(chromium, small_book, file)
    return file


@pytest.fixture(scope="module")
def opened(printed: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(printed) as file:
        yield file


@pytest.fixture(scope="module")
def pages(printed: Path) -> list[str]:
    """Return the text of each page, as a reader selects it."""
    return texts_of(printed)


def texts_of(file: Path) -> list[str]:
    if not shutil.which("pdftotext"):
        reason = "no pdftotext on this machine (Debian: apt install poppler-utils)"
        if os.environ.get("WORKSHOP_REQUIRE_BROWSER") == "1":
            pytest.fail(f"WORKSHOP_REQUIRE_BROWSER=1, but there is {reason}")
        pytest.skip(reason)
    command = ["pdftotext", "-layout", file, "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [" ".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def pictures_of(file: Path, folder: Path) -> np.ndarray:
    """Return what the pages look like, shape (n_pages, height, width)."""
    folder.mkdir()
    command = ["pdftoppm", "-r", "36", "-gray", "-png", file, folder / "page"]
    subprocess.run(command, check=True, capture_output=True)
    return np.stack([np.asarray(Image.open(page)) for page in sorted(folder.iterdir())])


def bookmarks(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from bookmarks(item.children)


def sticking_out(chromium, source: Path, folder: Path) -> list[str]:
    """Name what is wider than the text, when the book is laid out as on paper."""
    document = html.document_fromstring(source.read_text(encoding="utf-8"))
    pdf.dress(document)
    sheet = folder / "sheet.html"
    sheet.write_text(pdf.as_text(document), encoding="utf-8")
    page = chromium.new_page(viewport={"width": WIDTH, "height": 900})
    try:
        page.emulate_media(media="print")
        page.goto(sheet.as_uri())
        page.evaluate("document.fonts.ready")
        return page.evaluate(STICKING_OUT, SLACK)
    finally:
        page.close()


def test_it_says_what_it_is(opened: pikepdf.Pdf):
    assert str(opened.Root.Lang) == "en-GB"
    assert str(opened.docinfo.Title) == "First Neuron"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    with opened.open_metadata() as about:
        assert about["dc:title"] == "First Neuron"
        assert about["dc:rights"] == edition.LICENCE
    date = f"D:{edition.moment():%Y%m%d%H%M%S}"
    assert str(opened.docinfo.CreationDate).startswith(date)
    assert str(opened.docinfo.ModDate).startswith(date)


def test_every_page_is_a4(opened: pikepdf.Pdf):
    sizes = {tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in opened.pages}
    assert sizes == {A4}


def test_bookmarks_are_the_headings(opened: pikepdf.Pdf, small_book: Path):
    document = html.document_fromstring(small_book.read_text(encoding="utf-8"))
    with opened.open_outline() as outline:
        top = [item.title for item in outline.root]
        titles = [item.title for item in bookmarks(outline.root)]
    assert top[:3] == ["Contents", "Before you begin", "Part I: Background"]
    assert len(titles) == len(document.xpath("//h1|//h2|//h3|//h4|//h5|//h6"))
    assert "1 What is machine learning?" in titles
    assert "How it learns" in titles


def test_it_is_tagged_for_screen_readers(opened: pikepdf.Pdf, small_book: Path):
    text = small_book.read_text(encoding="utf-8")
    assert bool(opened.Root.MarkInfo.Marked)
    found = list(pdf.tags(opened))
    kinds = Counter(str(tag.S)[1:] for tag in found)
    for kind in ("H1", "H2", "H3", "P", "L", "LI", "Table", "TR", "TH", "TD", "Link", "Code"):
        assert kinds[kind], kind
    document = html.document_fromstring(text)
    assert kinds["Figure"] == len(document.find_class("plot"))
    formulas = [str(tag.get("/Alt", "")) for tag in found if tag.S == "/Formula"]
    assert len(formulas) == len(document.find_class("katex"))
    assert any("\\sum" in formula for formula in formulas)
    for tag in found:
        if tag.S in ("/Figure", "/Formula"):
            assert str(tag.get("/Alt", "")).strip(), "a picture without words"


def test_links_lead_to_places_in_the_book(opened: pikepdf.Pdf, small_book: Path):
    names = set(opened.Root.Dests.keys())
    notes = [note for page in opened.pages for note in page.get("/Annots", [])]
    inside = [str(note.Dest) for note in notes if "/Dest" in note]
    assert set(inside) <= names
    text = small_book.read_text(encoding="utf-8")
    assert len(set(inside)) >= len(set(re.findall(r'<a [^>]*href="(#[^"]+)"', text)))


def test_the_contents_tell_the_right_pages(pages: list[str], small_book: Path):
    document = html.document_fromstring(small_book.read_text(encoding="utf-8"))
    links = document.xpath("//nav[@class='contents']//a")
    assert len(links) > 10
    for link in links:
        title = " ".join(link.text_content().split())
        (number,) = re.findall(rf"{re.escape(title)} (\d+)\b", pages[1])
        shown = pages[int(number) - 1]
        assert title in shown, f"{title} is not on page {number}"
        if not title.startswith("Part "):
            assert shown.endswith(f" {number}"), "the number at the foot of the page"


def test_questions_tell_the_page_of_their_answers(pages: list[str]):
    asked = [number for page in pages for number in re.findall(r"Answer on page (\d+)", page)]
    assert len(asked) >= 4
    for number in asked:
        assert re.search(r"Question \d+: [A-E]", pages[int(number) - 1])


def test_running_heads_name_part_and_chapter(pages: list[str]):
    page = next(page for page in pages if "It is not always the right tool." in page)
    assert "Part I: Background" in page
    assert "1 What is machine learning?" in page
    assert "Part" not in pages[0], "the cover has none"


def test_the_cover_has_the_first_picture(pages: list[str]):
    assert "35 steps" in pages[0], "a line of docs/figures/ten_points"


def test_code_and_formulas_can_be_selected(pages: list[str]):
    text = " ".join(pages)
    assert "upper_left = images.reshape(-1, 8, 8)[:, second_row, third_column]" in text
    assert "export WORKSHOP_MNIST_MIRRORS=file:///media/stick/mnist" in text
    assert re.search(r"σ ?\( ?z ?\)", text)
    assert text.count("aria-label") == 0
    assert not re.search(r"\\(frac|sum|lambda)\b", text), "TeX is shown"


def code_of(lines: list[str]) -> html.HtmlElement:
    """Return code as a page has it: each first word in an element of its own."""
    text = re.sub(r"(?m)^(\w+)", r"<b>\1</b>", "\n".join(lines) + "\n")
    return html.fragment_fromstring(f"<pre><code>{text}</code></pre>")


def test_long_code_is_parted_between_blank_lines():
    lines = ["import this", "", "", *(f"step {number}" for number in range(6)), "", *"abcd"]
    pre = code_of(lines)
    before = pre.text_content()
    pdf.group_lines(pre.find("code"))
    assert pre.text_content() == before
    groups = [box.text_content().splitlines() for box in pre.find_class("lines")]
    assert groups == [lines[:10], lines[10:]], "an import alone does not stay behind"


def test_a_long_function_is_parted_but_for_its_first_and_last_lines():
    lines = [f"step {number}" for number in range(20)]
    pre = code_of(lines)
    pdf.group_lines(pre.find("code"))
    sizes = [len(box.text_content().splitlines()) for box in pre.find_class("lines")]
    assert sizes == [4, *[1] * 12, 4]


@pytest.mark.parametrize(
    ("signs", "around", "style"),
    [
        (87, "p", None),
        (88, "p", "font-size: 8.06pt"),
        (88, "li", "font-size: 7.73pt"),
        (100, "p", "font-size: 7.12pt"),
        (300, "p", "font-size: 6.6pt"),
    ],
)
def test_long_lines_are_set_smaller(signs: int, around: str, style: str | None):
    pre = code_of(["if x:", "x" * signs])
    box = html.Element(around)
    box.append(pre)
    pdf.fit_code(pre)
    assert pre.get("style") == style


def test_nothing_runs_off_the_page(chromium, small_book: Path, tmp_path: Path):
    assert sticking_out(chromium, small_book, tmp_path) == []
    wide = f"<pre style='white-space: pre'>{'wide ' * 40}</pre>"
    worse = small_book.read_text(encoding="utf-8").replace("</h2>", f"</h2>{wide}", 1)
    (tmp_path / "book.html").write_text(worse, encoding="utf-8")
    assert sticking_out(chromium, tmp_path / "book.html", tmp_path), "the test finds nothing"


def test_printed_again_it_is_the_same(chromium, printed: Path, small_book: Path, tmp_path: Path):
    again = tmp_path / "again.pdf"
    pdf.print_book(chromium, small_book, again)
    assert sorted(tmp_path.iterdir()) == [again]
    assert texts_of(again) == texts_of(printed)
    before, after = pictures_of(printed, tmp_path / "1"), pictures_of(again, tmp_path / "2")
    assert before.shape == after.shape
    assert before.std() > 10, "empty pictures"
    assert np.count_nonzero(before != after) < 1e-6 * before.size, "a sign moved by a hair at most"


def test_without_its_styles_it_is_not_printed(chromium, small_book: Path, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "STYLES", (tmp_path / "lost.css",))
    with pytest.raises(pdf.PrintError, match=r"not there: .*lost\.css.*make site"):
        pdf.print_book(chromium, small_book, tmp_path / "book.pdf")


def test_numbers_that_never_settle_are_refused(chromium, small_book, tmp_path, monkeypatch):
    numbers = iter(range(100))
    monkeypatch.setattr(pdf, "print_page", lambda page, sheet, file: file.touch())
    monkeypatch.setattr(pdf, "page_numbers", lambda file, names: {"x": next(numbers)})
    with pytest.raises(pdf.PrintError, match="still changed"):
        pdf.print_book(chromium, small_book, tmp_path / "book.pdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_whole_book(chromium, whole_book: Path, tmp_path: Path):
    file = tmp_path / "book.pdf"
    pdf.print_book(chromium, whole_book, file)
    assert file.stat().st_size < LARGEST
    pages = texts_of(file)
    assert len(pages) > 300
    assert not [number for number, page in enumerate(pages, start=1) if not page]
    with pikepdf.open(file) as opened:
        for tag in pdf.tags(opened):
            if tag.S in ("/Figure", "/Formula"):
                assert str(tag.get("/Alt", "")).strip(), "a picture without words"
    assert sticking_out(chromium, whole_book, tmp_path) == []
