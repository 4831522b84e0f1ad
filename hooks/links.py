"""Check the finished site: every link, anchor and picture leads somewhere inside it.

MkDocs checks the links that are written in Markdown. This hook reads the HTML that came out, so it
also sees links in templates, notebooks and raw HTML. What it finds are warnings: a strict build
fails on them. Addresses of other hosts are not asked for, but nothing may be *loaded* from them.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.links")

LOADING = {
    "img": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src",),
    "video": ("src",),
    "audio": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "manifest"}
ORIGIN = "http://site.invalid/site/"  # a folder, to notice links that climb out of it


@dataclass
class Reference:
    """One address in a page; `loaded` tells whether the browser loads it by itself."""

    address: str
    loaded: bool


@dataclass
class Found:
    """What the checker needs to know of one page.

    Attributes
    ----------
    identifiers : Counter of str
        Each identifier, and how often it stands in the page.
    references : list of Reference
    faults : list of str
        What is wrong with the page by itself.
    """

    identifiers: Counter[str] = field(default_factory=Counter)
    references: list[Reference] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_page(text: str) -> Found:
    """Read the HTML of one page: addresses, identifiers, and pictures without a description."""
    found = Found()
    for element in html.document_fromstring(text).iter(etree.Element):
        _take_in(found, element.tag, element.attrib)
    found.faults += [
        f"the identifier {name!r} stands {count} times in the page"
        for name, count in found.identifiers.items()
        if count > 1
    ]
    return found


def _take_in(found: Found, tag: str, attributes: Mapping[str, str]) -> None:
    """Add one tag to what was found."""
    if name := attributes.get("id"):
        found.identifiers[name] += 1
    if tag == "a" and "name" in attributes:
        found.identifiers[attributes["name"]] += 0
    if tag == "a" and "href" in attributes:
        found.references.append(Reference(attributes["href"], loaded=False))
    if tag == "link" and "href" in attributes:
        loaded = bool(LOADING_LINKS & set(attributes.get("rel", "").split()))
        found.references.append(Reference(attributes["href"], loaded))
    found.references += [
        Reference(attributes[name], loaded=True)
        for name in LOADING.get(tag, ())
        if name in attributes
    ]
    if tag == "img" and not attributes.get("alt"):
        source = attributes.get("src", "")[:60]
        found.faults.append(f"the picture {source} has no description (alt)")
    if tag == "svg" and attributes.get("role") == "img" and not attributes.get("aria-label"):
        found.faults.append("a drawing has no description (aria-label)")


def target(site: Path, address: str, served: bool = True) -> Path:
    """Return the file that a web server sends for an address of the site.

    From a folder, without a server, a folder's address shows no page: then it is no file.
    """
    path = site / unquote(urlsplit(address.removeprefix(ORIGIN)).path)
    return path / "index.html" if served and (path.is_dir() or address.endswith("/")) else path


def check(site: Path, prefix: str = "/", *, served: bool = True) -> list[str]:
    """Check every page of a built site.

    Parameters
    ----------
    site : Path
        The folder that holds it.
    prefix : str
        The path at which it will be served; `404.html` uses it in its addresses.
    served : bool
        Whether it will be served, and not opened from a folder.

    Returns
    -------
    list of str
        One sentence for each fault, naming the page.
    """
    pages = {path: read_page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    faults = []
    for path, found in pages.items():
        name = path.relative_to(site).as_posix()
        here = ORIGIN + name.removesuffix("index.html")
        faults += [f"{name}: {fault}" for fault in found.faults]
        for reference in found.references:
            if fault := fault_of(reference, here, path, site, prefix, pages, served):
                faults.append(f"{name}: {fault}")
    return faults


def fault_of(
    reference: Reference,
    here: str,
    path: Path,
    site: Path,
    prefix: str,
    pages: dict[Path, Found],
    served: bool = True,
) -> str:
    """Say what is wrong with one address, or nothing.

    Parameters
    ----------
    reference : Reference
    here : str
        The address of its page, below `ORIGIN`.
    path : Path
        The file of its page.
    site, prefix, served
        As for `check`.
    pages : dict of Found
        By their files.

    Returns
    -------
    str
        Half a sentence; empty if nothing is wrong.
    """
    parts = urlsplit(reference.address)
    if parts.scheme or parts.netloc:
        if reference.loaded and parts.scheme != "data":
            return f"loads {reference.address} from another host; bring it along instead"
        return ""
    address = reference.address
    if served and address.startswith("/") and address.startswith(prefix):
        address = ORIGIN + address.removeprefix(prefix)
    full = urljoin(here, address)
    file = target(site, full, served) if parts.path else path
    if not full.startswith(ORIGIN) or not file.is_file():
        return f"the link {reference.address} leads to nothing"
    fragment = _target_of(unquote(parts.fragment))
    known = pages[file].identifiers if file in pages else {}
    if fragment and file in pages and fragment not in known:
        return f"the link {reference.address} leads to a heading that is not there"
    return ""


def _target_of(fragment: str) -> str:
    """Return the identifier in a fragment, which may lead to a widget's experiment.

    Such a one is ``one-neuron?rate=0.1``, and in a deck ``/slide/one-neuron?rate=0.1``.
    """
    before, mark, _ = fragment.partition("?")
    return before.rpartition("/")[2] if mark else fragment


def on_post_build(config: MkDocsConfig) -> None:
    """Check the site that was just built."""
    prefix = urlsplit(config.site_url or "/").path or "/"
    for fault in check(Path(config.site_dir), prefix, served=config.use_directory_urls):
        log.warning(fault)
