"""Exercises that check themselves.

`table` lists them. Each has two modules that share its stem: `answers/` holds the learner's file
with its solution in marked regions, from which `source` makes the stub in `exercises/`; `checks/`
holds the checks, the hints and the wrong answers that the checks must know. `checking` is what
checks are written with, and `sandbox` runs them on a learner's file, apart from everything else.
"""
