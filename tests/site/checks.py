"""What the browser tests look for in a page, and which sources are pages and which are decks."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _address(source: Path) -> str:
    """Return where the page of a source lies in the site."""
    place = source.parent if source.stem == "index" else source.with_suffix("")
    path = place.relative_to(ROOT / "docs").as_posix()
    return "" if path == "." else path + "/"


SOURCES = {
    _address(source): source
    for source in sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.ipynb")])
    if ".ipynb_checkpoints" not in source.parts
}
# Decks of slides have a template of their own, and so tests of their own.
DECKS = [
    path
    for path, source in SOURCES.items()
    if re.match(r"---\n(?:.*\n)*?template: slides\.html\n", source.read_text(encoding="utf-8"))
]
PAGES = sorted({*SOURCES, "404.html"} - set(DECKS))

RAW_FORMULA = re.compile(r"\$[^\s$][^$\n]*\$|\$\$|\\\(|\\\)|\\\[|\\\]|\\begin\{")

VISIBLE_TEXT = """(element) => {
  const copy = (element ?? document.body).cloneNode(true);
  copy.querySelectorAll("pre, code, script, style, annotation, .katex-mathml").forEach(
    (element) => element.remove());
  return copy.textContent;
}"""
BROKEN_IMAGES = """() => [...document.images]
  .filter((image) => !image.complete || image.naturalWidth === 0)
  .map((image) => image.src)"""
RUN_AXE = """async (options) => (await axe.run(
  { resultTypes: ["violations"], ...options })).violations.flatMap(
  (violation) => violation.nodes.map(
    (node) => `${violation.id} (${violation.impact}): ${violation.help}: ${node.html.slice(0, 200)}`
      + ` ${node.failureSummary.slice(0, 300)}`))"""


@cache
def axe() -> str:
    """Return the text of axe, which looks for what shuts people out."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


PAUSE = "new Promise((done) => setTimeout(done, 100))"


def longest_task(page, action: Callable[[], object]) -> float:
    """Return how long the page was busy without a pause while `action` ran, at most, in ms.

    It is the processor's time, of the page's main thread: other programs do not count, as they
    would for a PerformanceObserver of "longtask".
    """
    browser = page.context.browser
    browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
    try:
        action()
        page.evaluate(PAUSE)  # a task that has answered may still run, and is not recorded then
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        event["tdur"] / 1000
        for event in events
        if event["name"] == "RunTask" and "tdur" in event
        if (event["pid"], event["tid"]) in threads
    ]
    assert tasks, "the browser recorded no task"
    return max(tasks)
