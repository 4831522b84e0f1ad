"""Build the site once for all test processes, serve it on loopback, and open a browser for it."""

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("site")


def mkdocs_build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build strictly, as `make site` does, and return what came of it."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)],
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        cwd=config.parent,
        capture_output=True,
        text=True,
        timeout=500,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site. The first test process builds it, the others wait.

    `WORKSHOP_SITE` names a site that is there already, to be tested as it is.
    """
    if already := os.environ.get("WORKSHOP_SITE"):
        return Path(already).resolve()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, done = shared / "site", shared / "site.built"
    with FileLock(shared / "site.lock"):
        if not done.exists():
            built = mkdocs_build(ROOT / "mkdocs.yml", folder)
            assert built.returncode == 0, f"mkdocs build --strict failed:\n{built.stderr}"
            done.touch()
    return folder


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without writing a log, and the site's own page for what is missing."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return the address at which the site is served."""
    handler = functools.partial(QuietHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Start the system's Chromium; skip where there is none, unless that is not allowed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    program = program or shutil.which("google-chrome")
    if program is None:
        reason = "no Chromium on this machine (Debian: apt install chromium)"
        if os.environ.get("WORKSHOP_REQUIRE_BROWSER") == "1":
            pytest.fail(f"WORKSHOP_REQUIRE_BROWSER=1, but there is {reason}")
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        with contextlib.closing(browser):
            yield browser


@dataclass
class Visit:
    """A page in a browser that reaches no other host, with a record of what went wrong."""

    page: object
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def visit(chromium, address: str):
    """Return a function that opens a page: ``visit(path, scheme, width)``.

    `height` is the window's; `motion` is "reduce" or "no-preference"; `home` stands before the
    path, if not the address of the served site; further words go to the browser's context.
    """
    with contextlib.ExitStack() as contexts:

        def open_page(
            path: str,
            scheme: str = "light",
            width: int = 1280,
            height: int = 900,
            *,
            motion: str = "reduce",
            home: str = address,
            **options: object,
        ) -> Visit:
            context = chromium.new_context(
                color_scheme=scheme,
                viewport={"width": width, "height": height},
                reduced_motion=motion,
                **options,
            )
            contexts.callback(context.close)
            visit = Visit(context.new_page())

            def only_ours(route) -> None:
                if route.request.url.startswith((home, "data:", "blob:")):
                    route.continue_()
                else:
                    visit.faults.append(f"asked another host: {route.request.url}")
                    route.abort()

            def console(message) -> None:
                visit.faults.append(f"console {message.type}: {message.text}")

            context.route("**/*", only_ours)
            context.on("console", console)
            context.on(
                "weberror", lambda thrown: visit.faults.append(f"page error: {thrown.error}")
            )
            visit.page.goto(home + path, wait_until="load")
            return visit

        yield open_page
