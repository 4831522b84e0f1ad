"""What the site is made of keeps to the rules of the repository."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(
    path for path in (ROOT / "docs").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_npm_packages_have_exact_versions_and_no_addresses():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values()), versions
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in versions.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert not [name for name, entry in locked.items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in locked.items() if name)


def test_every_plot_colour_has_a_value_for_light_and_dark(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))
    from svg import VARIABLES

    css = (ROOT / "docs" / "assets" / "css" / "book.css").read_text(encoding="utf-8")
    for name in set(VARIABLES.values()):
        values = re.findall(rf"--{name}: (#[0-9a-f]{{6}});", css)
        assert len(set(values)) == 2, name
    style = (ROOT / "hooks" / "plots.mplstyle").read_text(encoding="utf-8")
    used = {f"#{colour}" for colour in re.findall(r"\b[0-9a-f]{6}\b", style)}
    assert used <= VARIABLES.keys()
