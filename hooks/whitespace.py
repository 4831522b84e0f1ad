"""Take out of a page what is not for its reader.

That is blank lines and indentation, of which the theme's templates leave 7 to 9 kB in every page
(where white space has a meaning, as in code, it stays), and our notes to the formatter in code.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

KEPT = re.compile(r"(<(pre|textarea|script|style|svg)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
BLANK = re.compile(r"\s*\n\s*")
NOTE = re.compile(r' *<span class="c1"># fmt: skip</span>')


def without_blanks(text: str) -> str:
    """Return HTML in which line breaks stand alone, except where white space has a meaning."""
    parts, end = [], 0
    for match in KEPT.finditer(text):
        parts += [BLANK.sub("\n", text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, BLANK.sub("\n", text[end:])])


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Take the notes to the formatter out of code that is included from a file."""
    return NOTE.sub("", content)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Make a page lighter."""
    return without_blanks(output)
