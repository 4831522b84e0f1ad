"""Tell whether code changed, by a hash of it and of everything it imports.

Notebooks and figures are run by the build, which takes seconds, so their results are kept. A kept
result may be used again only while nothing that made it has changed: its own text, the modules of
this repository that it imports (and those that they import), and the versions of the installed
packages. `fingerprint` boils all of that down to one hexadecimal string, without running anything.

Not a hook itself: `hooks/notebooks.py` and `hooks/figures.py` import it.
"""

import ast
import functools
import hashlib
import platform
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

LOCAL_PACKAGES = ("workshop", "examples")
DISTRIBUTIONS = {"sklearn": "scikit-learn", "PIL": "pillow"}


def parse(source: str) -> ast.Module:
    """Parse Python, leaving out notebook lines that are not Python (``%magic``, ``!command``).

    Parameters
    ----------
    source : str
        The text of a module or of a notebook's code cells.

    Returns
    -------
    ast.Module
        Empty where the text is not Python: whoever runs it gives the better message.
    """
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.parse("")


@functools.cache
def imported_names(source: str, package: str = "") -> frozenset[str]:
    """Name everything that some Python text imports, at its top or inside a function.

    Parameters
    ----------
    source : str
        The text of a module or of a notebook's code cells.
    package : str
        The package in which it lies, for imports such as ``from .functions import relu``.

    Returns
    -------
    frozenset of str
        Dotted names; ``from workshop import neuron`` gives ``workshop.neuron``.
    """
    names: set[str] = set()
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".") if package else []
            base = parts[: len(parts) - node.level + 1] if node.level else []
            base += [node.module] if node.module else []
            names.update(".".join([*base, alias.name]) for alias in node.names)
    return frozenset(names)


def module_files(name: str, root: Path) -> list[Path]:
    """Find the files that importing a name of this repository reads.

    Parameters
    ----------
    name : str
        Such as ``workshop.neuron.descend``.
    root : Path
        The folder that holds the packages.

    Returns
    -------
    list of Path
        The ``__init__.py`` of each package on the way and the module. Where the name leads to a
        package only (``import workshop``), all its modules: any of them may be meant.
    """
    files, folder = [], root
    for part in name.split("."):
        if (folder / part).is_dir():
            folder = folder / part
            files.append(folder / "__init__.py")
        elif (module := folder / f"{part}.py").is_file():
            return [file for file in [*files, module] if file.is_file()]
        else:
            break
    return sorted(folder.rglob("*.py"))


def local_and_installed(sources: Iterable[str], root: Path) -> tuple[set[Path], set[str]]:
    """Follow the imports of some Python text through this repository.

    Parameters
    ----------
    sources : iterable of str
        Texts of modules or cells.
    root : Path
        The folder that holds the packages.

    Returns
    -------
    files : set of Path
        Every module of this repository that is imported, directly or not.
    installed : set of str
        Top-level names of everything else that is imported, such as ``numpy``.
    """
    files: set[Path] = set()
    installed: set[str] = set()
    names = {name for source in sources for name in imported_names(source)}
    while names:
        name = names.pop()
        top = name.partition(".")[0]
        if top not in LOCAL_PACKAGES or not (root / top).is_dir():
            installed.add(top)
            continue
        for file in module_files(name, root):
            if file not in files:
                files.add(file)
                package = ".".join(file.relative_to(root).parent.parts)
                names |= imported_names(file.read_text(encoding="utf-8"), package)
    return files, installed


@functools.cache
def version(name: str) -> str:
    """Return the installed version of a top-level import name, or an empty string."""
    try:
        return metadata.version(DISTRIBUTIONS.get(name, name))
    except metadata.PackageNotFoundError:
        return ""


def fingerprint(
    sources: Iterable[str], root: Path, *, extra: Iterable[str] = (), packages: Iterable[str] = ()
) -> str:
    """Hash Python text with all that its result depends on.

    Parameters
    ----------
    sources : iterable of str
        Texts of modules or cells.
    root : Path
        The folder that holds the packages of this repository.
    extra : iterable of str
        Whatever else decides the result: options, a style sheet.
    packages : iterable of str
        Import names of packages that count though the text does not import them.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    sources = list(sources)
    files, installed = local_and_installed(sources, root)
    digest = hashlib.sha256(platform.python_version().encode())
    for text in [*sources, *extra]:
        digest.update(b"\0" + text.encode())
    for file in sorted(files):
        digest.update(b"\0" + file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(file.read_bytes())
    for name in sorted((installed | set(packages)) - sys.stdlib_module_names):
        digest.update(f"\0{name} {version(name)}".encode())
    return digest.hexdigest()[:32]
