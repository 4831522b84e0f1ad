"""An exercise's hints, read without importing its checks: they would load NumPy or PyTorch."""

import ast
from functools import cache
from pathlib import Path

from workshop.exercises.table import Exercise

CHECKS = Path(__file__).parent / "checks"


@cache
def hints(exercise: Exercise) -> tuple[str, ...]:
    """Return the hints, from a nudge to nearly there.

    Parameters
    ----------
    exercise : Exercise
        Which one.

    Returns
    -------
    tuple of str
        One sentence or a few each.

    Raises
    ------
    ValueError
        If the module of its checks has none.
    """
    text = (CHECKS / f"{exercise.name}.py").read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HINTS":
            return tuple(ast.literal_eval(node.value))
    raise ValueError(f"checks/{exercise.name}.py has no HINTS = (...) of plain strings")
