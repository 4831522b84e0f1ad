"""How an example is started, and how it ends when something is wrong."""

import sys

import pytest

from workshop.datasets import DatasetError
from workshop.example import run
from workshop.images import PictureError


@pytest.fixture
def start(monkeypatch):
    """Run a `main` with a command line; return what it was called with."""

    def start(line, error=None, **positional):
        called = {}

        def main(**settings):
            """Do nothing."""
            called.update(settings)
            if error:
                raise error
            return 0.5

        monkeypatch.setattr(sys, "argv", ["step99.py", *line.split()])
        run(main, **positional)
        return called

    return start


def test_defaults(start):
    assert start("") == {"quick": False, "seed": 0}


def test_options(start):
    assert start("--quick --seed 7") == {"quick": True, "seed": 7}


def test_a_step_that_uses_pytorch_takes_a_device(monkeypatch):
    called = {}

    def main(*, quick, seed, device=None):
        """Do nothing."""
        called["device"] = device
        return 0.5

    for line, device in (("", None), ("--device cpu", "cpu")):
        monkeypatch.setattr(sys, "argv", ["step99.py", *line.split()])
        run(main)
        assert called == {"device": device}


def test_a_positional_argument_may_be_left_out(start):
    assert start("photo.jpg", image="a picture")["image"] == "photo.jpg"
    assert start("", image="a picture")["image"] is None


def test_help_is_the_example_s_docstring(start, capsys):
    with pytest.raises(SystemExit) as ended:
        start("--help", image="a picture")
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert __doc__ in printed
    assert "IMAGE" in printed


@pytest.mark.parametrize("line", ["--fast", "--seed one", "photo.jpg", "--device cpu"])
def test_refuses_what_it_does_not_know(start, line):
    with pytest.raises(SystemExit) as ended:
        start(line)
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "error",
    [
        DatasetError("no mirror answers"),
        PictureError("no picture"),
        FileNotFoundError(2, "No such file", "a.png"),
        PermissionError(13, "Permission denied", "a.png"),
        KeyboardInterrupt(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_a_learner_can_put_right_ends_in_a_message(start, error):
    with pytest.raises(SystemExit) as ended:
        start("", error)
    assert str(ended.value.code).startswith("step99.py: ")
    assert str(error) in str(ended.value.code)


def test_a_bug_shows_its_traceback(start):
    with pytest.raises(ZeroDivisionError):
        start("", ZeroDivisionError())
