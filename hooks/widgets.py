"""Put a widget into a page or a slide: a custom element, its still picture and its scripts.

A page says ::

    {{ widget("one-neuron", "one_neuron_still",
       "Ten points, a line through them, and the way down on the map of the cost.",
       "One neuron learns: 35 steps at a rate of 0.01.",
       "rate=0.02&steps=10") }}

The words are

1. the element, a key of `WIDGETS`; ``one-neuron second`` gives it the identifier ``second`` instead
   of its own name, for a page that holds two of a kind;
2. the figure of `docs/figures/` that stands in its place where no script runs, on paper, and in the
   EPUB;
3. what that figure shows, in words;
4. its caption, which says that it is an experiment elsewhere; empty (``""``) on a slide;
5. the experiment to begin with, if it is not the element's own: what stands behind the ``?`` in the
   address when somebody has set it up. It may be left out.

``[Let it explode](#one-neuron){ experiment="rate=0.1&steps=20" }`` links an experiment; before the
``#`` may stand another page, or a deck.

A page loads the scripts and the style sheets of the widgets that it holds, and no others:
`overrides/main.html` and `overrides/slides.html` ask ``page.meta.widgets`` for them. What every
widget can use stands in `docs/assets/js/widgets/widget.js`.
"""

import html
import logging
import re
from dataclasses import dataclass

from macros import expand
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.widgets")

SCRIPTS, STYLES = "assets/js/widgets", "assets/css/widgets"


@dataclass(frozen=True)
class Needs:
    """The files of one widget, without their endings, in the order in which they load.

    Attributes
    ----------
    scripts : tuple of str
        In `docs/assets/js/widgets/`; `widget` comes before them by itself.
    styles : tuple of str
        In `docs/assets/css/widgets/`; `widgets.css` comes before them by itself.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...] = ()


WIDGETS = {
    "activation-functions": Needs(
        ("activations", "chart", "activation_functions"), ("chart", "activation_functions")
    ),
    "backpropagation-steps": Needs(
        ("activations", "chart", "hand_network", "hand_steps", "backpropagation_steps"),
        ("backpropagation_steps",),
    ),
    "draw-digit": Needs(
        (
            "digit_image",
            "digit_networks",
            "pen_strokes",
            "weights/dense",
            "weights/convolutional",
            "weights/mnist_digits",
            "digit_pictures",
            "draw_digit",
        ),
        ("draw_digit",),
    ),
    "network-playground": Needs(
        (
            "playground_data",
            "playground_network",
            "playground_code",
            "playground_state",
            "playground_picture",
            "network_playground",
        ),
        ("network_playground",),
    ),
    "one-neuron": Needs(("descent", "one_neuron"), ("one_neuron",)),
    "sigmoid-neuron": Needs(("activations", "chart", "sigmoid_neuron"), ("chart",)),
}

USAGE = (
    'expected widget("element", "figure", "what it shows", "caption") or a fifth word, the '
    "experiment to begin with"
)
OPENING = re.compile(r'<p id="([\w-]+)">@@widget (\d+)@@</p>')
CLOSING = "<p>@@widget end@@</p>"
EXPERIMENT = re.compile(r'<a\b[^>]*\bexperiment="([^"]*)"[^>]*>')
HREF = re.compile(r'\bhref="([^"?#]*)#([\w-]+)"')

# The widgets of each page in this build, by its source: element, identifier and experiment.
placed: dict[str, list[tuple[str, str, str]]] = {}


def marked(markdown: str, where: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Leave two places, with the picture between them, for each widget of a page.

    Parameters
    ----------
    markdown : str
        The page.
    where : str
        Its source, such as ``theory/learning_rate.ipynb``.

    Returns
    -------
    str
        Markdown with the places.
    list of tuple of str
        Of each widget: element, identifier, experiment to begin with.
    """
    widgets: list[tuple[str, str, str]] = []
    up = "../" * where.count("/")

    def put(macro: str, words: list[str]) -> str:
        words = [" ".join(word.split()) for word in words]
        if len(words) not in (4, 5) or not all(words[:3]):
            log.warning(f"{where}: {macro}: {USAGE}")
            return macro
        element, _, identifier = words[0].partition(" ")
        if element not in WIDGETS:
            known = ", ".join(sorted(WIDGETS))
            log.warning(f"{where}: {macro}: there is no widget {element!r}; known: {known}")
            return macro
        name = identifier or element
        widgets.append((element, name, "".join(words[4:])))
        title = f' "{html.escape(words[3])}"' if words[3] else ""
        return (
            f"\n\n@@widget {len(widgets) - 1}@@\n{{: #{name} }}\n\n"
            f"![{words[2]}]({up}figures/{words[1]}.svg{title})\n\n@@widget end@@\n\n"
        )

    return expand(markdown, {"widget": put}), widgets


def filled(content: str, widgets: list[tuple[str, str, str]]) -> str:
    """Write the elements around their pictures, and the addresses of the experiments."""

    def opening(match: re.Match[str]) -> str:
        element, name, experiment = widgets[int(match[2])]
        state = f' state="{html.escape(experiment)}"' if experiment else ""
        return f'<{element} class="widget" id="{name}"{state}>'

    ends = iter([f"</{element}>" for element, _, _ in widgets])
    content = OPENING.sub(opening, content)
    return re.sub(CLOSING, lambda _: next(ends), content)


def linked(content: str, where: str) -> str:
    """Write the experiments of links into their addresses."""

    def put(match: re.Match[str]) -> str:
        link = re.sub(r'\s*\bexperiment="[^"]*"', "", match[0])
        if not HREF.search(link):
            log.warning(
                f"{where}: {html.unescape(link)}: the link of an experiment ends in the "
                "identifier of a widget, such as #one-neuron"
            )
            return link
        return HREF.sub(lambda href: f'href="{href[1]}#{href[2]}?{match[1]}"', link)

    return EXPERIMENT.sub(put, content)


def files_of(elements: list[str]) -> dict[str, list[str]]:
    """Return the scripts and style sheets of some widgets, as addresses in the site."""
    needed = [WIDGETS[element] for element in dict.fromkeys(elements)]
    scripts = dict.fromkeys(["widget", *(name for needs in needed for name in needs.scripts)])
    styles = dict.fromkeys(name for needs in needed for name in needs.styles)
    return {
        "scripts": [f"{SCRIPTS}/{name}.js" for name in scripts],
        "styles": [f"{STYLES}.css", *(f"{STYLES}/{name}.css" for name in styles)],
    }


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Leave places for the widgets; the pictures between them are figures like any others."""
    where = page.file.src_uri
    markdown, placed[where] = marked(markdown, where)
    return markdown


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Write the widgets into their places, and say which files the page needs for them."""
    where = page.file.src_uri
    if widgets := placed.get(where):
        page.meta["widgets"] = files_of([element for element, _, _ in widgets])
        content = filled(content, widgets)
    return linked(content, where)
