"""The `workshop` command: get the data, look a machine over; `exercises.commands` has the rest."""

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
from collections import namedtuple
from collections.abc import Iterator, Sequence

from workshop.exercises import commands as exercises

# Whatever takes time to import (NumPy among it) is imported in the command that needs it.

OK, NOTE, MISSING = "ok", "note", "missing"
COLOURS = {OK: "32", NOTE: "33", MISSING: "31"}  # green, yellow, red
NEEDED = {
    "numpy": "NumPy",
    "sklearn": "scikit-learn",
    "matplotlib": "matplotlib",
    "PIL": "Pillow",
    "pooch": "pooch",
    "requests": "requests",
    "platformdirs": "platformdirs",
    "filelock": "filelock",
    "rich": "rich",
    "tqdm": "tqdm",
}
SPACE_NEEDED = 100_000_000  # bytes: MNIST packed and unpacked, and some room
INSTALL = "python -m pip install -r requirements.txt -e ."

Finding = namedtuple("Finding", "status text advice", defaults=("",))


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the `workshop` command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line after the program's name; by default the process's own.

    Returns
    -------
    int
        Exit code: 0 if all went well, 1 if not, 130 if interrupted. Wrong usage exits with 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a folder's name may hold any letter
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()  # here, where a broken pipe can still be met
    except KeyboardInterrupt:
        print("workshop: interrupted; nothing unfinished was kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output, such as head, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        print(_version())
        return 0
    if options.command is None:
        parser.print_help(sys.stderr)
        return 2
    return options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workshop",
        description="First Neuron: an introduction to machine learning and neural networks.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    data = commands.add_parser(
        "data",
        help="download MNIST, or verify what is there",
        description="Download MNIST's four files (11.6 MB), or verify those that are there.",
    )
    data.add_argument("--dir", help="data folder (otherwise WORKSHOP_DATA or your cache folder)")
    data.add_argument(
        "--mirror",
        action="append",
        metavar="URL",
        help="base address to try first: https://, http:// or file:// (may be repeated)",
    )
    data.set_defaults(run=_data)
    doctor = commands.add_parser(
        "doctor",
        help="check that this machine is ready",
        description="Check that this machine is ready for the workshop, and say what to do if not.",
    )
    doctor.add_argument("--dir", help="data folder (otherwise WORKSHOP_DATA or your cache folder)")
    doctor.set_defaults(run=_doctor)
    exercises.add(commands)
    return parser


def _version() -> str:
    from importlib import metadata

    return f"First Neuron {metadata.version('first-neuron')}, Python {sys.version.split()[0]}"


def _data(options: argparse.Namespace) -> int:
    from workshop import datasets
    from workshop.images import picture_as_text

    try:
        folder = datasets.download_mnist(options.dir, options.mirror)
        X_train, y_train, X_test, _ = datasets.load_mnist(options.dir, options.mirror)
    except datasets.DatasetError as error:
        print(f"workshop: {error}", file=sys.stderr)
        return 1
    print(f"MNIST is complete and verified: {len(X_train):,} and {len(X_test):,} images, in")
    print(f"  {folder}")
    for path in sorted(folder.glob("*-ubyte*")):
        print(f"  {path.stat().st_size:>12,} bytes  {path.name}")
    print(f"The first training image is a {y_train[0]}:\n")
    print(picture_as_text(X_train[0].reshape(28, 28)))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    findings = []
    for finding in _findings(options.dir):
        findings.append(finding)
        print(f"{_coloured(finding.status)}  {finding.text}", flush=True)
        if finding.advice:
            print(f"{'':9}{finding.advice}")
    n_missing = sum(finding.status == MISSING for finding in findings)
    if n_missing:
        print(f"\n{n_missing} of {len(findings)} checks failed: do what stands below each of them.")
        return 1
    print("\nThis machine is ready.")
    return 0


def _coloured(status: str) -> str:
    word = f"{status:7}"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if (
        plain
        or not sys.stdout.isatty()
        or (sys.platform == "win32" and "WT_SESSION" not in os.environ)
    ):
        return word
    return f"\033[{COLOURS[status]}m{word}\033[0m"


def _findings(data_dir: str | None) -> Iterator[Finding]:
    yield _python(sys.version_info[:3])
    for module, name in NEEDED.items():
        yield _package(module, name)
    yield _torch()
    yield _keras()
    if importlib.util.find_spec("numpy") and importlib.util.find_spec("platformdirs"):
        yield from _data_findings(data_dir)  # without these two nothing can be said of the data


def _python(version: tuple[int, ...]) -> Finding:
    text = f"Python {'.'.join(map(str, version))}"
    if version >= (3, 11):
        return Finding(OK, text)
    return Finding(MISSING, text, "The workshop needs Python 3.11 or newer: see python.org.")


def _import(module: str) -> str:
    """Import a module and return its version; a broken one raises whatever it raises."""
    from importlib import metadata

    said = getattr(importlib.import_module(module), "__version__", None)
    return str(said or metadata.version(module))  # rich does not say it itself


def _package(module: str, name: str) -> Finding:
    try:
        return Finding(OK, f"{name} {_import(module).removeprefix('v')}")
    except Exception as error:  # a broken installation may raise anything
        return Finding(MISSING, f"{name} cannot be imported: {error}", f"Run: {INSTALL}")


def _torch() -> Finding:
    try:
        version = _import("torch")
    except Exception as error:
        return Finding(
            NOTE,
            f"PyTorch cannot be imported: {error}",
            f"Steps 8 to 14 and 17 need it, the others do not. Run: {INSTALL}",
        )
    torch = importlib.import_module("torch")
    if torch.cuda.is_available():
        device = f"cuda ({torch.cuda.get_device_name()})"
    else:
        device = "mps" if torch.backends.mps.is_available() else "cpu"
    return Finding(OK, f"PyTorch {version}, device {device}")


def _keras() -> Finding:
    from importlib import metadata

    try:  # importing it takes seconds
        return Finding(OK, f"Keras {metadata.version('keras')}")
    except metadata.PackageNotFoundError:
        return Finding(NOTE, "Keras is not installed", f"Only step 12 needs it. Run: {INSTALL}")


def _data_findings(data_dir: str | None) -> Iterator[Finding]:
    from workshop import datasets, mnist

    folder = datasets.data_folder(data_dir)
    missing = datasets.missing_mnist_files(data_dir)
    places = (folder, *folder.parents)  # os.path.exists says no where Path.exists would raise
    at = next((place for place in places if os.path.exists(place)), folder)  # noqa: PTH110
    status = MISSING if missing else NOTE  # who has the data need not write
    advice = "Choose another data folder: set WORKSHOP_DATA to one that you may write to."
    try:
        with tempfile.TemporaryFile(dir=at):
            free = shutil.disk_usage(at).free
    except OSError as error:
        yield Finding(status, f"data folder {folder}: {error.strerror}", advice)
    else:
        text = f"data folder {folder}, {free / 1e9:,.1f} GB free"
        enough = not missing or free >= SPACE_NEEDED
        yield Finding(OK, text) if enough else Finding(status, text, f"Make room. {advice}")
    if missing:
        n_files = len(mnist.MNIST_FILES)
        which = "all files" if len(missing) == n_files else ", ".join(missing)
        yield Finding(
            MISSING,
            f"MNIST, missing or damaged: {which}",
            "Run: workshop data    (without it, the steps still run with --quick)",
        )
    else:
        yield Finding(OK, "MNIST, four verified files")
