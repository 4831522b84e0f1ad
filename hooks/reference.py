"""Make the pages of the API reference lighter and quieter.

mkdocstrings writes them from the docstrings of `workshop/`. Half of its HTML is the folded source
code: line numbers, the docstring a second time, and a ``<span>`` around every name. This hook takes
those out, with the marks of the parts that other pages include, and the blank lines of the
templates, so that a page stays below 150 kB.
"""

import re
from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

FOLDER = "reference/api/"
MODULE_LEVEL = 2  # as mkdocs.yml asks mkdocstrings for
NUMBERED = re.compile(
    r'<table class="highlighttable">.*?<td class="code"><div>(.*?)</div></td></tr></table>',
    re.DOTALL,
)
DOCSTRING = re.compile(
    r'(?:^[^\n<]*(?:<span class="w">\s*</span>)?<span class="sd">[^\n]*\n\n?)+', re.M
)
MARK = re.compile(r'^ *<span class="c1"># --8&lt;-- [^\n]*\n', re.MULTILINE)
PLAIN = re.compile(r'<span class="(?:n|p|o|w|bp)">((?:[^<]|<span title=[^<]*</span>)*)</span>')
PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
# numpydoc's "X : (ndarray, shape (n, 2))" comes as X ((ndarray, shape (n, 2))) –
TYPE = re.compile(r"\(<code>\((.*?)\)</code>(?=\)|,)", re.DOTALL)
BRACKET = re.compile(r"(?<=</code>)\s+\)(?=\s*–)")
DASH = re.compile(r"([)>])\s*–\s*(?=<div class=\"doc-md-description\">)")
NOTHING = r'(?:<div class="doc-md-description">\s*</div>\s*)?'
IDLE_DASH = re.compile(rf"([)>])\s*–\s*{NOTHING}(?=</li>)")
MARKED = re.compile(r"(\(|default:\s*)<code>([^<]*`[^<]*)</code>")  # a type or value in backticks


def lighter(content: str) -> str:
    """Return a page's HTML without what nobody reads.

    Parameters
    ----------
    content : str
        The page, as mkdocstrings wrote it.
    """
    content = NUMBERED.sub(lambda match: MARK.sub("", DOCSTRING.sub("", match[1])), content)
    content = PRE.sub(lambda match: PLAIN.sub(r"\1", match[0]), content)
    content = TYPE.sub(r"(<code>\1</code>", content)
    content = MARKED.sub(
        lambda match: f"{match[1]}<code>{match[2].replace('`', '')}</code>", content
    )
    content = BRACKET.sub(")", content)
    return DASH.sub(r"\1: ", IDLE_DASH.sub(r"\1", content))


def name_modules(items: Iterable[AnchorLink]) -> None:
    """Write modules in the table of contents in full; "network" is also a class."""
    for item in items:
        if item.id.startswith("workshop.") and item.level == MODULE_LEVEL:
            item.title = item.id
        name_modules(item.children)


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make a page of the reference lighter."""
    if not page.file.src_uri.startswith(FOLDER):
        return content
    name_modules(page.toc)
    return lighter(content)
