"""Which changes of code make a result stale, and which do not."""

import ast
import shutil
from pathlib import Path

import pytest

from benchmarks import reach

ROOT = Path(__file__).parents[1]
CODE = '''
"""What it does."""
import math  # why


def area(radius: float) -> float:
    """Return it."""
    return math.pi * radius**2
'''


def essence(source):
    return reach.essence(ast.parse(source))


@pytest.mark.parametrize(
    ("old", "new"),
    [("  # why", ""), ("Return it.", "Return the area."), ("\n\n\n", "\n\n\n\n")],
    ids=["comment", "docstring", "layout"],
)
def test_what_does_not_run_does_not_count(old, new):
    assert old in CODE
    assert essence(CODE.replace(old, new)) == essence(CODE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**2", "**3"),
        ("math.pi", "3"),
        ("radius: float", "radius: float = 0"),
        ("* radius", "/ radius"),
    ],
)
def test_what_runs_counts(old, new):
    assert old in CODE
    assert essence(CODE.replace(old, new)) != essence(CODE)


def test_zero_and_false_and_nothing_differ():
    assert len({essence(f"x = {value}") for value in ("0", "False", "None", "''", "1")}) == 5


SMALL = {
    "examples/step01.py": "from workshop.a import start\nfrom workshop.plotting import draw\n",
    "workshop/__init__.py": "",
    "workshop/a.py": (
        '"""What a is."""\nfrom workshop.b import TABLE as KNOWN, unused\n'
        "from workshop import c, d\nSTEPS = 3\nclass Thing: pass\n"
        "def start():\n    from workshop.e import late\n    return Thing(), KNOWN, c.x, late\n"
        "def other(): return STEPS\n"
    ),
    "workshop/b.py": "TABLE = {}\nTABLE['one'] = 1\ndef unused(): pass\n",
    "workshop/c.py": "x = 1\ndef also(): return 2\n",
    "workshop/d.py": "x = 1\n",
    "workshop/e.py": "if True:\n    def late(): return 1\nelse:\n    late = 2\n",
    "workshop/plotting.py": "def draw(): return 1\n",
}


@pytest.mark.parametrize(
    ("file", "old", "new", "counts"),
    [
        ("examples/step01.py", "draw\n", "draw\nX = 1\n", True),
        ("workshop/a.py", "What a is", "What a was", False),
        ("workshop/a.py", "class Thing: pass", "class Thing: size = 1", True),
        ("workshop/a.py", "STEPS = 3", "STEPS = 4", False),
        ("workshop/a.py", "return STEPS", "return -STEPS", False),
        ("workshop/b.py", "TABLE = {}", "TABLE = {0: 0}", True),
        ("workshop/b.py", "= 1", "= 2", True),
        ("workshop/b.py", "pass", "return 1", False),
        ("workshop/c.py", "return 2", "return 3", True),  # a module as a whole
        ("workshop/d.py", "1", "2", False),
        ("workshop/e.py", "return 1", "return 2", True),
        ("workshop/plotting.py", "return 1", "return 2", False),
    ],
)
def test_counts_what_the_example_can_reach(tmp_path, file, old, new, counts):
    for name, text in SMALL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    example = tmp_path / "examples" / "step01.py"
    before = reach.code_hash(example, tmp_path)
    assert old in SMALL[file]
    (tmp_path / file).write_text(SMALL[file].replace(old, new), "utf-8")
    assert (reach.code_hash(example, tmp_path) != before) == counts


@pytest.mark.parametrize(
    ("file", "old", "stale"),
    [
        ("examples/step05_single_neuron.py", "0.01", {"step05"}),
        ("workshop/neuron.py", "2 * ", {"step05", "step06"}),
        ("workshop/functions.py", "np.exp(", {"step04", "step07", "step08"}),
        ("workshop/datasets.py", "4 * radius", set()),
        ("workshop/plotting/curves.py", "len(losses)", set()),
    ],
)
def test_a_change_is_felt_by_the_steps_that_use_it(tmp_path, file, old, stale):
    for folder in ("examples", "workshop"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.pyc"))
    steps = sorted((tmp_path / "examples").glob("step0[1-8]*.py"))
    before = {step: reach.code_hash(step, tmp_path) for step in steps}
    changed = tmp_path / file
    text = changed.read_text("utf-8")
    assert old in text
    changed.write_text(text.replace(old, f"1 + {old}"), "utf-8")
    after = {step: reach.code_hash(step, tmp_path) for step in steps}
    assert {step.stem[:6] for step in steps if before[step] != after[step]} == stale
