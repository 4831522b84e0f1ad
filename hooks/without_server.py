"""Build the site so that it opens from a folder, by `file://`: with `FIRST_NEURON_OFFLINE=true`.

The theme's plugin `offline` (see `mkdocs.yml`) then names pages `page.html` instead of `page/`, and
writes the search index as a script, because a page that comes from a file may load scripts but no
data. The search itself runs in a worker, which such a page may not start either; the npm package
`iframe-worker` lets it run in a frame. The link that downloads a notebook would only show it, so it
carries the notebook itself. What only a server uses is left out.

Without that variable this hook does nothing, and the site is what it always was.
"""

import base64
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from node import NODE_MODULES

SHIM = "assets/iframe-worker/shim.js"
SHIM_SOURCE = NODE_MODULES / "iframe-worker" / "shim" / "index.js"
DOWNLOAD = re.compile(r'<a href="([^":/]+\.ipynb)" download>')
ONLY_SERVED = ("404.html", "sitemap.xml", "sitemap.xml.gz")


def is_on(config: MkDocsConfig) -> bool:
    """Tell whether this build is for a folder."""
    plugin = config.plugins.get("material/offline")
    return bool(plugin and plugin.config.enabled)


@event_priority(50)
def on_config(config: MkDocsConfig) -> None:
    """Name our copy of the shim, before the plugin would name one on another host."""
    if is_on(config):
        config.extra["polyfills"] = [SHIM]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the shim to the files that the build copies."""
    if is_on(config):
        files.append(File.generated(config, SHIM, abs_src_path=str(SHIM_SOURCE)))
    return files


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put a notebook into the link that downloads it."""
    if not is_on(config):
        return content

    def put(match: re.Match[str]) -> str:
        notebook = (Path(config.docs_dir) / page.file.src_uri).with_name(match[1]).read_bytes()
        data = base64.b64encode(notebook).decode("ascii")
        return f'<a href="data:application/x-ipynb+json;base64,{data}" download="{match[1]}">'

    return DOWNLOAD.sub(put, content)


@event_priority(50)
def on_post_build(config: MkDocsConfig) -> None:
    """Take away what only a server uses."""
    if is_on(config):
        for name in ONLY_SERVED:
            (Path(config.site_dir) / name).unlink(missing_ok=True)
