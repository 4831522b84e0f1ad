"""The Chromium of this machine, without a window and without the network.

Chromium prints the pages, and the tests look at them with it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class MissingBrowserError(OSError):
    """No Chromium is on the PATH."""


def find_chromium() -> str:
    """Return the path of the machine's Chromium.

    Raises
    ------
    MissingBrowserError
        None of the names it goes by is on the PATH; the message says how to install it.
    """
    for program in PROGRAMS:
        if path := shutil.which(program):
            return path
    raise MissingBrowserError(
        f"no Chromium on this machine: none of {', '.join(PROGRAMS)} is on the PATH. "
        "On Debian and Ubuntu: apt install chromium"
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium while the block runs.

    Yields
    ------
    Browser

    Raises
    ------
    MissingBrowserError
        There is none.
    """
    program = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
