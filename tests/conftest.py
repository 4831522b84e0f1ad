"""Keep tests off the network and out of the user's cache; give them MNIST where there is one."""

import gzip
import hashlib
import json
import os
import shutil
import signal
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from tests.browser import chromium, visit  # noqa: F401 (fixtures)
from tests.misbehaving_server import MisbehavingServer, send, wait_for_readers
from workshop import datasets, mnist

hypothesis.settings.register_profile("workshop", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("workshop")

DOCS = Path(__file__).parents[1] / "docs"

# What the tests were started with; each test sees another environment.
GIVEN_DATA = os.environ.get("WORKSHOP_DATA")
GIVEN_MIRRORS = os.environ.get("WORKSHOP_MNIST_MIRRORS", "").split()
MUST_HAVE_MNIST = os.environ.get("WORKSHOP_REQUIRE_MNIST") == "1"


def pytest_configure(config: pytest.Config) -> None:
    """Give each of several test processes one thread, and let Ctrl-C reach what tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's `make test &` ignores it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):  # more threads would be in each other's way
        for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # also for PyTorch, not yet
            os.environ.setdefault(variable, "1")  # loaded, and for processes that tests start
        threadpool_limits(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for MNIST by a fixture."""
    for item in items:
        if {"mnist_files", "mnist_data_dir"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("mnist")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip the tests that need a graphics card where there is none."""
    if item.get_closest_marker("cuda"):
        import torch

        if not torch.cuda.is_available():
            pytest.skip("PyTorch finds no CUDA device here")


@pytest.fixture(scope="session")
def mnist_data_dir(pytestconfig: pytest.Config) -> Path:
    """
    Return the data folder that holds MNIST, to hand to `load_mnist`; skip where there is none.

    It is `WORKSHOP_DATA` if that holds MNIST already, else a cache in the checkout that all test
    processes share, filled from `WORKSHOP_MNIST_MIRRORS`, from files beside the checkout, or from
    what `workshop data` downloaded. With `WORKSHOP_REQUIRE_MNIST=1` a lack of it is a failure.
    """
    if GIVEN_DATA and not datasets.missing_mnist_files(GIVEN_DATA):
        return Path(GIVEN_DATA).absolute()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WORKSHOP_DATA", raising=False)
        downloaded = datasets.data_folder() / "mnist"
        patch.setattr(mnist, "MNIST_MIRRORS", ())
        beside = pytestconfig.rootpath.parent / "shared" / "data" / "mnist"
        local = [path.as_uri() for path in (beside, downloaded) if path.is_dir()]
        cache = pytestconfig.rootpath / ".cache" / "tests-data"
        patch.setenv("WORKSHOP_MNIST_MIRRORS", " ".join([*GIVEN_MIRRORS, *local]))
        try:
            datasets.download_mnist(cache, progress=False)
        except datasets.DatasetError as error:
            reason = f"MNIST is not here (run `workshop data` once, or name a mirror): {error}"
            if MUST_HAVE_MNIST:
                pytest.fail(f"WORKSHOP_REQUIRE_MNIST=1, but {reason}")
            pytest.skip(reason)
    return cache


@pytest.fixture(scope="session")
def mnist_files(mnist_data_dir: Path) -> Path:
    """Return the folder of MNIST's four downloaded files."""
    return mnist_data_dir / "mnist"


@pytest.fixture(autouse=True, scope="session")
def _nowhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point fixtures wider than one test to an empty data folder too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_DATA", str(tmp_path_factory.mktemp("no-data")))
        patch.delenv("WORKSHOP_MNIST_MIRRORS", raising=False)
        yield


@pytest.fixture(autouse=True)
def _own_data_folder(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Give each test a data folder: MNIST's for tests marked so, an empty one for the others."""
    if request.node.get_closest_marker("mnist"):
        folder = request.getfixturevalue("mnist_data_dir")
    else:
        folder = tmp_path / "data"
    monkeypatch.setenv("WORKSHOP_DATA", str(folder))
    monkeypatch.delenv("WORKSHOP_MNIST_MIRRORS", raising=False)
    if request.node.get_closest_marker("site"):
        return  # a browser has its own rules
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):  # nothing listens on port 9
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


def idx_bytes(values: np.ndarray) -> bytes:
    """Encode an array as an IDX file: what `decode_idx` undoes."""
    codes = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
    header = bytes([0, 0, codes[values.dtype.str[1:]], values.ndim])
    sizes = np.array(values.shape, dtype=">u4").tobytes()
    return header + sizes + values.astype(values.dtype.newbyteorder(">")).tobytes()


@pytest.fixture
def tiny_mnist(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Replace MNIST by 6 and 2 images of noise; return its four files by name."""
    random = np.random.default_rng(0)
    files, table = {}, []
    for real in mnist.MNIST_FILES:
        n = 6 if real.shape[0] == 60_000 else 2
        shape = (n, *real.shape[1:])
        content = idx_bytes(random.integers(0, 256 if len(shape) == 3 else 10, shape, np.uint8))
        packed = gzip.compress(content, mtime=0)
        files[real.packed.name] = packed
        digest = hashlib.sha256(packed).hexdigest()
        remote = mnist.RemoteFile(real.packed.name, len(packed), digest)
        table.append(mnist.MnistFile(remote, shape, zlib.crc32(content)))
    monkeypatch.setattr(mnist, "MNIST_FILES", tuple(table))
    return files


@pytest.fixture
def server(tiny_mnist: dict[str, bytes]) -> Iterator[MisbehavingServer]:
    """Serve the tiny MNIST on loopback; at the end, no reader may be left waiting."""
    with MisbehavingServer() as server:
        server.answers |= {name: send(content) for name, content in tiny_mnist.items()}
        yield server
    wait_for_readers()


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Return a folder that a process of another user can reach, unlike `tmp_path`."""
    folder = Path(tempfile.mkdtemp(prefix="workshop-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def run_page() -> Iterator[Callable[[str], dict[str, Any]]]:
    """Return a function that runs a notebook of `docs/` and returns its cells' variables."""
    import matplotlib.pyplot as plt
    import torch

    def run(page: str) -> dict[str, Any]:
        path = DOCS / f"{page}.ipynb"
        variables: dict[str, Any] = {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                code = compile("".join(cell["source"]), f"{path.name}, {cell['id']}", "exec")
                exec(code, variables)
        return variables

    backend, threads = plt.get_backend(), torch.get_num_threads()
    plt.switch_backend("agg")
    yield run
    plt.close("all")
    plt.switch_backend(backend)
    torch.set_num_threads(threads)
