"""The `workshop` command: what it prints, where, and with what exit code."""

import importlib
import os
import re
import signal
import subprocess
import sys
import time
from importlib import metadata

import pytest

from tests import misbehaving_server as answers
from workshop import cli, datasets

PACKAGES = ["NumPy", "scikit-learn", "matplotlib", "Pillow", "pooch", "filelock", "rich", "tqdm"]


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workshop", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


@pytest.fixture
def offered(server, monkeypatch) -> answers.MisbehavingServer:
    """Make the server the first mirror."""
    monkeypatch.setenv("WORKSHOP_MNIST_MIRRORS", server.url)
    return server


# Starting


def test_help_lists_the_commands():
    done = run("--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert "\n    data " in done.stdout
    assert "\n    doctor " in done.stdout


def test_without_a_command_the_help_is_an_error(capsys):
    assert cli.main([]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: workshop ")


@pytest.mark.parametrize("arguments", [["dats"], ["data", "--no-such"], ["doctor", "now"]])
def test_wrong_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)

    assert caught.value.code == 2
    assert "usage: workshop" in capsys.readouterr().err


def test_version_is_the_packages(capsys):
    assert cli.main(["--version"]) == 0

    assert capsys.readouterr().out.startswith(f"First Neuron {metadata.version('first-neuron')},")


def test_the_installed_command_is_this_one():
    (entry,) = metadata.entry_points(group="console_scripts", name="workshop")

    assert entry.load() is cli.main


def test_help_imports_nothing_that_takes_time():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "workshop", "--help"],
        capture_output=True,
        text=True,
    )
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}

    assert "argparse" in imported
    assert not imported & {"numpy", "torch", "sklearn", "matplotlib", "pooch", "requests", "tqdm"}
    assert not imported & {"rich", "filelock", "subprocess"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Python itself starts more slowly")
def test_help_starts_in_less_than_80_ms():
    resource = pytest.importorskip("resource")
    seconds = []
    for _ in range(10):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # The processor's time: other processes do not count, and only add to the least.
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    assert 0 < min(seconds) < 0.08


# workshop data


def test_data_downloads_and_says_what_lies_where(offered, tiny_mnist, capsys):
    assert cli.main(["data"]) == 0

    out, err = capsys.readouterr()
    assert "6 and 2 images" in out
    assert str(datasets.data_folder() / "mnist") in out
    for name, content in tiny_mnist.items():
        assert f"{len(content):,} bytes  {name}\n" in out
    assert err == ""


def test_data_verifies_without_asking_again(offered, capsys):
    cli.main(["data"])
    asked = offered.asked.copy()

    assert cli.main(["data"]) == 0
    assert offered.asked == asked


def test_data_takes_a_folder_and_mirrors(server, tmp_path, capsys):
    folder = tmp_path / "elsewhere"

    code = cli.main(
        ["data", "--dir", str(folder), "--mirror", tmp_path.as_uri(), "--mirror", server.url]
    )

    assert code == 0
    assert str(folder) in capsys.readouterr().out
    assert datasets.missing_mnist_files(folder) == []


def test_data_that_cannot_be_had_is_one_message_and_exit_code_1(tiny_mnist, tmp_path):
    done = run("data", "--dir", str(tmp_path / "new"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("workshop: train-images-idx3-ubyte.gz (9,912,422 bytes, ")
    assert "load_digits()" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_control_c_is_no_traceback(server):
    server.answers["train-images-idx3-ubyte.gz"] = answers.stall
    process = subprocess.Popen(
        [sys.executable, "-m", "workshop", "data", "--mirror", server.url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 30
    while not server.asked and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (130, "")
    assert err == "workshop: interrupted; nothing unfinished was kept.\n"
    assert {path.name for path in (datasets.data_folder() / "mnist").iterdir()} == {".lock"}


# workshop doctor


def test_doctor_finds_a_ready_machine_ready(offered, capsys):
    cli.main(["data"])
    capsys.readouterr()

    assert cli.main(["doctor"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "This machine is ready."
    for name in PACKAGES:
        assert any(re.fullmatch(rf"ok       {name} \d[\w.+]*", line) for line in lines), name
    assert "ok       MNIST, four verified files" in lines


def test_doctor_says_what_to_do_without_data(tiny_mnist, capsys):
    assert cli.main(["doctor"]) == 1

    out = capsys.readouterr().out
    assert "missing  MNIST, missing or damaged: all files\n         Run: workshop data" in out
    assert "1 of " in out
    assert not datasets.data_folder().exists()  # it only looks


def test_doctor_names_the_damaged_file(offered, capsys):
    cli.main(["data"])
    damaged = datasets.data_folder() / "mnist" / "t10k-labels-idx1-ubyte.gz"
    damaged.write_bytes(b"damaged")

    assert cli.main(["doctor"]) == 1
    assert f"missing or damaged: {damaged.name}\n" in capsys.readouterr().out


def test_doctor_sees_a_folder_that_cannot_be_written(tiny_mnist, tmp_path, capsys):
    (tmp_path / "file").write_text("not a folder")

    assert cli.main(["doctor", "--dir", str(tmp_path / "file" / "data")]) == 1
    out = capsys.readouterr().out
    assert f"missing  data folder {tmp_path / 'file' / 'data'}: " in out
    assert "set WORKSHOP_DATA to one that you may write to" in out


def test_doctor_wants_room_for_the_data(tiny_mnist, monkeypatch, capsys):
    monkeypatch.setattr(cli, "SPACE_NEEDED", 1 << 60)

    assert cli.main(["doctor"]) == 1
    assert "Make room. " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "status", "code", "says"),
    [
        ("matplotlib", "missing", 1, "matplotlib cannot be imported: a broken library"),
        ("torch", "note", 0, "PyTorch cannot be imported: a broken library"),
    ],
)
def test_doctor_survives_a_broken_package(offered, monkeypatch, capsys, module, status, code, says):
    cli.main(["data"])
    import_module = importlib.import_module

    def broken(name: str) -> object:
        if name == module:
            raise OSError("a broken library")
        return import_module(name)

    monkeypatch.setattr(importlib, "import_module", broken)

    assert cli.main(["doctor"]) == code
    assert f"{status:7}  {says}\n         " in capsys.readouterr().out


def test_doctor_without_keras_is_a_note(offered, monkeypatch, capsys):
    cli.main(["data"])
    version = metadata.version

    def no_keras(name: str) -> str:
        if name == "keras":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", no_keras)

    assert cli.main(["doctor"]) == 0
    assert "note     Keras is not installed\n" in capsys.readouterr().out


@pytest.mark.parametrize(("version", "status"), [((3, 10, 9), "missing"), ((3, 11, 0), "ok")])
def test_doctor_wants_python_311(version, status):
    assert cli._python(version).status == status


@pytest.mark.parametrize(
    ("variables", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, variables, terminal, coloured):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)

    assert ("\033[32m" in cli._coloured(cli.OK)) is coloured


@pytest.mark.parametrize("argument", ["--help", "--version", "doctor"])
def test_a_reader_that_leaves_is_no_traceback(argument):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "workshop", argument],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": ""},  # the pipe breaks at the last flush then
    )
    os.close(write)

    assert (done.returncode, done.stderr) == (1, b"")
