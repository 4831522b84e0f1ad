"""A real HTTP server on loopback that behaves, or misbehaves, as it is told for each file."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOGIN_PAGE = b"<!DOCTYPE html>\n<html><title>Guest Wi-Fi</title>Please log in.</html>\n"


class Handler(BaseHTTPRequestHandler):
    """Answers a GET with what its server's `answers` holds for the last part of the path."""

    server: "MisbehavingServer"

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1]
        self.server.asked[name] += 1
        answer = self.server.answers.get(name, status(404))
        with suppress(ConnectionError):  # the client may leave first
            answer(self)
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


class MisbehavingServer(ThreadingHTTPServer):
    """
    Serves on a free port of 127.0.0.1 until the end of its `with` block.

    Attributes
    ----------
    answers : dict of str to callable
        For each file name, what sends the answer; 404 for others.
    asked : Counter of str
        How often each file name was asked for.
    over : threading.Event
        Set at the end; answers that stall wait for it.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Callable[[Handler], object]] = {"login.html": send(LOGIN_PAGE)}
        self.asked: Counter[str] = Counter()
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/mnist/"

    def __enter__(self) -> "MisbehavingServer":
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.over.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


Answer = Callable[[Handler], object]


def _head(handler: Handler, length: int | None, code: int = 200, **headers: str) -> None:
    handler.send_response(code)
    if length is not None:
        handler.send_header("Content-Length", str(length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def send(content: bytes, *, code: int = 200, length: int | None = None, after: float = 0) -> Answer:
    """Send `content`, announced as `length` bytes (its own length by default), after a while."""

    def answer(handler: Handler) -> None:
        handler.server.over.wait(after)
        _head(handler, len(content) if length is None else length, code)
        handler.wfile.write(content)

    return answer


def unannounced(content: bytes) -> Answer:
    """Send `content` without saying how long it is."""

    def answer(handler: Handler) -> None:
        _head(handler, None)
        handler.wfile.write(content)

    return answer


def compressing(content: bytes) -> Answer:
    """Send `content` compressed once more where the client allows that, under a header anyway."""

    def answer(handler: Handler) -> None:
        again = "gzip" in handler.headers.get("Accept-Encoding", "")
        sent = gzip.compress(content) if again else content
        _head(handler, len(sent), Content_Encoding="gzip")
        handler.wfile.write(sent)

    return answer


def chunked(content: bytes, *, whole: bool = True) -> Answer:
    """Send `content` in chunked transfer encoding, with its end or without."""

    def answer(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        _head(handler, None, Transfer_Encoding="chunked")
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(content), content))
        if whole:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def status(code: int) -> Answer:
    """Send an error page."""
    return lambda handler: handler.send_error(code)


def redirect(to: str) -> Answer:
    """Redirect to another address."""
    return lambda handler: _head(handler, 0, 302, Location=to)


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""


def gibberish(handler: Handler) -> None:
    """Speak something that is not HTTP."""
    handler.wfile.write(b"220 mail.example ESMTP ready\r\n")


def stall(handler: Handler) -> None:
    """Accept the connection and never say anything."""
    handler.server.over.wait()


def stall_after(content: bytes, length: int) -> Answer:
    """Send the first bytes of `length` and nothing more."""

    def answer(handler: Handler) -> None:
        _head(handler, length)
        handler.wfile.write(content)
        handler.wfile.flush()
        handler.server.over.wait()

    return answer


def trickle(content: bytes, pause: float) -> Answer:
    """Send one byte at a time."""

    def answer(handler: Handler) -> None:
        _head(handler, len(content))
        for value in content:
            handler.wfile.write(bytes([value]))
            handler.wfile.flush()
            if handler.server.over.wait(pause):
                return

    return answer


def trickle_head(handler: Handler) -> None:
    """Send a header that never ends, one byte at a time."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def endless(handler: Handler) -> None:
    """Send bytes for ever."""
    _head(handler, None)
    until = time.monotonic() + 30
    while time.monotonic() < until and not handler.server.over.is_set():
        handler.wfile.write(bytes(1 << 16))


def wait_for_readers(seconds: float = 10) -> None:
    """Wait until nobody reads from a mirror any more."""
    until = time.monotonic() + seconds
    while any(thread.name.startswith("mirror ") for thread in threading.enumerate()):
        assert time.monotonic() < until, "a thread still reads from a mirror"
        time.sleep(0.01)
