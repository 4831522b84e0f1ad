"""The cheat sheet is one page when it is printed, and nothing on it is cut off."""

import re

import pytest

PAPER = {"A4": (595, 842), "Letter": (612, 792)}  # points
PIXELS = {"A4": (734, 1062), "Letter": (756, 995)}  # inside margins of 8 mm
CUT_OFF = """() => [...document.querySelectorAll(".cheat-sheet :is(pre, table, .formula)")]
  .filter((element) => element.scrollWidth > element.clientWidth + 2)
  .map((element) => element.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize("paper", PAPER)
def test_the_cheat_sheet_prints_on_one_page(visit, paper: str):
    page = visit("reference/cheat_sheet/").page
    for by_css in (False, True):
        document = page.pdf(format=paper, prefer_css_page_size=by_css)
        boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)
        assert len(boxes) == 1, f"{len(boxes)} pages"
        assert [float(side) for side in boxes[0]] == pytest.approx(PAPER[paper], abs=1.5)


@pytest.mark.parametrize("paper", PIXELS)
def test_the_printed_cheat_sheet_has_room_to_spare_and_shows_everything(visit, paper: str):
    width, most = PIXELS[paper]
    page = visit("reference/cheat_sheet/", width=width).page
    page.emulate_media(media="print")
    height = page.evaluate("document.querySelector('.cheat-sheet').getBoundingClientRect().height")
    assert 500 < height < 0.95 * most, "other fonts need more room"
    assert page.evaluate(CUT_OFF) == []
