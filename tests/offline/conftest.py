"""Build the site for a folder once for all test processes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from offline import book, edition, site


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


SMALL_NAV = """
nav:
  - index.md
  - Background: [background/index.md]
  - Theory: [theory/index.md, theory/neuron_equation.md]
  - Teach: [instructor/without_wifi.md, slides/index.md, slides/taster.md]
  - Reference: [reference/notation.md, reference/api/neuron.md]
"""


@pytest.fixture(scope="module")
def one_edition() -> Iterator[None]:
    """Keep the date of the edition, also when somebody commits while the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", f"{edition.moment().timestamp():.0f}")
        yield


@pytest.fixture(scope="session")
def small_book(offline_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a book of a few real pages: figures, formulas, tabs, quizzes, wide tables, code."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "mkdocs.yml").write_text(SMALL_NAV, encoding="utf-8")
    file = folder / "book.html"
    file.write_text(book.make_book(offline_site, folder / "mkdocs.yml"), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def whole_book(offline_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the book of all pages."""
    file = tmp_path_factory.mktemp("whole") / "book.html"
    file.write_text(book.make_book(offline_site), encoding="utf-8")
    return file
