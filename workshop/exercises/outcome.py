"""What comes of a check; it needs no NumPy, so that the command line can start in a blink."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

RIGHT, WRONG, UNTOUCHED = "right", "wrong", "not attempted"


@dataclass(frozen=True)
class Outcome:
    """What came of a check.

    Attributes
    ----------
    state : str
        "right", "wrong" or "not attempted".
    passed : tuple of str
        What was checked and is right, in words.
    failed : str
        What was checked and is not right, in words; empty if nothing.
    call, gave, expected, cause : str
        The fault, as in `checking.Fault`; empty if there is none.
    trace : tuple of str
        The learner's lines that led to an error, the outermost first.
    notes : tuple of str
        What is no fault, but worth knowing: warnings, threads left running.
    printed : str
        What the learner's program printed, cut where it is long.
    """

    state: str
    passed: tuple[str, ...] = ()
    failed: str = ""
    call: str = ""
    gave: str = ""
    expected: str = ""
    cause: str = ""
    trace: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    printed: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Outcome":
        """Return the outcome that `dataclasses.asdict` and JSON made a mapping of.

        Parameters
        ----------
        values : mapping
            Keys that are not known are left out.

        Returns
        -------
        Outcome
            With tuples for JSON's lists.
        """
        known = {field.name for field in fields(cls)}
        made: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in known
        }
        return cls(**made)
