"""Make everything that a reader takes along: `make offline`.

Into one folder go the archive, the book as PDF and EPUB, the slides as PDF, and their checksums.
How large they are goes into `results/offline.json`, from where the book quotes it.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from offline import book, epub, pdf, slides
from offline.archive import archive_name, write_archive
from offline.browser import chromium, find_chromium
from offline.edition import ROOT
from offline.site import build_site

SUMS = "SHA256SUMS"
SIZES = ROOT / "results" / "offline.json"
MEGABYTE = 1_000_000
PARTS = 5  # that `make_parts` yields
NEWS = 0.05  # what a size must change by, as a part of it, to be written down again


def make_parts(work: Path, made: Path) -> Iterator[str]:
    """Make the files one after the other; yield what comes next.

    Parameters
    ----------
    work : Path
        An empty folder for what is needed on the way.
    made : Path
        The folder for the files.

    Yields
    ------
    str
        What is made next, `PARTS` of them.

    Raises
    ------
    OSError
        A part cannot be made: the errors of `offline.site`, `archive`, `book`, `epub`, `browser`,
        `pdf` and `slides`.
    """
    site, source, stem = work / "site", work / "book.html", archive_name()
    yield "site"
    build_site(site)
    yield "archive"
    write_archive(site, made / f"{stem}.zip")
    yield "EPUB"
    source.write_text(book.make_book(site), encoding="utf-8")
    epub.make_epub(source, made / f"{stem}.epub")
    with chromium() as browser:
        yield "PDF"
        pdf.print_book(browser, source, made / f"{stem}.pdf")
        yield "slides"
        for deck in slides.decks_in(site):
            for file in slides.print_deck(browser, deck, work):
                file.replace(made / f"{stem}-slides-{file.name}")


def make_all(to: Path) -> list[Path]:
    """Make all files.

    Parameters
    ----------
    to : Path
        The folder for them. They are put there when all are made.

    Returns
    -------
    list of Path
        The files, their checksums last.

    Raises
    ------
    OSError
        Something is missing or has failed; the message says what to do.
    """
    find_chromium()  # before the long work begins
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to, prefix=".making-") as folder:
        work, made = Path(folder, "work"), Path(folder, "made")
        work.mkdir()
        made.mkdir()
        parts = make_parts(work, made)
        with tqdm(parts, total=PARTS, unit="part", leave=False, disable=None) as bar:
            for part in bar:
                bar.set_description(part)
        (made / SUMS).write_text(checksums(sorted(made.iterdir())), "utf-8", newline="\n")
        return [file.replace(to / file.name) for file in sorted(made.iterdir(), key=_sums_last)]


def _sums_last(file: Path) -> tuple[bool, str]:
    return file.name == SUMS, file.name


def checksums(files: Sequence[Path]) -> str:
    """Return the SHA-256 of files, in the form that ``sha256sum -c`` reads."""
    lines = []
    for file in files:
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    return "".join(lines)


def record_sizes(files: Sequence[Path], record: Path = SIZES) -> bool:
    """Write down how large the files are, unless what is written there still is about right.

    Parameters
    ----------
    files : sequence of Path
        What `make_all` returned.
    record : Path
        Where it is written: JSON, ``{"megabytes": {"zip": 6.1, "slides-workshop": 2.0}}``.

    Returns
    -------
    bool
        Whether something was written.
    """
    found = {
        _short_name(file): round(file.stat().st_size / MEGABYTE, 1)
        for file in files
        if file.name != SUMS
    }
    known = json.loads(record.read_text(encoding="utf-8"))["megabytes"] if record.is_file() else {}
    if known.keys() == found.keys() and all(
        abs(found[name] - known[name]) < max(0.15, NEWS * known[name]) for name in found
    ):
        return False
    record.write_text(json.dumps({"megabytes": found}, indent=2) + "\n", encoding="utf-8")
    return True


def _short_name(file: Path) -> str:
    """Return "zip" for first-neuron-0.1.0.zip, "slides-taster" for ...-slides-taster.pdf."""
    name = file.name.removeprefix(archive_name())
    return name.removesuffix(".pdf").lstrip("-") if name.startswith("-") else name.lstrip(".")


def main() -> None:
    """Make all files, and say how large they are."""
    parser = argparse.ArgumentParser(prog="python -m offline", description=__doc__)
    parser.add_argument(
        "--to", type=Path, default=Path("dist"), help="folder for the files (default: dist)"
    )
    arguments = parser.parse_args()
    try:
        files = make_all(arguments.to)
    except OSError as error:
        sys.exit(f"Nothing was made: {error}")
    for file in files:
        print(f"{file.stat().st_size / MEGABYTE:6.1f} MB  {file}")
    if record_sizes(files):
        print(
            f"{SIZES.relative_to(ROOT)} has new sizes, which the book quotes: make the files once "
            "more, and commit it."
        )


if __name__ == "__main__":
    main()
