"""`<one-neuron>` in the browser, and with it what all widgets share."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.site.checks import RUN_AXE, axe, longest_task
from workshop.datasets import load_ten_points
from workshop.neuron import descend, largest_stable_rate

ROOT = Path(__file__).resolve().parents[2]
PAGE = "theory/learning_rate/"
SLIDE = "the-way-down-on-the-map"
DECK = "slides/workshop/"
X, Y = load_ten_points()
LONGEST = 50  # ms

STATE = "document.querySelector('one-neuron').state"
PATH = """document.querySelector('one-neuron').path.map(
  ({ weight, bias, cost }) => [weight, bias, cost].map(String))"""
LAST_STEP = "document.querySelector('one-neuron tbody tr:last-child td').textContent"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Where something stands in the window: the pictures' own numbers turned into the window's
PLACE = """([picture, x, y]) => {
  const neuron = document.querySelector("one-neuron");
  const canvas = neuron[picture].canvas;
  const plot = neuron[picture === "graph" ? "plane" : "map"];
  const box = canvas.getBoundingClientRect();
  const scale = box.width / canvas.clientWidth;
  return [box.left + plot.x(x) * scale, box.top + plot.y(y) * scale];
}"""


def at(page, picture: str, x: float, y: float) -> tuple[int, int]:
    """Return where a point of the left picture ("graph") or of the map ("chart") is."""
    return tuple(map(round, page.evaluate(PLACE, [picture, x, y])))


def ready(page) -> None:
    page.wait_for_function("document.querySelector('one-neuron').graph.canvas.width > 300")
    page.evaluate(DRAWN)


@pytest.fixture
def open_neuron(visit):
    """Return a function that opens the page with an experiment, and scrolls there."""

    def open_page(query: str = "", path: str = PAGE, **options: object):
        opened = visit(f"{path}#one-neuron?{query}" if query else path, **options)
        opened.page.locator("one-neuron").scroll_into_view_if_needed()
        ready(opened.page)
        return opened

    return open_page


@pytest.fixture
def from_folder(visit, tmp_path: Path):
    """Return a function that opens a small page with the widget by `file://`."""
    folder = tmp_path / "a folder"
    for name in ("css/colours.css", "css/widgets.css", "css/widgets/one_neuron.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "docs" / "assets" / name, folder / name)
    for name in ("widget", "descent", "one_neuron"):
        shutil.copy(ROOT / "docs" / "assets" / "js" / "widgets" / f"{name}.js", folder)
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en" data-md-color-scheme="default"><meta charset="utf-8">'
        '<title>A page</title><link rel="stylesheet" href="css/colours.css">'
        '<link rel="stylesheet" href="css/widgets.css">'
        '<link rel="stylesheet" href="css/widgets/one_neuron.css"><main><h1>A page</h1>'
        '<one-neuron class="widget" id="one-neuron" state="rate=0.02"><p>A still picture</p>'
        '</one-neuron></main><script src="widget.js"></script><script src="descent.js"></script>'
        '<script src="one_neuron.js"></script>',
        encoding="utf-8",
    )

    def open_page(query: str = "", **options: object):
        return visit(f"page.html{query}", home=f"{folder.as_uri()}/", **options)

    return open_page


def button(page, name: str):
    return page.locator("one-neuron").get_by_role("button", name=name, exact=True)


def table(page) -> list[list[str]]:
    page.evaluate(DRAWN)
    rows = page.locator("one-neuron tbody tr")
    return [row.split("\t") for row in rows.all_inner_texts() if row.strip()]


def written(path, step: int) -> list[str]:
    numbers = (path.weights[step], path.biases[step], path.costs[step])
    return [str(step), *(f"{number:.5g}".replace("-", "\N{MINUS SIGN}", 1) for number in numbers)]


# -- numbers -------------------------------------------------------------------------------


EXPERIMENTS = [(0.01, 35), (0.001, 357), (0.1, 35), (0.1, 300), (0.011, 50), (0.012, 50)]


def test_the_numbers_are_those_of_python(from_folder):
    opened = from_folder()
    for rate, steps in EXPERIMENTS:
        opened.page.evaluate(f"location.hash = '#one-neuron?rate={rate}&steps={steps}'")
        opened.page.wait_for_function(f"{STATE}.steps === {steps}")
        path = descend(X, Y, learning_rate=rate, steps=steps)
        shown = np.array(opened.page.evaluate(PATH), dtype=float)
        np.testing.assert_allclose(shown, np.column_stack(path), rtol=1e-12)
        opened.page.wait_for_function(f"{LAST_STEP} === '{steps}'")
        rows = [0, 1, 2, steps - 3, steps - 2, steps - 1, steps]
        assert table(opened.page) == [written(path, row) for row in rows]
    assert opened.faults == []


def test_numbers_are_written_as_python_writes_them(from_folder):
    numbers = [0.0, -0.0, 1.0, 0.1, 12345.678, 99999.5, 1e5, 1e-4, 9.9999e-5, -2.5e-9, 1e21, 3e100]
    numbers += list(np.random.default_rng(3).normal(size=40) * 10.0 ** np.arange(-20, 20))
    page = from_folder().page
    for digits in (3, 5):
        said = page.evaluate(
            "([numbers, digits]) => numbers.map((number) => FirstNeuron.general(number, digits))",
            [numbers, digits],
        )
        assert said == [f"{number + 0.0:.{digits}g}" for number in numbers]
    odd = page.evaluate("[NaN, Infinity, -Infinity].map((number) => FirstNeuron.general(number))")
    assert odd == ["nan", "inf", "-inf"]


# -- by mouse, keyboard and touch ----------------------------------------------------------


def test_by_mouse(open_neuron):
    opened = open_neuron()
    page = opened.page
    assert table(page) == [["0", "1", "1", "203.4"]]
    for _ in range(3):
        button(page, "Step").click()
    path = descend(X, Y, learning_rate=0.01, steps=3)
    assert table(page) == [written(path, step) for step in range(4)]
    expect(page.locator(".one-neuron-says")).to_contain_text("The cost falls")

    page.mouse.move(*at(page, "graph", X[2], Y[2]))
    page.mouse.down()
    page.mouse.move(*at(page, "graph", 2, 5), steps=4)
    page.mouse.up()
    points = np.column_stack([X, Y])
    points[2] = 2, 5
    assert page.evaluate(f"{STATE}.points") == points.tolist()
    assert (
        f"limit {largest_stable_rate(points[:, 0]):.4g}" in page.locator("one-neuron").inner_text()
    )

    page.mouse.click(*at(page, "graph", -5, -2))
    assert page.evaluate(f"{STATE}.points.length") == 11
    assert page.evaluate(f"{STATE}.points[10]") == [-5, -2]
    button(page, "Remove point").click()
    assert page.evaluate(f"{STATE}.points.length") == 10

    page.mouse.click(*at(page, "chart", 2, 0))
    assert page.evaluate(f"[{STATE}.weight, {STATE}.bias]") == [2, 0]
    page.mouse.move(*at(page, "chart", 2, 0))
    page.mouse.down()
    page.mouse.move(*at(page, "chart", -1.5, 4), steps=4)
    page.mouse.up()
    assert page.evaluate(f"[{STATE}.weight, {STATE}.bias]") == [-1.5, 4]
    path = descend(*points.T, weight=-1.5, bias=4, learning_rate=0.01, steps=3)
    np.testing.assert_allclose(
        np.array(page.evaluate(PATH), dtype=float), np.column_stack(path), rtol=1e-12
    )
    button(page, "Reset").click()
    assert page.evaluate(f"{STATE}.points") == np.column_stack([X, Y]).tolist()
    assert table(page) == [["0", "1", "1", "203.4"]]
    assert opened.faults == []


def test_by_keyboard(open_neuron):
    opened = open_neuron()
    page = opened.page
    slider = page.get_by_role("slider", name="Learning rate")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{STATE}.rate") > 0.01
    rate = f"{page.evaluate(f'{STATE}.rate'):.3g}"
    expect(slider).to_have_attribute("aria-valuetext", rate)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"{STATE}.rate") == 0.01
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert page.evaluate(f"{STATE}.steps") == 2

    page.get_by_role("button", name="Point 3 of 10").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowLeft")
    assert page.evaluate(f"{STATE}.points[2]") == [3.7, -0.2]
    at = re.compile("x = 3.7, y = \N{MINUS SIGN}0.2")
    expect(page.locator(":focus")).to_have_attribute("aria-label", at)  # drawn a frame later
    for _ in range(8):
        page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(f"{STATE}.points[2]") == [6, -0.2], "no further than the picture"
    page.keyboard.press("Delete")
    assert page.evaluate(f"{STATE}.points.length") == 9
    page.get_by_role("button", name="Start: w").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"[{STATE}.weight, {STATE}.bias]") == [1, 0.9]
    page.get_by_role("button", name="Add point").press("Enter")
    assert page.evaluate(f"{STATE}.points.at(-1)") == [0, 0]
    page.keyboard.press("ArrowUp")  # the new point has the focus
    assert page.evaluate(f"{STATE}.points.at(-1)") == [0, 0.1]
    # The book's own keys: "s" would open the search, "n" the next page
    page.keyboard.press("s")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('one-neuron') !== null")
    assert opened.faults == []


def test_by_touch(open_neuron):
    opened = open_neuron(width=390, height=900, has_touch=True, is_mobile=True)
    page = opened.page
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    button(page, "Step").tap()
    page.wait_for_function(f"{STATE}.steps === 1")  # a tap becomes a click a little later
    page.locator("one-neuron canvas").first.scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    touch("touchStart", at(page, "graph", X[1], Y[1]))
    for up in (1, 2, 3, 4):
        touch("touchMove", at(page, "graph", X[1], Y[1] + up))
    touch("touchEnd")
    page.wait_for_function(f"{STATE}.points[1][1] === {Y[1] + 4}")
    assert page.evaluate("scrollY") == scrolled, "the page stays while a point is dragged"
    page.touchscreen.tap(*at(page, "graph", -4, -2))
    assert page.evaluate(f"{STATE}.points.at(-1)") == [-4, -2]

    small = page.evaluate("""() => [...document.querySelectorAll(
      "one-neuron :is(button:not(.one-neuron-handle), input, select)")].filter((control) => {
        const { width, height } = control.getBoundingClientRect();
        return width < 44 || height < 44;
      }).map((control) => control.outerHTML)""")
    assert small == [], "a finger needs 44 px"
    page.evaluate("document.querySelector('one-neuron').restore('rate=0.1&steps=200')")
    page.wait_for_function(f"{LAST_STEP} === '200'")  # whose numbers are the longest
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.faults == []


# -- running -------------------------------------------------------------------------------


def test_it_runs_until_it_has_arrived_and_the_page_stays_responsive(from_folder):
    opened = from_folder("#one-neuron?rate=0.01&steps=15", motion="no-preference")
    page = opened.page

    def run() -> None:
        page.keyboard.press("Enter")
        page.wait_for_function(f"{STATE}.steps > 16")
        assert page.evaluate("document.querySelector('one-neuron').running")
        page.wait_for_function("!document.querySelector('one-neuron').running")

    button(page, "Run").focus()  # what Playwright brings along is in the page now
    assert longest_task(page, run) < LONGEST
    expect(page.locator(".one-neuron-says")).to_contain_text("It has arrived")
    assert 40 < page.evaluate(f"{STATE}.steps") < 200

    def slide() -> None:
        page.evaluate("document.querySelector('one-neuron').set({ steps: 1000 })")
        page.get_by_role("slider").focus()
        for _ in range(10):
            page.keyboard.press("ArrowLeft")

    assert longest_task(page, slide) < LONGEST
    assert opened.faults == []


def test_the_measure_of_responsiveness_notices_a_long_task(from_folder):
    page = from_folder().page
    busy = "() => { let sum = 0; for (let i = 0; i < 1e7; i += 1) sum += Math.sin(i); return sum; }"
    assert longest_task(page, lambda: page.evaluate(busy)) > LONGEST


def test_an_explosion_is_shown_to_its_end(from_folder):
    opened = from_folder("#one-neuron?rate=0.1&steps=100", motion="no-preference")
    page = opened.page
    for _ in range(4):
        button(page, "Step").click()
    page.evaluate(DRAWN)
    says = page.locator(".one-neuron-says")
    assert "It explodes: each step lands further away. The rate is above the limit." in (
        says.inner_text()
    )
    assert "off the map" in page.locator("one-neuron .widget-hidden").all_inner_texts()[1]
    button(page, "Run").click()
    page.wait_for_function("document.querySelector('one-neuron').path.at(-1).cost === Infinity")
    page.get_by_text('nan is "not a number"').first.wait_for(timeout=20_000)
    button(page, "Run").wait_for()
    assert table(page)[-1][1:] == ["nan", "nan", "nan"]
    button(page, "Rewind").click()
    assert page.evaluate(f"[{STATE}.steps, {STATE}.rate]") == [0, 0.1]
    assert opened.faults == []


# -- the address ---------------------------------------------------------------------------


def test_the_address_restores_the_exact_experiment(open_neuron, visit, address: str):
    opened = open_neuron()
    page = opened.page
    assert "#" not in page.url, "nothing has changed"
    page.get_by_role("button", name="Point 1 of 10").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("slider").press("ArrowRight")
    for _ in range(3):
        button(page, "Step").click()
    page.wait_for_function("location.hash.includes('steps=3')")
    assert re.search(r"#one-neuron\?rate=0\.0102&steps=3&points=-2,4\.5;3\.7,0\.5;", page.url)
    state = page.evaluate(STATE)

    again = visit(page.url.removeprefix(address))
    again.page.wait_for_function("scrollY > 0")
    assert again.page.evaluate(STATE) == state
    button(again.page, "Reset").click()
    again.page.wait_for_function("location.hash === ''")
    assert opened.faults == again.faults == []


def test_what_an_address_says_badly_is_left_out(from_folder):
    query = "rate=fast&steps=-3&weight=99&bias=2&points=1,2;3&colour=red&x"
    state = from_folder(f"#one-neuron?{query}").page.evaluate(STATE)
    assert state.pop("points") == np.column_stack([X, Y]).tolist()
    assert state == {"rate": 0.02, "steps": 0, "weight": 3, "bias": 2}


def test_links_of_the_page_set_up_experiments(open_neuron):
    opened = open_neuron()
    page = opened.page
    seen = []
    for name in ("0.01 arrives", "0.001 crawls", "0.1 explodes"):
        page.get_by_role("link", name=name).last.click()
        page.wait_for_function(f"{STATE}.steps === 35")
        seen.append(page.evaluate(f"{STATE}.rate"))
        assert page.evaluate("document.activeElement.localName") == "one-neuron"
        assert page.locator("one-neuron").bounding_box()["y"] < 200
        button(page, "Rewind").click()
    assert seen == [0.01, 0.001, 0.1]
    page.go_back()
    page.wait_for_function(f"{STATE}.rate === 0.001")
    # A link to what the address names already works, too
    page.get_by_role("link", name="0.1 explodes").last.click()
    page.wait_for_function(f"{STATE}.rate === 0.1")
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("link", name="0.1 explodes").last.click()
    page.wait_for_function("scrollY > 0")
    assert opened.faults == []


# -- on a slide ----------------------------------------------------------------------------


def test_on_a_slide(visit):
    query = "one-neuron?rate=0.1&steps=4"
    opened = visit(f"{DECK}#/{SLIDE}/{query}", "dark", height=720)
    page = opened.page
    page.wait_for_function("window.deck?.isReady()")
    assert page.evaluate("deck.getCurrentSlide().id") == SLIDE
    assert page.evaluate(f"[{STATE}.rate, {STATE}.steps]") == [0.1, 4]
    ready(page)
    page.wait_for_function(f"location.hash === '#/{SLIDE}/{query}'")
    button(page, "Step").click()
    page.wait_for_function(f"location.hash === '#/{SLIDE}/{query.replace('4', '5')}'")
    page.mouse.move(*at(page, "graph", X[0], Y[0]))
    page.mouse.down()
    page.mouse.move(*at(page, "graph", -4, 6), steps=3)
    page.mouse.up()
    assert page.evaluate(f"{STATE}.points[0]") == [-4, 6]
    for key in ("ArrowRight", "ArrowDown", "n", "Space"):  # in the widget they are its own
        page.keyboard.press(key)
        assert page.evaluate("deck.getCurrentSlide().id") == SLIDE, key
    page.keyboard.press("PageDown")  # but a remote control goes on
    page.wait_for_function(f"deck.getCurrentSlide().id !== '{SLIDE}'")
    page.keyboard.press("PageUp")
    button(page, "Step").click()
    page.wait_for_timeout(1300)  # within a second after that, reveal.js writes the address
    assert page.evaluate("location.hash").startswith(f"#/{SLIDE}/one-neuron?rate=0.1&steps=6&")
    assert opened.faults == []


# -- without the site, without JavaScript, on paper ----------------------------------------


def test_from_a_folder(from_folder):
    opened = from_folder("#one-neuron?steps=2")
    page = opened.page
    assert page.evaluate(f"[{STATE}.rate, {STATE}.steps]") == [0.02, 2]
    assert not page.get_by_text("A still picture").is_visible()
    button(page, "Step").click()
    path = descend(X, Y, learning_rate=0.02, steps=3)
    assert table(page)[-1] == written(path, 3)
    page.wait_for_function("location.hash === '#one-neuron?steps=3'")
    button(page, "Reset").click()
    assert page.evaluate(f"{STATE}.rate") == 0.02, "as the page begins"
    page.add_script_tag(content=axe())
    assert page.evaluate(RUN_AXE, {"preload": False}) == []  # it may not read a file's style sheet
    page.emulate_media(media="print")
    assert page.get_by_text("A still picture").is_visible()
    assert not button(page, "Step").is_visible()
    assert opened.faults == []


def test_without_javascript_the_still_picture_stands_in_its_place(from_folder):
    page = from_folder(java_script_enabled=False).page
    assert page.get_by_text("A still picture").is_visible()
    assert page.get_by_role("button").count() == 0


def test_colours_follow_the_page_and_the_readers_own_colours(from_folder):
    opened = from_folder()
    page = opened.page
    colour = "document.querySelector('one-neuron').colour('plot-1')"
    light = page.evaluate(colour)
    page.evaluate("document.documentElement.dataset.mdColorScheme = 'slate'")
    page.wait_for_function(f"{colour} !== '{light}'")
    page.emulate_media(forced_colors="active")
    page.wait_for_function(f"{colour} === 'LinkText'")
    assert opened.faults == []


def test_what_it_says_is_announced_at_most_once_a_second(from_folder):
    page = from_folder().page
    page.evaluate("""() => {
      window.said = [];
      const status = document.querySelector("one-neuron [role=status]");
      const hear = () => said.push(status.textContent);
      new MutationObserver(hear).observe(status, { childList: true });
    }""")
    for _ in range(4):
        button(page, "Step").click()
    page.wait_for_function("said.length > 0")
    assert page.evaluate("said").pop().startswith("Step 4: w = ")
    assert page.evaluate("said.length") == 1
