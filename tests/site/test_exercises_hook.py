"""The exercises in the book: a table in their chapter, a box on each page that has some."""

import importlib
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from workshop.exercises.table import EXERCISES, Exercise

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOME = Exercise(7, "some", "Some title", 5, 2, "theory/single_neuron")


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))
    return importlib.import_module("exercises")


def test_the_table_has_number_title_page_minutes_and_level(hook):
    row = hook.table([SOME], DOCS, "exercises/index.md").splitlines()[2]
    assert row == (
        "| [7](#exercise-7){: #exercise-7 } | Some title "
        "| [A single neuron](../theory/single_neuron.ipynb) | 5 | 2 |"
    )


def test_an_exercise_without_its_page_is_a_warning(hook, caplog):
    lost = Exercise(8, "lost", "Lost", 5, 1, "theory/nowhere")
    rows = hook.table([SOME, lost], DOCS, "exercises/index.md").splitlines()
    assert len(rows) == 3
    assert "exercise 8 names the page theory/nowhere, which is not there" in caplog.text


def test_a_box_links_each_exercise_and_says_how_to_check_the_first(hook):
    other = Exercise(8, "other", "Other title", 12, 1, "theory/single_neuron")
    box = hook.box([SOME, other], "theory/single_neuron.ipynb")
    assert "- [Exercise 7: Some title](../exercises/index.md#exercise-7), about 5 minutes" in box
    assert "- [Exercise 8: Other title](../exercises/index.md#exercise-8), about 12" in box
    assert "`exercises/ex07_some.py`" in box
    assert "`workshop check 7`" in box
    assert all(line.startswith("    ") for line in box.splitlines()[1:] if line)


@pytest.mark.parametrize(
    ("page", "after"),
    [
        ("# A\n\n{{ quiz() }}\n\nNext: [b](b.md).\n\n## Sources\n\nC.\n", "{{ quiz() }}"),
        ("# A\n\nText.\n\n## Sources\n\nC.\n", "Text."),
        ("# A\n\nText.\n\n---\n\nThis page is a notebook, which\n", "Text."),
        ("# A\n\n---\n\nText.\n", "Text."),
    ],
)
def test_a_box_stands_at_the_end_of_the_page(hook, page: str, after: str):
    changed = hook.with_box(page, "BOX\n")
    assert f"{after}\n\nBOX\n" in changed
    assert re.sub(r"\s+", "", changed.replace("BOX", "")) == re.sub(r"\s+", "", page)


def test_a_page_without_exercises_stays_as_it_is(hook):
    config = SimpleNamespace(config_file_path=str(ROOT / "mkdocs.yml"), docs_dir=str(DOCS))
    hook.on_config(config)
    assert [each.name for each in hook.exercises] == [each.name for each in EXERCISES]
    page = SimpleNamespace(file=SimpleNamespace(src_uri="theory/minima_and_saddles.ipynb"))
    text = "# Minima\n\nNext: [a](a.md).\n"
    assert hook.on_page_markdown(text, page, config, None) == text


def test_every_exercise_is_linked_on_its_page_and_listed_in_the_chapter(site: Path):
    chapter = (site / "exercises" / "index.html").read_text(encoding="utf-8")
    for exercise in EXERCISES:
        page = (site / exercise.page / "index.html").read_text(encoding="utf-8")
        assert f"exercises/#exercise-{exercise.number}" in page
        assert f'id="exercise-{exercise.number}"' in chapter
        assert page.count("Write it yourself") == 1
