"""Step 4 reads what was drawn, keeps its network, and refuses what is no digit."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.examples.thresholds import SEED
from workshop.strokes import draw_digit


def save_drawing(path, digit=3, *, seed=0, size=300):
    """Draw a digit on uneven paper, dark on light, as a photo."""
    ink = draw_digit(digit, np.random.default_rng(seed), size=size)
    paper = np.linspace(0.9, 0.6, size)[:, None] * np.ones(size)
    Image.fromarray(np.uint8(255 * paper * (1 - 0.8 * ink))).save(path)
    return path


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    assert f"It reads {score:.1%} of 100 digits" in capsys.readouterr().out
    assert Path("pictures/step04_your_own_digit.png").is_file()


@pytest.mark.slow
@pytest.mark.mnist
def test_full_size(example, threshold, monkeypatch, mnist_data_dir, tmp_path):
    # The network must not land in the cache that all tests share.
    shutil.copytree(mnist_data_dir / "mnist", tmp_path / "mnist")
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))
    assert threshold.full <= example.main(seed=SEED) <= 1
    for digit in range(10):
        assert example.main(save_drawing("drawing.png", digit, seed=digit), seed=SEED) > 0.4


def test_trains_once(example, monkeypatch, capsys):
    first = example.main(quick=True, seed=SEED)
    monkeypatch.setattr(example, "load_digits", None)
    assert example.main(quick=True, seed=SEED) == first


def test_reads_a_picture(example, capsys):
    sure = example.main(str(save_drawing("drawing.jpg")), quick=True, seed=SEED)
    printed = capsys.readouterr().out
    assert f"It reads a 3 and is {sure:.0%} sure." in printed
    picture = printed.split("The network sees this:\n")[1].split("It reads")[0]
    assert len(picture.splitlines()) == 8
    assert re.search("[%@]{2}", picture)


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1", str(save_drawing("drawing.png")))
    assert done.returncode == 0, done.stderr
    assert "It reads a " in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("letter.txt", b"Dear all, this is no picture.", "must be a PNG or JPEG picture"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00", "must be a PNG or JPEG picture"),
        ("missing.png", None, "No such file"),
    ],
)
def test_refuses_what_is_no_picture(as_script, name, content, message):
    if content is not None:
        Path(name).write_bytes(content)
    done = as_script("--quick", name)
    assert done.returncode == 1
    assert message in done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_refuses_an_empty_sheet(as_script):
    Image.new("L", (200, 200), 255).save("sheet.png")
    done = as_script("--quick", "sheet.png")
    assert done.returncode == 1
    assert "no ink stands out" in done.stderr
    assert "Traceback" not in done.stderr
