"""Build the site for a folder: pages that a browser opens by `file://`, without a server."""

import os
import subprocess
import sys
from pathlib import Path

from offline.edition import ROOT, moment


class BuildError(OSError):
    """MkDocs did not build the site."""


def build_site(folder: Path) -> None:
    """Build the site for a folder, as strictly as `make site` builds the ordinary one.

    The configuration is the same `mkdocs.yml`; `FIRST_NEURON_OFFLINE=true` switches on what is
    different (see `hooks/without_server.py`).

    Parameters
    ----------
    folder : Path
        Where it goes. What lies there is removed.

    Raises
    ------
    BuildError
        MkDocs has warned or failed; the message has the end of what it said.
    """
    environment = {name: value for name, value in os.environ.items() if name != "FIRST_NEURON_URL"}
    environment |= {
        "FIRST_NEURON_OFFLINE": "true",
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": f"{moment().timestamp():.0f}",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder.resolve())]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if not line.startswith("INFO")]
        raise BuildError(
            f"mkdocs ended with code {done.returncode}:\n" + "\n".join(said[-15:]) + "\n"
            "Mend that, and run the same command again. By hand, with more around it: "
            "FIRST_NEURON_OFFLINE=true .venv/bin/mkdocs build --strict"
        )
