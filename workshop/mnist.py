"""MNIST: its four files are downloaded once, verified, kept, and quickly loaded from then on.

In the folder `mnist` of the data folder lie the four files as they were downloaded (verified by
SHA-256) and, beside each, its unpacked content (verified by CRC-32, in a third of the time). A
lock lets one process download, and files are moved there only when they are whole.
"""

import os
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np

from workshop.idx import DatasetError, decode_idx, gunzip
from workshop.mirrors import MirrorError, RemoteFile, fetch

MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
LOCK_TIMEOUT = 900.0  # seconds to wait for another process that downloads


@dataclass(frozen=True)
class MnistFile:
    """One of MNIST's four files: as it is downloaded, and what it holds.

    Attributes
    ----------
    packed : RemoteFile
        The file as it is downloaded, a gzip file.
    shape : tuple of int
        Of the array in it: (n_images, 28, 28), or (n_labels,).
    crc32 : int
        Check sum of the unpacked file.
    """

    packed: RemoteFile
    shape: tuple[int, ...]
    crc32: int  # of the unpacked file

    @property
    def name(self) -> str:
        """Name of the unpacked file."""
        return self.packed.name.removesuffix(".gz")

    @property
    def size(self) -> int:
        """Size of the unpacked file, in bytes."""
        return 4 + 4 * len(self.shape) + prod(self.shape)

    def unpack(self, packed: bytes) -> bytearray:
        """Return the unpacked file.

        Parameters
        ----------
        packed : bytes
            The whole file as it is downloaded.

        Returns
        -------
        bytearray
            Exactly `size` bytes.

        Raises
        ------
        DatasetError
            If it is not a gzip file with an IDX file of this shape in it.
        """
        content = gunzip(packed, self.size, self.packed.name)
        decode_idx(content, self.shape, self.packed.name)
        return content


MNIST_FILES = (
    MnistFile(
        RemoteFile(
            "train-images-idx3-ubyte.gz",
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        ),
        (60_000, 28, 28),
        0xE9F4D8B3,
    ),
    MnistFile(
        RemoteFile(
            "train-labels-idx1-ubyte.gz",
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        ),
        (60_000,),
        0xE0CB4AD2,
    ),
    MnistFile(
        RemoteFile(
            "t10k-images-idx3-ubyte.gz",
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        ),
        (10_000, 28, 28),
        0x91373BDF,
    ),
    MnistFile(
        RemoteFile(
            "t10k-labels-idx1-ubyte.gz",
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ),
        (10_000,),
        0x4AB9EFF9,
    ),
)


def data_folder(data_dir: str | os.PathLike[str] | None = None) -> Path:
    """
    Return the folder that data is kept in.

    Parameters
    ----------
    data_dir : path, optional
        The folder. Without it, the environment variable `WORKSHOP_DATA` names it, or else it is
        `first-neuron` in the user's cache folder.

    Returns
    -------
    Path
        The folder, which need not exist.
    """
    chosen = data_dir or os.environ.get("WORKSHOP_DATA")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # what pooch.os_cache asks, without the time that importing pooch takes

    return Path(platformdirs.user_cache_dir("first-neuron"))


def load_mnist(
    data_dir: str | os.PathLike[str] | None = None,
    mirrors: Sequence[str] | None = None,
    *,
    progress: bool | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """
    Load the MNIST database of handwritten digits; the first time, download it.

    Four files, 11.6 MB in all, come from the first mirror that has them and are kept, with their
    unpacked content (55 MB) beside them, so that the next call takes a few hundredths of a second.

    Parameters
    ----------
    data_dir : path, optional
        Folder that data is kept in, see `data_folder`.
    mirrors : sequence of str, optional
        Base addresses (`https://`, `http://` or `file://`) to try first. Then come those in the
        environment variable `WORKSHOP_MNIST_MIRRORS`, separated by spaces, then `MNIST_MIRRORS`.
    progress : bool, optional
        Whether to show a progress bar for a download. By default, only on a terminal.

    Returns
    -------
    X_train : np.ndarray of uint8, shape (60000, 784)
        Images row by row, 0 (background) to 255 (ink).
    y_train : np.ndarray of uint8, shape (60000,)
        Digits, 0 to 9.
    X_test : np.ndarray of uint8, shape (10000, 784)
        Images of other writers.
    y_test : np.ndarray of uint8, shape (10000,)
        Their digits.

    Raises
    ------
    DatasetError
        If no mirror gives the right files, or they cannot be kept.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits. Made from NIST's
    Special Databases 1 and 3; their copyright is with LeCun and Cortes, and the database is offered
    under the licence CC BY-SA 3.0.
    """
    folder = data_folder(data_dir) / "mnist"
    arrays = [_read_unpacked(folder, file) for file in MNIST_FILES]
    if any(array is None for array in arrays):
        download_mnist(data_dir, mirrors, progress=progress)
        arrays = [_unpack(folder, file) for file in MNIST_FILES]
    X_train, y_train, X_test, y_test = (array for array in arrays if array is not None)
    return X_train.reshape(-1, 784), y_train, X_test.reshape(-1, 784), y_test


def missing_mnist_files(data_dir: str | os.PathLike[str] | None = None) -> list[str]:
    """
    Name those of MNIST's four files that are missing or damaged. Downloads and changes nothing.

    Parameters
    ----------
    data_dir : path, optional
        Folder that data is kept in, see `data_folder`.

    Returns
    -------
    list of str
        File names; empty if all four are as they should be.
    """
    folder = data_folder(data_dir) / "mnist"
    return [file.packed.name for file in MNIST_FILES if _read_packed(folder, file.packed) is None]


def download_mnist(
    data_dir: str | os.PathLike[str] | None = None,
    mirrors: Sequence[str] | None = None,
    *,
    progress: bool | None = None,
) -> Path:
    """
    Make sure that MNIST's four files are there and right; download those that are not.

    Parameters
    ----------
    data_dir, mirrors, progress
        As for `load_mnist`.

    Returns
    -------
    Path
        The folder of the four files.

    Raises
    ------
    DatasetError
        As for `load_mnist`.
    """
    folder = data_folder(data_dir) / "mnist"
    if not missing_mnist_files(data_dir):
        return folder
    try:
        with _workbench(folder, LOCK_TIMEOUT) as bench:
            _download_missing(folder, bench, _all_mirrors(mirrors), progress)
    except OSError as error:
        raise DatasetError(
            f"MNIST needs about 67 MB in {folder}, but nothing can be written there: "
            f"{error.strerror or error}. Nothing was kept of the unfinished file.\n"
            "Make room or choose another folder: set WORKSHOP_DATA to one that you may write to."
        ) from error
    return folder


def _all_mirrors(mirrors: Sequence[str] | None) -> list[str]:
    named = [mirrors] if isinstance(mirrors, str) else list(mirrors or ())
    named += os.environ.get("WORKSHOP_MNIST_MIRRORS", "").split()
    return list(dict.fromkeys(mirror.rstrip("/") + "/" for mirror in [*named, *MNIST_MIRRORS]))


@contextmanager
def _workbench(folder: Path, timeout: float) -> Iterator[Path]:
    """Lock `folder` against other processes and lend an empty folder for unfinished files."""
    import filelock

    folder.mkdir(parents=True, exist_ok=True)
    bench = folder / "unfinished"
    try:
        with filelock.FileLock(folder / ".lock", timeout=timeout):
            shutil.rmtree(bench, ignore_errors=True)  # left by a process that was killed
            bench.mkdir()
            try:
                yield bench
            finally:
                shutil.rmtree(bench, ignore_errors=True)
    except filelock.Timeout as error:
        raise DatasetError(
            f"Another process has been downloading into {folder} for more than "
            f"{timeout / 60:.0f} minutes. End it, or wait and try again."
        ) from error


def _download_missing(folder: Path, bench: Path, mirrors: list[str], progress: bool | None) -> None:
    from tqdm import tqdm

    missing = [file for file in MNIST_FILES if _read_packed(folder, file.packed) is None]
    with tqdm(
        desc="Downloading MNIST",
        total=sum(file.packed.size for file in missing),
        unit="B",
        unit_scale=True,
        disable=None if progress is None else not progress,
    ) as bar:
        for file in missing:
            kept = folder / file.packed.name
            kept.unlink(missing_ok=True)  # a damaged file does not stay
            done = bar.n
            faults = {}
            for mirror in list(mirrors):
                try:
                    fetched = fetch(file.packed, mirror, bench, bar.update, file.unpack)
                except MirrorError as fault:
                    faults[mirror] = str(fault)
                    bar.update(done - bar.n)
                    continue
                fetched.chmod(0o644)  # it was temporary and its owner's alone; a room may share it
                fetched.replace(kept)
                mirrors.remove(mirror)  # the next file is first asked for where this one was
                mirrors.insert(0, mirror)
                break
            else:
                raise DatasetError(_no_mirror(file.packed, faults))


def _no_mirror(file: RemoteFile, faults: dict[str, str]) -> str:
    came = "\n".join(f"  {mirror}: {fault}" for mirror, fault in faults.items())
    return (
        f"{file.name} ({file.size:,} bytes, SHA-256 {file.sha256[:12]}...) came from no mirror:\n"
        f"{came or '  (none is named)'}\n"
        "Nothing of it was kept. Check the connection and try again, or name another mirror:\n"
        "  WORKSHOP_MNIST_MIRRORS=file:///path/to/a/folder/with/the/four/files\n"
        "Without a network, load_digits() has small digits, and every step runs with --quick."
    )


def _read_packed(folder: Path, file: RemoteFile) -> bytes | None:
    """Return the verified content of a downloaded file, None where it is missing or altered."""
    path = folder / file.name
    with suppress(OSError):
        if path.stat().st_size == file.size and file.matches(content := path.read_bytes()):
            return content
    return None


def _read_unpacked(folder: Path, file: MnistFile) -> np.ndarray | None:
    """Return what an unpacked file holds, None where it is missing or altered."""
    with suppress(OSError, DatasetError):
        content = np.fromfile(folder / file.name, dtype=np.uint8, count=file.size + 1)
        if zlib.crc32(content.data) == file.crc32:
            return decode_idx(content.data, file.shape, file.name)
    return None


def _unpack(folder: Path, file: MnistFile) -> np.ndarray:
    """Return what a downloaded file holds, and keep it unpacked where that is possible."""
    packed = _read_packed(folder, file.packed)
    if packed is None:
        raise DatasetError(
            f"{file.packed.name} was right a moment ago and is now missing or altered in {folder}. "
            "Look for another program that changes files there, then try again."
        )
    content = file.unpack(packed)
    # A help, not a need: not where nothing can be written or another process is at work.
    with suppress(OSError, DatasetError), _workbench(folder, timeout=0) as bench:
        (bench / file.name).write_bytes(content)
        (bench / file.name).replace(folder / file.name)
    return decode_idx(content, file.shape, file.packed.name)
