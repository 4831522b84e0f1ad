"""For instructors: a zip for the class, and what the class handed in as a table and a page."""

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.site.checks import axe
from workshop import cli
from workshop.exercises import files, report, sandbox, source, submissions
from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.submissions import Submission
from workshop.exercises.table import BY_NUMBER, EXERCISES

NEURON, LAYER = BY_NUMBER[1], BY_NUMBER[2]
RIGHT_ANSWER, STUB = source.solution(NEURON), source.stub(NEURON)
WRONG_ANSWER = RIGHT_ANSWER.replace(" + bias", "")
ROGUE = "<script>alert(1)</script> & Söhne"


def zipped(contents: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return packed.getvalue()


def put(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def file(exercise=NEURON, *, extra: str = "") -> str:
    return f"{exercise.name}{extra}.py"


# -- workshop pack -------------------------------------------------------------------------


def test_a_pack_holds_stubs_and_a_readme_and_no_solution(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["pack"]) == 0
    assert f"{len(EXERCISES)} exercises without solutions" in capsys.readouterr().out
    with zipfile.ZipFile("first-neuron-exercises.zip") as archive:
        contents = {name: archive.read(name).decode() for name in archive.namelist()}
    stubs = {file(each): source.stub(each) for each in EXERCISES}
    expected = {**files.around(), **stubs}
    assert contents == {f"exercises/{name}": text for name, text in expected.items()}


def test_a_pack_of_some_is_the_same_bytes_each_time(tmp_path, capsys):
    packs = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for path in packs:
        assert cli.main(["pack", "2", "1", "--output", str(path)]) == 0
    assert packs[0].read_bytes() == packs[1].read_bytes()
    with zipfile.ZipFile(packs[0]) as archive:
        names = archive.namelist()
    assert names == [
        f"exercises/{name}" for name in ("README.md", "challenge.py", file(), file(LAYER))
    ]


def test_a_pack_that_cannot_be_written_is_told(tmp_path, capsys):
    assert cli.main(["pack", "1", "--output", str(tmp_path / "no" / "pack.zip")]) == 1
    assert "No such file or directory" in capsys.readouterr().err


# -- submissions ---------------------------------------------------------------------------


def test_each_folder_and_each_zip_is_a_learner(tmp_path):
    put(tmp_path / "berta" / file(), RIGHT_ANSWER)
    put(tmp_path / "Anton.zip", zipped({file(): WRONG_ANSWER}))
    put(tmp_path / "notes.txt", "nobody's")
    put(tmp_path / ".git" / file(), RIGHT_ANSWER)
    put(tmp_path / "__MACOSX" / file(), RIGHT_ANSWER)
    put(tmp_path / "empty.zip", zipped({}))
    found = {each.learner: each for each in submissions.read(tmp_path)}
    assert list(found) == ["Anton", "berta", "empty"]
    assert found["Anton"].contents == {1: WRONG_ANSWER.encode()}
    assert found["berta"].places == {1: file()}
    assert found["empty"].remarks == ["no exercise in it"]


def test_files_are_found_however_deep_they_lie(tmp_path):
    inner = zipped({f"exercises/{file(LAYER)}": "two", f"__MACOSX/._{file(LAYER)}": "junk"})
    put(tmp_path / "cem" / "upload" / "my work.zip", zipped({"all/inner.ZIP": inner}))
    put(tmp_path / "cem" / "a" / "b" / file(), "one")
    (found,) = submissions.read(tmp_path)
    assert found.contents == {1: b"one", 2: b"two"}
    assert found.places[2] == f"upload/my work.zip/all/inner.ZIP/exercises/{file(LAYER)}"
    assert found.remarks == []


def test_of_several_files_for_one_exercise_the_plainest_is_taken(tmp_path):
    put(tmp_path / "dora" / file(extra=" (1)"), "second")
    put(tmp_path / "dora" / file(), "first")
    put(tmp_path / "dora" / "old" / file(), "third")
    (found,) = submissions.read(tmp_path)
    assert found.contents == {1: b"first"}
    assert found.remarks == [f"3 files for exercise 1: {file()} was checked"]


def test_broken_zips_become_remarks(tmp_path):
    whole = zipped({file(): RIGHT_ANSWER})
    encrypted = bytearray(whole)
    encrypted[6] |= 1  # the flag of the entry
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    put(tmp_path / "cut.zip", whole[:-30])
    put(tmp_path / "locked.zip", bytes(encrypted))
    put(tmp_path / "no zip.zip", "a page of a web site")
    put(tmp_path / "emil" / "inner.zip", "no zip either")
    put(tmp_path / "emil" / file(), RIGHT_ANSWER)
    found = {each.learner: each for each in submissions.read(tmp_path)}
    assert "File is not a zip file" in found["cut"].remarks[0]
    assert "encrypted" in found["locked"].remarks[0]
    assert "cannot be read" in found["no zip"].remarks[0]
    assert "inner.zip cannot be read" in found["emil"].remarks[0]
    assert found["emil"].contents == {1: RIGHT_ANSWER.encode()}


def test_a_zip_that_unpacks_without_an_end_is_read_in_part(tmp_path, monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(file(), b"#" * 3_000_000)
    put(tmp_path / "bomb.zip", packed.getvalue())
    (found,) = submissions.read(tmp_path)
    assert len(found.contents[1]) == files.LARGEST + 1
    (job,) = found.jobs()
    assert "more than" in job().gave
    monkeypatch.setattr(submissions, "MOST_ENTRIES", 3)
    put(tmp_path / "many.zip", zipped({f"{number}.txt": "" for number in range(10)}))
    assert "more than 3 files" in submissions.read(tmp_path)[1].remarks[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make links")
def test_what_is_too_deep_is_left_out_and_links_are_not_followed(tmp_path):
    packed = zipped({file(): RIGHT_ANSWER})
    for _ in range(submissions.DEEPEST + 2):
        packed = zipped({"in.zip": packed})
    put(tmp_path / "class" / "deep.zip", packed)
    put(tmp_path / "elsewhere.py", RIGHT_ANSWER)
    linked = tmp_path / "class" / "fritz"
    linked.mkdir()
    (linked / file()).symlink_to(tmp_path / "elsewhere.py")
    (tmp_path / "class" / "gerda").symlink_to(linked)
    deep, fritz = submissions.read(tmp_path / "class")
    assert (deep.contents, fritz.contents) == ({}, {})
    assert "zips lie too deep" in deep.remarks[0]


# -- the page ------------------------------------------------------------------------------


@pytest.fixture
def rows() -> list[report.Row]:
    fault = Outcome(WRONG, (), "this", "f(x)", ROGUE, "1", f"Because {ROGUE}", ("line 1",))
    right = {1: Outcome(RIGHT), 2: Outcome(UNTOUCHED)}
    return [
        report.Row(Submission(ROGUE, {1: b""}, {1: f"{ROGUE}.py"}, [ROGUE]), {1: fault}),
        report.Row(Submission("Berta", {1: b"", 2: b""}, {1: "1.py", 2: "2.py"}), right),
        report.Row(Submission("Cem", {}, {}, ["no exercise in it"]), {}),
    ]


def test_the_page_names_states_in_words_and_counts_them(rows):
    soup = BeautifulSoup(report.page(rows, "class"), "lxml")
    table = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in soup.select("tr")
    ]
    assert table == [
        ["Learner", "Right", "1", "2"],
        [ROGUE, "0", "✗ wrong", "missing"],
        ["Berta", "1", "✓ right", "– not attempted"],
        ["Cem", "0", "missing", "missing"],
        ["Right", "", "1", "0"],
    ]
    assert soup.find("abbr", string="1")["title"] == "1. The output of a neuron"
    assert "Exercise 1, The output of a neuron: 1 learner." in soup.find("ol").get_text()
    for link in soup.select("a[href]"):
        assert soup.select_one(link["href"])


def test_names_are_escaped_and_nothing_is_asked_of_another_place(rows):
    html = report.page(rows, ROGUE)
    soup = BeautifulSoup(html, "lxml")
    assert "<script" not in html
    assert soup.find("title").get_text() == f"Exercises: {ROGUE}"
    assert soup.find("details").get_text().count(ROGUE) == 3
    assert not re.findall(r"\b(?:https?:|src=|@import|url\()", html)
    assert not soup.select("link, img, script, iframe")
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": True})["content"]


@pytest.mark.site
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_the_page_is_for_everybody_and_fits(rows, visit, tmp_path, scheme, width):
    (tmp_path / "page.html").write_text(report.page(rows * 3, "class"), encoding="utf-8")
    opened = visit("/page.html", scheme, width, home=tmp_path.as_uri(), bypass_csp=True)
    opened.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    opened.page.evaluate(axe())
    assert opened.page.evaluate("async () => (await axe.run()).violations.map(v => v.help)") == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.faults == []


# -- workshop report -----------------------------------------------------------------------


def test_a_class_is_checked_and_reported(tmp_path, capsys):
    handed_in = tmp_path / "Klasse 9b"
    put(handed_in / "anna" / file(), RIGHT_ANSWER)
    put(handed_in / "anna" / file(LAYER), source.stub(LAYER))
    put(handed_in / f"ben {ROGUE[:8]}".replace("<", "&") / file(), "import os; os._exit(1)")
    put(handed_in / "cara.zip", zipped({file(): WRONG_ANSWER, file(LAYER): b"\xff"}))
    put(handed_in / "dan.zip", "no zip")
    assert cli.main(["report", str(handed_in)]) == 0
    out, _ = capsys.readouterr()
    counts = {line.split()[0]: re.findall(r" (\d+)(?= |$)", line) for line in out.splitlines()[1:5]}
    n = len(EXERCISES)
    assert counts["anna"] == ["1", "0", "1", str(n - 2)]
    assert counts["ben"] == ["0", "1", "0", str(n - 1)]
    assert counts["cara"] == ["0", "2", "0", str(n - 2)]
    assert counts["dan"][:4] == ["0", "0", "0", str(n)]
    page = (handed_in / "report.html").read_text(encoding="utf-8")
    for words in ("The bias is missing", "exit code 1", "not in UTF-8", "is not a zip file"):
        assert words in page
    assert "Exercises: Klasse 9b" in page
    assert sorted(path.name for path in handed_in.iterdir())[-1] == "report.html"


def test_the_page_goes_where_it_is_asked_to(tmp_path, capsys):
    put(tmp_path / "class" / "anna" / file(), STUB)
    page = tmp_path / "page.html"
    assert cli.main(["report", str(tmp_path / "class"), "--output", str(page)]) == 0
    assert page.exists()
    assert [path.name for path in (tmp_path / "class").iterdir()] == ["anna"]


def test_a_folder_without_learners_is_told(tmp_path, capsys):
    assert cli.main(["report", str(tmp_path)]) == 2
    assert "for each learner" in " ".join(capsys.readouterr().err.split())
    assert cli.main(["report", str(tmp_path / "nowhere")]) == 2
    assert "is not a folder" in capsys.readouterr().err


# -- several checks ------------------------------------------------------------------------


def test_checks_come_in_their_order_and_end_when_nobody_listens(monkeypatch):
    slow = f"{RIGHT_ANSWER}\nimport time; time.sleep(60)\n"

    def job(text):
        return lambda: sandbox.check(NEURON, text)

    states = [each.state for each in sandbox.several([job(RIGHT_ANSWER), job(WRONG_ANSWER)])]
    assert states == [RIGHT, WRONG]
    listened = sandbox.several([job(STUB), *[job(slow)] * 6])
    assert next(listened).state == UNTOUCHED
    listened.close()  # as at Ctrl-C: it returns at once, and nothing runs any more
    assert not sandbox._RUNNING
