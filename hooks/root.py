"""Where the repository lies. Not a hook itself: those that read or keep files import it."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder of `mkdocs.yml`, absolute: after ``mkdocs build -f`` MkDocs' is not."""
    return Path(config.config_file_path).resolve().parent
