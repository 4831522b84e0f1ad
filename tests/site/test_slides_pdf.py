"""`make slides-pdf`: every deck as PDF, one page a slide, with and without the speaker's notes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from offline import browser, slides

SLIDE, A4 = (960, 540), (595, 842)  # points: 1280 by 720 pixels, and a sheet


@pytest.fixture(scope="module")
def printed(site: Path, chromium, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    for deck in slides.decks_in(site):
        slides.print_deck(chromium, deck, folder)
    return folder


def pages(document: bytes) -> list[list[float]]:
    """Return the width and height of each page, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)
    return [[float(side) for side in box] for box in boxes]


def test_every_deck_has_a_page_for_each_slide(site, printed):
    decks = slides.decks_in(site)
    assert {deck.parent.name for deck in decks} == {"workshop", "taster", "numpy_to_pytorch"}
    for deck in decks:
        n_slides = deck.read_text(encoding="utf-8").count("<section class=")
        for ending, size in (("", SLIDE), ("-with-notes", A4)):
            found = pages((printed / f"{deck.parent.name}{ending}.pdf").read_bytes())
            assert len(found) == n_slides, f"{deck.parent.name}{ending}"
            for page in found:
                assert page == pytest.approx(size, abs=1.5)


def test_the_files_can_be_read_to_someone_and_found_by_their_headings(printed):
    documents = sorted(printed.iterdir())
    assert len(documents) == 6
    for document in documents:
        content = document.read_bytes()
        for part in (b"/StructTreeRoot", b"/Lang", b"/Outlines"):
            assert part in content, f"{document.name} has no {part.decode()}"


def test_the_command_says_what_is_missing(tmp_path, monkeypatch):
    command = [sys.executable, "-m", "offline.slides", "--site", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 1
    assert "no decks in" in done.stderr
    assert "make site" in done.stderr

    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    with pytest.raises(browser.MissingBrowserError, match=r"chromium.*apt install chromium"):
        browser.find_chromium()
