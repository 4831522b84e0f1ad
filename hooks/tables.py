"""Make plain cells of empty table headings.

Markdown writes the top row of a table as headings, also the empty corner above a column of names. A
screen reader would announce a heading without words; a plain cell is what is meant.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

EMPTY_HEADING = re.compile(r"<th\b([^>]*)>\s*</th>")


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Write ``<td></td>`` for ``<th></th>``."""
    return EMPTY_HEADING.sub(r"<td\1></td>", content)
