"""Fetching one file of known content from a mirror.

Only this module speaks to the network. A file is written under its name only after its SHA-256
proved right, and no mirror can keep a caller waiting: one that is silent, slow or endless is left.
"""

import hashlib
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from workshop.idx import DatasetError

SILENCE_TIMEOUT = 15.0  # seconds without a byte
CONNECT_TIMEOUT = 5.0  # seconds for each of a server's addresses: the first may be a dead IPv6
SOCKET_TIMEOUT = 30.0  # seconds; it only ends a reader that nobody waits for any more
GRACE = 20.0  # seconds before the slowest speed is asked for
SLOWEST = 8_000.0  # bytes per second, on average
CHUNK = 1 << 16  # bytes


@dataclass(frozen=True)
class RemoteFile:
    """
    A file as it must arrive.

    Attributes
    ----------
    name : str
        File name, the last part of its address.
    size : int
        Size in bytes.
    sha256 : str
        Digest, 64 hexadecimal figures.
    """

    name: str
    size: int
    sha256: str

    def matches(self, content: bytes) -> bool:
        """Say whether `content` is this file: of its size, and with its SHA-256."""
        return len(content) == self.size and hashlib.sha256(content).hexdigest() == self.sha256


class MirrorError(Exception):
    """What came from one mirror instead of the file, as a short phrase."""


def fetch(
    file: RemoteFile,
    mirror: str,
    folder: Path,
    on_progress: Callable[[int], object],
    inspect: Callable[[bytes], object],
) -> Path:
    """
    Fetch a file from one mirror into a folder, or leave the folder as it was.

    Parameters
    ----------
    file : RemoteFile
        What to fetch.
    mirror : str
        Base address: `https://...`, `http://...` or `file://...`.
    folder : Path
        Where the file is to lie; it exists.
    on_progress : callable
        Called with the number of bytes that came, for each piece.
    inspect : callable
        Called with content that is not the file, to raise DatasetError if it can say why not.

    Returns
    -------
    Path
        The verified file.

    Raises
    ------
    MirrorError
        If anything but the file came.
    OSError
        If the file cannot be written.
    """
    import pooch

    def download(url: str, output_file: str, _pooch: object) -> None:
        content = _receive(url, file, on_progress)
        if not file.matches(content):
            raise MirrorError(_describe(content, file, inspect))
        Path(output_file).write_bytes(content)

    pooch.get_logger().setLevel("WARNING")
    try:  # pooch: a temporary file, the digest of what reached the disk, then a rename
        return Path(
            pooch.retrieve(
                url=mirror.rstrip("/") + "/" + file.name,
                known_hash="sha256:" + file.sha256,
                fname=file.name,
                path=folder,
                downloader=download,
            )
        )
    except ValueError as error:
        raise OSError(f"the disk gave back other bytes than were written: {error}") from error


def _describe(content: bytes, file: RemoteFile, inspect: Callable[[bytes], object]) -> str:
    """Say in a phrase what `content` is, where it is not `file`."""
    start = content[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        return "a web page instead of the file (a login page or an error page?)"
    if len(content) > file.size:
        return f"more than {file.size:,} bytes: trailing bytes, or another file"
    came = f"{len(content):,} of {file.size:,} bytes"
    try:
        inspect(content)
    except DatasetError as fault:
        return f"{came}; {fault}"
    return f"{came}, altered: the SHA-256 is {hashlib.sha256(content).hexdigest()}"


def _receive(url: str, file: RemoteFile, on_progress: Callable[[int], object]) -> bytes:
    """Return what `url` gives, at most one byte more than the file has; MirrorError if nothing."""
    # A thread of its own reads, because no timeout of a socket covers a slow name server or an
    # answer that trickles in byte by byte. If we stop waiting, it ends at its next byte or timeout.
    pieces: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
    stop = threading.Event()
    threading.Thread(
        target=_read, args=(url, pieces, stop), name=f"mirror {url}", daemon=True
    ).start()
    content = bytearray()
    began = time.monotonic()
    try:
        while len(content) <= file.size:
            in_time = began + GRACE + len(content) / SLOWEST - time.monotonic()
            try:
                piece = pieces.get(timeout=max(0.0, min(SILENCE_TIMEOUT, in_time)))
            except queue.Empty:
                seconds = time.monotonic() - began
                raise MirrorError(
                    f"stalled: {len(content):,} of {file.size:,} bytes in {seconds:.0f} s"
                ) from None
            if isinstance(piece, MirrorError):
                raise piece
            if isinstance(piece, Exception):
                came = f"broke off after {len(content):,} of {file.size:,} bytes"
                raise MirrorError(f"{came if content else 'no answer'}: {_cause(piece)}") from piece
            if not piece:
                break
            content += piece
            on_progress(len(piece))
    finally:
        stop.set()
    return bytes(content)


def _read(url: str, pieces: "queue.SimpleQueue[bytes | Exception]", stop: threading.Event) -> None:
    """Put what `url` gives into `pieces`, and an empty piece or an exception at the end."""
    try:
        for piece in _stream(url):
            if piece:
                pieces.put(piece)
            if stop.is_set():
                return
        pieces.put(b"")
    except Exception as error:  # whatever it is, the waiting thread reports it
        pieces.put(error)


def _stream(url: str) -> Iterator[bytes]:
    scheme = urlsplit(url).scheme
    if scheme == "file":
        with _local_path(url).open("rb") as source:
            while piece := source.read(CHUNK):
                yield piece
        return
    if scheme not in ("http", "https"):
        raise MirrorError("not an address that starts with https://, http:// or file://")
    import requests

    with requests.get(
        url,
        stream=True,
        timeout=(CONNECT_TIMEOUT, SOCKET_TIMEOUT),
        headers={"Accept-Encoding": "identity"},  # the file is gzip already: nobody unpacks it
    ) as response:
        response.raw.enforce_content_length = False  # we count ourselves, and say more
        if not response.ok:
            raise MirrorError(f"HTTP {response.status_code} {response.reason}")
        while piece := response.raw.read1(CHUNK):
            yield piece


def _local_path(url: str) -> Path:
    """Turn `file:///home/ada/mnist`, `file:///C:/mnist` or `file://server/share` into a path."""
    parts = urlsplit(url)
    host = "" if parts.netloc == "localhost" else parts.netloc
    if host.endswith(":"):  # file://C:/mnist, one slash short
        return Path(url2pathname("/" + host + parts.path))
    if host and sys.platform != "win32":
        raise MirrorError("a file:// address needs three slashes before a path: file:///home/...")
    return Path(url2pathname(("//" + host if host else "") + parts.path))


def _cause(error: BaseException) -> str:
    """Say what went wrong first, down a chain of exceptions that were raised from one another."""
    while below := error.__cause__ or error.__context__:
        error = below
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
