"""The archive: unpacked somewhere awkward, it works from its folder with the network closed."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from offline import archive, site
from tests.site.checks import BROKEN_IMAGES, RAW_FORMULA, ROOT, RUN_AXE, VISIBLE_TEXT, axe

AWKWARD = "Für die Zugfahrt"  # a space, and a letter that is not ASCII
FOLDER = archive.archive_name()
LARGEST = 40_000_000  # bytes
ADDRESSES = "[...document.links].map((link) => link.href.replace(/[?#].*/, ''))"


def pack(offline_site: Path, file: Path) -> Path:
    archive.write_archive(offline_site, file)
    return file


@pytest.fixture(scope="module")
def packed(offline_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(offline_site, tmp_path_factory.mktemp("packed") / f"{FOLDER}.zip")


@pytest.fixture(scope="module")
def unpacked(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that comes out of the archive."""
    folder = tmp_path_factory.mktemp("unpacked") / AWKWARD
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(folder)
    return folder / FOLDER


@pytest.fixture
def start(visit, unpacked: Path):
    """Return a function that opens START-HERE.html, or what it is given, from the folder."""

    def open_page(path: str = archive.START, **options: object):
        return visit(path, home=f"{unpacked.as_uri()}/", **options)

    return open_page


# -- in the browser ------------------------------------------------------------------------


def test_every_page_shows_from_the_folder(start, unpacked: Path):
    """Beginning with START-HERE.html, follow every link."""
    opened = start()
    page = opened.page
    known = [page.url]
    for address in known:  # which grows meanwhile
        page.goto(address)
        assert page.evaluate(BROKEN_IMAGES) == [], address
        assert not RAW_FORMULA.findall(page.evaluate(VISIBLE_TEXT)), address
        known += [
            found
            for found in dict.fromkeys(page.evaluate(ADDRESSES))
            if found.startswith("file:") and found.endswith(".html") and found not in known
        ]
        assert opened.faults == [], address
    pages = [*(unpacked / "site").rglob("*.html"), unpacked / archive.START]
    assert {path.as_uri() for path in pages} == set(known)


def test_search_finds_a_page_and_goes_there(start):
    opened = start()
    page = opened.page
    page.get_by_role("link", name="Open the book").click()
    page.locator("input.md-search__input").click()
    page.keyboard.type("partial derivatives")
    page.locator(".md-search-result__link").first.click(timeout=20_000)
    page.wait_for_url("**/site/theory/partial_derivatives.html*")
    assert page.locator("h1").inner_text().startswith("Partial derivatives")
    assert opened.faults == []


def test_quizzes_tabs_and_colours_work_and_are_kept(start):
    opened = start("site/theory/learning_rate.html")
    page = opened.page
    question = page.locator(".quiz-question").first
    question.locator(".quiz-choices input").first.check()
    expect(question.locator(".quiz-said")).not_to_be_empty()
    page.locator("form[data-md-component=palette] label:not([hidden])").click()
    page.locator("form[data-md-component=palette] label:not([hidden])").click()
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    page.reload()
    expect(question.locator(".quiz-said")).not_to_be_empty()

    page.locator(".md-tabs__link", has_text="Start").press("Enter")  # a mouse must scroll up first
    page.wait_for_url("**/site/start.html")
    assert page.evaluate(scheme) == "slate"
    block = page.locator(".tabbed-block").nth(2)
    assert not block.is_visible()
    page.locator(".tabbed-labels label").nth(2).click()
    expect(block).to_be_visible()
    assert opened.faults == []


def test_a_widget_runs_and_a_link_sets_up_its_experiment(start):
    opened = start("site/theory/learning_rate.html")
    page = opened.page
    page.get_by_role("link", name="0.1 explodes").last.click()
    neuron = page.locator("one-neuron")
    neuron.get_by_role("button", name="Step", exact=True).click()
    expect(neuron.locator("tbody tr").last.locator("th, td").first).to_have_text("36")
    page.wait_for_function("location.hash === '#one-neuron?rate=0.1&steps=36'")
    assert not neuron.locator("figure").is_visible()
    assert opened.faults == []


@pytest.mark.parametrize(
    ("path", "element", "button"),
    [
        ("theory/playground", "network-playground", "One update"),
        ("theory/backpropagation", "backpropagation-steps", "Next"),
        ("practice/step04_your_own_digit", "draw-digit", "Undo"),
        ("theory/neuron_equation", "sigmoid-neuron", None),
        ("theory/activation_functions", "activation-functions", None),
    ],
)
def test_every_other_widget_answers_from_the_folder(start, path: str, element: str, button):
    opened = start(f"site/{path}.html")
    widget = opened.page.locator(element)
    before = widget.inner_text()
    if button:
        widget.get_by_role("button", name=button, exact=True).click()
    else:
        slider = widget.locator("input[type=range]").first
        slider.focus()
        slider.press("ArrowRight")
    opened.page.wait_for_function(f"location.hash.startsWith('#{element}?')")
    expect(widget).not_to_have_text(before, use_inner_text=True)
    assert not widget.locator("figure").first.is_visible()
    assert opened.faults == []


def test_a_notebook_is_downloaded_from_its_page(start, tmp_path: Path):
    opened = start("site/theory/single_neuron.html")
    with opened.page.expect_download() as download:
        opened.page.locator("a[download]").click()
    download.value.save_as(tmp_path / "saved.ipynb")
    source = ROOT / "docs" / "theory" / "single_neuron.ipynb"
    assert (tmp_path / "saved.ipynb").read_bytes() == source.read_bytes()
    assert opened.faults == []


def test_slides_present_and_the_speakers_window_follows(start):
    opened = start(height=720)
    page = opened.page
    page.get_by_role("link", name="Open the slides").click()
    page.get_by_role("link", name="Thirty minutes").first.click()
    page.wait_for_function("window.deck?.isReady()")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    now = speaker.frame_locator("#current-slide iframe").locator("section.present h2")
    for _ in range(2):
        page.evaluate("deck.slide(deck.getIndices().h + 1)")
        expect(now).to_have_text(page.locator("section.present h2").inner_text())
    expect(speaker.locator(".speaker-controls-notes .value")).to_contain_text("minute")

    page.goto(page.url.split("#")[0] + "?handout")
    page.get_by_role("link", name="All decks").click()
    page.wait_for_url("**/site/slides/index.html")
    assert opened.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_can_be_read_by_everybody(start, scheme: str):
    opened = start(scheme=scheme, width=390)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.add_script_tag(content=axe())
    assert page.evaluate(RUN_AXE, {}) == []
    assert page.locator("script").count() == 1  # axe
    assert opened.faults == []


# -- what is in it -------------------------------------------------------------------------


def test_it_holds_what_git_tracks_and_the_site(packed: Path, offline_site: Path):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    tracked = {name for name in listed.stdout.decode().split("\0") if (ROOT / name).is_file()}
    built = {
        f"site/{path.relative_to(offline_site).as_posix()}"
        for path in offline_site.rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(packed) as opened:
        names = [entry.filename for entry in opened.infolist()]
    assert names == sorted(names)
    assert {name.removeprefix(f"{FOLDER}/") for name in names} == (
        (tracked - {""}) | built | {archive.START}
    )
    assert packed.stat().st_size < LARGEST


def test_what_only_a_server_uses_is_left_out(offline_site: Path):
    assert (offline_site / "search" / "search_index.js").is_file()
    assert not [path for path in offline_site.rglob("*") if re.match("404|sitemap", path.name)]
    assert not (offline_site / "downloads").exists()


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(
    offline_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = pack(offline_site, tmp_path / "first.zip")
    site.build_site(tmp_path / "again")
    again = pack(tmp_path / "again", tmp_path / "again.zip")
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(again) as other:
        pairs = zip(one.infolist(), other.infolist(), strict=True)
        differ = [a.filename for a, b in pairs if (a.filename, a.CRC) != (b.filename, b.CRC)]
    assert differ == []
    assert first.read_bytes() == again.read_bytes()


def test_dates_and_permissions_say_nothing_of_the_machine(
    offline_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with zipfile.ZipFile(pack(offline_site, tmp_path / "dated.zip")) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        modes = {entry.filename: oct(entry.external_attr >> 16) for entry in opened.infolist()}
    assert modes.pop(f"{FOLDER}/.ci/run") == "0o100755"
    assert set(modes.values()) == {"0o100644"}


def test_a_step_runs_in_the_unpacked_folder(unpacked: Path):
    done = subprocess.run(
        [sys.executable, "examples/step05_single_neuron.py", "--quick"],
        cwd=unpacked,
        env=os.environ | {"PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


# -- what can go wrong ---------------------------------------------------------------------


def test_errors_say_what_to_do(tmp_path: Path, offline_site: Path, monkeypatch):
    with pytest.raises(archive.ArchiveError, match=r"no site in .*: expected index\.html"):
        archive.write_archive(tmp_path / "none", tmp_path / "a.zip")

    monkeypatch.setattr(archive, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(archive.ArchiveError, match="Clone the project"):
        archive.write_archive(offline_site, tmp_path / "a.zip")
    assert not list(tmp_path.iterdir())

    monkeypatch.setattr(site, "ROOT", tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Bad\nnav: [gone.md]\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets" / "images", tmp_path / "docs" / "images")
    with pytest.raises(site.BuildError, match=r"(?s)code 1.*gone\.md.*Mend that"):
        site.build_site(tmp_path / "built")
