"""What the site is made of keeps to the rules of the repository."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_every_plot_colour_has_a_value_for_light_and_dark(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))
    from svg import VARIABLES

    css = (ROOT / "docs" / "assets" / "css" / "colours.css").read_text(encoding="utf-8")
    for name in set(VARIABLES.values()):
        values = re.findall(rf"--{name}: (#[0-9a-f]{{6}});", css)
        assert len(set(values)) == 2, name
    style = (ROOT / "hooks" / "plots.mplstyle").read_text(encoding="utf-8")
    used = {f"#{colour}" for colour in re.findall(r"\b[0-9a-f]{6}\b", style)}
    assert used <= VARIABLES.keys()
