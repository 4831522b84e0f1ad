"""Tests that need MNIST: skipped with a reason where it is nowhere, failed where it is demanded."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no variable moves the user's cache folder there"
)

A_TEST = """
import os
import pytest
from workshop import datasets

def test_plain():
    assert "first-neuron" not in str(datasets.data_folder())
    assert datasets.missing_mnist_files()

@pytest.mark.mnist
def test_marked():
    assert datasets.missing_mnist_files() == []

def test_with_fixture(mnist_data_dir, mnist_files):
    assert mnist_files == mnist_data_dir / "mnist" == datasets.data_folder() / "mnist"
"""


@pytest.fixture
def checkout(tmp_path) -> Path:
    """Return another checkout, of one test module and our conftest."""
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    for name in ("conftest.py", "browser.py", "misbehaving_server.py"):
        shutil.copy(Path(__file__).with_name(name), tests)
    (tests / "test_it.py").write_text(A_TEST)
    (tests.parent / "pytest.ini").write_text(
        "[pytest]\naddopts = --import-mode=importlib\nmarkers =\n  mnist\n  site\n"
    )
    return tests.parent


def outcome(checkout: Path, *arguments: str, **variables: str) -> str:
    empty = {"HOME": str(checkout), "XDG_CACHE_HOME": str(checkout / "xdg")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", *arguments],
        cwd=checkout,
        env={**os.environ, "WORKSHOP_REQUIRE_MNIST": "", **empty, **variables},
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_without_mnist_tests_that_need_it_are_skipped_with_a_reason(checkout, monkeypatch):
    monkeypatch.delenv("WORKSHOP_DATA")
    out = outcome(checkout)

    assert "1 passed, 2 skipped" in out
    assert "MNIST is not here (run `workshop data` once, or name a mirror)" in out


def test_where_mnist_is_demanded_its_lack_is_a_failure(checkout):
    out = outcome(checkout, WORKSHOP_REQUIRE_MNIST="1")

    assert "1 passed, 2 errors" in out
    assert "WORKSHOP_REQUIRE_MNIST=1, but MNIST is not here" in out


def test_a_test_is_selected_by_its_fixture_too(checkout):
    assert "1 passed, 2 deselected" in outcome(checkout, "-m", "not mnist")


def test_files_beside_the_checkout_are_used(checkout, mnist_files):
    shared = checkout.parent / "shared" / "data"
    shared.mkdir(parents=True)
    (shared / "mnist").symlink_to(mnist_files)

    assert "3 passed" in outcome(checkout, WORKSHOP_DATA="")


def test_a_data_folder_that_has_mnist_is_used_as_it_is(checkout, mnist_data_dir):
    assert "3 passed" in outcome(checkout, WORKSHOP_DATA=str(mnist_data_dir))
    assert not (checkout / ".cache").exists()
