"""Fixtures that open pages in a browser: `tests/conftest.py` gives them to all tests."""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

# What the theme's search reads, with no pages in it.
EMPTY = {
    "config": {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": [], "fields": {"text": {}}},
    "docs": [],
}


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Start the system's Chromium; skip where there is none, unless that is not allowed."""
    from offline import browser

    try:
        browser.find_chromium()
    except browser.MissingBrowserError as error:
        if os.environ.get("WORKSHOP_REQUIRE_BROWSER") == "1":
            pytest.fail(f"WORKSHOP_REQUIRE_BROWSER=1, but there is {error}")
        pytest.skip(str(error))
    with browser.chromium() as running:
        yield running


@dataclass
class Visit:
    """A page in a browser that reaches no other host, with a record of what went wrong."""

    page: object
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def visit(chromium, request: pytest.FixtureRequest):
    """Return a function that opens a page: ``visit(path, scheme, width)``.

    `height` is the window's; `motion` is "reduce" or "no-preference"; `home` stands before the
    path, if not the address of the served site; without `search`, the theme gets nothing to search
    through, which saves the half second in which each page makes its index; further words go to
    the browser's context.
    """
    with contextlib.ExitStack() as contexts:

        def open_page(
            path: str,
            scheme: str = "light",
            width: int = 1280,
            height: int = 900,
            *,
            motion: str = "reduce",
            home: str = "",
            search: bool = True,
            **options: object,
        ) -> Visit:
            home = home or request.getfixturevalue("address")
            context = chromium.new_context(
                color_scheme=scheme,
                viewport={"width": width, "height": height},
                reduced_motion=motion,
                **options,
            )
            contexts.callback(context.close)
            visit = Visit(context.new_page())

            def refuse(route) -> None:
                visit.faults.append(f"asked another host: {route.request.url}")
                route.abort()

            def console(message) -> None:
                visit.faults.append(f"console {message.type}: {message.text}")

            def failed(asked) -> None:
                if "ERR_ABORTED" not in asked.failure:  # the page was left, or it is a download
                    visit.faults.append(f"{asked.url} did not load: {asked.failure}")

            context.route(re.compile(f"^(?!{re.escape(home)}|data:|blob:)"), refuse)
            if not search:
                context.route(
                    "**/search/search_index.json", lambda route: route.fulfill(json=EMPTY)
                )
            context.on("console", console)
            context.on("requestfailed", failed)
            context.on(
                "weberror", lambda thrown: visit.faults.append(f"page error: {thrown.error}")
            )
            visit.page.goto(home + path, wait_until="load")
            return visit

        yield open_page
