"""The glossary: what is marked in pages, and how a definition shows in a browser."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def hooks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))


@pytest.fixture
def terms():
    from glossary import Term

    return [
        Term("layer", "L."),
        Term("hidden layer", "H."),
        Term("matrix", "M.", forms=["matrices"]),
        Term("loss", "W.", also=["cost"]),
        Term("R & D", "R."),
    ]


def link(text: str, slug: str) -> str:
    return f'<a class="term" href="g/#{slug}">{text}</a>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>A layer. A layer.</p>", f"<p>A {link('layer', 'layer')}. A layer.</p>"),
        ("<p>Layers</p>", f"<p>{link('Layers', 'layer')}</p>"),
        ("<p>layered, multi-layer, layer-wise, player</p>", None),
        (
            "<p>a hidden\nlayer</p>",
            f"<p>a {link('hidden' + chr(10) + 'layer', 'hidden-layer')}</p>",
        ),
        ("<p>two matrices</p>", f"<p>two {link('matrices', 'matrix')}</p>"),
        ("<p>the cost, the loss</p>", f"<p>the {link('cost', 'loss')}, the loss</p>"),
        ("<p>R &amp; D</p>", f"<p>{link('R &amp; D', 'r-d')}</p>"),
        ("<p>a <strong>layer</strong> is. The layer</p>", None),
        ("<h2>A layer</h2><p>x</p>", None),
        ('<p><a href="x">a layer</a> <code>layer</code></p>', None),
        ('<p><span class="arithmatex">\\(layer\\)</span></p>', None),
        ("<figure><svg><text>layer</text></svg><figcaption>layer</figcaption></figure>", None),
        ('<section class="quiz"><p>layer</p></section>', None),
        ('<div class="admonition note"><p class="admonition-title">layer</p></div>', None),
        (
            '<div class="admonition note"><p class="admonition-title">After this page, you can</p>'
            "<ul><li>name a layer</li></ul></div>",
            None,
        ),
        ("<table><tr><th>layer</th></tr></table>", None),
        (
            "<p><br>layer<img alt='layer'></p>",
            f"<p><br>{link('layer', 'layer')}<img alt='layer'></p>",
        ),
        ("<p><code>x</code> layer</p>", f"<p><code>x</code> {link('layer', 'layer')}</p>"),
    ],
)
def test_first_uses_in_running_text_are_marked(terms, before: str, after: str | None):
    from glossary import mark

    assert mark(before, terms, {term.term for term in terms}, "g/") == (after or before)


def test_a_longer_term_that_is_not_wanted_still_covers_a_shorter_one(terms):
    from glossary import mark

    page = "<p>a hidden layer</p>"
    assert mark(page, terms, {"layer"}, "g/") == page


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{term: a, definition: A.}", None),
        ("{term: a}", "'definition' is missing"),
        ("{definition: A.}", "'term' is missing"),
        ("{term: a, definition: A}", "full stop"),
        ("{term: a, definition: A., link: x}", "unknown key 'link'"),
        ("{term: a, definition: A., also: [1]}", "not text"),
        ("{term: a, definition: A., also: [B]}", "'B' already belongs to 'b'"),
        (f"{{term: a, definition: {'x' * 300}.}}", "301 letters"),
    ],
)
def test_a_fault_in_the_glossary_is_named(tmp_path: Path, entry: str, said: str | None):
    from glossary import read_terms

    file = tmp_path / "glossary.yml"
    file.write_text(f"- {{term: b, definition: B.}}\n- {entry}\n", encoding="utf-8")
    _, faults = read_terms(file)
    assert len(faults) == (said is not None)
    if said:
        assert said in faults[0]


def test_the_books_words_are_all_there():
    from glossary import read_terms

    terms, faults = read_terms(ROOT / "docs" / "reference" / "glossary.yml")
    assert faults == []
    assert len({term.slug for term in terms}) == len(terms) >= 90


@pytest.fixture
def marked(site: Path) -> str:
    """Return the address of the page with the most marked terms."""
    pages = {file: file.read_text().count('class="term"') for file in site.rglob("index.html")}
    best = max(pages, key=lambda file: pages[file])
    assert pages[best] >= 10
    return best.parent.relative_to(site).as_posix() + "/"


def test_terms_cost_a_page_little(site: Path):
    for file in site.rglob("index.html"):
        found = re.findall(r'<a class="term" href="[^"]*">|</a>', file.read_text())
        assert sum(map(len, found)) < 8_000
    assert (site / "assets" / "js" / "terms.js").stat().st_size < 30_000


def test_a_definition_shows_on_hover_and_stays_while_pointed_at(visit, marked: str):
    opened = visit(marked)
    page = opened.page
    term, box = page.locator("a.term").first, page.locator(".term-box")
    assert not box.is_visible()
    term.hover()
    box.wait_for(state="visible")
    assert len(box.inner_text()) > 20
    box.hover()
    page.wait_for_timeout(500)
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert not box.is_visible()
    term.hover()
    box.wait_for(state="visible")
    page.mouse.move(2, 2)
    box.wait_for(state="hidden")
    assert opened.faults == []


def test_a_definition_is_reached_and_left_with_the_keyboard(visit, marked: str):
    page = visit(marked).page
    term, box = page.locator("a.term").first, page.locator(".term-box")
    term.focus()
    assert box.is_visible()
    described = page.locator(f"#{term.get_attribute('aria-describedby')}")
    assert described.text_content() in box.inner_text()
    page.keyboard.press("Escape")
    assert not box.is_visible()
    assert term.evaluate("term => term === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary/#*")


def test_a_tap_shows_a_definition_and_the_next_one_follows_it(chromium, address, marked: str):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    try:
        page = context.new_page()
        page.goto(address + marked)
        term, box = page.locator("a.term").first, page.locator(".term-box")
        term.tap()
        box.wait_for()  # a tap becomes a click a little later
        assert marked in page.url
        page.locator("h1").tap()
        box.wait_for(state="hidden")
        term.tap()
        box.wait_for()
        term.tap()
        page.wait_for_url("**/reference/glossary/#*")
    finally:
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_definition_stays_on_the_screen_and_passes_axe(visit, marked: str, width: int):
    page = visit(marked, "dark", width=width).page
    for term in page.locator("a.term").all():
        term.evaluate("term => { term.scrollIntoView({ block: 'center' }); term.focus(); }")
        box = page.locator(".term-box").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    run = "async () => (await axe.run('.term, .term-box')).violations.map((found) => found.help)"
    assert page.evaluate(run) == []


def test_definitions_show_from_a_file_and_without_javascript_there_is_a_link(
    chromium, site: Path, marked: str
):
    for javascript in (True, False):
        context = chromium.new_context(java_script_enabled=javascript)
        try:
            page = context.new_page()
            page.goto((site / marked / "index.html").as_uri())
            term = page.locator("a.term").first
            assert re.search(r"glossary/#\w", term.get_attribute("href"))
            if javascript:
                term.focus()
                assert page.locator(".term-box").is_visible()
        finally:
            context.close()
