"""The table of thresholds and the steps go together."""

from pathlib import Path

from tests.examples.thresholds import THRESHOLDS

ROOT = Path(__file__).parents[2]


def test_every_step_has_its_threshold_and_its_tests():
    steps = {path.stem for path in (ROOT / "examples").glob("step*.py")}
    tests = {path.stem for path in (ROOT / "tests" / "examples").glob("test_step*.py")}
    assert steps == set(THRESHOLDS)
    assert {f"test_{step}" for step in steps} == tests
