"""Print the decks of the built site: `make slides-pdf`.

Each deck becomes two files: DECK.pdf, one page of 1280 by 720 pixels for each slide, and
DECK-with-notes.pdf, one sheet of A4 for each slide with the speaker's notes below it.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser
from tqdm import tqdm

from offline.browser import MissingBrowserError, chromium

VIEWS = {"": "?handout", "-with-notes": "?handout&notes"}  # a file's ending and the page's view
DECK = '<div class="deck">'


class MissingSiteError(OSError):
    """The folder holds no built decks."""


def decks_in(site: Path) -> list[Path]:
    """Return the pages of a built site that are decks.

    Raises
    ------
    MissingSiteError
        There is none.
    """
    folder = site / "slides"
    pages = sorted([*folder.glob("*/index.html"), *folder.glob("*.html")])
    decks = [page for page in pages if DECK in page.read_text(encoding="utf-8")]
    if not decks:
        raise MissingSiteError(f"no decks in {folder}: build the site first, with make site")
    return decks


def deck_name(deck: Path) -> str:
    """Return the name of a deck: ``slides/NAME/index.html``, or ``slides/NAME.html``."""
    return deck.parent.name if deck.name == "index.html" else deck.stem


def print_deck(browser: Browser, deck: Path, folder: Path) -> list[Path]:
    """Print one deck, and return the files.

    Parameters
    ----------
    browser : Browser
        As `offline.browser.chromium` gives it.
    deck : Path
        The deck's page in a built site.
    folder : Path
        Where the files go.

    Returns
    -------
    list of Path
        One for each of `VIEWS`.
    """
    made = []
    page = browser.new_page(color_scheme="light", reduced_motion="reduce")
    try:
        for ending, view in VIEWS.items():
            page.goto(f"{deck.resolve().as_uri()}{view}")
            page.evaluate("document.fonts.ready")
            file = folder / f"{deck_name(deck)}{ending}.pdf"
            part = file.with_suffix(".part")
            page.pdf(
                path=part,
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
            )
            made.append(part.replace(file))
    finally:
        page.close()
    return made


def main() -> None:
    """Print all decks of a built site."""
    parser = argparse.ArgumentParser(prog="python -m offline.slides", description=__doc__)
    parser.add_argument(
        "--site", type=Path, default=Path("site"), help="built site (default: site)"
    )
    parser.add_argument(
        "--to", type=Path, default=Path("dist/slides"), help="folder for the files (dist/slides)"
    )
    arguments = parser.parse_args()
    try:
        decks = decks_in(arguments.site)
        arguments.to.mkdir(parents=True, exist_ok=True)
        with chromium() as browser:
            made = [
                file
                for deck in tqdm(decks, unit="deck", leave=False, disable=None)
                for file in print_deck(browser, deck, arguments.to)
            ]
    except (MissingBrowserError, MissingSiteError) as error:
        sys.exit(f"Slides were not printed: {error}")
    for file in made:
        print(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
