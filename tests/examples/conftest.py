"""Give each step's tests the step, what it must reach, an empty folder, and no network."""

import importlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.examples.thresholds import THRESHOLDS, Threshold

ROOT = Path(__file__).parents[2]
LONGEST = 120  # seconds for a script; it needs 20 at most, but not on a busy machine


@pytest.fixture
def stem(request: pytest.FixtureRequest) -> str:
    """Name the step that a test module is about."""
    match = re.search(r"test_(step\d\d_\w+)$", request.module.__name__)
    assert match, "a module of tests/examples is named test_<stem of the step>.py"
    return match[1]


@pytest.fixture
def example(stem: str) -> ModuleType:
    """Import the step."""
    return importlib.import_module(f"examples.{stem}")


@pytest.fixture
def threshold(stem: str) -> Threshold:
    """Look up what the step must reach."""
    return THRESHOLDS[stem]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pictures land in the test's own folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture(autouse=True)
def asked_for(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail a test whose step asks for another machine, even if it gets over the refusal."""
    asked: list[str] = []

    def refuse(*arguments: object, **_: object) -> None:
        asked.append(repr(arguments[-1] if arguments else ""))
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    yield asked
    assert not asked, f"the step asked the network for {asked}"


@pytest.fixture
def as_script(stem: str) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run the step as a learner does: ``python examples/<stem>.py ...``."""

    def start(*arguments: str) -> "subprocess.CompletedProcess[str]":
        one = ("PYTHONUTF8", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
        return subprocess.run(
            [sys.executable, str(ROOT / "examples" / f"{stem}.py"), *arguments],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | dict.fromkeys(one, "1"),
            timeout=LONGEST,
        )

    return start
