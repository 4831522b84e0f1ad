"""`<sigmoid-neuron>`, `<activation-functions>` and `<backpropagation-steps>` in the browser.

Their mathematics is compared with Python in `tests/test_widget_activations.py` and
`tests/test_widget_hand_network.py`; here they are used as readers use them.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from lxml import html
from playwright.sync_api import expect

from tests.site.checks import RUN_AXE, axe
from tests.test_widget_hand_network import by_python, squares  # noqa: F401
from workshop.functions import sigmoid

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))
from widgets import files_of  # noqa: E402

PAGES = {
    "sigmoid-neuron": "theory/neuron_equation/",
    "activation-functions": "theory/activation_functions/",
    "backpropagation-steps": "theory/backpropagation/",
}
SLIDES = {
    "sigmoid-neuron": ("the-sigmoid", "weight=2&bias=-1", {"weight": 2, "bias": -1, "x": 0}),
    "activation-functions": (
        "relu-beside-it",
        "gelu=1&z=-2",
        {"gelu": True, "relu": True, "z": -2},
    ),
    "backpropagation-steps": ("a-network-for-a-pencil", "at=d11&b12=-5", {"at": "d11", "b12": -5}),
}
DECK = "slides/workshop/"
MINUS = "\N{MINUS SIGN}"


class Used:
    """A widget in a page that a test uses."""

    def __init__(self, opened, element: str) -> None:
        self.opened, self.page, self.element = opened, opened.page, element
        self.widget = self.page.locator(element)
        self.widget.scroll_into_view_if_needed()
        self.drawn()

    @property
    def state(self) -> dict:
        return self.widget.evaluate("(widget) => widget.state")

    def wait_for(self, name: str, value: object) -> None:
        """Wait until a part of the state is so: a tap becomes a click a little later."""
        self.page.wait_for_function(
            "([widget, name, value]) => document.querySelector(widget).state[name] === value",
            arg=[self.element, name, value],
        )

    def drawn(self) -> None:
        """Wait until it has been drawn as it is now."""
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def button(self, name: str):
        return self.widget.get_by_role("button", name=name, exact=True)

    def handle(self, name: str) -> tuple[float, float]:
        """Return where a handle with a name is in the window."""
        box = self.widget.locator(".chart-handle", has_text=name).locator(":nth-child(2)")
        place = box.bounding_box()
        return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the plot of `<sigmoid-neuron>` is in the window."""
        return tuple(
            self.widget.evaluate(
                """({ plot, image }, [x, y]) => {
                  const { e, f, a } = image.getScreenCTM();
                  return [e + a * plot.toX(x), f + a * plot.toY(y)];
                }""",
                [x, y],
            )
        )

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()
        self.drawn()

    def touch_drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        finger = self.page.context.new_cdp_session(self.page)
        for kind, share in (
            ("touchStart", 0),
            ("touchMove", 0.5),
            ("touchMove", 1),
            ("touchEnd", 0),
        ):
            place = [a + (b - a) * share for a, b in zip(start, end, strict=True)]
            points = [] if kind == "touchEnd" else [{"x": place[0], "y": place[1]}]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.drawn()


@pytest.fixture
def use(visit, tmp_path: Path) -> Callable[..., Used]:
    """Return a function that opens a small page with all three from a folder, and uses one.

    The words after the element's name are its experiment, as in the address.
    """
    folder, files = tmp_path / "a folder", files_of(list(PAGES))
    for name in [*files["styles"], *files["scripts"], "assets/css/colours.css"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "docs" / name, folder / name)
    styles = [f'<link rel="stylesheet" href="{name}">' for name in files["styles"]]
    elements = [f'<{name} class="widget"><p>A still picture</p></{name}>' for name in PAGES]
    scripts = [f'<script src="{name}"></script>' for name in files["scripts"]]
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en" data-md-color-scheme="default"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>A page</title>'
        f'<link rel="stylesheet" href="assets/css/colours.css">{"".join(styles)}'
        f"<main><h1>A page</h1>{''.join(elements)}</main>{''.join(scripts)}",
        encoding="utf-8",
    )

    def open_page(element: str, query: str = "", **options: object) -> Used:
        path = f"page.html#{element}?{query}" if query else "page.html"
        return Used(visit(path, home=f"{folder.as_uri()}/", **options), element)

    return open_page


# -- the neuron with one input -------------------------------------------------------------


def test_its_curve_is_dragged_by_mouse(use):
    used = use("sigmoid-neuron", "weight=2&bias=0&x=1")
    words = used.widget.locator(".sigmoid-words")
    expect(words).to_contain_text(f"the output {sigmoid(2.0):.3f}.")

    used.drag(used.handle("bias"), used.place(1.5, 0.5))  # the middle sideways: only the bias
    assert used.state == pytest.approx({"weight": 2, "bias": -3, "x": 1, "hold": False}, abs=0.05)
    expect(words).to_contain_text("is at 1.5")

    x, y = used.handle("weight")
    middle_x, middle_y = used.place(1.5, 0.5)
    used.drag((x, y), (x + (x - middle_x), middle_y + (y - middle_y) * 0.6))  # gentler
    turned = used.state
    assert 0.4 < turned["weight"] < 0.8
    assert -turned["bias"] / turned["weight"] == pytest.approx(1.5, abs=0.05), "about its middle"
    used.drag(used.handle("weight"), (x, middle_y + (middle_y - y)))
    assert used.state["weight"] < 0
    expect(words).to_contain_text("the curve falls")

    used.drag(used.handle("input"), used.place(-3, 0))
    state = used.state
    assert state["x"] == pytest.approx(-3, abs=0.03)
    output = sigmoid(state["weight"] * state["x"] + state["bias"])
    expect(words).to_contain_text(f"the output {output:.3f}")
    expect(used.widget.locator(".chart > .chart-value")).to_have_text(f"{output:.3f}")

    drawn = used.widget.evaluate("""({ curve, plot }) => curve.getAttribute("d").slice(1)
      .split("L").map((place) => place.split(" ").map(Number))
      .map(([x, y]) => [plot.fromX(x), plot.fromY(y)])""")
    x, y = np.array(drawn).T
    assert (x[0], x[-1]) == pytest.approx((-8, 8), abs=0.01)
    np.testing.assert_allclose(y, sigmoid(state["weight"] * x + state["bias"]), atol=1e-3)

    used.button("Reset").click()
    assert used.state == {"weight": 1, "bias": 0, "x": 3, "hold": False}
    assert used.opened.faults == []


def test_the_neuron_by_keyboard(use):
    used = use("sigmoid-neuron")
    page = used.page
    used.widget.get_by_role("slider", name="Weight w").focus()
    page.keyboard.press("ArrowRight")
    assert used.state["weight"] == pytest.approx(1.1)
    bias = used.widget.get_by_role("spinbutton", name="Bias b")
    bias.fill(f"{-2.2}")
    bias.press("Enter")
    assert used.state["bias"] == -2.2
    used.widget.get_by_role("checkbox").press("Space")
    used.widget.get_by_role("slider", name="Weight w").press("ArrowLeft")
    assert used.state["weight"] == pytest.approx(1)
    assert used.state["bias"] == -2, "the middle stays at 2"
    page.keyboard.press("n")  # the book's own key for the next page
    page.wait_for_function("location.hash === '#sigmoid-neuron?bias=-2&hold=1'")
    assert used.opened.faults == []


def test_the_neuron_by_touch(use):
    used = use("sigmoid-neuron", width=390, has_touch=True, is_mobile=True)
    page = used.page
    used.widget.locator(".chart").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    used.touch_drag(used.handle("bias"), used.place(-2, 0.5))
    page.wait_for_function("document.querySelector('sigmoid-neuron').state.bias > 1.8")
    assert page.evaluate("scrollY") == scrolled
    assert used.opened.faults == []


def test_it_says_what_weight_and_bias_do(use):
    used = use("sigmoid-neuron")
    for query, said in {
        "weight=0&bias=1": "Any input gives the output 0.731.",
        "weight=3&bias=-3&x=4": "3 · 4 − 3 = 9, the output 1.000. Here the neuron is saturated.",
        "weight=-0.5&bias=2": "falls, 0.5 times as steeply as with −1.",
        "weight=1&bias=-3": "Saturated below −1.6 and above 7.6",
    }.items():
        used.page.evaluate(f"location.hash = '#sigmoid-neuron?{query}'")
        used.widget.get_by_text(said).wait_for()
    assert used.opened.faults == []


# -- the activation functions --------------------------------------------------------------


def rows(used: Used) -> dict[str, list[str]]:
    """Return the two numbers of each function, by its name."""
    return used.widget.evaluate("""(widget) => {
      const text = (row, part) => [...row.querySelectorAll(part)].map((one) => one.innerText);
      return Object.fromEntries([...widget.querySelectorAll("tbody tr")].map((row) =>
        [text(row, "th label")[0], text(row, ".activation-number")]));
    }""")


def test_values_and_slopes_are_read_off(use):
    used = use("activation-functions", "z=-1.3")
    a = sigmoid(-1.3)
    expected = {
        "step": (0, 0),
        "sigmoid": (a, a * (1 - a)),
        "tanh": (np.tanh(-1.3), 1 - np.tanh(-1.3) ** 2),
        "ReLU": (0, 0),
        "leaky ReLU": (-0.013, 0.01),
    }
    found = rows(used)
    for name, numbers in expected.items():
        shown = [float(text.replace(MINUS, "-")) for text in found[name]]
        assert shown == pytest.approx(numbers, abs=5e-5), name
    used.widget.evaluate("(widget) => widget.set({ z: 0 })")
    assert rows(used)["step"] == ["0", "none"], "at the jump there is no slope"


def test_functions_are_chosen_and_the_line_is_dragged(use):
    used = use("activation-functions")
    curves = used.widget.locator(".chart-curve.activation-tanh:not(.activation-flat)")
    assert curves.count() == 1, "only the sample in the table"
    used.widget.get_by_role("checkbox", name="tanh").check()
    used.drawn()
    assert curves.count() == 3, "its value and its slope, and the sample in the table"
    box = used.widget.locator(".activation-grip").last.bounding_box()
    right, middle = box["x"] + box["width"], box["y"] + box["height"] / 2
    used.page.mouse.click(right - box["width"] / 4, middle)
    assert used.state["z"] == pytest.approx(3, abs=0.05)
    used.drag((right - 20, middle), (right + 200, middle))
    assert used.state["z"] == 6
    said = used.widget.locator(".activation-words").inner_text()
    assert said.startswith("At 6, sigmoid and tanh are flat, or saturated")
    used.button("Reset").click()
    assert used.state["z"] == 2
    assert used.opened.faults == []


def test_the_functions_by_keyboard_and_by_touch(use):
    used = use("activation-functions", width=390, has_touch=True, is_mobile=True)
    used.widget.get_by_role("checkbox", name="ReLU", exact=True).press("Space")
    assert used.state["relu"]
    used.widget.get_by_role("slider", name="Sum z").press("ArrowLeft")
    assert used.state["z"] == pytest.approx(1.95)
    used.widget.get_by_role("checkbox", name="GELU").tap()
    used.wait_for("gelu", True)
    grip = used.widget.locator(".activation-grip").first
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    height = box["y"] + 40
    used.touch_drag((box["x"] + 100, height), (box["x"] + 20, height))
    used.page.wait_for_function("document.querySelector('activation-functions').state.z < -4")
    assert used.opened.faults == []


# -- backpropagation -----------------------------------------------------------------------

READ = """(widget) => {
  const texts = (part) => [...widget.querySelectorAll(part)].map((one) => one.textContent);
  return {
    where: texts(".hand-where")[0],
    formula: texts(".hand-formula span"),
    place: texts(".hand-now-here text")[0],
    used: texts(".hand-used text"),
    factors: texts(".hand-chain .hand-factor strong"),
  };
}"""


def test_all_forty_numbers_one_after_the_other(use):
    used = use("backpropagation-steps")
    told = used.widget.evaluate(f"""async (widget) => {{
      const next = [...widget.querySelectorAll("button")].find((one) => one.textContent === "Next");
      const told = [];
      while (next.getAttribute("aria-disabled") !== "true") {{
        next.click();
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        told.push(({READ})(widget));
      }}
      return told;
    }}""")
    assert [one["where"].split(" of ")[0] for one in told] == [str(n) for n in range(1, 41)]
    assert all(one["place"] for one in told), "each number has a place in the picture"
    assert all(one["used"] for one in told)
    first, last = told[0], told[-1]
    assert first["formula"][-4:] == ["−1 + 2 · 2 + (−2) · 1", "", "=", "1"]
    assert (first["place"], first["used"]) == ("z 1", ["2", "−2", "2", "1", "bias −1"])
    (twenty,) = [one for one in told if one["formula"][0].startswith("∂C / ∂w111")]
    assert twenty["factors"] == ["−4", "−2", "1", "2", "−2", "−1", "1", "2"]
    assert (twenty["place"], twenty["formula"][-1]) == ("∂ 20", "20")
    assert (last["place"], last["formula"][-1]) == ("cost 0.0845, was 5", "0.0845")

    words = used.widget.evaluate("""(widget) => {
      widget.set({ at: "gw211" });
      widget.draw();
      const picture = widget.querySelector(".hand-picture");
      return document.getElementById(picture.getAttribute("aria-describedby")).textContent;
    }""")
    assert "Upper output: weights −2 and 1, bias −1, sum −1, answer −1, delta −4." in words
    assert words.endswith("The cost is 5. ∂C/∂w²₁₁ is −4.")
    assert used.opened.faults == []


@pytest.mark.usefixtures("squares")
def test_numbers_are_changed_and_all_follow(use):
    used = use("backpropagation-steps", "at=d12")
    used.widget.locator("[data-field=b12]").click()  # in the picture
    assert used.page.evaluate("document.activeElement.closest('[data-name]').dataset.name") == "b12"
    used.page.keyboard.press("ControlOrMeta+a")
    used.page.keyboard.type("-5")
    used.page.keyboard.press("Enter")
    expect(used.widget.locator(".hand-now")).to_contain_text("This neuron is silent")
    for _ in range(2):  # two steps of learning
        numbers = {name: value for name, value in used.state.items() if not isinstance(value, str)}
        expected = by_python(numbers, "relu", "squares")
        values = used.widget.evaluate("({ values }) => values")
        assert {name: values[name] for name in expected} == pytest.approx(expected, rel=1e-12)
        used.widget.get_by_role("combobox", name="Go to a number").select_option("Cnew")
        used.button("Go on from here").click()
        assert used.state["at"] == "start"
        assert used.state["w212"] == expected["w212new"]
    assert used.opened.faults == []


def test_the_network_by_keyboard(use):
    used = use("backpropagation-steps")
    page = used.page
    used.button("Next").focus()
    for _ in range(3):
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert used.state["at"] == "a12"
    used.button("Back").press("Enter")
    assert used.state["at"] == "z12"
    used.widget.get_by_role("combobox", name="Go to a number").select_option("gw212")
    expect(used.widget.locator(".hand-where")).to_have_text("11 of 40: The outputs")
    used.widget.locator("summary").press("Enter")
    used.widget.get_by_role("combobox", name="Outputs and cost").select_option("entropy")
    target = used.widget.get_by_role("spinbutton", name="y₂")
    target.fill("0.25")
    target.press("Enter")
    assert (used.state["y1"], used.state["y2"]) == (0.75, 0.25), "softmax adds up to 1"
    page.wait_for_function(
        "location.hash === '#backpropagation-steps?at=gw212&cost=entropy&y1=0.75&y2=0.25'"
    )
    said = "13 of 42: The outputs. ∂C/∂w²₁₂ = "
    expect(used.widget.locator("[role=status]")).to_contain_text(said)
    assert used.opened.faults == []


def test_the_network_by_touch(use):
    used = use("backpropagation-steps", width=390, has_touch=True, is_mobile=True)
    used.button("Next").tap()
    used.wait_for("at", "z11")
    used.widget.locator("summary").tap()
    used.widget.get_by_role("spinbutton", name="x₁").fill("3")
    used.widget.get_by_role("spinbutton", name="x₁").press("Enter")
    expect(used.widget.locator(".hand-formula strong")).to_have_text("3")
    assert used.opened.faults == []


# -- all three -----------------------------------------------------------------------------


def test_on_a_phone_they_pass_axe_fit_and_give_a_finger_room(use):
    used = use("backpropagation-steps", width=390, has_touch=True, is_mobile=True)
    page = used.page
    used.widget.locator("summary").tap()
    used.button("Next").tap()
    used.drawn()
    page.add_script_tag(content=axe())
    options = {"preload": False}  # it may not read a file's style sheet
    assert page.evaluate(RUN_AXE, options) == []
    page.evaluate("document.documentElement.dataset.mdColorScheme = 'slate'")
    used.drawn()
    assert page.evaluate(RUN_AXE, options | {"runOnly": ["color-contrast"]}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate("""() => [...document.querySelectorAll(
      ":is(button, select, input:not([type=checkbox]), .widget-check)")].filter((one) =>
        one.getBoundingClientRect().height < 43.9).map((one) => one.outerHTML)""")
    assert small == []
    page.emulate_media(media="print")
    assert page.get_by_text("A still picture").count() == 3
    assert page.get_by_text("A still picture").first.is_visible()
    assert not page.locator(".widget-body").first.is_visible()
    assert used.opened.faults == []


@pytest.mark.parametrize("element", PAGES)
def test_links_of_its_page_set_up_experiments(visit, element: str):
    used = Used(visit(PAGES[element]), element)
    links = used.page.locator(f'main a[href^="#{element}?"]')
    assert links.count() >= 3
    for link in links.all():
        link.click()
        query = link.get_attribute("href").partition("?")[2]
        for name, text in (part.split("=") for part in query.split("&")):
            value = used.state[name]
            assert (str(int(value)) if isinstance(value, bool) else f"{value}") == text
    used.button("Reset").click()
    used.page.wait_for_function("location.hash === ''")
    assert used.opened.faults == []


def test_without_javascript_the_pictures_stand_in_their_place(site: Path):
    for element, path in PAGES.items():
        page = html.parse(str(site / path / "index.html"))
        (figure,) = page.iterfind(f".//{element}//figure")
        assert "this picture is an experiment" in figure.text_content()
        assert len(figure.find(".//svg").get("aria-label")) > 50


def test_they_work_on_slides(visit):
    opened = None
    for element, (slide, query, expected) in SLIDES.items():
        if opened is None:
            opened = visit(f"{DECK}#/{slide}/{element}?{query}", "dark", height=720)
            page = opened.page
            page.wait_for_function("window.deck?.isReady()")
        else:
            page.evaluate(f"location.hash = '#/{slide}/{element}?{query}'")
            page.wait_for_function(f"deck.getCurrentSlide().id === '{slide}'")
        used = Used(opened, element)
        assert expected.items() <= used.state.items()
        if element == "sigmoid-neuron":
            used.drag(used.handle("bias"), used.place(2, 0.5))
            assert used.state["bias"] == pytest.approx(-4, abs=0.1)
        elif element == "activation-functions":
            box = used.widget.locator(".activation-grip").first.bounding_box()
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 30)
            assert used.state["z"] == pytest.approx(0, abs=0.05)
        else:
            used.button("Next").press("Space")
            assert used.state["at"] == "d12"
        used.widget.locator(":is(button, input, select):visible").first.press("ArrowRight")
        assert page.evaluate("deck.getCurrentSlide().id") == slide, "its keys are not the deck's"
        page.wait_for_function(f"location.hash.startsWith('#/{slide}/{element}?')")
    assert opened.faults == []
