"""What pages say: each has the book's frame, and no measured score is typed by hand."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FRAMED = {"Background", "Theory", "Practice", "PyTorch", "Beyond", "Mathematics"}


def markdown_of(name: str) -> str:
    """Return the Markdown of a page or a notebook, below `docs/`."""
    text = (DOCS / name).read_text(encoding="utf-8")
    if name.endswith(".ipynb"):
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"\A---\n.*?\n---\n+", "", text, flags=re.DOTALL)


# -- the frame of a page -------------------------------------------------------------------


def leaves(nav: list[Any], section: str = "") -> Iterator[tuple[str, str]]:
    """Yield the pages of the navigation in order, each with its topmost section."""
    for item in nav:
        for title, value in item.items() if isinstance(item, dict) else [("", item)]:
            if isinstance(value, list):
                yield from leaves(value, section or title)
            else:
                yield value, section


@cache
def navigation() -> list[tuple[str, str]]:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return list(leaves(yaml_load(config)["nav"]))


PAGES = [page for page, section in navigation() if section in FRAMED and Path(page).stem != "index"]


def next_pages(page: str) -> list[str]:
    """Return the page after this one, as a link; after a section's end, also the one beyond."""
    order = [name for name, _ in navigation()]
    after = [Path(name) for name in order[order.index(page) + 1 :][:2]]
    here = Path(page).parent
    after = after if after[0].stem == "index" else after[:1]
    return [path.name if path.parent == here else f"../{path.as_posix()}" for path in after]


def faults_of_frame(text: str, following: list[str]) -> list[str]:
    """Say what a page lacks of the frame that every page has.

    Parameters
    ----------
    text : str
        Its Markdown.
    following : list of str
        Links that lead on.
    """
    faults = []
    opening = re.match(
        r"\s*# \S[^\n]*\n(?:(?!#)[^\n]*\n)*?"
        r'!!! note "After this page, you can"\n(?P<note>(?:    [^\n]*\n|[ \t]*\n)+)',
        text + "\n",
    )
    if not opening:
        faults.append('it must open with "# Title" and !!! note "After this page, you can"')
    else:
        if not 2 <= len(re.findall(r"^    - ", opening["note"], re.MULTILINE)) <= 4:
            faults.append("the opening note must have two to four points")
        if not re.search(r"^    It takes about \d+ minutes\b", opening["note"], re.MULTILINE):
            faults.append('the opening note must say "It takes about N minutes."')
    if not re.search(r"^## To remember\n+\S", text, re.MULTILINE):
        faults.append('it has no section "## To remember"')
    if not re.search(r"^## Check yourself\s+\{\{ quiz\(\) \}\}", text, re.MULTILINE):
        faults.append('it has no "## Check yourself" with {{ quiz() }} below it')
    link = re.search(r"^Next: [^\[]*\[[^\]]+\]\(([^)#]+)", text, re.MULTILINE)
    if not link:
        faults.append('it has no line "Next: [title](file), what it is about."')
    elif link[1] not in following:
        faults.append(f'"Next:" leads to {link[1]}, but the next page is {following[0]}')
    return faults


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_books_frame(page: str):
    assert faults_of_frame(markdown_of(page), next_pages(page)) == []


GOOD_PAGE = """# Title

!!! note "After this page, you can"
    - do one thing;
    - do another.

    It takes about 10 minutes.

Text.

## To remember

Something.

## Check yourself

{{ quiz() }}

Next: [another](other.md), about something else.
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("Text", "Text", None),
        ("# Title", "Title", "must open with"),
        ("# Title\n", "# Title\n\nWhich question?\n", None),
        ("# Title\n", "# Title\n\nText.\n\n## Section\n", "must open with"),
        ("Next: [", "Next: the [", None),
        ("After this page, you can", "Goals", "must open with"),
        ("    - do another.\n", "", "two to four points"),
        ("about 10 minutes", "some time", "It takes about N minutes"),
        ("## To remember", "## Remember", "To remember"),
        ("{{ quiz() }}", "", "Check yourself"),
        ("Next: [another](other.md)", "Next, another", 'no line "Next:'),
        ("(other.md)", "(third.md)", "leads to third.md, but the next page is other.md"),
    ],
)
def test_what_a_frame_lacks_is_named(good: str, bad: str, said: str | None):
    faults = faults_of_frame(GOOD_PAGE.replace(good, bad), ["other.md"])
    assert len(faults) == (said is not None)
    if said:
        assert said in faults[0]


def test_the_next_page_is_found_across_sections():
    assert next_pages("background/three_kinds.md") == ["overfitting.md"]
    assert next_pages("background/accuracy.ipynb") == [
        "../theory/index.md",
        "../theory/network_as_function.md",
    ]


SECTIONS = [
    page
    for page, section in navigation()
    if section in FRAMED - {"Background"} and page.endswith("index.md")  # its index is a page
]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_and_its_pages_say_the_same_minutes(section: str):
    rows = re.findall(r"^\|.*?\]\(([^)#]+)\).*\| *(\d+) *\|$", markdown_of(section), re.MULTILINE)
    folder = Path(section).parent
    said = {(folder / page).as_posix(): minutes for page, minutes in rows}
    assert len(said) >= 4
    for page, minutes in said.items():
        assert f"It takes about {minutes} minutes" in markdown_of(page), page


# -- typed scores --------------------------------------------------------------------------

NOT_PROSE = re.compile(
    r"^[ \t]*(?P<ticks>`{3,}|~{3,}).*?^[ \t]*(?P=ticks)[ \t]*$|`[^`\n]*`|\{\{.*?\}\}|\$\$.*?\$\$"
    r"|\$[^$\n]+\$|\]\([^)]*\)|<!--.*?-->|<[^>]+>",
    re.DOTALL | re.MULTILINE,
)
SENTENCE_ENDS = re.compile(r"(?<=[.:;!?])\s+|\n[ \t]*\n|\n[ \t]*(?:[-*]|\d+\.) ")
TABLE = re.compile(
    r"^[ \t]*\|.*\|[ \t]*\n[ \t]*\|[-:| \t]+\|[ \t]*\n(?:[ \t]*\|.*\n?)*", re.MULTILINE
)
PERCENTAGE = re.compile(r"\d[\d.,]*[ \u00a0\u202f]?(?:%|per ?cent\b)")
SHARE = re.compile(r"\b0\.\d{2,}\b|\b[\d,]{3,} (?:out )?of (?:the |all )?[\d,]{3,}\b")
ABOUT_A_SCORE = re.compile(
    r"\b(?:scor\w*|accura\w*|right|wrong|correct\w*|precision|recall|error rates?)\b", re.IGNORECASE
)
SUPPOSED = re.compile(r"\b(?:suppose|imagine)\b", re.IGNORECASE)
EVERYTHING = re.compile(r"(?:100|0|50)\D*")  # nobody measures these


def typed_scores(text: str) -> list[str]:
    """Return the numbers of a page that look like measured scores and are typed.

    A percentage always does; 0.97 or "9,700 of 10,000" does in a sentence that speaks of scores, or
    in a column that is headed so. Code, formulas, macros, suppositions and the list of sources are
    left out.
    """
    text = re.split(r"^## Sources", text, flags=re.MULTILINE)[0]
    text = NOT_PROSE.sub(" ", text)
    found = [number for table in TABLE.findall(text) for number in scores_of_table(table)]
    for sentence in SENTENCE_ENDS.split(TABLE.sub("\n\n", text)):
        if not SUPPOSED.search(sentence):
            found += scores_in(sentence, bool(ABOUT_A_SCORE.search(sentence)))
    return found


def scores_in(text: str, about_a_score: bool) -> list[str]:
    numbers = PERCENTAGE.findall(text) + (SHARE.findall(text) if about_a_score else [])
    spaced = (re.sub(r"\s", " ", number) for number in numbers)
    return [number for number in spaced if not EVERYTHING.fullmatch(number)]


def scores_of_table(table: str) -> list[str]:
    rows = [line.strip().strip("|").split("|") for line in table.strip().splitlines()]
    about = [bool(ABOUT_A_SCORE.search(heading)) for heading in rows[0]]
    about += [False] * max(len(row) for row in rows)
    return [
        number
        for row in rows[2:]
        for column, cell in enumerate(row)
        for number in scores_in(cell, about[column] or bool(ABOUT_A_SCORE.search(cell)))
    ]


def quiz_text(name: str) -> str:
    questions = yaml.safe_load((DOCS / name).read_text(encoding="utf-8"))
    parts = []
    for question in questions:
        parts.append(question["question"])
        parts += [f"{choice['text']}\n\n{choice['why']}" for choice in question["choices"]]
    return "\n\n".join(map(str, parts))


TEXTS = sorted(
    path.relative_to(DOCS).as_posix()
    for pattern in ("*.md", "*.ipynb", "*.quiz.yml")
    for path in DOCS.rglob(pattern)
    if ".ipynb_checkpoints" not in path.parts
)


@cache
def allowed() -> dict[tuple[str, str], str]:
    entries = yaml.safe_load(Path(__file__).with_name("typed_scores.yml").read_text("utf-8"))
    return {(entry["page"], entry["number"]): entry["why"] for entry in entries}


@cache
def measured() -> set[str]:
    """Return the scores of all steps as a page would write them."""
    files = [json.loads(path.read_text("utf-8")) for path in (ROOT / "results").glob("*.json")]
    assert files
    scores = [
        score
        for file in files
        for key in ("minimum", "median", "maximum")
        if isinstance(score := file.get(key), float) and 0 < score < 1
    ]
    forms = ("{:.1%}", "{:.2%}", "{:.3f}", "{:.4f}")
    return {form.format(score).replace("%", " %") for score in scores for form in forms}


@pytest.mark.parametrize("name", TEXTS)
def test_no_measured_score_is_typed(name: str):
    if name.endswith(".yml"):  # quizzes make up numbers, which must not be those of a step
        typed = set(typed_scores(quiz_text(name))) & measured()
    else:
        typed = set(typed_scores(markdown_of(name)))
        typed -= {number for page, number in allowed() if page == name}
    assert typed == set(), (
        f"{name} types {sorted(typed)}. A number that was measured comes from results/: write "
        '{{ result("step", "median", "percent") }}. If it is published elsewhere or made up, add '
        "it to tests/site/typed_scores.yml with the reason."
    )


def test_a_steps_own_score_is_recognised():
    step = json.loads((ROOT / "results" / "step02_train_and_test.json").read_text("utf-8"))
    for number in (f"{step['median']:.4f}", f"{100 * step['maximum']:.1f} %"):
        assert set(typed_scores(f"Once it had a score of {number}.")) <= measured() & {number}
        assert typed_scores(f"Once it had a score of {number}.")


def test_the_list_of_allowed_numbers_has_no_idle_entry():
    for (name, number), why in allowed().items():
        assert number in typed_scores(markdown_of(name)), f"{name} no longer has {number}"
        assert why


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The network reads 97.3 % of them.", ["97.3 %"]),
        ("It reads 97.3\N{NARROW NO-BREAK SPACE}% of them.", ["97.3 %"]),
        ("97 per cent. Then 98percent.", ["97 per cent", "98percent"]),
        ("We have a score of 0.8841.", ["0.8841"]),
        ("A learning rate of 0.01 is fine.\nThe weights fall to 0.95.", []),
        ("It was right for 9,583 of 10,000 images.", ["9,583 of 10,000"]),
        ("9,583 of 10,000 images show a digit.", []),
        ("Suppose it reads 97.3 % of all digits.", []),
        ("All of them, 100 %, or half, 50 %.", []),
        ('It scores {{ result("step02", "median", "percent") }}.', []),
        ("Accuracy `0.97`, and $0.97$ and $$\n0.97\n$$", []),
        ("```text\nscore 0.97, 97 %\n```", []),
        ("```text\nno\n```\nA score of 0.97.\n```text\nno\n```", ["0.97"]),
        ("![A curve that rises to 97 %](x.svg)", ["97 %"]),
        ("[score](page_97%.md)", []),
        ("- a score of 0.97\n- a rate of 0.95", ["0.97"]),
        ("| change | score |\n|---|---:|\n| 0.95 | 0.97 |\n", ["0.97"]),
        ("| change | value |\n|---|---:|\n| right | 0.97 |\n| a score of 0.98 | 1 |\n", ["0.98"]),
        ("Text.\n\n## Sources\n\nNielsen reports an accuracy of 96.59 %.", []),
    ],
)
def test_typed_scores_are_recognised(text: str, numbers: list[str]):
    assert typed_scores(text) == numbers
