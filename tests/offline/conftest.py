"""Build the site for a folder once for all test processes."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from offline import site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("site")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all test processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def offline_site(shared: Path) -> Path:
    """Return the site that opens from a folder. The first test process builds it."""
    folder, done = shared / "offline-site", shared / "offline-site.built"
    with FileLock(shared / "offline-site.lock"):
        if not done.exists():
            site.build_site(folder)
            done.touch()
    return folder
