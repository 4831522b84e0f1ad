"""What the pages for instructors say is so: their sums, their example, the slides they name."""

import re
from pathlib import Path

import numpy as np
import pytest
from mkdocs.utils.meta import get_data

from workshop.exercises.selection import select
from workshop.exercises.table import BY_NUMBER, EXERCISES
from workshop.functions import cross_entropy
from workshop.network import count_parameters

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "instructor"
SLIDES = ROOT / "docs" / "slides"


@pytest.fixture(autouse=True)
def hooks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))


def test_answers_to_the_questions_that_reveal_misconceptions():
    text = (PAGES / "misconceptions.md").read_text(encoding="utf-8")
    assert f"{count_parameters([784, 128, 10]):,} against {60_000 * 784:,}" in text
    assert f"add up to {0.9 + 0.8 + 8 * 0.1:.1f}" in text
    assert f"grows by {-0.01 * -30:.1f}" in text
    assert f"**Answer.** {10 * (1000 // 50)} times" in text
    one_hot = np.array([[1.0, 0.0]])
    losses = [cross_entropy(np.array([[p, 1 - p]]), one_hot) for p in (0.4, 0.9)]
    assert "losses are about {:.2f} and {:.2f}".format(*losses) in text
    x = np.arange(5)
    assert (3 * (2 * x + 1) - 1 == 6 * x + 2).all()  # a line of a line
    assert f"fall below {np.log(np.e + 9) - 1:.2f}" in text
    assert f"at best {np.e / (np.e + 9):.2f} of" in text
    assert len(re.findall(r"^### ", text, re.MULTILINE)) == 20  # "twenty things"
    assert text.count("**Ask.**") == text.count("**Answer.**") == 20


def test_the_example_of_a_deck_has_no_faults():
    from slides import faults, minutes_of, read_deck

    text = (PAGES / "adapt.md").read_text(encoding="utf-8")
    deck = re.search(r"````markdown\n(---\n.*?)````", text, re.DOTALL)
    assert deck
    slides = read_deck(get_data(deck[1])[0])
    assert faults(slides) == []
    assert len(slides) == 4  # "four slides"
    assert minutes_of(slides) == 8
    for file in re.findall(r'--8<-- "([^":]+)', deck[1]):
        assert (ROOT / file).is_file()


def test_slides_that_the_pages_name_exist():
    from slides import read_deck

    known = {
        re.sub(r"[\"“”]", "", slide.heading)
        for deck in SLIDES.glob("*.md")
        for slide in read_deck(get_data(deck.read_text(encoding="utf-8"))[0])
    }
    text = (PAGES / "schedule.md").read_text(encoding="utf-8")
    text = re.sub(r"\{\{.*?\}\}", "", text).replace(
        "'The word \"perceptron\"'", '"The word perceptron"'
    )
    named = set(re.findall(r'"([^"\n]+)"', text))
    assert len(named) > 15
    assert named - known == set()


def test_the_minutes_of_a_classs_exercises_add_up():
    text = (PAGES / "exercises.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d, to]+) \| (\d+) \|", text, re.MULTILINE)
    assert len(rows) == 5
    for words, minutes in rows:
        named = select([re.sub(r" to ", "-", word) for word in words.split(", ")])
        assert sum(choice.exercise.minutes for choice in named) == int(minutes), words


def test_the_page_of_exercises_says_which_need_more_than_numpy():
    text = " ".join((PAGES / "exercises.md").read_text(encoding="utf-8").split())
    assert (
        "Exercises 26 to 31 and most of the bugs need PyTorch as well, and 34 needs pandas." in text
    )
    needy = {each.number for each in EXERCISES if each.pytorch}
    bugs = {each.number for each in EXERCISES if each.stem.startswith("bug_")}
    assert needy - bugs == set(range(26, 32))
    assert len(needy & bugs) > len(bugs) / 2
    assert BY_NUMBER[34].stem == "missing_values"
