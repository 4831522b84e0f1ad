"""The decks of slides in a real browser: every slide as it is presented, its tools, the handout."""

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from tests.site.checks import BROKEN_IMAGES, DECKS, RAW_FORMULA, RUN_AXE, VISIBLE_TEXT, axe

MAIN = "slides/workshop/"
PLANNED = {MAIN: 180, "slides/taster/": 30, "slides/numpy_to_pytorch/": 45}
PROJECTORS = [(1280, 720), (1920, 1080)]
WALK = Path(__file__).with_name("walk_slides.js").read_text(encoding="utf-8")

POSITION = "(({ h, f }) => [h, f])(deck.getIndices())"
STEPS = """[...document.querySelectorAll("section.slide")].map((slide) => 1 + new Set(
  [...slide.querySelectorAll(".fragment")].map(({ dataset }) => dataset.fragmentIndex)).size)
  .reduce((sum, count) => sum + count)"""
INK = """(() => {
  const canvas = document.querySelector(".deck-canvas");
  const copy = Object.assign(document.createElement("canvas"),
    { width: canvas.width, height: canvas.height }).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
})()"""


@cache
def sections(site: Path, deck: str) -> list[html.HtmlElement]:
    """Return the slides of a built deck."""
    page = html.parse(str(site / deck / "index.html"))
    return [section for section in page.iter("section") if "slide" in section.classes]


def words(text: str) -> str:
    return " ".join(text.split())


def heading(slide: html.HtmlElement) -> str:
    return words(slide.find(".//h2").text_content())


def notes_of(slide: html.HtmlElement) -> str:
    return words(slide.find("aside").text_content())


# -- what stands in a deck -----------------------------------------------------------------


def test_these_are_the_decks():
    assert set(DECKS) == set(PLANNED)


@pytest.mark.parametrize("deck", DECKS)
def test_every_slide_has_a_heading_notes_and_minutes(site: Path, deck: str):
    faults = []
    for number, slide in enumerate(sections(site, deck), start=1):
        headings = [element.tag for element in slide.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        if not headings or headings[0] != "h2" or set(headings[1:]) - {"h3"}:
            faults.append(f"slide {number}: its headings are {headings}, expected one h2, then h3")
        if len(notes_of(slide)) < 40:
            faults.append(f"slide {number}: its notes are {notes_of(slide)!r}")
        if int(slide.get("data-timing")) <= 0:
            faults.append(f"slide {number}: no minutes")
        if slide.get("id") is None:
            faults.append(f"slide {number}: nothing to link to")
    assert faults == []


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_takes_the_time_that_its_schedule_says(site: Path, deck: str):
    slides = sections(site, deck)
    seconds = [int(slide.get("data-timing")) for slide in slides]
    assert sum(seconds) == 60 * PLANNED[deck]

    page = html.parse(str(site / "instructor" / "schedule" / "index.html")).getroot()
    tables = [
        [[words(cell.text_content()) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in page.iter("table")
    ]
    (table,) = [
        rows
        for rows in tables
        if rows[0] == ["from", "part", "slides", "minutes"] and rows[1][1] == heading(slides[0])
    ]
    *parts, end = table[1:]
    minutes = sum(float(row[3]) for row in parts)
    assert minutes == sum(seconds) / 60
    assert end[1:] == ["the end", str(len(slides)), f"{minutes:g}"]
    assert end[0] == f"{minutes // 60:.0f}:{minutes % 60:02.0f}"
    assert sum(int(row[2]) for row in parts) == len(slides)


# -- presenting ----------------------------------------------------------------------------


@pytest.fixture
def present(visit):
    """Return a function that opens a deck to be presented, and waits until it is."""

    def open_deck(deck: str = MAIN, **options: object):
        opened = visit(deck, **{"width": 1280, "height": 720, **options})
        opened.page.wait_for_function("window.deck?.isReady()")
        return opened

    return open_deck


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("deck", DECKS)
def test_every_slide_and_every_step_shows_without_a_fault(
    present, site: Path, deck: str, scheme: str
):
    opened = present(deck, scheme=scheme)
    page = opened.page
    page.add_script_tag(content=axe())
    page.add_script_tag(content=WALK)
    assert page.evaluate("document.documentElement.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    )
    faults = []
    for width, height in PROJECTORS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"deck.getScale() === {height / 720}")
        rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
        walked = page.evaluate(
            "(options) => walkSlides(options)",
            {"axe": rules if (width, height) == PROJECTORS[0] else None},
        )
        assert walked["slides"] == len(sections(site, deck))
        assert walked["steps"] == page.evaluate(STEPS)
        faults += [f"{width} x {height}, {fault}" for fault in walked["faults"]]
    for number, slide in enumerate(page.query_selector_all("section.slide"), start=1):
        raw = RAW_FORMULA.findall(page.evaluate(VISIBLE_TEXT, slide))
        faults += [f"slide {number}: {formula!r} is not a formula" for formula in raw]
    faults += [f"broken image: {source}" for source in page.evaluate(BROKEN_IMAGES)]
    assert page.locator(".katex-error").count() == 0
    assert not (faults + opened.faults), "\n".join([f"{deck}:", *faults, *opened.faults])


def test_the_walk_notices_planted_faults(present):
    opened = present()
    page = opened.page
    page.add_script_tag(content=axe())
    page.add_script_tag(content=WALK)
    page.evaluate("""() => {
      const last = [...document.querySelectorAll("section.slide")].at(-1);
      last.querySelector(".slide-body").innerHTML = `<h2>Planted</h2>
        <p style="margin-left: 1000px; white-space: nowrap">far too long for this slide, by far</p>
        <div style="height: 10px"><p>covers</p></div><p>what is <b>below</b></p>
        <p style="color: #999; background: #aaa">pale</p>
        <figure style="flex: none"><svg class="plot" role="img" aria-label="flat" height="20"
          viewBox="0 0 20 20" style="flex: none; height: 20px"><text x="-900">out</text></svg>
        </figure>
        <pre style="max-height: 60px"><code>${"may scroll\\n".repeat(99)}</code></pre>
        <p style="margin-top: 500px">deep</p>`;
    }""")
    count = page.locator("section.slide").count()
    walked = page.evaluate("(from) => walkSlides({ axe: {}, from })", count - 1)
    assert walked["slides"] == 1
    said = "\n".join(walked["faults"])
    for fault in (
        f'slide {count} (Planted): p "far too long for this slide, by far" is ',
        'text "out" is',
        'p "deep" is',
        "lie on each other",
        'svg.plot "flat" is only 20 px high',
        "color-contrast: ",
    ):
        assert fault in said
    assert "may scroll" not in re.sub(r".*scrollable-region.*", "", said)


def test_code_lights_up_as_asked_also_on_the_way_back(present):
    """Every block of every deck, forwards and backwards."""
    stepped = 0
    lit = """(n) => [...document.querySelectorAll("[data-lines]")[n].querySelectorAll(".line")]
      .flatMap((line, i) => line.classList.contains("lit") ? [i + 1] : [])"""
    for deck in DECKS:
        page = present(deck).page
        blocks = page.evaluate("""
            [...document.querySelectorAll("[data-lines]")].map((block) =>
              [deck.getIndices(block.closest("section")).h, block.dataset.lines])""")
        for n, (slide, asked) in enumerate(blocks):
            page.evaluate("(h) => deck.slide(h, 0, -1)", slide)
            steps = [numbers(step) for step in asked.split("|")]
            seen = [page.evaluate(lit, n)]
            for move, route in (("nextFragment", "next"), ("prevFragment", "prev")):
                while page.evaluate(f"deck.availableFragments().{route}"):
                    page.evaluate(f"deck.{move}()")
                    if page.evaluate(lit, n) != seen[-1]:  # or the step belongs to something else
                        seen.append(page.evaluate(lit, n))
            assert seen == [*steps, *reversed(steps[:-1])], f"{deck} slide {slide + 1}"
            stepped += 1
    assert stepped, "no deck has code that lights up"


def numbers(step: str) -> list[int]:
    """Return the lines that a step names: "1-2,4" is 1, 2 and 4."""
    ranges = [part.split("-") for part in step.split(",")]
    return [line for ends in ranges for line in range(int(ends[0]), int(ends[-1]) + 1)]


# -- the speaker's window ------------------------------------------------------------------


@pytest.mark.parametrize("served", [True, False], ids=["served", "from a folder"])
def test_the_speakers_window_follows(present, site: Path, served: bool):
    from playwright.sync_api import expect

    opened = (
        present()
        if served
        else present(f"{MAIN}index.html", home=f"{site.as_uri()}/", scheme="dark")
    )
    page = opened.page
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    now = speaker.frame_locator("#current-slide iframe").locator("section.present h2")
    upcoming = speaker.frame_locator("#upcoming-slide iframe").locator("section.present h2")
    notes = speaker.locator(".speaker-controls-notes .value")
    slides = sections(site, MAIN)

    expect(notes).to_have_text(notes_of(slides[0]))
    for number in (1, 2):
        page.bring_to_front()
        while page.evaluate(POSITION)[0] < number or page.evaluate(
            "deck.availableFragments().next"
        ):
            page.keyboard.press("ArrowRight")
        expect(notes).to_have_text(notes_of(slides[number]))
        expect(now).to_have_text(page.locator("section.present h2").inner_text())
        expect(upcoming).to_have_text(re.compile(re.escape(heading(slides[number + 1])[:12])))

    assert re.fullmatch(r"\d\d:\d\d [AP]M", speaker.locator(".clock-value").inner_text())
    expect(speaker.locator(".pacing")).to_be_visible()
    minutes = sum(int(slide.get("data-timing")) for slide in slides[:3]) // 60
    left = re.compile(rf"00:\s*(?:{minutes:02}|{minutes - 1:02}):\d\d")
    expect(speaker.locator(".pacing")).to_have_text(left)
    expect(speaker.locator(".pacing")).to_have_class(re.compile("on-track|ahead"))

    speaker.keyboard.press("ArrowRight")  # and the slides follow the speaker's window
    page.wait_for_function("deck.getIndices().h === 3")
    assert opened.faults == []


# -- keys and tools ------------------------------------------------------------------------


def test_a_pen_draws_on_its_slide_until_it_is_cleared(present):
    opened = present()
    page = opened.page
    page.keyboard.press("d")
    page.mouse.move(300, 300)
    page.mouse.down()
    page.mouse.move(600, 400, steps=5)
    page.mouse.up()
    drawn = page.evaluate(INK)
    assert drawn > 800
    page.mouse.move(300, 600, steps=3)
    assert page.evaluate(INK) == drawn, "with the button up, the pen is up"
    page.keyboard.press("Alt+ArrowRight")
    assert page.evaluate(POSITION)[0] == 1
    assert page.evaluate(INK) == 0, "a drawing belongs to its slide"
    page.keyboard.press("Alt+ArrowLeft")
    assert page.evaluate(INK) == drawn
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_function("deck.getScale() === 1.5")
    page.wait_for_function(f"{INK} > {1.5 * drawn}")  # it grows with the slide
    page.keyboard.press("x")
    assert page.evaluate(INK) == 0
    page.keyboard.press("d")
    page.mouse.down()
    page.mouse.move(500, 500, steps=3)
    page.mouse.up()
    assert page.evaluate(INK) == 0, "the pen was put away"
    assert opened.faults == []


def test_a_red_dot_follows_the_mouse(present):
    page = present().page
    dot = page.locator(".deck-dot")
    assert not dot.is_visible()
    page.keyboard.press("r")
    page.mouse.move(640, 200)
    box = dot.bounding_box()
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == (640, 200)
    page.keyboard.press("r")
    assert not dot.is_visible()


def test_keys_change_colours_show_all_slides_and_help(present):
    opened = present()
    page = opened.page
    scheme = "document.documentElement.dataset.mdColorScheme"
    paper = "getComputedStyle(document.querySelector('.reveal-viewport')).backgroundColor"
    before = page.evaluate(paper)
    page.keyboard.press("t")
    assert page.evaluate(scheme) == "slate"
    assert page.evaluate(paper) != before
    page.keyboard.press("t")
    assert page.evaluate(paper) == before

    page.keyboard.press("o")
    assert page.evaluate("deck.isOverview()")
    page.keyboard.press("o")
    assert not page.evaluate("deck.isOverview()")

    page.keyboard.press("Shift+Slash")
    help_text = page.locator(".r-overlay-help").inner_text()
    for key in (
        "Speaker notes view",
        "Draw on the slide",
        "Red dot to point with",
        "Clear what was drawn",
        "Light or dark",
        "Page to read and to print",
    ):
        assert key in help_text
    page.keyboard.press("Escape")
    assert page.locator(".r-overlay-help").count() == 0

    page.keyboard.press("p")
    page.wait_for_url(re.compile(r"\?handout"))
    assert page.locator("section.slide:visible").count() > 10
    assert opened.faults == []


def test_the_keys_work_on_after_a_tool_was_clicked(present):
    opened = present()
    page = opened.page
    tools = page.locator(".deck-tools")
    assert tools.evaluate("(bar) => getComputedStyle(bar).opacity") == "0"
    page.mouse.move(200, 690)
    page.wait_for_function(
        "getComputedStyle(document.querySelector('.deck-tools')).opacity === '1'"
    )
    for button in ("Draw", "Red dot", "Light or dark"):
        before = page.evaluate(POSITION)
        tools.get_by_role("button", name=button).click()
        page.keyboard.press("ArrowRight")
        after = page.evaluate(POSITION)
        assert after != before, button
        page.keyboard.press("Space")
        assert page.evaluate(POSITION) not in (before, after), button
    assert tools.get_by_role("button", name="Red dot").get_attribute("aria-pressed") == "true"
    assert tools.get_by_role("button", name="Draw").get_attribute("aria-pressed") == "false"
    page.keyboard.press("Tab")  # by the keyboard, what has the focus can be seen
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) not in ("none", "")
    assert opened.faults == []


def test_code_that_scrolls_can_be_read_with_the_keyboard(present):
    opened = present("slides/numpy_to_pytorch/")
    page = opened.page
    page.evaluate("""() => {
      window.code = document.querySelector(".slide pre");
      deck.slide(deck.getIndices(code.closest("section")).h);
      code.style.maxHeight = "60px";
    }""")
    page.wait_for_function("code.tabIndex === 0")
    page.evaluate("code.scrollTop = 0; code.focus()")
    before = page.evaluate(POSITION)
    page.keyboard.press("ArrowDown")
    page.wait_for_function("code.scrollTop > 0")
    assert page.evaluate(POSITION) == before
    page.keyboard.press("ArrowRight")
    assert page.evaluate(POSITION) != before
    page.evaluate("code.style.maxHeight = ''")
    page.wait_for_function("!code.hasAttribute('tabindex')")
    assert opened.faults == []


# -- colours, motion -----------------------------------------------------------------------


def test_a_deck_has_the_colours_that_were_chosen_in_the_book(visit, address: str):
    opened = visit("slides/", scheme="dark")
    page = opened.page
    scheme = "document.documentElement.dataset.mdColorScheme"
    page.goto(address + MAIN)
    assert page.evaluate(scheme) == "slate", "none was chosen: as the system has it"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{scheme} === 'default'")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{scheme} === 'slate'")

    page.goto(f"{address}slides/")
    page.locator("form[data-md-component=palette] label:not([hidden])").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    for view in ("", "?handout"):
        page.goto(address + MAIN + view)
        assert page.evaluate(scheme) == "default"
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(scheme) == "default", "a choice stays"
    assert opened.faults == []


MOVING = """() => [".slides > section", ".fragment", ".deck-tools",
    ".progress span"].flatMap((selector) => {
  const lasts = ({ transitionDuration, transitionProperty }) =>
    transitionProperty !== "none" && transitionDuration.split(",").some((s) => parseFloat(s) > 0);
  const elements = [...document.querySelectorAll(selector)];
  return elements.some((element) => lasts(getComputedStyle(element))) ? [selector] : [];
})"""


def test_nothing_moves_for_those_who_do_not_want_it(present):
    page = present().page
    assert page.evaluate("deck.getConfig().transition") == "none"
    assert page.evaluate(MOVING) == []
    page = present(motion="no-preference").page
    assert page.evaluate("deck.getConfig().transition") == "slide"
    assert {".slides > section", ".fragment", ".deck-tools"} <= set(page.evaluate(MOVING))


# -- the page to read ----------------------------------------------------------------------


@pytest.mark.parametrize("deck", DECKS)
def test_on_a_phone_a_deck_is_a_page_to_read(visit, site: Path, deck: str):
    opened = visit(deck, width=390)
    page = opened.page
    assert page.evaluate("window.deck") is None
    assert page.locator("section.slide:visible").count() == len(sections(site, deck))
    hidden = (
        "[...document.querySelectorAll('.slide-body *')].filter((e) => "
        "!e.closest('svg, .katex, .widget-live > *')"
    )
    hidden += " && !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })).length"
    assert page.evaluate(hidden) == 0, "every step shows"
    wide = page.evaluate("""[...document.querySelectorAll(".slide-body *")].filter((element) =>
      !element.closest(".katex") && !element.parentElement.closest("pre, table, svg, div.formula")
      && element.getBoundingClientRect().right > innerWidth + 1).map((element) =>
      `${element.closest("section").id}: ${element.outerHTML.slice(0, 120)}`)""")
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    notes = page.locator(".notes:visible")
    assert notes.count() == 0
    page.get_by_label("Speaker's notes").check()
    assert notes.count() == len(sections(site, deck))
    page.add_script_tag(content=axe())
    if violations := page.evaluate(RUN_AXE, {}):
        pytest.fail("axe found, in light:\n" + "\n".join(violations))
    page.emulate_media(color_scheme="dark")
    if violations := page.evaluate(RUN_AXE, {"runOnly": ["color-contrast"]}):
        pytest.fail("axe found, in dark:\n" + "\n".join(violations))
    page.get_by_label("Speaker's notes").uncheck()
    assert notes.count() == 0
    assert opened.faults == []


def test_a_link_opens_a_deck_at_a_slide_and_a_phone_can_present(visit, site: Path):
    slide = sections(site, MAIN)[3].get("id")
    opened = visit(f"{MAIN}#{slide}", height=720)
    opened.page.wait_for_function("window.deck?.isReady()")
    assert opened.page.evaluate(POSITION)[0] == 3
    phone = visit(MAIN, width=390)
    phone.page.get_by_role("link", name="Present").click()
    phone.page.wait_for_function("window.deck?.isReady()")
    assert phone.page.locator("section.slide.present").count() == 1
    assert opened.faults == phone.faults == []


@pytest.mark.parametrize("deck", DECKS)
def test_without_javascript_every_slide_can_be_read(visit, site: Path, deck: str):
    opened = visit(deck, java_script_enabled=False)
    slides = opened.page.locator("section.slide:visible")
    assert slides.count() == len(sections(site, deck))
    shown = [words(text) for text in slides.locator("h2").all_inner_texts()]
    assert len(shown) == len(sections(site, deck))
    assert all(shown)
    tops = [slide.bounding_box()["y"] for slide in slides.all()[:6]]
    assert tops == sorted(set(tops)), "one below the other"
    assert not opened.page.get_by_label("Speaker's notes").is_visible(), "it could do nothing"
    assert opened.faults == []
