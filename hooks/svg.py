"""Fit a matplotlib SVG into a page: colours that follow the page, a name for screen readers.

Not a hook itself: `hooks/figures.py` and `hooks/notebooks.py` import it.
"""

import html
import re
from pathlib import Path

from kept import Kept

# A colour of hooks/plots.mplstyle (or of matplotlib's own cycle) -> the page's name for it.
# The values for light and dark pages stand in docs/assets/css/colours.css.
VARIABLES = {
    "#1c2a33": "plot-text",
    "#8a929b": "plot-axis",
    "#d9dcdf": "plot-grid",
    "#0b6e8f": "plot-1",
    "#c4521b": "plot-2",
    "#4a7833": "plot-3",
    "#7a4b9c": "plot-4",
    "#a3324a": "plot-5",
    "#6b7078": "plot-6",
    "#1f77b4": "plot-1",
    "#ff7f0e": "plot-2",
    "#2ca02c": "plot-3",
    "#9467bd": "plot-4",
    "#d62728": "plot-5",
    "#7f7f7f": "plot-6",
    "#000000": "plot-text",
    "#ffffff": "plot-paper",
}
COLOUR = re.compile("|".join(VARIABLES), re.IGNORECASE)
BEFORE_SVG = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
OPENING = re.compile(r"<svg\b[^>]*>")
SIZE = re.compile(r'\b(width|height|viewBox)="([^"]+)"')
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
FONT_FAMILY = re.compile(r"font-family: [^;\"]*;? ?")
GROUP = re.compile(r"<g\b[^>]*>|</g>")
GROUP_NAME = re.compile(r'(<(?:g|text)) id="[^"]*"')
IMAGE_NAME = re.compile(r'(<image\b[^>]*?) id="[^"]*"')  # nothing refers to it
IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)(?=[\w-])')
GEOMETRY = re.compile(r' (?:d|x|y|points|transform)="[^"]*"')
FACTORS = re.compile(r"\b(?:matrix|scale)\(")
DECIMALS = re.compile(r"(\.\d)\d+")
ALIKE = re.compile(r'<use [^>]*style="([^"]*)"/>(?:\s*<use [^>]*style="\1"/>)+')
NO_ROTATION = re.compile(r' transform="rotate\(-0 [^"]*"')
POINTS_TO_PIXELS = 4 / 3

CODE = Path(__file__).read_text(encoding="utf-8")
drawings = Kept("drawings")  # hooks/figures.py opens and closes it


def fit_to_page(svg: str, *, name: str, alt: str, fallback: bool = False) -> str:
    """Return `fitted`, from the build before if it is the same drawing."""
    return str(
        drawings.value(
            "\0".join((CODE, name, alt, str(fallback), svg)),
            lambda: fitted(svg, name=name, alt=alt, fallback=fallback),
        )
    )


def fitted(svg: str, *, name: str, alt: str, fallback: bool) -> str:
    """Make an SVG that matplotlib wrote fit for being part of an HTML page.

    Parameters
    ----------
    svg : str
        The file as matplotlib writes it.
    name : str
        Unique in the page; put before the identifiers inside, which would clash otherwise.
    alt : str
        What the picture shows, in words.
    fallback : bool
        Write the light colour behind each variable, for a file that is seen outside our pages.

    Returns
    -------
    str
        One ``<svg>`` element. Its colours are CSS variables, its letters are those of the page,
        and it shrinks with the page.

    Raises
    ------
    ValueError
        It is no SVG.
    """
    svg = METADATA.sub("", BEFORE_SVG.sub("", svg, count=1)).strip()
    opening = OPENING.match(svg)
    if not opening:
        raise ValueError(f"{name}: expected an SVG picture, got {svg[:60]!r}")
    size = dict(SIZE.findall(opening[0]))
    width = float(size["viewBox"].split()[2]) * POINTS_TO_PIXELS
    body = STYLE.sub("", svg[opening.end() :])  # it would apply to the whole page
    body = GROUP_NAME.sub(r"\1", body)
    body = IMAGE_NAME.sub(r"\1", body)
    body = IDENTIFIER.sub(rf"\g<1>{name}-", body)
    body = FONT_FAMILY.sub("", body)
    body = COLOUR.sub(lambda match: variable(match[0], fallback), body)
    body = NO_ROTATION.sub("", body)
    body = GEOMETRY.sub(shorten, body)
    body = re.sub(r"\s*\n\s*", "\n", without_idle_groups(body))
    body = ALIKE.sub(one_style, body)
    return (
        f'<svg class="plot" role="img" aria-label="{html.escape(alt)}" '
        f'viewBox="{size["viewBox"]}" width="{width:.0f}" fill="currentColor" '
        'font-family="sans-serif" stroke-linejoin="round" '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">' + body
    )


def shorten(geometry: re.Match[str]) -> str:
    """Write coordinates to a tenth of a point and without needless spaces.

    The factors of a matrix or a scale keep their digits: an image would change its size.
    """
    if FACTORS.search(geometry[0]):
        return geometry[0]
    short = DECIMALS.sub(r"\1", geometry[0])
    return re.sub(r"\s*\b([MLCQ]) ", r"\1", short)


def one_style(markers: re.Match[str]) -> str:
    """Write the style that a run of markers has in common once, around them."""
    style = f' style="{markers[1]}"'
    return f"<g{style}>{markers[0].replace(style, '')}</g>"


def variable(colour: str, fallback: bool) -> str:
    """Return the CSS for a colour of `VARIABLES`."""
    name = VARIABLES[colour.lower()]
    return f"var(--{name}, {colour})" if fallback else f"var(--{name})"


def without_idle_groups(body: str) -> str:
    """Take out the ``<g>`` that carry nothing; matplotlib wraps every line in several."""
    open_groups: list[bool] = []

    def keep(match: re.Match[str]) -> str:
        if match[0] == "</g>":
            return "</g>" if open_groups.pop() else ""
        open_groups.append(match[0] != "<g>")
        return match[0] if open_groups[-1] else ""

    return GROUP.sub(keep, body)
