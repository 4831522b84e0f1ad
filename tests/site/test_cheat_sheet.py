"""The cheat sheet is one page of A4 when it is printed, and nothing on it is cut off."""

import re

import pytest

A4 = (595, 842)  # points
CUT_OFF = """() => [...document.querySelectorAll(".cheat-sheet :is(pre, table, .formula)")]
  .filter((element) => element.scrollWidth > element.clientWidth + 2)
  .map((element) => element.textContent.trim().slice(0, 60))"""


def test_the_cheat_sheet_prints_on_one_page(visit):
    page = visit("reference/cheat_sheet/").page
    for options in ({"prefer_css_page_size": True}, {"format": "A4"}):
        document = page.pdf(**options)
        boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)
        assert len(boxes) == 1, f"{len(boxes)} pages"
        assert [float(side) for side in boxes[0]] == pytest.approx(A4, abs=1.5)


def test_the_printed_cheat_sheet_has_room_to_spare_and_shows_everything(visit):
    page = visit("reference/cheat_sheet/", width=734).page  # A4 less its margins, in pixels
    page.emulate_media(media="print")
    height = page.evaluate("document.querySelector('.cheat-sheet').getBoundingClientRect().height")
    assert 500 < height < 0.95 * 1062, "other fonts need more room"
    assert page.evaluate(CUT_OFF) == []
