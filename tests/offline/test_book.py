"""The book as one document: on a small site with one of everything, and on the whole site."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from offline import book

SVG = """<svg class="plot" role="img" aria-label="a dot" viewBox="0 0 9 9" width="9">
<defs><clipPath id="output0-clip"><rect x="0" y="0" width="9" height="9"/></clipPath>
<path id="output0-m" d="M0 0"/></defs>
<g clip-path="url(#output0-clip)"><use xlink:href="#output0-m" x="1" y="2"/></g></svg>"""
QUIZ = """<section class="quiz" data-quiz="a/one" aria-label="Questions" data-search-exclude>
<fieldset class="quiz-question" data-question="123"><legend>1. How many?</legend>
<ul class="quiz-choices">
<li><label><input type="radio" name="quiz-1" value="A"><span class="quiz-letter">A</span>
<span class="quiz-text">one</span></label></li>
<li><label><input type="radio" name="quiz-1" value="B"><span class="quiz-letter">B</span>
<span class="quiz-text">two</span></label></li></ul><div class="quiz-said"></div>
<details class="quiz-answers"><summary>Answers to question 1</summary><ul>
<li data-choice="A" data-right="no"><strong>A. Not right.</strong> Too few.</li>
<li data-choice="B" data-right="yes"><strong>B. Right.</strong> See <a href="../two/">two</a>.</li>
</ul></details></fieldset>
<p class="quiz-foot" hidden><button type="button">Forget my answers</button></p></section>"""
ONE = f"""<h1 id="one">One<a class="headerlink" href="#one" title="Link">#</a></h1>
<p>A <a class="term" href="../../glossary/#neuron">neuron</a>, <a href="../two/#deep">deep</a>,
<a href="../two/">two</a>, <a href="../two/#two">its title</a>, <a href="#here">here</a>,
<a href="../../slides/deck/">a deck</a>, <a href="../../files/x.zip">a file</a>,
<a href="https://example.org/">outside</a>, <a href="../two/#source">a listing</a>,
<a href="#live?rate=0.1&amp;steps=3">an experiment</a>.</p>
<h2 id="here">Here<a class="headerlink" href="#here">#</a></h2>
<div class="tabbed-set tabbed-alternate" data-tabs="1:2">
<input checked="checked" id="t1" type="radio">
<div class="tabbed-labels"><label for="t1">Linux</label>
<label for="t2">Windows</label></div><div class="tabbed-content"><div class="tabbed-block">ls</div>
<div class="tabbed-block">dir</div></div></div>
<details class="question"><summary>Try this</summary><p>Folded.</p></details>
<figure class="figure">{SVG}<figcaption>Fig.</figcaption></figure>
<sup id="fnref:n"><a class="footnote-ref" href="#fn:n">1</a></sup>
<div class="footnote"><ol><li id="fn:n">Note <a class="footnote-backref" href="#fnref:n">back</a>
</li></ol></div>
<my-widget id="live" data-size="3"><p>A still picture.</p><canvas></canvas></my-widget>
{QUIZ}<hr><p>This page is a notebook. <a href="one.ipynb" download>Download</a> it.</p>"""
TWO = f"""<h1 id="two">Two</h1><h2 id="deep">Deep</h2><p class="only-on-screen">Point at it.</p>
<figure class="figure">{SVG}</figure>
<details class="mkdocstrings-source"><summary id="source">Source</summary>code</details>"""
PAGES = {
    "index.md": '<h1 id="first">First</h1><p><a href="a/one/">one</a></p><h2 id="more">More</h2>',
    "a/index.md": '<h1 id="part">A part</h1><p>Its pages.</p>',
    "a/one.ipynb": ONE,
    "a/two.md": TWO,
    "glossary.md": '<h1 id="glossary">Glossary</h1><dl><dt id="neuron">neuron</dt></dl>',
}
NAV = """
site_name: !ENV [NOBODY_SETS_THIS, Small]
nav:
  - Home: index.md
  - A part: [a/index.md, a/one.ipynb, a/two.md]
  - Words:
      - Below: [glossary.md]
      - slides/deck.md
      - Elsewhere: https://example.org/
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a folder with a built site and its `mkdocs.yml`."""
    for source, content in PAGES.items():
        write(tmp_path, source, f"<main><article>{content}</article></main>")
    write(tmp_path, "slides/deck.md", '<div class="deck"><h2>Slide</h2></div>')
    (tmp_path / "mkdocs.yml").write_text(NAV, encoding="utf-8")
    return tmp_path


def write(folder: Path, source: str, body: str) -> None:
    stem = re.sub(r"(index)?\.\w+$", "", source)
    file = folder / "site" / stem / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = f"<!doctype html><html><head></head><body>{body}</body></html>"
    file.write_text(text, encoding="utf-8")


def read(folder: Path) -> html.HtmlElement:
    text = book.make_book(folder / "site", folder / "mkdocs.yml")
    return html.document_fromstring(text)


def texts(elements: list[html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]


def test_parts_and_chapters_stand_in_the_order_of_the_navigation(small: Path):
    document = read(small)
    assert texts(document.xpath("//h1|//h2")) == [
        "Contents",
        "Before you begin",
        "First",
        "Part I: A part",
        "About this part",
        "1 One",
        "2 Two",
        "Part II: Words",
        "3 Glossary",
        "Answers",
        "1 One",
    ]
    assert texts(document.xpath("//h3")) == ["More", "Here", "Deep"], "one level below chapters"
    assert "Slide" not in document.text_content()


def test_the_contents_name_every_chapter_and_leave_room_for_its_page(small: Path):
    document = read(small)
    links = document.xpath("//nav[@class='contents']//a")
    assert texts(links) == [
        *("First", "Part I: A part", "About this part", "1 One", "2 Two"),
        *("Part II: Words", "3 Glossary", "Answers"),
    ]
    for link in links:
        (place,) = link.xpath(".//@data-page-of")
        assert link.get("href") == f"#{place}"
        assert document.get_element_by_id(place).tag in ("h1", "h2")


def test_links_lead_inside_the_book_or_become_text(small: Path):
    (paragraph,) = read(small).xpath("//section[@class='chapter']/p[contains(., 'a deck')]")
    assert [(link.text, link.get("href")) for link in paragraph.iter("a")] == [
        ("deep", "#a-two--deep"),
        ("two", "#a-two"),
        ("its title", "#a-two"),
        ("here", "#a-one--here"),
        ("outside", "https://example.org/"),
        ("a listing", "#a-two"),
        ("an experiment", "#a-one--live"),
    ]
    assert "A neuron," in paragraph.text_content()
    assert "a deck, a file," in " ".join(paragraph.text_content().split())


def test_pages_that_are_files_of_their_own_name_give_the_same_book(small: Path):
    folders = book.make_book(small / "site", small / "mkdocs.yml")
    for file in list((small / "site").rglob("index.html")):
        text = file.read_text(encoding="utf-8")
        if file.parent.name not in ("site", "a"):
            file.unlink()
            file = file.parent.with_suffix(".html")
        for old, new in {
            "../two/": "two.html",
            "../../glossary/": "../glossary.html",
            "../../slides/deck/": "../slides/deck.html",
            "a/one/": "a/one.html",
        }.items():
            text = text.replace(f'href="{old}', f'href="{new}')
        file.write_text(text, encoding="utf-8")
    assert book.make_book(small / "site", small / "mkdocs.yml") == folders


def test_what_only_a_screen_can_do_is_undone(small: Path):
    document = read(small)
    tabs = document.find_class("tabs")[0]
    assert texts(list(tabs)) == ["Linux", "ls", "Windows", "dir"]
    box = document.find_class("question")[0]
    assert box.tag == "div"
    assert texts(list(box)) == ["Try this", "Folded."]
    assert "A still picture." in document.text_content()
    said = document.text_content()
    for gone in ("Download", "This page is a notebook", "#", "Forget", "Source", "Point at it"):
        assert gone not in said
    tags = {element.tag for element in document.iter()}
    assert not tags & {"button", "canvas", "details", "fieldset", "input", "label", "my-widget"}
    assert not document.xpath("//hr | //@title | //@tabindex | //@data-quiz")


def test_names_are_unique_and_pictures_keep_theirs(small: Path):
    document = read(small)
    names = Counter(document.xpath("//@id"))
    assert names.most_common(1)[0][1] == 1
    assert all(re.fullmatch(r"[a-z][\w.-]*", name) for name in names), "fit for XML"
    text = book.make_book(small / "site", small / "mkdocs.yml")
    for page in ("a-one", "a-two"):
        assert f'<clipPath id="{page}--output0-clip">' in text
        assert f'clip-path="url(#{page}--output0-clip)"' in text
        assert f'xlink:href="#{page}--output0-m"' in text
    assert text.count('viewBox="0 0 9 9"') == 2
    for link in document.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in names, link.get("href")


def test_answers_stand_at_the_end_with_links_there_and_back(small: Path):
    document = read(small)
    question = document.find_class("quiz-question")[0]
    assert texts(question.find_class("quiz-choices")[0].findall("li")) == ["A. one", "B. two"]
    assert "Too few" not in question.text_content()
    (link,) = question.iter("a")
    answer = document.get_element_by_id(link.get("href")[1:])
    assert answer.getparent().getparent().get("class") == "part answers"
    assert texts(answer.find_class("answer-head")) == ["Question 1: B"]
    assert "Too few." in answer.text_content()
    back, two = answer.iter("a")
    assert back.get("href") == f"#{question.get('id')}"
    assert two.get("href") == "#a-two", "a link in an answer leads from where the question stood"


def test_footnotes_lead_there_and_back(small: Path):
    document = read(small)
    (there,), (back,) = document.find_class("footnote-ref"), document.find_class("footnote-backref")
    assert there.get("href") == "#a-one--fn-n"
    assert back.get("href") == "#a-one--fnref-n"


@pytest.mark.parametrize(
    ("source", "body", "said"),
    [
        ("a/two.md", None, r"a/two\.md is in the navigation.*make site"),
        ("a/two.md", "<main><p>Two</p></main>", r"a/two/index\.html .* no <article>"),
        ("a/two.md", "<article><h1>2</h1><img src='lost.png'></article>", r"lost\.png"),
        ("a/two.md", "<article><h1>2</h1><i id='x'></i><i id='x'></i></article>", r"a-two--x"),
    ],
)
def test_faults_are_named(small: Path, source: str, body: str | None, said: str):
    write(small, source, body or "")
    if body is None:
        (small / "site" / "a" / "two" / "index.html").unlink()
    with pytest.raises(book.BookError, match=said):
        read(small)


def test_a_navigation_without_pages_is_named(small: Path):
    (small / "mkdocs.yml").write_text("site_name: Small\n", encoding="utf-8")
    with pytest.raises(book.BookError, match="names no pages"):
        read(small)


@pytest.mark.parametrize(("value", "text"), [(1, "I"), (4, "IV"), (8, "VIII"), (19, "XIX")])
def test_parts_have_roman_numbers(value: int, text: str):
    assert book.roman(value) == text


def test_the_whole_site_becomes_a_book(offline_site: Path):
    document = html.document_fromstring(book.make_book(offline_site))
    assert len(document.xpath("//section[@class='chapter']")) > 100
    names = set(document.xpath("//@id"))
    for href in document.xpath("//a/@href"):
        assert href[1:] in names if href[0] == "#" else re.match("(https?|mailto):", href), href
    assert not document.xpath("//button | //input | //script | //details | //a[@download]")
    assert not document.xpath("//a[contains(@class, 'term') or contains(@class, 'headerlink')]")
    questions, answers = document.find_class("quiz-question"), document.find_class("answer")
    assert len(questions) == len(answers) > 100
    assert all(svg.get("aria-label") for svg in document.find_class("plot"))
    assert not document.find_class("slide"), "a deck is in the book"
    widgets = document.find_class("widget")
    assert len(widgets) > 5
    for widget in widgets:  # of which the still picture is left
        assert widget.tag == "div"
        assert widget.find_class("plot")
        assert widget.find(".//figcaption") is not None, widget.get("id")
