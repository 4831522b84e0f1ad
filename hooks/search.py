"""Mend the theme's search, which may stumble over words with digits.

The theme searches with lunr 2.3.9. When lunr shortens its table of words, it compares two places in
it by a text in which a word's next letter and the number of the place behind it stand side by side:
"1" and 23 look like "12" and 3. Places that differ are then taken for the same, words are lost,
and some that no page holds are found, which ends the search with an error. A comma between them
tells them apart. See https://github.com/olivernn/lunr.js/issues/503.
"""

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

log = logging.getLogger("mkdocs.hooks.search")

WORKERS = "assets/javascripts/workers/search.*.min.js"
AMBIGUOUS, CLEAR = "e=e+s+o.id}return e", 'e=e+s+o.id+","}return e'


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
