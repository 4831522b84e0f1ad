"""Pack the archive: the site for a folder, and all that git tracks, in one zip.

The same commit gives the same bytes: names are sorted, all dates are those of the edition, and
permissions are those that git keeps.
"""

import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from string import Template

from offline.edition import ROOT, moment, version

START = "START-HERE.html"
START_SOURCE = Path(__file__).with_name("start_here.html")
FILE, PROGRAM = 0o100644, 0o100755


class ArchiveError(OSError):
    """The archive cannot be packed."""


def archive_name() -> str:
    """Return the name of the folder in the archive, and of the archive without ``.zip``."""
    return f"first-neuron-{version()}"


def tracked_files() -> dict[str, int]:
    """Return what git tracks: each file's path and its mode, such as ``0o100644``.

    Raises
    ------
    ArchiveError
        This is no git repository.
    """
    command = ["git", "ls-files", "--stage", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise ArchiveError(
            f"what belongs into the archive is what git tracks, but {ROOT} is no git repository "
            "(or git is not installed). Clone the project, and make it there"
        ) from error
    entries = [entry.split("\t", 1) for entry in listed.decode("utf-8").split("\0") if entry]
    files = {name: int(about.split()[0], 8) for about, name in entries}
    return {name: mode for name, mode in files.items() if (ROOT / name).is_file()}


def start_page() -> str:
    """Return the page to begin with, for this version."""
    source = Template(START_SOURCE.read_text(encoding="utf-8"))
    return source.substitute(version=version())


def write_archive(site: Path, file: Path) -> None:
    """Pack the archive.

    Parameters
    ----------
    site : Path
        A folder that `offline.site.build_site` has filled.
    file : Path
        Where the archive goes.

    Raises
    ------
    ArchiveError
        The site is not there, or this is no git repository.
    """
    if not (site / "index.html").is_file():
        raise ArchiveError(f"no site in {site}: expected index.html there")
    contents: dict[str, tuple[bytes | Path, int]] = {START: (start_page().encode("utf-8"), FILE)}
    for name, mode in tracked_files().items():
        contents[name] = (ROOT / name, mode)
    for path in site.rglob("*"):
        if path.is_file():
            contents[f"site/{path.relative_to(site).as_posix()}"] = (path, FILE)
    date, part = moment(), file.with_name(f"{file.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            content, mode = contents[name]
            data = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(_entry(f"{archive_name()}/{name}", mode, date), data)
    part.replace(file)


def _entry(name: str, mode: int, date: datetime) -> zipfile.ZipInfo:
    """Return a file's head in the archive, which says nothing of this machine."""
    entry = zipfile.ZipInfo(name, date.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, so that permissions are read
    entry.external_attr = (PROGRAM if mode == PROGRAM else FILE) << 16
    return entry
