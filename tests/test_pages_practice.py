"""What the pages of steps 1 to 8 show in code, and what their text computes and says."""

import json
import re
import runpy
from pathlib import Path

import numpy as np
import pytest

from workshop.datasets import load_ten_points
from workshop.idx import decode_idx
from workshop.mnist import MNIST_FILES
from workshop.neuron import descend, least_squares

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def texts():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield runpy.run_path(str(ROOT / "docs" / "figures" / "steps.py"))


def bytes_in(table):
    """Return the bytes that a Markdown table shows in hexadecimal."""
    return bytes.fromhex("".join(re.findall("`(.+?)`", table)))


# -- step 1 --------------------------------------------------------------------------------


def test_a_small_file_is_read_by_hand():
    # --8<-- [start:by_hand]
    header = bytes.fromhex("00000803 00000002 00000003 00000004")
    file = header + bytes(range(24))

    n_sizes = file[3]
    start = 4 + 4 * n_sizes  # where the header ends
    sizes = [int.from_bytes(file[i : i + 4], "big") for i in range(4, start, 4)]
    assert sizes == [2, 3, 4]  # two images of 3 by 4 pixels
    assert len(file) == start + 2 * 3 * 4

    images = np.frombuffer(file, np.uint8, offset=start).reshape(sizes)
    assert list(images[0, 1]) == [4, 5, 6, 7]  # the first image's second row
    # --8<-- [end:by_hand]
    np.testing.assert_array_equal(images, decode_idx(file))


def test_the_first_bytes_are_those_of_the_file(texts):
    shown = bytes_in(texts["first_bytes"]())
    assert len(shown) == 16
    file = MNIST_FILES[0]
    rest = np.broadcast_to(np.uint8(0), file.size - 16).tobytes()
    assert decode_idx(shown + rest).shape == file.shape
    size, total = texts["bytes_of_images"]().split(" = ")
    assert int(total.replace(",", "")) == file.size
    assert size == "16 + 60,000 × 28 × 28"
    assert texts["images_read_backwards"]() == f"{np.frombuffer(shown[4:8], '<u4')[0]:,}"


def test_the_first_bytes_are_those_of_mnist(texts, mnist_files):
    packed = (mnist_files / MNIST_FILES[0].packed.name).read_bytes()
    shown = bytes_in(texts["first_bytes"]())
    assert MNIST_FILES[0].unpack(packed)[:16] == shown


# -- step 3 --------------------------------------------------------------------------------


def test_split_first_then_scale():
    from sklearn.model_selection import train_test_split

    X = np.random.default_rng(0).normal([170, 30_000], [10, 8_000], (60, 2))  # a height, a price
    y = np.arange(60) % 2
    # --8<-- [start:split_then_scale]
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)

    mean = X_train.mean(axis=0)  # of the training set alone
    spread = X_train.std(axis=0)
    X_train = (X_train - mean) / spread
    X_test = (X_test - mean) / spread  # with the same numbers
    # --8<-- [end:split_then_scale]
    assert (len(y_train), len(y_test)) == (len(X_train), len(X_test))
    np.testing.assert_allclose(X_train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(X_train.std(axis=0), 1)
    assert np.all(np.abs(X_test.mean(axis=0)) > 1e-3), "it was not measured on them"


def test_ideas_stand_in_the_order_of_what_they_bought(texts):
    rows = [row.split(" | ") for row in texts["what_ideas_bought"]().splitlines()[2:]]
    names = [row[0].removeprefix("| ") for row in rows]
    assert names[:2] == ["scale the pixels", "256 neurons, not 14 and 14"]
    points = [row[-1].removesuffix(" |") for row in rows]
    useless = {name for name, bought in zip(names, points, strict=True) if bought == "none"}
    assert {"a larger learning rate", "ReLU, not sigmoid", "early stopping"} <= useless
    gains = [float(bought) for bought in points if bought != "none"]
    assert gains == sorted(gains, reverse=True)
    wide, turned, both = (
        float(points[names.index(name)])
        for name in (
            "512 neurons, not 128",
            "move, turn and slant it",
            "move, turn, slant, and 512 neurons",
        )
    )
    assert 0 < wide < turned < both, "they help together"
    assert both == pytest.approx(wide + turned, abs=0.15), "the page says that they add up"


# -- steps 5 and 6 -------------------------------------------------------------------------


def test_the_line_lies_about_a_quarter_too_low():
    path = descend(*load_ten_points(), learning_rate=0.01, steps=35)
    middle = 0.5  # of the new points, which lie between -4 and 5
    found = path.biases[-1] + path.weights[-1] * middle
    assert 3 - 0.7 * middle - found == pytest.approx(0.25, abs=0.01)


def test_another_start_ends_at_the_same_place():
    x, y = load_ten_points()
    path = descend(x, y, weight=-3, bias=6, learning_rate=0.01, steps=35)
    assert (path.weights[-1], path.biases[-1]) == pytest.approx(least_squares(x, y), abs=0.01)


def test_how_far_off_step_seven_is(texts):
    by_weight, by_bias = map(float, re.findall(r"\d\.\d+", texts["off_after_seven"]()))
    assert by_bias > 5 * by_weight, "the page says that the bias lags behind"


def test_inputs_ten_times_as_large_take_a_hundredth_of_the_rate(texts):
    limit, with_larger = map(float, re.findall(r"\d\.\d+", texts["limit_with_larger_inputs"]()))
    assert 95 < limit / with_larger < 105


# -- what the network learned --------------------------------------------------------------


def test_the_frames_are_those_that_the_page_names():
    found = json.loads((ROOT / "results" / "what_it_learned.json").read_text("utf-8"))
    confusion = np.array(found["confusion"])
    named = {(5, 3), (7, 2), (9, 4), (2, 8), (4, 9), (9, 3)}
    often = zip(*np.where(confusion >= np.sort(confusion, axis=None)[-6]), strict=True)
    assert {(int(meant), int(read)) for meant, read in often} == named


# -- why is my number not the book's? ------------------------------------------------------


def test_the_luck_of_450_images():
    assert 100 * np.sqrt(0.8 * 0.2 / 450) == pytest.approx(1.9, abs=0.05)
    luck = np.random.default_rng(0).normal(size=(10_000, 5))
    assert np.mean(np.ptp(luck, axis=1) > 4) < 0.05, "the page says seldom"
