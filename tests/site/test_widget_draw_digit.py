"""`<draw-digit>` in the browser; `tests/test_widget_digits.py` tests what it computes."""

import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from benchmarks import quantised, weights
from tests.site.checks import RUN_AXE, axe
from workshop import strokes
from workshop.images import mnist_image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))
from widgets import files_of  # noqa: E402

PAGE = "practice/step04_your_own_digit/"
DECK, SLIDE = "slides/workshop/", "draw-and-it-answers"
SHEET = 128
EXAMPLE_ENDS = [24, 31]  # points of the five that the page begins with, after each stroke
DIGITS = quantised.read_script(weights.FOLDER / "mnist_digits.js")

WIDGET = "document.querySelector('draw-digit')"
STATE = f"{WIDGET}.state"
# A seven as a pen goes, on a sheet of 128 by 128
SEVEN = [(34, 30), (60, 27), (92, 26), (80, 52), (66, 80), (60, 104)]
BAR = [(48, 66), (64, 63), (86, 61)]


def network(name: str) -> quantised.QuantisedNetwork:
    return quantised.network_from_json(quantised.read_script(weights.FOLDER / f"{name}.js"))


def ink_of(drawn: list[list[list[float]]], size: int = SHEET) -> np.ndarray:
    """Draw strokes of points (x, y, radius) as `workshop.strokes` does."""
    rows, columns = np.mgrid[:size, :size] + 0.5
    pixels = np.stack([columns, rows], axis=-1)
    ink = np.zeros((size, size))
    for stroke in drawn:
        points = np.array(stroke) * size / SHEET
        for begin, end in pairwise(points if len(points) > 1 else [points[0]] * 2):
            away = strokes._distance(pixels, begin[:2], end[:2])
            ink = np.maximum(ink, np.clip(begin[2] + 0.5 - away, 0, 1))
    return ink


def place(page, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the sheet is in the window."""
    box = page.locator(".digit-sheet canvas").bounding_box()
    return box["x"] + x * box["width"] / SHEET, box["y"] + y * box["height"] / SHEET


def draw(page, points: list[tuple[float, float]]) -> None:
    # Into the middle: the page's header covers what is at the top
    page.evaluate(f"window.deck || {WIDGET}.sheet.canvas.scrollIntoView({{ block: 'center' }})")
    page.mouse.move(*place(page, *points[0]))
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*place(page, *point), steps=6)
    page.mouse.up()


def settle(page) -> None:
    """Wait until the way of the answer is worked out and drawn."""
    page.wait_for_function(f"!{WIDGET}.running")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def shades(page) -> np.ndarray:
    """Return the sheet as it shows, grey from 0 to 255."""
    picture = page.locator(".digit-sheet canvas").screenshot()
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L"))


def button(page, name: str):
    return page.locator("draw-digit").get_by_role("button", name=name, exact=True)


def answer(page) -> str:
    settle(page)
    return page.locator(".digit-answer").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def chips(page) -> list[str]:
    settle(page)
    found = page.locator(".digit-chips button").all_inner_texts()
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


@pytest.fixture
def open_digit(visit):
    """Return a function that opens the page with an experiment, and scrolls there."""

    def open_page(query: str = "", path: str = PAGE, **options: object):
        opened = visit(f"{path}#draw-digit?{query}" if query else path, **options)
        opened.page.locator(".digit-sheet").scroll_into_view_if_needed()
        opened.page.wait_for_function(f"{WIDGET}.sheet.canvas.width > 200")
        settle(opened.page)
        return opened

    return open_page


# -- what it shows -------------------------------------------------------------------------


def test_it_begins_with_a_five_in_two_strokes(open_digit):
    opened = open_digit()
    page = opened.page
    assert page.evaluate(f"{WIDGET}.ends") == EXAMPLE_ENDS
    assert re.fullmatch("It looks like a 5, 9[0-9] %", answer(page))
    first, second = chips(page)
    assert re.fullmatch(r"Stroke 1: 3, \d\d %", first)  # as the still picture's caption says
    assert re.fullmatch(r"Stroke 2: 5, 9\d %", second)
    assert "#" not in page.url
    assert opened.faults == []


def test_links_of_the_page_do_what_they_say(open_digit):
    opened = open_digit()
    page = opened.page
    for link, digit in (("read as a 4", 4), ("read as a 2", 2), ("convolutional network", 7)):
        page.locator("article").get_by_role("link", name=link).first.click()
        page.wait_for_function("location.hash.includes('digit=')")
        assert f"It looks like a {digit}," in answer(page)
    expect(page.locator(".digit-says .digit-caption")).to_have_text("MNIST's label: 7. ✓ right")
    assert opened.faults == []


@pytest.mark.parametrize("name", ["dense", "convolutional"])
def test_a_drawing_is_seen_and_answered_as_python_does(open_digit, name: str):
    opened = open_digit(f"network={name}")
    page = opened.page
    draw(page, SEVEN)
    draw(page, BAR)
    drawn = page.evaluate(f"{WIDGET}.strokes")
    assert len(drawn) == 2
    image = mnist_image(ink_of(drawn))
    assert page.evaluate(f"[...{WIDGET}.image]") == image.ravel().tolist()
    *hidden, probabilities = network(name).feedforward(image.reshape(1, 784))
    shown = page.evaluate(f"{WIDGET}.layers.map(({{ values }}) => [...values])")
    for layer, expected in zip(shown, [*hidden, probabilities], strict=True):
        np.testing.assert_allclose(layer, expected.ravel(), atol=1e-9)
    best = int(probabilities.argmax())
    assert answer(page).startswith(f"It looks like a{'n' * (best == 8)} {best}, ")
    bars = page.locator(".digit-bars li").all_inner_texts()
    for digit, (bar, share) in enumerate(zip(bars, probabilities[0], strict=True)):
        assert bar.split() == [str(digit), f"{100 * share:.1f}", "%"]
    # The pixels that it shows are those: white ink on black
    seen = page.evaluate(f"""() => {{
      const canvas = {WIDGET}.seen.canvas, side = canvas.width / 28;
      const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const middle = (n) => Math.floor((n + 0.5) * side);
      return [...Array(784).keys()].map((i) =>
        data[4 * (middle(Math.floor(i / 28)) * canvas.width + middle(i % 28))]);
    }}""")
    assert seen == image.ravel().tolist()
    assert opened.faults == []


def test_a_test_image_stays_what_it_is_until_it_is_drawn_on(open_digit):
    index = DIGITS["indices"].index(1901)
    below = quantised.lines_as_bytes(DIGITS["images"], np.uint8).reshape(-1, 784)[index]
    opened = open_digit()
    page = opened.page
    page.get_by_role("radio", name="a 9, test image 1901, misread as a 4").check()
    assert page.evaluate(f"[...{WIDGET}.image]") == below.tolist()
    assert answer(page).startswith("It looks like a 4, ")
    expect(page.locator("draw-digit")).to_contain_text("MNIST's label: 9. ✗ misread")
    draw(page, [(66, 24), (80, 42), (92, 60)])
    assert answer(page).startswith("It looks like a 9, "), "its top is closed, as the page says"
    (drawn,) = page.evaluate(f"{WIDGET}.strokes")
    ink = ink_of([drawn], size=28)
    expected = np.maximum(below, np.floor(255 * ink + 0.5).ravel()).astype(int)
    assert page.evaluate(f"[...{WIDGET}.image]") == expected.tolist()
    expect(page.locator("draw-digit")).to_contain_text("You changed it.")
    assert page.evaluate(f"{WIDGET}.counts[0]") == 0, "the way begins with the image"
    assert opened.faults == []


def test_test_images_are_marked_where_the_chosen_network_errs(open_digit):
    opened = open_digit()
    page = opened.page
    for name in ("dense", "convolutional"):
        page.locator("draw-digit select").select_option(name)
        settle(page)
        wrong = [
            read != label
            for read, label in zip(DIGITS["read"][name], DIGITS["labels"], strict=True)
        ]
        marked = page.evaluate("""[...document.querySelectorAll(".digit-sample")].map(
          (sample) => getComputedStyle(sample, "::after").content.includes("\\u2717"))""")
        assert marked == wrong
    assert opened.faults == []


# -- by mouse, keyboard, touch and pen -----------------------------------------------------


def test_by_mouse(open_digit):
    opened = open_digit()
    page = opened.page
    draw(page, SEVEN)
    assert page.evaluate(f"{WIDGET}.strokes.length") == 1, "the example makes room"
    draw(page, BAR)
    assert len(chips(page)) == 2
    (first, second) = page.evaluate(f"{WIDGET}.ends")

    page.locator(".digit-chips button").first.click()
    assert page.evaluate(f"{STATE}.at") == first
    expect(page.locator(".digit-chips button").first).to_have_attribute("aria-pressed", "true")
    replay = page.get_by_role("slider", name="Replay the drawing")
    replay.fill(str(second))
    assert page.evaluate(f"{STATE}.at") == -1
    replay.fill("6")
    page.wait_for_function(f"{WIDGET}.shownStrokes[0].length === 6")
    draw(page, BAR)  # what came after the sixth point is gone
    assert page.evaluate(f"{WIDGET}.strokes.map(({{ length }}) => length)")[0] == 6
    assert page.evaluate(f"{STATE}.at") == -1

    button(page, "Undo").click()
    assert page.evaluate(f"{WIDGET}.strokes.length") == 1
    button(page, "Clear").click()
    assert answer(page) == "Draw a digit"
    assert page.evaluate(f"{WIDGET}.image") is None
    expect(button(page, "Undo")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("slider", name="Pen").fill("20")
    page.mouse.click(*place(page, 64, 64))
    assert page.evaluate(f"{WIDGET}.strokes") == [[[64, 64, 10]]]
    button(page, "Reset").click()
    assert page.evaluate(f"{WIDGET}.ends") == EXAMPLE_ENDS
    assert opened.faults == []


def test_it_says_its_answer_politely(open_digit):
    opened = open_digit()
    page = opened.page
    draw(page, SEVEN)
    said = page.locator("draw-digit [role=status]")
    expect(said).to_have_text(re.compile(r"^It looks like a\s7,\s\d\d\s%"))
    words = page.locator("draw-digit .widget-hidden").all_inner_texts()
    assert any("1 stroke. Draw with mouse, finger or pen." in text for text in words)
    assert any(re.match(r"28 by 28 pixels, \d+ of them with ink", text) for text in words)
    assert any(re.match(r"\d+ of 64 hidden neurons answer", text) for text in words)
    assert any(re.match(r"After stroke 1: 7, \d\d.%", text) for text in words)
    assert opened.faults == []


def test_by_keyboard(open_digit):
    opened = open_digit()
    page = opened.page
    sheet = page.get_by_role("application", name="Sheet to draw on")
    page.get_by_role("slider", name="Pen").focus()
    page.keyboard.press("Shift+Tab")
    assert sheet.evaluate("(element) => element === document.activeElement")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    said = page.locator("draw-digit [role=status]")
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"{WIDGET}.strokes.length") == 2, "the pen is up"
    expect(said).to_have_text("Pen up, 28 across, 25 down, of 100")

    page.keyboard.press("Space")
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    for _ in range(7):
        page.keyboard.down("ArrowLeft")  # two keys: aslant
        page.keyboard.press("ArrowDown")
        page.keyboard.up("ArrowLeft")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert answer(page).startswith("It looks like a 7, ")
    page.wait_for_function(
        "document.querySelector('draw-digit [role=status]').textContent.startsWith('Pen up. It')"
    )
    assert len(page.evaluate(f"{WIDGET}.strokes")) == 1
    page.keyboard.press("Shift+ArrowRight")  # a small step, and the pen is up
    cursor = page.evaluate(f"[{WIDGET}.cursor.x, {WIDGET}.cursor.y]")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate(f"{WIDGET}.strokes.at(-1)") == [[*cursor, 5]]
    page.keyboard.press("Backspace")
    assert page.evaluate(f"{WIDGET}.strokes.length") == 1
    for _ in range(40):
        page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{WIDGET}.cursor.y") == 0, "no further than the sheet"

    page.locator(".digit-sample input").first.focus()
    page.keyboard.press("ArrowRight")  # as all radio buttons do
    assert page.evaluate(f"{STATE}.digit") == 1
    page.keyboard.press("s")  # the book's key for its search
    assert page.evaluate("document.activeElement.closest('draw-digit') !== null")
    assert opened.faults == []


def test_by_touch(open_digit):
    opened = open_digit(width=390, height=900, has_touch=True, is_mobile=True)
    page = opened.page
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        found = [dict(zip("xy", place(page, *point), strict=True)) for point in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

    scrolled = page.evaluate("scrollY")
    touch("touchStart", SEVEN[0])
    for (x, y), (to_x, to_y) in pairwise(SEVEN):
        for share in (0.5, 1):
            touch("touchMove", (x + share * (to_x - x), y + share * (to_y - y)))
    touch("touchEnd")
    page.wait_for_function(f"{WIDGET}.pointer === null")
    assert page.evaluate("scrollY") == scrolled, "the page stays while a finger draws"
    assert answer(page).startswith("It looks like a 7, ")

    small = page.evaluate("""() => [...document.querySelectorAll(
      "draw-digit :is(button, input, select)")].filter((control) => {
        const { width, height } = control.getBoundingClientRect();
        return width < 44 || height < 44;
      }).map((control) => control.outerHTML)""")
    assert small == [], "a finger needs 44 px"
    sample = page.locator(".digit-sample input").nth(3)
    sample.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # a touch so soon after the scrolling does not count as a tap
    sample.tap()
    page.wait_for_function(f"{STATE}.digit === 3")  # a tap becomes a click a little later
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.faults == []


def test_a_pen_that_is_pressed_draws_a_wider_line(open_digit):
    opened = open_digit()
    page = opened.page
    pen = page.context.new_cdp_session(page)
    for kind, x, force in (
        ("mousePressed", 30, 0.2),
        ("mouseMoved", 60, 0.5),
        ("mouseMoved", 90, 1.0),
        ("mouseReleased", 90, 0),
    ):
        left, top = place(page, x, 60)
        event = {"type": kind, "x": left, "y": top, "force": force, "pointerType": "pen"}
        pen.send(
            "Input.dispatchMouseEvent", event | {"button": "left", "buttons": 1, "clickCount": 1}
        )
    (stroke,) = page.evaluate(f"{WIDGET}.strokes")
    radii = [point[2] for point in stroke]
    assert radii[0] == 3.5
    assert radii[-1] == 7.5
    assert radii == sorted(radii)
    assert page.evaluate(f"{STATE}.strokes").startswith("*")
    assert page.evaluate(f"FirstNeuron.pen.decode({STATE}.strokes)") == [stroke]
    assert opened.faults == []


def tasks(browser, page, work: Callable[[], None]) -> list[float]:
    """Return how long the page's main thread computed in each task meanwhile, in ms.

    That is its own time, whatever else the machine does.
    """
    categories = ["toplevel", "disabled-by-default-devtools.timeline"]
    browser.start_tracing(page=page, categories=categories)
    work()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = [
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    ]
    return [
        event["tdur"] / 1000
        for event in events
        if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in main
    ]


def test_no_task_is_long_while_somebody_scribbles(open_digit, chromium):
    """The slowest: many points, read by the convolutional network again and again."""
    opened = open_digit("network=convolutional")
    page = opened.page

    def scribble() -> None:
        rng = np.random.default_rng(0)
        draw(page, rng.uniform(10, 118, (14, 2)).tolist())
        settle(page)

    lengths = tasks(chromium, page, scribble)
    assert page.evaluate(f"{WIDGET}.way.size") > 60
    assert 2 < max(lengths) < 50  # 23 ms were measured
    assert opened.faults == []


# -- the address ---------------------------------------------------------------------------


def test_the_address_restores_the_exact_experiment(open_digit, visit, address: str):
    opened = open_digit()
    page = opened.page
    page.get_by_role("slider", name="Pen").fill("13")
    page.get_by_role("radio", name="a 7, test image 9009").check()
    draw(page, SEVEN)
    draw(page, BAR)
    page.locator("draw-digit select").select_option("convolutional")
    page.get_by_role("slider", name="Replay the drawing").fill("12")
    page.wait_for_function("location.hash.includes('at=12')")
    assert re.search(
        r"#draw-digit\?network=convolutional&digit=9009&strokes=[\w.-]+&at=12", page.url
    )
    names = f"[{STATE}, {WIDGET}.strokes, [...{WIDGET}.image], [...{WIDGET}.probabilities]]"
    here = page.evaluate(names)

    again = visit(page.url.removeprefix(address))
    again.page.wait_for_function("scrollY > 0")
    assert again.page.evaluate(names) == here
    button(again.page, "Reset").click()
    again.page.wait_for_function("location.hash === ''")
    assert opened.faults == again.faults == []


def test_what_an_address_says_badly_is_left_out(open_digit):
    opened = open_digit()
    page = opened.page
    start = page.evaluate(STATE)

    def asked(query: str) -> dict:
        return page.evaluate(
            f"""(query) => new Promise((done) => {{
              addEventListener("hashchange", () => done({STATE}), {{ once: true }});
              location.hash = `#draw-digit?${{query}}`;
            }})""",
            query,
        )

    bad = asked("network=deep&digit=5000&strokes=U4&at=many&width=9000&colour=red")
    assert bad == start | {"width": 24}
    for drawn in ("U", "<b>", "UC4Bg.", "UC4Bg999", "*UC4Bg", "U____", "A" * 9001):
        assert asked(f"strokes={drawn}") == start, drawn
    assert asked("strokes=UC4Bg99")["strokes"] == "UC4Bg99"
    assert asked("at=5000")["at"] == -1, "more points than there are"
    assert opened.faults == []


# -- on a slide, from a folder, in both schemes --------------------------------------------


def test_on_a_slide(visit):
    """One visit, for speed: the deck is large."""
    opened = visit(f"{DECK}#/{SLIDE}/draw-digit?digit=1901&strokes=", height=720)
    page = opened.page
    page.wait_for_function("window.deck?.isReady()")
    assert page.evaluate("deck.getCurrentSlide().id") == SLIDE
    assert answer(page).startswith("It looks like a 4, ")
    button(page, "Clear").click()
    draw(page, SEVEN)
    assert answer(page).startswith("It looks like a 7, ")
    page.wait_for_function(f"location.hash.startsWith('#/{SLIDE}/draw-digit?strokes=')")
    for key in ("ArrowRight", "Space", "ArrowDown", "n", "Space"):  # in the widget they are its own
        page.keyboard.press(key)
        assert page.evaluate("deck.getCurrentSlide().id") == SLIDE, key
    widget = page.locator(f"#{SLIDE} draw-digit").bounding_box()
    for inside in page.locator("draw-digit :is(button, input, select, canvas):visible").all():
        part = inside.bounding_box()
        assert widget["x"] <= part["x"]
        assert part["x"] + part["width"] <= widget["x"] + widget["width"]
        assert part["y"] + part["height"] <= widget["y"] + widget["height"]
    light = shades(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.mdColorScheme === 'slate'")
    settle(page)
    dark = shades(page)
    assert light.min() < 60 < 240 < np.median(light), "dark ink on light paper"
    assert np.median(dark) < 60 < 200 < dark.max(), "and in dark the other way round"
    page.keyboard.press("PageDown")  # but a remote control goes on
    page.wait_for_function(f"deck.getCurrentSlide().id !== '{SLIDE}'")
    assert opened.faults == []


@pytest.fixture
def from_folder(visit, tmp_path: Path):
    """Return a function that opens a small page with the widget by `file://`."""
    folder = tmp_path / "a folder"
    files = files_of(["draw-digit"])
    files["styles"] = ["assets/css/colours.css", *files["styles"]]
    for name in (*files["styles"], *files["scripts"]):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "docs" / name, folder / name)
    styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in files["styles"])
    scripts = "".join(f'<script src="{name}"></script>' for name in files["scripts"])
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en" data-md-color-scheme="default"><meta charset="utf-8">'
        f"<title>A page</title>{styles}<main><h1>A page</h1>"
        '<draw-digit class="widget" id="draw-digit"><p>A still picture</p></draw-digit></main>'
        f"{scripts}",
        encoding="utf-8",
    )

    def open_page(query: str = "", **options: object):
        return visit(f"page.html{query}", home=f"{folder.as_uri()}/", **options)

    return open_page


def test_from_a_folder(from_folder):
    opened = from_folder()
    page = opened.page
    page.add_script_tag(content=axe())
    rules = {"preload": False}  # of style sheets, which a page cannot read from a folder
    assert not page.get_by_text("A still picture").is_visible()
    assert answer(page) == "Draw a digit"
    assert page.evaluate(RUN_AXE, rules) == []
    draw(page, SEVEN)
    draw(page, BAR)
    assert answer(page).startswith("It looks like a 7, ")
    page.wait_for_function("location.hash.startsWith('#draw-digit?strokes=')")
    page.locator(".digit-sample input").nth(11).check()
    page.locator("draw-digit select").select_option("convolutional")
    assert f"It looks like an {DIGITS['read']['convolutional'][11]}, " in answer(page)
    for scheme in ("default", "slate"):
        page.evaluate(f"document.documentElement.dataset.mdColorScheme = '{scheme}'")
        settle(page)
        assert page.evaluate(RUN_AXE, rules) == [], scheme
    page.emulate_media(media="print")
    assert page.get_by_text("A still picture").is_visible()
    assert not button(page, "Clear").is_visible()
    assert opened.faults == []
