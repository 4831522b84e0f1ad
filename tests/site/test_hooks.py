"""The hooks, on small sites of their own: what they do, and that every planted fault is noticed."""

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """
site_name: Small
use_directory_urls: true
theme: {{name: mkdocs, highlightjs: false}}
watch: [workshop]
plugins:
  - mkdocs-jupyter: {{include: ["*.ipynb"], kernel_name: python3, execute: true,
      allow_errors: false, include_source: true, ignore_h1_titles: true}}
hooks: [{hooks}]
exclude_docs: "*.py\n*.yml"
validation: {{links: {{anchors: warn}}}}
markdown_extensions:
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.superfences
  - attr_list
  - def_list
  - tables
"""
ALL_HOOKS = (
    "notebooks",
    "figures",
    "quiz",
    "glossary",
    "tables",
    "results",
    "mathematics",
    "links",
)


def notebook(*cells: str) -> str:
    """Return a notebook file: cells that start with "#" and a space are text, others code."""
    made = [
        {"cell_type": "markdown", "id": f"c{i}", "metadata": {}, "source": cell}
        if cell.startswith("# ") and "alt:" not in cell
        else {
            "cell_type": "code",
            "execution_count": None,
            "id": f"c{i}",
            "metadata": {},
            "outputs": [],
            "source": cell,
        }
        for i, cell in enumerate(cells)
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class Project:
    """A small site in a folder of its own, built with our hooks by a real MkDocs."""

    def __init__(self, folder: Path, hooks: tuple[str, ...]) -> None:
        self.folder = folder
        self.site = folder / "built"
        paths = ", ".join(json.dumps(str(ROOT / "hooks" / f"{hook}.py")) for hook in hooks)
        self.write("mkdocs.yml", CONFIG.format(hooks=paths))
        self.write("docs/index.md", "# Home\n")
        self.write("workshop/__init__.py", "")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "mkdocs", *words, "-f", "mkdocs.yml"]  # a relative path

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "RAN": self.ran.as_uri()}

    @property
    def ran(self) -> Path:
        """A file in which notebooks write a line when they run."""
        return self.folder / "ran.txt"

    def build(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command("build", "--strict", "-d", str(self.site)),
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=200,
        )

    def build_well(self) -> None:
        built = self.build()
        assert built.returncode == 0, built.stderr

    def page(self, name: str) -> str:
        return (self.site / name).read_text(encoding="utf-8")

    def runs(self) -> list[str]:
        """Return the names that notebooks have written since the last call, sorted."""
        if not self.ran.exists():
            return []
        names = sorted(self.ran.read_text(encoding="utf-8").split())
        self.ran.unlink()
        return names


@pytest.fixture
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    return Project(tmp_path, getattr(request, "param", ALL_HOOKS))


def note(name: str) -> str:
    """Return code that writes a notebook's name into the file of runs."""
    return (
        "import os\nfrom urllib.parse import urlsplit\nfrom urllib.request import url2pathname\n"
        "with open(url2pathname(urlsplit(os.environ['RAN']).path), 'a') as file:\n"
        f"    file.write('{name}\\n')"
    )


@pytest.mark.parametrize("project", [("notebooks",)], indirect=True)
def test_a_notebook_runs_again_only_when_it_or_what_it_imports_has_changed(project: Project):
    project.write("workshop/neuron.py", "from workshop.inner import number\n")
    project.write("workshop/inner.py", "number = 41\n")
    project.write("workshop/other.py", "other = 1\n")
    one = ("# One", note("one"), "from workshop.neuron import number\nprint('answer', number)")
    two = ("# Two", note("two"), "from workshop import other")
    project.write("docs/one.ipynb", notebook(*one))
    project.write("docs/two.ipynb", notebook(*two))
    project.build_well()
    assert project.runs() == ["one", "two"]
    assert "answer 41" in project.page("one/index.html")

    project.build_well()
    assert project.runs() == []
    assert "answer 41" in project.page("one/index.html")

    project.write("workshop/inner.py", "number = 42\n")
    project.build_well()
    assert project.runs() == ["one"]
    assert "answer 42" in project.page("one/index.html")

    project.write("docs/two.ipynb", notebook(*two, "print('edited')"))
    project.build_well()
    assert project.runs() == ["two"]
    assert "edited" in project.page("two/index.html")

    kept = list((project.folder / ".cache" / "mkdocs-jupyter").iterdir())
    assert len(kept) == 2, "stale results are deleted"


@pytest.mark.parametrize("project", [("notebooks",)], indirect=True)
def test_a_notebook_that_raises_stops_the_build_and_is_not_kept(project: Project):
    project.write("docs/bad.ipynb", notebook("# Bad", "print(1)", "raise KeyError('lost')"))
    for _ in range(2):
        built = project.build()
        assert built.returncode != 0
        assert "bad.ipynb does not run to its end" in built.stderr
        assert "KeyError: 'lost'" in built.stderr


def test_a_notebook_becomes_a_page_like_any_other(project: Project):
    rich = json.loads(
        notebook(
            "# Rich\n\nSee [home](index.md) and $x^2$.",
            "# alt: a line that\n#   rises\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
            "from IPython.display import Markdown\nMarkdown('| a | b |\\n|---|---|\\n| 1 | 2 |')",
            "print('<b>& not bold')",
            "raise ValueError('on <purpose>')",
        )
    )
    rich["cells"][-1]["metadata"]["tags"] = ["raises-exception"]
    project.write("docs/rich.ipynb", json.dumps(rich))
    project.build_well()
    page = project.page("rich/index.html")
    assert '<a href="..">home</a>' in page or '<a href="../">home</a>' in page
    assert "<math" in page
    assert 'aria-label="a line that rises"' in page
    assert "alt:" not in page
    assert "<td>1</td>" in page
    assert "&lt;b&gt;&amp; not bold" in page
    assert '<pre class="output">ValueError: on &lt;purpose&gt;</pre>' in page
    assert "<style" not in page.partition("</head>")[2]
    assert (project.site / "rich" / "rich.ipynb").is_file()


def test_every_planted_fault_is_a_warning_and_fails_a_strict_build(project: Project):
    project.write("docs/figures/some.py", "from matplotlib.figure import Figure\ndef dot():\n    "
                  "f = Figure()\n    f.add_subplot().plot([1, 2])\n    return f\n")  # fmt: skip
    project.write(
        "docs/index.md",
        "# Home\n\n"
        "[page](missing.md) [anchor](#nowhere) <a href='gone.html'>raw</a>\n\n"
        "<img src='https://example.org/a.png' alt='far'> <img src='figures/dot.svg'>\n\n"
        "![](figures/dot.svg)\n\n![a dot](figures/dash.svg)\n\n"
        r"$\undefinedcommand{1}$" + "\n\n"
        '{{ result("step99", "median") }} {{ result("step02", "mode") }}\n\n'
        '<p id="twice"></p><p id="twice"></p>\n',
    )
    project.write("results/step02.json", '{"median": 0.5}')
    project.write(
        "docs/nb.ipynb",
        notebook(
            "# Notebook\n\n[dead](nothing.md) [anchor](index.md#nowhere-else)",
            "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
            "import sys\nprint('careful', file=sys.stderr)",
        ),
    )
    built = project.build()
    assert built.returncode != 0
    said = [line for line in built.stderr.splitlines() if line.startswith("WARNING")]
    for fault in (
        "'missing.md'",
        "'#nowhere'",
        "the link gone.html leads to nothing",
        "loads https://example.org/a.png from another host",
        "the figure dot has no description",
        "'figures/dash.svg'",
        r"index.md: KaTeX cannot read the formula '\\undefinedcommand{1}'",
        "there are no results 'step99'; known: step02",
        "step02.json has no 'mode' (at 'mode'); known: median",
        "the identifier 'twice' stands 2 times",
        "nb.ipynb: a picture has no description",
        "nb.ipynb: a cell writes to the error stream: 'careful'",
        "'nothing.md'",
        "'index.md#nowhere-else'",
    ):
        assert any(fault in line for line in said), f"{fault} was not noticed:\n{built.stderr}"


QUIZ = """
- question: |
    What is $1 + {first}$ in Python?

    ```
    1 + 1
    ```
  choices:
    - {{text: "`3`", why: "One too many, see [two](two.ipynb#second)."}}
    - {{text: "**2**, or $2$", right: true, why: 'In {{{{result("step02", "median")}}}} cases.'}}
    - {{text: "`'11'`", why: That is text.}}
"""


def test_a_quiz_stands_in_pages_and_notebooks_with_all_that_a_page_can_hold(project: Project):
    project.write("docs/sub/one.md", "# One\n\n{{ quiz() }}\n\n```\n{{ quiz() }}\n```\n")
    project.write("docs/sub/one.quiz.yml", QUIZ.format(first=1))
    project.write("docs/sub/two.ipynb", notebook("# Two\n\n## Second\n\n{{ quiz() }}"))
    project.write("docs/sub/two.quiz.yml", QUIZ.format(first=1))
    project.write("results/step02.json", '{"median": 0.5}')
    project.build_well()
    for name in ("one", "two"):
        page = project.page(f"sub/{name}/index.html")
        assert page.count('<section class="quiz"') == 1
        assert f'data-quiz="sub/{name}"' in page
        assert page.count('<input type="radio" name="quiz-1"') == 3
        assert page.count('data-right="yes"') == 1
        assert page.count("<math") == 2
        assert "In 0.5 cases" in page
        assert 'href="../two/#second"' in page or 'href="./#second"' in page
        assert "<legend>1. What is <span" in page
        assert "<strong>2</strong>" in page
    assert "{{ quiz() }}" in project.page("sub/one/index.html"), "in a code block it is text"


def test_the_glossary_becomes_a_page_and_its_words_become_links(project: Project):
    project.write(
        "docs/reference/glossary.yml",
        "- {term: neuron, definition: N., also: [unit], page: one.md}\n"
        "- {term: batch, definition: B., forms: [batches], page: sub/nb.ipynb}\n"
        "- {term: score, definition: S., mark: false}\n",
    )
    project.write("docs/reference/glossary.md", "# Glossary\n\n{{ glossary() }}\n")
    project.write("docs/one.md", "# One\n\nA neuron, batches, a score.\n")
    project.write("docs/sub/nb.ipynb", notebook("# The notebook\n\nA unit and a batch."))
    project.build_well()
    glossary = project.page("reference/glossary/index.html")
    places = [
        glossary.index(f'id="{name}"') for name in ("b", "batch", "n", "neuron", "s", "score")
    ]
    assert places == sorted(places)
    assert 'Also: unit. Explained in <a href="../../one/">One</a>.' in glossary
    assert 'Explained in <a href="../../sub/nb/">The notebook</a>.' in glossary
    link = '<a class="term" href="{}reference/glossary/#{}">{}</a>'
    one, nb = project.page("one/index.html"), project.page("sub/nb/index.html")
    assert f"A neuron, {link.format('../', 'batch', 'batches')}, a score." in one
    assert f"A {link.format('../../', 'neuron', 'unit')} and a batch." in nb
    assert '"batch":["batch","B."]' in project.page("assets/js/terms.js")

    project.write(
        "docs/reference/glossary.yml", "- {term: a, definition: B., page: gone.md}\n- {}\n"
    )
    built = project.build()
    assert built.returncode != 0
    assert "glossary.yml: a: there is no page gone.md" in built.stderr
    assert "'term' is missing" in built.stderr


def test_an_empty_table_heading_becomes_a_cell(project: Project):
    project.write("docs/index.md", "# Home\n\n|   | a |\n|---|---|\n| b | 1 |\n")
    project.build_well()
    page = project.page("index.html")
    assert "<th>a</th>" in page
    assert "<td></td>" in page
    assert "<th></th>" not in page


def test_faults_around_quizzes_fail_a_strict_build(project: Project):
    project.write("docs/index.md", "# Home\n\n{{ quiz() }}\n")
    project.write("docs/lost.quiz.yml", QUIZ.format(first=1))
    project.write("docs/silent.md", "# Silent\n")
    project.write("docs/silent.quiz.yml", QUIZ.format(first=1))
    project.write("docs/bad.md", "# Bad\n\n{{ quiz() }}\n\n{{ quiz() }}\n")
    project.write("docs/bad.quiz.yml", QUIZ.format(first=1).replace("right: true", "right: false"))
    built = project.build()
    assert built.returncode != 0
    for fault in (
        "index.md: {{ quiz() }}, but there is no file index.quiz.yml",
        "lost.quiz.yml: there is no page lost.md or lost.ipynb",
        "silent.md: has a silent.quiz.yml, but no line {{ quiz() }}",
        "bad.md: {{ quiz() }} stands 2 times",
        "bad.quiz.yml: question 1: exactly one choice must have 'right: true', 0 have",
    ):
        assert fault in built.stderr, built.stderr


@pytest.mark.parametrize("project", [("figures",)], indirect=True)
def test_a_figure_is_drawn_again_only_when_its_code_has_changed(project: Project):
    figure = (
        "from matplotlib.figure import Figure\nfrom workshop.size import height  # and step01\n"
        "open('drawn.txt', 'a').write('x')\n"
        "def _hidden():\n    raise RuntimeError\n"
        "def bars():\n    f = Figure()\n    f.add_subplot().bar([1], [height])\n    return f\n"
    )
    project.write("docs/figures/some.py", figure)
    project.write("workshop/size.py", "height = 1\n")
    project.write("docs/index.md", '# Home\n\n![two bars](figures/bars.svg "How *many*")\n')
    project.write("results/step02.json", "{}")
    for file, text, times in (
        ("workshop/size.py", "height = 1\n", 1),
        ("workshop/size.py", "height = 1\n", 1),
        ("results/step02.json", '{"median": 1}', 1),
        ("workshop/size.py", "height = 2\n", 2),
        ("results/step01.json", '{"median": 1}', 3),
    ):
        project.write(file, text)
        project.build_well()
        assert len((project.folder / "drawn.txt").read_text()) == times
    page = project.page("index.html")
    assert '<svg class="plot" role="img" aria-label="two bars"' in page
    assert "<figcaption>How" in page
    assert "var(--plot-1)" in page
    assert "#0b6e8f" in (project.site / "figures" / "bars.svg").read_text(encoding="utf-8")

    project.write("docs/figures/some.py", figure.replace("return f", "raise ValueError('no ink')"))
    built = project.build()
    assert built.returncode != 0
    assert "ValueError: no ink" in built.stderr


@pytest.mark.parametrize("project", [("figures", "results", "slides")], indirect=True)
def test_a_slide_follows_results_and_figures(project: Project):
    """A measured number, a computed text or a drawing that changes, changes the slide with it."""
    config = (project.folder / "mkdocs.yml").read_text(encoding="utf-8")
    project.write(
        "mkdocs.yml",
        config.replace("theme: {", "theme: {custom_dir: overrides, favicon: icon.svg, "),
    )
    template = (ROOT / "overrides" / "slides.html").read_text(encoding="utf-8")
    project.write("overrides/slides.html", template)
    project.write(
        "docs/slides/small.md",
        "---\ntitle: Small\ntemplate: slides.html\n---\n\n# Small\n\nNote: 1 minute\nGreet.\n\n"
        '---\n\n## The score\n\nIt is {{ result("step02", "median", "percent") }}.\n\n'
        "Note: 2 minutes\nWait.\n\n"
        '---\n\n## The rates\n\n{{ computed("rates") }}\n\nNote: 2 minutes\nCompare.\n\n'
        "---\n\n## The picture\n\n![a line](../figures/line.svg)\n\nNote: 1 minute\nShow.\n",
    )
    project.write(
        "docs/figures/decks.py",
        "import json\nfrom pathlib import Path\nfrom matplotlib.figure import Figure\n"
        "from workshop.plotting import plot_line\n"
        "def line():\n    figure = Figure()\n    plot_line(figure.add_subplot())\n"
        "    return figure\n"
        "def rates():\n    best = json.loads(Path('results/step06.json').read_text())['best']\n"
        "    return f'| best |\\n|---|\\n| {best} |'\n",
    )
    plotting = "def plot_line(ax):\n    ax.plot([1, 2], label='{0}')\n    ax.legend()\n"
    project.write("workshop/plotting.py", plotting.format("first"))
    project.write("results/step02.json", '{"median": 0.881}')
    project.write("results/step06.json", '{"best": 0.0125}')
    slides = []
    for file, text in (
        ("docs/index.md", "# Home\n"),
        ("results/step02.json", '{"median": 0.889}'),
        ("results/step06.json", '{"best": 0.0225}'),
        ("workshop/plotting.py", plotting.format("second")),
    ):
        project.write(file, text)
        project.build_well()
        slides.append(project.page("slides/small/index.html").split("</section>")[:4])
    before, score, rates, picture = slides

    assert "It is 88.1\N{NARROW NO-BREAK SPACE}%." in before[1]
    assert "It is 88.9\N{NARROW NO-BREAK SPACE}%." in score[1]
    assert "<td>0.0125</td>" in score[2]
    assert "<td>0.0225</td>" in rates[2]
    assert ">first</text>" in rates[3]
    assert ">second</text>" in picture[3]
    changed = [
        [number for number in range(4) if old[number] != new[number]]
        for old, new in itertools.pairwise(slides)
    ]
    assert changed == [[1], [2], [3]], "each change shows on its slide, and on no other"


def test_serving_builds_again_after_a_change_and_then_rests(project: Project):
    project.write("workshop/neuron.py", "number = 1\n")
    project.write("docs/one.ipynb", notebook("# One", "from workshop.neuron import number\nnumber"))
    log, temporary = project.folder / "serve.log", project.folder / "temporary"
    temporary.mkdir()
    with log.open("w", encoding="utf-8") as file:
        server = subprocess.Popen(
            project.command("serve", "--livereload", "-a", "127.0.0.1:0"),
            env=project.environment | {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")},
            cwd=project.folder,
            stdout=file,
            stderr=file,
        )
    try:
        wait_for(lambda: "Serving on" in log.read_text(), 90)
        time.sleep(3)
        assert "Detected file changes" not in log.read_text(), "the first build woke itself"
        project.write("workshop/neuron.py", "number = 2\n")
        wait_for(lambda: "Reloading browsers" in log.read_text(), 90)
        time.sleep(3)
        assert log.read_text().count("Detected file changes") == 1, "a build woke itself"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(condition, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.1)
