"""The hook that puts widgets into pages: what it writes, and what it warns of."""

from pathlib import Path

import markdown
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = "theory/page.md"


@pytest.fixture(autouse=True)
def hooks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))


def written(text: str, where: str = PAGE) -> str:
    """Return the HTML that a page's Markdown becomes."""
    import widgets

    text, placed = widgets.marked(text, where)
    content = markdown.markdown(text, extensions=["attr_list", "md_in_html"])
    return widgets.linked(widgets.filled(content, placed), where)


def test_a_widget_stands_around_its_still_picture():
    html = written(
        'Before.\n\n{{ widget("one-neuron", "still", "Ten points (and\n   a line)",\n'
        '   "Its caption: 3 < 4.", "rate=0.02&steps=10") }}\n\nAfter.'
    )
    assert html == (
        "<p>Before.</p>\n"
        '<one-neuron class="widget" id="one-neuron" state="rate=0.02&amp;steps=10">\n'
        '<p><img alt="Ten points (and a line)" src="../figures/still.svg" '
        'title="Its caption: 3 &lt; 4." /></p>\n'
        "</one-neuron>\n<p>After.</p>"
    )


def test_two_widgets_of_a_kind_have_names_of_their_own():
    macro = '{{ widget("one-neuron", "still", "Words", "") }}'
    second = macro.replace('neuron"', 'neuron second"')
    html = written(f"{macro}\n\n{second}\n", "page.md")
    assert html.count("</one-neuron>") == 2
    assert '<one-neuron class="widget" id="one-neuron">' in html
    assert '<one-neuron class="widget" id="second">' in html
    assert html.count('<img alt="Words" src="figures/still.svg" />') == 2


def test_code_shows_the_macro():
    text = '`{{ widget("one-neuron", "still", "Words", "") }}`'
    assert "<one-neuron" not in written(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#one-neuron", "#one-neuron?rate=0.1&amp;steps=20"),
        ("../other/page.md#one-neuron", "../other/page.md#one-neuron?rate=0.1&amp;steps=20"),
    ],
)
def test_a_link_leads_to_an_experiment(before: str, after: str):
    html = written(f'[Explode]({before}){{ .book experiment="rate=0.1&steps=20" }}')
    assert html == f'<p><a class="book" href="{after}">Explode</a></p>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{{ widget("one-neuron") }}', "expected widget("),
        ('{{ widget("one-neuron", "still", "", "Caption") }}', "expected widget("),
        ('{{ widget("two-neurons", "still", "Words", "") }}', "no widget 'two-neurons'; known: "),
        ('[Explode](page.md){ experiment="rate=0.1" }', "ends in the identifier of a widget"),
    ],
)
def test_a_fault_is_a_warning(caplog: pytest.LogCaptureFixture, text: str, said: str):
    written(text)
    assert said in caplog.text
    assert PAGE in caplog.text


def test_a_page_loads_what_its_widgets_need_once(monkeypatch: pytest.MonkeyPatch):
    import widgets

    needs = {"a-b": widgets.Needs(("shared", "a")), "c-d": widgets.Needs(("shared", "c"), ("c",))}
    monkeypatch.setattr(widgets, "WIDGETS", needs)
    files = widgets.files_of(["c-d", "a-b", "c-d"])
    scripts = ["widget", "shared", "c", "a"]
    assert files["scripts"] == [f"assets/js/widgets/{name}.js" for name in scripts]
    assert files["styles"] == ["assets/css/widgets.css", "assets/css/widgets/c.css"]


@pytest.mark.parametrize(
    ("fragment", "faults"),
    [
        ("#one-neuron?rate=0.1", 0),
        ("#/slide/one-neuron?rate=0.1", 0),
        ("#two-neurons?rate=0.1", 1),
        ("#/slide/two-neurons?rate=0.1", 1),
    ],
)
def test_links_to_experiments_are_checked(tmp_path: Path, fragment: str, faults: int):
    import links

    page = f'<html><body><p id="one-neuron">here</p><a href="{fragment}">go</a></body></html>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert len(links.check(tmp_path)) == faults
