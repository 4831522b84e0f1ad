"""Whatever a learner's function returns, the checks say that it is wrong, and do not break."""

import ast

import pytest

from workshop.exercises import source
from workshop.exercises.examination import WRONG, examine
from workshop.exercises.table import EXERCISES

ODD = (
    "None",
    "'text'",
    "()",
    "[]",
    "{}",
    "[[1], [2, 3]]",
    "np.array([])",
    "np.array(['a'])",
    "np.inf",
    "1j",
    "(None, None)",
    "({}, 'x', [])",
    "[(np.zeros((2, 2)), None)]",
    "(np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(2))",
    "(i for i in range(3))",
    "lambda: 3",
    "object()",
)


def functions(text):
    """Return the names of the functions that a file defines."""
    return [each.name for each in ast.parse(text).body if isinstance(each, ast.FunctionDef)]


EACH = [
    pytest.param(exercise, name, id=f"{exercise.name}-{name}")
    for exercise in EXERCISES
    if not exercise.pytorch and not exercise.stem.startswith("bug_")
    for name in functions(source.solution(exercise))
]


@pytest.mark.parametrize(("exercise", "name"), EACH)
def test_an_odd_result_is_wrong_and_breaks_nothing(exercise, name):
    solved = source.solution(exercise)
    for value in ODD:
        odd = f"{solved}\nimport numpy as np\ndef {name}(*a, **k):\n    return {value}\n"
        outcome = examine(exercise, odd)
        assert outcome.state == WRONG, value
        assert outcome.gave
        assert outcome.expected
