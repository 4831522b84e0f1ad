"""How decks, texts for pages and parts of notebooks are read, without a build."""

import json
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]

DECK = """
# Neurons

What one can do

Note: 2 minutes

**Stress.** That it is simple.

---

## One neuron

```python
---
Note: 9 minutes
# not a heading
```

A line, and $a = b$.

Note: 1.5 minutes. Ask who has seen `$x$` before.

---

## Ten points

~~~~ text
~~~
---
~~~~

Note: 1 minute
Wait.

---

# Learning

Note: 3 minutes
Breathe.
"""


@pytest.fixture(autouse=True)
def hooks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))


@pytest.fixture
def deck():
    from slides import read_deck

    return read_deck(DECK)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    assert all(record.levelno == logging.WARNING for record in caplog.records)
    return caplog.messages


# -- decks ---------------------------------------------------------------------------------


def test_a_deck_is_read_slide_by_slide(deck):
    assert [slide.heading for slide in deck] == ["Neurons", "One neuron", "Ten points", "Learning"]
    assert [slide.opens_part for slide in deck] == [True, False, False, True]
    assert [slide.minutes for slide in deck] == [2, 1.5, 1, 3]
    assert deck[0].body == "## Neurons\n\nWhat one can do"
    assert deck[0].notes == "**Stress.** That it is simple."
    assert deck[1].notes == "Ask who has seen `$x$` before."
    assert deck[2].notes == "Wait."


def test_neither_slides_nor_notes_begin_inside_code(deck):
    assert "---\nNote: 9 minutes\n# not a heading\n```\n\nA line, and $a = b$." in deck[1].body
    assert deck[2].body.endswith("~~~~ text\n~~~\n---\n~~~~")


def test_a_good_deck_has_no_faults(deck):
    from slides import faults

    assert faults(deck) == []


@pytest.mark.parametrize(
    ("slide", "said"),
    [
        ("Text.\n\nNote: 1 minute\nA.", "slide 2 (no heading): begin it with a heading"),
        ("### Small\n\nNote: 1 minute\nA.", "slide 2 (no heading): begin it with a heading"),
        ("## Two\n\nText.", "slide 2 (Two): say how long it takes, Note: 3 minutes"),
        ("## Two\n\nNote: a while\nA.", "slide 2 (Two): say how long it takes"),
        ("## Two\n\nNote: 0.5 minutes\n", "slide 2 (Two): write notes for the speaker"),
        ("## Two\n\nNote: 1 minute\nThat $x^2$.", "the speaker's window cannot show a formula"),
        ("## Two\n\nNote: 1 minute\nThat `$x^2$`.", None),
    ],
)
def test_a_fault_of_a_deck_is_named(slide: str, said: str | None):
    from slides import faults, read_deck

    found = faults(read_deck(f"# One\n\nNote: 1 minute\nA.\n\n---\n\n{slide}\n"))
    if said is None:
        assert found == []
    else:
        assert any(said in fault for fault in found), found


def test_sections_are_made_of_a_deck(deck):
    from slides import assembled, marked

    written = marked(deck)
    assert written.count("@@slide ") == written.count("@@notes@@") == 4
    assert "Note:" not in written.replace("Note: 9 minutes", "")
    link = '<a class="headerlink" href="#{0}" title="Link">#</a>'
    content = "".join(
        f'<p>@@slide {n}@@</p>\n<h2 id="{name}">{name}{link.format(name)}</h2>\n{body}\n'
        f"<p>@@notes@@</p>\n<p>say {name}</p>\n"
        for n, (name, body) in enumerate(
            [
                ("a", "<p>x</p>"),
                (
                    "b",
                    '<div class="python highlight" data-lines="1|2-3"><pre><span></span><code>'
                    '<span class="k">def</span> f():\n    <span class="c1"># &lt;</span>\n'
                    "    pass\n</code></pre></div>"
                    '<div class="highlight"><pre><code>a\nb\n</code></pre></div>',
                ),
                ("c", ""),
                ("d", ""),
            ]
        )
    )
    made = assembled(content, deck)
    first, second, third, fourth = made.split("</section>")[:4]
    assert '<section class="slide title" id="a" data-timing="120">' in first
    assert '<section class="slide" id="b" data-timing="90">' in second
    assert '<section class="slide" id="c" data-timing="60">' in third
    assert '<section class="slide part" id="d" data-timing="180">' in fourth
    assert '<div class="slide-body"><h2>a</h2>\n<p>x</p></div>' in first
    assert '<aside class="notes"><p class="minutes">2 minutes</p>\n<p>say a</p></aside>' in first
    assert "headerlink" not in made
    assert "@@" not in made
    assert (
        '<code><span class="line"><span class="k">def</span> f():</span>\n'
        '<span class="line">    <span class="c1"># &lt;</span></span>\n'
        '<span class="line">    pass</span></code>'
    ) in second
    assert "<code>a\nb\n</code>" in second, "code that does not light up stays as it is"


def test_the_schedule_adds_up(deck):
    from slides import minutes_of, parts_of, schedule

    assert minutes_of(deck) == 7.5
    assert [(name, len(part)) for name, part in parts_of(deck)] == [("Neurons", 3), ("Learning", 1)]
    assert schedule(deck).strip().splitlines()[2:] == [
        "| 0:00 | Neurons | 3 | 4.5 |",
        "| 0:04 | Learning | 1 | 3 |",
        "| **0:07** | **the end** | **4** | **7.5** |",
    ]
    long = schedule(deck * 20)
    assert "| **2:30** | **the end** | **80** | **150** |" in long


def test_slides_before_the_first_part_have_a_part_of_their_own():
    from slides import parts_of, read_deck

    parts = parts_of(read_deck("## Welcome\n\n---\n\n## Again\n\n---\n\n# One\n"))
    assert [(name, len(part)) for name, part in parts] == [("Welcome", 2), ("One", 1)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('It takes {{ minutes("small") }} minutes.', "It takes 7.5 minutes."),
        ("{{minutes('small')}}", "7.5"),
        ('{{ minutes("small", "Learning") }}', "3"),
        ('```\n{{ minutes("small") }}\n```', '```\n{{ minutes("small") }}\n```'),
        ('`{{ minutes("small") }}`', '`{{ minutes("small") }}`'),
        ("{{ result('small') }}", "{{ result('small') }}"),
    ],
)
def test_a_page_tells_the_minutes_of_a_deck(tmp_path: Path, caplog, page: str, expected: str):
    from slides import expand

    (tmp_path / "small.md").write_text(f"---\ntemplate: slides.html\n---\n{DECK}", encoding="utf-8")
    assert expand(page, tmp_path, "page.md") == expected
    assert "| 0:04 | Learning | 1 | 3 |" in expand('{{ schedule("small") }}', tmp_path, "page.md")
    assert not caplog.records


@pytest.mark.parametrize("macro", ["schedule", "minutes"])
def test_a_deck_that_is_not_there_is_a_warning(tmp_path: Path, caplog, macro: str):
    from slides import expand

    (tmp_path / "small.md").write_text(DECK, encoding="utf-8")
    page = f'{{{{ {macro}("large") }}}}'
    assert expand(page, tmp_path, "page.md") == page
    (said,) = warnings(caplog)
    assert said == f"page.md: {page}: there is no deck 'large'; known: small"


def test_a_part_that_is_not_there_is_a_warning(tmp_path: Path, caplog):
    from slides import expand

    (tmp_path / "small.md").write_text(DECK, encoding="utf-8")
    page = '{{ minutes("small", "Lunch") }}'
    assert expand(page, tmp_path, "page.md") == page
    (said,) = warnings(caplog)
    assert said == f"page.md: {page}: there is no part 'Lunch'; known: Neurons, Learning"


# -- texts that a function of docs/figures/ computes ---------------------------------------


def page_named(name: str = "page.md"):
    return SimpleNamespace(file=SimpleNamespace(src_uri=name), meta={})


def test_a_computed_text_is_put_into_a_page(monkeypatch: pytest.MonkeyPatch, caplog):
    import figures

    monkeypatch.setattr(figures, "computed", {"rates": "| a |\n|---|\n| 1 |", "best": "0.05"})
    page = '{{ computed(\'rates\') }}\n\nThe best is {{computed("best")}}, `{{ computed("x") }}`.'
    made = figures.on_page_markdown(page, page_named(), None, None)
    assert made == '| a |\n|---|\n| 1 |\n\nThe best is 0.05, `{{ computed("x") }}`.'
    assert not caplog.records


@pytest.mark.parametrize(("texts", "known"), [({"b": "1", "a": "2"}, "a, b"), ({}, "none yet")])
def test_a_text_that_nothing_computes_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog, texts: dict[str, str], known: str
):
    import figures

    monkeypatch.setattr(figures, "computed", texts)
    page = '{{ computed("rate") }}'
    assert figures.on_page_markdown(page, page_named(), None, None) == page
    (said,) = warnings(caplog)
    assert said.startswith(f"page.md: {page}: no function in docs/figures/ returns a text")
    assert said.endswith(f"known: {known}")


# -- parts of notebooks --------------------------------------------------------------------


def write_notebook(folder: Path) -> None:
    texts = [
        "# Title\n\n<!-- --8<-- [start:cost] -->\nThe cost\n\n$$c$$\n<!-- --8<-- [end:cost] -->\n",
        "<!-- --8<-- [start:open] -->\nnever ends",
        ["Before\n", "<!-- --8<-- [start:rule] -->\n", "w\n", "<!-- --8<-- [end:rule] -->\n"],
    ]
    cells = [{"cell_type": "markdown", "source": text} for text in texts]
    cells.append({"cell_type": "code", "source": texts[0].replace("cost", "code")})
    (folder / "nb.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")


def included(folder: Path, line: str) -> str:
    from notebooks import on_page_markdown

    return on_page_markdown(line, page_named(), SimpleNamespace(docs_dir=str(folder)), None)


def test_a_part_of_a_notebook_is_included(tmp_path: Path, caplog):
    write_notebook(tmp_path)
    page = 'One\n\n--8<-- "nb.ipynb:cost"\n\n    --8<-- "nb.ipynb:rule"\n\n--8<-- "a.py:cost"\n'
    assert included(tmp_path, page) == ('One\n\nThe cost\n\n$$c$$\n\n    w\n\n--8<-- "a.py:cost"\n')
    assert not caplog.records


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('--8<-- "nb.ipynb:costs"', "it has no part 'costs'; known: cost, open, rule"),
        ('--8<-- "nb.ipynb:open"', "it has no part 'open'"),
        ('--8<-- "nb.ipynb:code"', "it has no part 'code'"),
        ('--8<-- "gone.ipynb:cost"', "gone.ipynb"),
    ],
)
def test_a_part_of_a_notebook_that_is_not_there_is_a_warning(
    tmp_path: Path, caplog, line: str, said: str
):
    write_notebook(tmp_path)
    assert included(tmp_path, line) == line
    (warned,) = warnings(caplog)
    assert warned.startswith(f"page.md: {line}: ")
    assert said in warned
