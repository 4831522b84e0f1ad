"""Let the theme's search read text only, and mend where it stumbles over words with digits.

The search would also read the numbers along the axes of each drawing, and the source code that the
API reference folds: who looks for a word wants the text about it. So both are taken out of a page
while the theme's plugin reads it.

The theme searches with lunr 2.3.9. When lunr shortens its table of words, it compares two places in
it by a text in which a word's next letter and the number of the place behind it stand side by side:
"1" and 23 look like "12" and 3. Places that differ are then taken for the same, words are lost,
and some that no page holds are found, which ends the search with an error. A comma between them
tells them apart. See https://github.com/olivernn/lunr.js/issues/503.
"""

import logging
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.search")

WORKERS = "assets/javascripts/workers/search.*.min.js"
AMBIGUOUS, CLEAR = "e=e+s+o.id}return e", 'e=e+s+o.id+","}return e'

UNREAD = re.compile(
    r'<svg class="plot".*?</svg>|<details class="mkdocstrings-source">.*?</details>', re.DOTALL
)
whole: dict[str, str] = {}  # pages without their unread parts, until they get them back


@event_priority(50)
def take_out(context: Any, page: Page, **_: object) -> None:
    """Take out of a page what the search shall not read, before the plugin's turn."""
    whole[page.file.src_uri] = page.content or ""
    page.content = UNREAD.sub("", page.content or "")


@event_priority(-50)
def put_back(context: Any, page: Page, **_: object) -> None:
    """Give the page its content back, after the plugin's turn."""
    page.content = whole.pop(page.file.src_uri)


on_page_context = CombinedEvent(take_out, put_back)


@event_priority(50)
def on_post_build(config: MkDocsConfig) -> None:
    """Put a comma into the theme's script."""
    for worker in Path(config.site_dir).glob(WORKERS):
        text = worker.read_text(encoding="utf-8")
        if text.count(AMBIGUOUS) == 1:
            worker.write_text(text.replace(AMBIGUOUS, CLEAR), encoding="utf-8")
        elif text.count(CLEAR) != 1:
            log.warning(
                f"{worker.name} should hold {AMBIGUOUS!r} once, and does not: the theme's search "
                "has changed. Look whether lunr still needs hooks/search.py."
            )
