"""What the chapter of exercises shows: a file, and what the check says about it."""

import io

from rich.console import Console

from workshop.exercises import source
from workshop.exercises.answers import ex01_output_of_a_neuron as _solved  # noqa: F401
from workshop.exercises.checks import ex01_output_of_a_neuron as _checks
from workshop.exercises.console import Screen
from workshop.exercises.examination import examine
from workshop.exercises.table import BY_NUMBER

FIRST = BY_NUMBER[1]  # both modules above are imported so that a change of them is seen
MISTAKE = "    return np.sum(inputs * weights + bias)\n"


def _said(text: str) -> str:
    """Return a terminal's text for `workshop check 1`, as Markdown."""
    printed = io.StringIO()
    console = Console(file=printed, width=66, highlight=False, markup=False, emoji=False)
    outcome = examine(FIRST, text)
    Screen(console).outcome(FIRST, outcome, f"exercises/{FIRST.name}.py", len(_checks.HINTS))
    lines = [line.rstrip() for line in printed.getvalue().strip().splitlines()]
    return "``` { .text .no-copy }\n" + "\n".join(lines) + "\n```"


def exercise_file() -> str:
    return f"```python\n{source.stub(FIRST).rstrip()}\n```"


def exercise_mistake() -> str:
    return f"```python\n{MISTAKE.strip()}\n```"


def exercise_wrong() -> str:
    head, _ = source.stub(FIRST).split("    # TODO")
    return _said(head + MISTAKE)


def exercise_right() -> str:
    return _said(source.solution(FIRST))
