"""Find macros such as ``{{ result("step02_train_and_test", "median") }}`` in Markdown.

What stands in code, in a block or in a line, is not a macro but shows one.

Not a hook itself: the hooks that have macros import it.
"""

import re
from collections.abc import Callable

CODE = (
    r"^(?P<fence>[ \t]*(?P<ticks>`{3,}|~{3,})).*?^[ \t]*(?P=ticks)"
    r"|(?<!`)(?P<inline>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=inline)(?!`)"
)
MACRO = r"\{\{\s*(?P<name>\w+)\((?P<arguments>(?:\"[^\"]*\"|'[^']*'|[^)\"'])*)\)\s*\}\}"
CODE_OR_MACRO = re.compile(f"{CODE}|{MACRO}", re.DOTALL | re.MULTILINE)
WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def expand(markdown: str, macros: dict[str, Callable[[str, list[str]], str]]) -> str:
    """Replace the macros of some names, and leave all others and all code alone.

    Parameters
    ----------
    markdown : str
        A page.
    macros : dict
        Name to a function of the whole macro, as it is written, and of the words in its brackets;
        what it returns takes the macro's place.
    """

    def put(match: re.Match[str]) -> str:
        if match["name"] not in macros:
            return match[0]
        words = [double or single for double, single in WORD.findall(match["arguments"])]
        return macros[match["name"]](match[0], words)

    return CODE_OR_MACRO.sub(put, markdown)
