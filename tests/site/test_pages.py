"""Every page in a real browser with the network closed, light and dark, wide and narrow."""

import json
from pathlib import Path

import pytest

from tests.site.checks import (
    BROKEN_IMAGES,
    DECKS,
    PAGES,
    RAW_FORMULA,
    ROOT,
    RUN_AXE,
    VISIBLE_TEXT,
    axe,
)

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll(".md-content *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
}"""


def test_every_source_is_a_page_and_every_page_has_a_source(site: Path):
    built = {
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("*.html")
    }
    assert built == {*PAGES, *DECKS}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_without_a_fault(visit, path: str):
    """One visit a page, for speed: wide and light first, then dark, then as narrow as a phone."""
    opened = visit(path, search=False)
    page = opened.page

    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    assert not RAW_FORMULA.findall(page.evaluate(VISIBLE_TEXT)), "a formula shows as it is written"
    assert page.locator(".katex-error").count() == 0
    assert page.evaluate(BROKEN_IMAGES) == []
    page.add_script_tag(content=axe())
    if violations := page.evaluate(RUN_AXE, {}):
        pytest.fail("axe found, in light:\n" + "\n".join(violations))

    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    if violations := page.evaluate(RUN_AXE, {"runOnly": ["color-contrast"]}):
        pytest.fail("axe found, in dark:\n" + "\n".join(violations))

    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.faults == []


# A deck of three hours is one page with all its figures and formulas in it, which then work without
# a server; it is loaded once, before the talk.
SIZES = dict.fromkeys(PAGES, 150_000) | dict.fromkeys(DECKS, 1_200_000)


@pytest.mark.parametrize("path", SIZES)
def test_a_page_is_light_enough(site: Path, path: str):
    file = site / path
    file = file / "index.html" if file.is_dir() else file
    assert file.stat().st_size < SIZES[path]


def test_search_finds_a_page_by_a_word_in_it(visit):
    opened = visit("")
    page = opened.page
    page.locator("input.md-search__input").click()
    page.keyboard.type("partial derivatives")
    result = page.locator(".md-search-result__link").first
    result.wait_for(timeout=20_000)
    assert "partial_derivatives" in result.get_attribute("href")
    assert not RAW_FORMULA.search(page.locator(".md-search-result__list").inner_text())
    assert opened.faults == []


def test_the_search_reads_no_drawing_and_no_folded_source(site: Path):
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts = {entry["location"]: entry["text"] for entry in index["docs"]}
    home = (site / "index.html").read_text(encoding="utf-8")
    assert 'class="plot"' in home, "the page keeps its drawing"
    assert texts[""].startswith("One neuron"), "not with the numbers along its axes"
    descend = (site / "reference/api/neuron/index.html").read_text(encoding="utf-8")
    assert 'class="mkdocstrings-source"' in descend, "the page keeps its source"
    assert "def " not in texts["reference/api/neuron/#workshop.neuron.descend"]


def test_the_colour_button_goes_from_system_to_light_to_dark(visit):
    opened = visit("theory/single_neuron/", scheme="dark")
    page = opened.page
    seen = []
    for _ in range(3):
        page.locator("form[data-md-component=palette] label:not([hidden])").click()
        seen.append(page.evaluate("document.body.dataset.mdColorScheme"))
    assert seen == ["default", "slate", "slate"]
    assert opened.faults == []


def test_plots_take_the_colours_of_the_scheme(visit):
    colours = []
    for scheme in ("light", "dark"):
        page = visit("", scheme).page
        colours.append(
            page.evaluate("getComputedStyle(document.querySelector('svg.plot text')).fill")
        )
    assert len(set(colours)) == 2


def test_a_notebook_can_be_downloaded_from_its_page(visit, address: str):
    page = visit("theory/single_neuron/").page
    href = page.locator("a[download]").get_attribute("href")
    answer = page.request.get(f"{address}theory/single_neuron/{href}")
    assert answer.ok
    assert answer.body() == (ROOT / "docs/theory/single_neuron.ipynb").read_bytes()


def test_wide_code_can_be_scrolled_with_the_keyboard(visit):
    page = visit("theory/single_neuron/", width=390).page
    page.wait_for_function("document.querySelectorAll('pre > code[tabindex=\"0\"]').length > 0")
    page.set_viewport_size({"width": 1600, "height": 900})
    page.wait_for_function("!document.querySelector('pre > code[tabindex=\"0\"]')")


def test_the_browser_checks_notice_planted_faults(visit):
    opened = visit("", width=390)
    page = opened.page
    page.evaluate("""() => {
      document.querySelector("article").insertAdjacentHTML("beforeend", `
        <p style="color: #999; background: #aaa">too pale, and a raw $x^2$</p>
        <img src="gone.png" alt="gone"><img src="https://example.org/far.png" alt="far">
        <div style="width: 2000px">wide</div>`);
      console.error("planted");
      setTimeout(() => { throw new Error("thrown"); });
    }""")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    page.add_script_tag(content=axe())
    assert RAW_FORMULA.findall(page.evaluate(VISIBLE_TEXT)) == ["$x^2$"]
    assert len(page.evaluate(BROKEN_IMAGES)) == 2
    assert page.evaluate(OVERFLOW)
    assert any("color-contrast" in violation for violation in page.evaluate(RUN_AXE, {}))
    said = "\n".join(opened.faults)
    assert "asked another host: https://example.org/far.png" in said
    assert "console error: planted" in said
    assert "page error: thrown" in said
