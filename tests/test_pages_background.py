"""What the start and the background say that can be added up or measured."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from docs.figures import background, overfitting, three_kinds

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
ITEM = re.compile(r"^    \d+\. (?:.|\n(?!    \d+\. |\n))*", re.MULTILINE)


def minutes_of(page: str) -> int:
    """Return how long a page or a notebook says that it takes."""
    text = (DOCS / page).read_text(encoding="utf-8")
    said = re.search(r"It takes about (\d+) minutes", text)
    assert said, f"{page} does not say how long it takes"
    return int(said[1])


def paths_by_time() -> dict[str, list[str]]:
    """Return the numbered items of each path of the page on where to start."""
    start = (DOCS / "start.md").read_text(encoding="utf-8")
    part = start.split("## How much time do you have?")[1].split("\n## ")[0]
    _, *tabs = re.split(r'^=== "(.*)"$', part, flags=re.MULTILINE)
    return {name: ITEM.findall(body) for name, body in zip(tabs[::2], tabs[1::2], strict=True)}


def read_and_said(item: str) -> tuple[int, int]:
    """Return the minutes of the pages that an item names, and the minutes that it says."""
    named, _, rest = item.partition(" minutes")
    pages = re.findall(r"\]\(([^)#]+)\)", named)
    said = re.search(r"\((?:about )?(\d+)$", named)
    assert said, item
    assert rest
    return sum(minutes_of(page) for page in pages), int(said[1])


@pytest.mark.parametrize(
    ("path", "number"),
    [("30 minutes", 0), ("30 minutes", 1)]
    + [("3 hours", i) for i in range(4)]
    + [("A weekend", i) for i in range(1, 5)],
)
def test_a_path_says_the_minutes_of_its_pages(path: str, number: int):
    read, said = read_and_said(paths_by_time()[path][number])
    assert said == pytest.approx(read, abs=7)


@pytest.mark.parametrize(("path", "limit"), [("30 minutes", 30), ("3 hours", 180)])
def test_a_path_fits_its_time(path: str, limit: int):
    items = paths_by_time()[path]
    numbers = re.compile(r"\b(\d+)(?= minutes| to change)")
    minutes = [int(number) for item in items for number in numbers.findall(item)]
    assert 0.9 * limit <= sum(minutes) <= limit


def test_what_is_read_after_saturday_morning_takes_six_hours_at_most():
    items = paths_by_time()["A weekend"][1:]
    assert sum(read_and_said(item)[0] for item in items) <= 6 * 60


def test_the_notebooks_of_mathematics_are_five_and_short():
    notebooks = sorted(path.name for path in (DOCS / "mathematics").glob("*.ipynb"))
    assert len(notebooks) == 5
    assert max(minutes_of(f"mathematics/{name}") for name in notebooks) <= 20


def test_the_theory_takes_more_than_five_hours():
    pages = [path for path in (DOCS / "theory").iterdir() if path.suffix in {".md", ".ipynb"}]
    minutes = [minutes_of(f"theory/{path.name}") for path in pages if path.stem != "index"]
    assert sum(minutes) > 5 * 60


# -- what the figures and texts are said to show ---------------------------------------------


def test_a_rule_that_was_found_beats_the_one_by_hand():
    said = background.rule_that_was_found()
    found, by_hand = re.search(r"wrong on (\d+) of .*? by hand on (\d+)\.", said).groups()
    found_new, by_hand_new = re.search(r"misreads (\d+), .* by hand (\d+)\.", said).groups()
    assert int(found) < int(by_hand) / 2
    assert int(found_new) < int(by_hand_new) / 2


def test_the_error_on_known_points_falls_and_that_on_new_ones_turns():
    known, new = overfitting._errors(16, range(1, 12))
    assert (known[1:] < known[:-1]).all()
    assert known[-1] < 1e-12  # degree 11 hits every point
    assert new.argmin() == 2  # degree 3
    assert (new[3:] > new[2:-1]).all()


def test_the_learner_knows_the_way_after_ten_attempts():
    attempts = np.array([three_kinds._learn_to_walk(seed) for seed in range(100)])
    average = attempts.mean(axis=0)
    assert average[0] > 80
    assert average[9:].max() < 10.5
    assert average.min() > 9
    assert set(three_kinds._learn_to_walk(0, explore=0)[15:]) == {9}


def test_the_mistakes_of_the_page_on_scores_are_those_it_speaks_of():
    cells = json.loads((DOCS / "background" / "accuracy.ipynb").read_text("utf-8"))["cells"]
    code = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
    names: dict = {}
    for cell in ("code-02", "code-05", "code-08", "code-13"):
        exec(code[cell], names)
    confusion, recall = names["confusion"], names["recall"]
    assert confusion[8, 9] == (confusion - np.diag(confusion.diagonal())).max()
    assert recall.argmin() == 8
    assert recall[8] > 0.5
    always_no, network = (
        (answers == names["is_eight"]).mean() for answers in names["programs"].values()
    )
    assert 0.9 < always_no < network < always_no + 0.06
