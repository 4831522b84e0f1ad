"""Take blank lines and indentation out of the finished HTML.

The theme's templates leave 7 to 9 kB of them in every page. Where white space has a meaning, as in
code, it stays.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

KEPT = re.compile(r"(<(pre|textarea|script|style|svg)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
BLANK = re.compile(r"\s*\n\s*")


def without_blanks(text: str) -> str:
    """Return HTML in which line breaks stand alone, except where white space has a meaning."""
    parts, end = [], 0
    for match in KEPT.finditer(text):
        parts += [BLANK.sub("\n", text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, BLANK.sub("\n", text[end:])])


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Make a page lighter."""
    return without_blanks(output)
