"""Build the site once for all test processes, and serve it on loopback."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]


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
