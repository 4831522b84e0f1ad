"""The file that remembers: written whole, by one at a time, and never thrown away."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock

from workshop.exercises import progress
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG
from workshop.exercises.progress import FILE, LOCK, Entry, Progress


@pytest.fixture
def said() -> list[str]:
    """What was complained of."""
    return []


@pytest.fixture
def kept(tmp_path, said) -> Progress:
    return Progress(tmp_path, said.append)


def test_nothing_is_known_at_first_and_nothing_is_written(kept, said, tmp_path):
    assert kept.read() == {}
    assert kept.entry("ex01_output_of_a_neuron") == Entry(UNTOUCHED, "", "", 0, False)
    assert list(tmp_path.iterdir()) == []
    assert said == []


def test_a_check_is_noted_with_its_time(kept, said):
    kept.checked("ex01", WRONG)
    assert kept.entry("ex01").solved == ""
    kept.checked("ex01", RIGHT)
    solved = kept.entry("ex01").solved
    assert abs((datetime.now().astimezone() - datetime.fromisoformat(solved)).days) == 0
    kept.checked("ex01", WRONG)
    entry = kept.entry("ex01")
    assert (entry.state, entry.solved) == (WRONG, solved)
    assert entry.checked >= solved
    assert said == []


def test_entries_are_changed_one_by_one_and_forgotten(kept):
    kept.change("ex01", lambda entry: replace(entry, hints=entry.hints + 1))
    kept.change("ex02", lambda entry: replace(entry, solution=True))
    kept.change("ex01", lambda entry: replace(entry, hints=entry.hints + 1))
    assert kept.read() == {"ex01": Entry(hints=2), "ex02": Entry(solution=True)}
    kept.forget("ex01")
    kept.forget("ex07")
    assert kept.read() == {"ex02": Entry(solution=True)}


def test_what_a_newer_version_notes_more_is_no_damage(kept, said):
    noted = {"version": 2, "exercises": {"ex01": {"state": RIGHT, "mood": "good"}}}
    kept.path.write_text(json.dumps(noted))
    assert kept.read() == {"ex01": Entry(RIGHT)}
    assert said == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"exercises": 3}',
        b'{"exercises": {"ex01": []}}',
        b'{"exercises": {"ex01": {"state": "great"}}}',
        b'{"exercises": {"ex01": {"hints": "two"}}}',
        b'{"exercises": {"ex01": {"solution": 1}}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_set_aside_and_not_lost(kept, said, tmp_path, content):
    kept.path.write_bytes(content)
    kept.checked("ex02", RIGHT)
    assert list(kept.read()) == ["ex02"]
    (sentence,) = said
    assert "progress-damaged-1.json" in sentence
    assert "workshop check" in sentence
    assert (tmp_path / "progress-damaged-1.json").read_bytes() == content


def test_a_second_damaged_file_does_not_overwrite_the_first(kept, tmp_path):
    for content in ("one", "two"):
        kept.path.write_text(content)
        kept.read()
    damaged = sorted(tmp_path.glob("progress-damaged-*"))
    assert [path.read_text() for path in damaged] == ["one", "two"]


def test_two_programs_do_not_lose_each_others_entries(kept, tmp_path):
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from workshop.exercises.progress import Progress\n"
        "kept = Progress(Path(sys.argv[1]), print)\n"
        "for number in range(20):\n    kept.checked(f'{sys.argv[2]}-{number}', 'right')\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE) for name in ("one", "two")
    ]
    assert [each.communicate()[0] for each in running] == [b"", b""]
    assert len(kept.read()) == 40


def test_a_write_that_fails_leaves_the_file_as_it_was(kept, said, tmp_path, monkeypatch):
    kept.checked("ex01", RIGHT)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    kept.checked("ex02", RIGHT)
    assert list(kept.read()) == ["ex01"]
    assert "No space left on device" in said[0]
    assert {path.name for path in tmp_path.iterdir()} - {LOCK} == {FILE}


def test_a_folder_that_cannot_be_written_is_no_end(tmp_path, said):
    kept = Progress(tmp_path / "missing" / "folder", said.append)
    (tmp_path / "missing").write_text("a file, where a folder is looked for")
    kept.checked("ex01", RIGHT)
    assert "cannot be written" in said[0]
    assert kept.read() == {}


def test_a_program_that_holds_the_file_is_named_at_last(kept, said, monkeypatch):
    monkeypatch.setattr(progress, "WAIT", 0.05)
    with FileLock(kept.lock):
        kept.checked("ex01", RIGHT)
    assert "another program holds" in said[0]
    assert kept.read() == {}
