"""`make offline`: what it leaves, what it says, and how the download page names it."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from offline import __main__ as command
from offline import archive, browser

STEM = archive.archive_name()


@pytest.fixture(autouse=True)
def _hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "hooks"))


def fake_parts(work: Path, made: Path):
    """Do as `make_parts` does, with small files."""
    for part, size in (("zip", 2_000_000), ("epub", 500_000), ("pdf", 1_040_000)):
        yield part
        (made / f"{STEM}.{part}").write_bytes(b"x" * size)
    yield "slides"
    (work / "on the way").write_text("", encoding="utf-8")
    (made / f"{STEM}-slides-taster.pdf").write_bytes(b"y" * 300_000)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(command, "make_parts", fake_parts)
    monkeypatch.setattr(command, "find_chromium", lambda: "chromium")
    return command.make_all(tmp_path / "dist")


def test_it_leaves_the_files_and_their_checksums_and_nothing_else(made, tmp_path: Path):
    dist = tmp_path / "dist"
    assert sorted(dist.iterdir()) == sorted(made)
    assert [file.name for file in made] == [
        f"{STEM}-slides-taster.pdf",
        f"{STEM}.epub",
        f"{STEM}.pdf",
        f"{STEM}.zip",
        "SHA256SUMS",
    ]
    for line in made[-1].read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256((dist / name).read_bytes()).hexdigest()


def test_sizes_are_written_down_when_they_are_news(made, tmp_path: Path):
    record = tmp_path / "offline.json"
    assert command.record_sizes(made, record)
    assert json.loads(record.read_text(encoding="utf-8")) == {
        "megabytes": {"slides-taster": 0.3, "epub": 0.5, "pdf": 1.0, "zip": 2.0}
    }
    made[3].write_bytes(b"x" * 2_090_000)
    assert not command.record_sizes(made, record), "a size that a reader would not notice"
    made[3].write_bytes(b"x" * 2_500_000)
    assert command.record_sizes(made, record)
    assert not command.record_sizes(made, record)


def test_without_a_browser_it_says_so_before_the_work(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["offline", "--to", str(tmp_path / "dist")])
    with pytest.raises(SystemExit, match=r"Nothing was made: no Chromium.*apt install chromium"):
        command.main()
    assert not (tmp_path / "dist").exists()


def test_a_part_that_fails_leaves_nothing(tmp_path: Path, monkeypatch, made):
    def failing(work: Path, made: Path):
        yield from fake_parts(work, made)
        raise OSError("no ink")

    monkeypatch.setattr(command, "make_parts", failing)
    with pytest.raises(OSError, match="no ink"):
        command.make_all(tmp_path / "other")
    assert list((tmp_path / "other").iterdir()) == []


def test_help_is_quick_to_read():
    done = subprocess.run(
        [sys.executable, "-m", "offline", "--help"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert "--to" in done.stdout


# -- the download page ---------------------------------------------------------------------


def test_the_page_links_to_what_was_made_and_only_names_what_was_not(made, tmp_path: Path):
    import downloads

    dist, version = tmp_path / "dist", STEM.removeprefix("first-neuron-")
    there = {file.name for file in downloads.made_files(dist, version)}
    assert there == {file.name for file in made}
    page = """{{ download(".zip") }}, {{ download(".mobi") }}, {{ download("SHA256SUMS") }},
{{ download(".pdf", "the book") }}, {{ download(".mobi", "no book") }}"""
    assert downloads.expand(page, version, there, "more/page.md") == (
        f"[{STEM}.zip](../downloads/{STEM}.zip), `{STEM}.mobi`, "
        "[SHA256SUMS](../downloads/SHA256SUMS),\n"
        f"[the book](../downloads/{STEM}.pdf), no book"
    )
    assert downloads.made_files(dist, "9.9.9") == [], "files of another version"
    made[0].unlink()
    assert downloads.made_files(dist, version) == [], "one of them is gone"
    assert downloads.made_files(tmp_path, version) == []


# -- a site that no server serves ----------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "served", "from_a_folder"),
    [
        ("sub/index.html", True, True),
        ("sub/", True, False),
        ("sub", True, False),
        ("/book/sub/index.html", True, False),
        ("gone.html", False, False),
    ],
)
def test_the_link_check_knows_that_a_folder_is_no_page(
    tmp_path: Path, address: str, served: bool, from_a_folder: bool
):
    from links import check

    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text("<p>there</p>", encoding="utf-8")
    (tmp_path / "index.html").write_text(f'<a href="{address}">there</a>', encoding="utf-8")
    assert (not check(tmp_path, "/book/")) == served
    assert (not check(tmp_path, "/book/", served=False)) == from_a_folder
