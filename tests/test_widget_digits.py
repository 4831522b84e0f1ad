"""What `<draw-digit>` computes, in Node, against the project's Python."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import quantised, weights
from tests import in_node
from workshop import strokes
from workshop.datasets import load_mnist
from workshop.images import mnist_image

HERE = Path(__file__).parent
NETWORKS = ("dense", "convolutional")
SHEET = 128  # pixels, as the widget's own


def run(*jobs: dict[str, Any]) -> list[Any]:
    """Return what the widget's scripts answer to some jobs of `digits.cjs`."""
    return in_node.answer([str(HERE / "digits.cjs")], jobs)


def network(name: str) -> quantised.QuantisedNetwork:
    return quantised.network_from_json(quantised.read_script(weights.FOLDER / f"{name}.js"))


def images_in_javascript(
    drawings: list[np.ndarray], folder: Path, side: int = 28, box: int = 20
) -> list[np.ndarray]:
    """Return what `mnistImage` makes of drawings, each of shape (side, side), uint8."""
    file = folder / "drawings"
    file.write_bytes(b"".join(np.ascontiguousarray(ink, float).tobytes() for ink in drawings))
    shapes = [ink.shape for ink in drawings]
    job = {"job": "images", "file": str(file), "shapes": shapes, "side": side, "box": box}
    (found,) = run(job)
    return [np.frombuffer(base64.b64decode(image), np.uint8).reshape(side, side) for image in found]


def pen_of(digit: int, rng: np.random.Generator, size: int) -> list[list[list[float]]]:
    """Return the strokes that `strokes.draw_digit` draws from the same random numbers."""
    ways = strokes.WAYS[digit]
    way = ways[rng.integers(len(ways))]
    height = size * rng.uniform(0.4, 0.65)
    width = height * rng.uniform(0.6, 0.9)
    angle, slant = np.radians(rng.uniform(-10, 10)), rng.uniform(-0.15, 0.2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    lean = turn @ np.array([[width, -slant * height], [0, height]])
    middle = size / 2 + rng.uniform(-0.06, 0.06, 2) * size
    radius = height * rng.uniform(0.03, 0.07)
    return [
        [[x, y, radius] for x, y in (np.array(stroke) - 0.5) @ lean.T + middle] for stroke in way
    ]


# -- from strokes to ink to 28 x 28 pixels --------------------------------------------------


def test_strokes_become_the_same_ink_and_the_same_image(tmp_path: Path):
    digits = [(digit, seed) for digit in range(10) for seed in range(6)]
    drawings = [pen_of(digit, np.random.default_rng(seed), 80) for digit, seed in digits]
    (found,) = run({"job": "ink", "drawings": drawings, "size": 80})
    expected = [strokes.draw_digit(digit, np.random.default_rng(seed)) for digit, seed in digits]
    inks = [np.array(ink).reshape(80, 80) for ink in found]
    np.testing.assert_allclose(inks, expected, rtol=0, atol=1e-12)
    images = images_in_javascript(inks, tmp_path)
    for image, ink in zip(images, expected, strict=True):
        np.testing.assert_array_equal(image, mnist_image(ink))


def test_a_pen_that_is_pressed_harder_draws_a_wider_line():
    (found,) = run({"job": "ink", "drawings": [[[[4, 10, 1], [16, 10, 4]]]], "size": 20})
    widths = np.array(found[0]).reshape(20, 20).sum(axis=0)
    assert widths[4] == pytest.approx(2 * 1.125, abs=0.3)
    assert widths[15] == pytest.approx(2 * 3.875, abs=0.3)
    assert (np.diff(widths[4:16]) > 0).all()


def test_a_dot_is_a_drawing_and_nothing_is_none(tmp_path: Path):
    (found,) = run({"job": "ink", "drawings": [[[[10, 10, 2]]], []], "size": 20})
    dot, nothing = (np.array(ink).reshape(20, 20) for ink in found)
    assert dot.sum() == pytest.approx(np.pi * 4, rel=0.1)
    assert not nothing.any()
    (image,) = images_in_javascript([dot], tmp_path)
    np.testing.assert_array_equal(image, mnist_image(dot))
    file = tmp_path / "nothing"
    file.write_bytes(nothing.tobytes())
    assert run({"job": "images", "file": str(file), "shapes": [[20, 20]]}) == [[None]]


def test_an_address_holds_a_drawing_exactly():
    """Far steps are parted, the sheet's rim is kept, and widths may change on the way."""
    rng = np.random.default_rng(7)
    drawings = []
    for _ in range(200):
        drawing = rng.uniform([-9, -9, 0], [137, 137, 17], (rng.integers(0, 4), 9, 3))
        if rng.uniform() < 0.5:
            drawing[..., 2] = rng.uniform(1, 8)
        drawings.append([stroke[: rng.integers(1, 9)].tolist() for stroke in drawing])
    (found,) = run({"job": "pen", "drawings": drawings})
    for drawing, answer in zip(drawings, found, strict=True):
        assert answer["back"] == answer["drawn"]
        assert re.fullmatch(r"[\w*.-]*", answer["text"])
        for touched, stroke in zip(drawing, answer["drawn"], strict=True):
            points = np.array(stroke)
            assert (np.abs(np.diff(points[:, :2], axis=0)) <= 7.75).all()
            assert points[:, :2].min() >= 0
            assert points[:, :2].max() <= SHEET
            nearest = np.clip(np.array(touched)[:, :2], 0, SHEET)
            for point in nearest:
                assert np.abs(points[:, :2] - point).max(axis=1).min() <= 0.125
    texts = [answer["text"] for answer in found]
    assert len(set(texts) - {""}) > 140


@pytest.mark.parametrize(("side", "box"), [(28, 20), (8, 8)])
def test_any_ink_becomes_the_same_image(tmp_path: Path, side: int, box: int):
    rng = np.random.default_rng(side)
    drawings = []
    for _ in range(300):
        ink = np.maximum(rng.uniform(-1, 1, rng.integers(1, 150, 2)), 0)
        ink[rng.uniform(size=ink.shape) < rng.uniform()] = 0
        ink[tuple(rng.integers(ink.shape))] = rng.uniform(0.1, 1)  # one pixel at the least
        drawings.append(ink)
    images = images_in_javascript(drawings, tmp_path, side, box)
    for image, ink in zip(images, drawings, strict=True):
        np.testing.assert_array_equal(image, mnist_image(ink, side=side, box=box))


def test_straight_lines_become_the_same_image(tmp_path: Path):
    """What is drawn with the arrow keys lies on whole numbers, and so many a half is rounded."""
    rng = np.random.default_rng(4)
    corners = rng.integers(10, SHEET - 10, (100, 4)).tolist()
    radii = rng.choice([3, 4.5, 5, 7], 100).tolist()
    drawings = [
        [[[x, y, r], [x, down, r], [right, down, r]]]
        for (x, y, right, down), r in zip(corners, radii, strict=True)
    ]
    (found,) = run({"job": "ink", "drawings": drawings, "size": SHEET})
    inks = [np.array(ink).reshape(SHEET, SHEET) for ink in found]
    images = images_in_javascript(inks, tmp_path)
    for image, ink in zip(images, inks, strict=True):
        np.testing.assert_array_equal(image, mnist_image(ink))


def test_a_half_is_rounded_up(tmp_path: Path):
    """An even width cannot lie in the middle of 28 pixels if it is odd: it lies to the right."""
    bar = np.zeros((40, 40))
    bar[5:25, 10:13] = 1  # 20 x 3 pixels, so that nothing is scaled; 13.5 - 1 = 12.5 goes to 13
    (image,) = images_in_javascript([bar], tmp_path)
    assert np.flatnonzero(image.any(axis=0)).tolist() == [13, 14, 15]
    assert np.flatnonzero(image.any(axis=1)).tolist() == list(range(4, 24))


# -- the networks --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def test_images(mnist_data_dir: Path) -> tuple[np.ndarray, np.ndarray]:
    _, _, X_test, y_test = load_mnist(mnist_data_dir)
    return X_test, y_test


def classes_in_javascript(X: np.ndarray, names: tuple[str, ...], folder: Path, **more: Any) -> Any:
    """Return what the networks answer to images of shape (n, 784), uint8."""
    file = folder / "images"
    file.write_bytes(np.ascontiguousarray(X).tobytes())
    return run(*({"job": "classify", "network": name, "file": str(file), **more} for name in names))


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_scores_what_its_script_says(name: str, test_images, tmp_path: Path):
    """All 10,000 test images, through the JavaScript."""
    X_test, y_test = test_images
    (found,) = classes_in_javascript(X_test, (name,), tmp_path)
    score = float(np.mean(np.array(found["classes"]) == y_test))
    assert score == network(name).facts["score"]
    assert score >= weights.REQUIRED[name]
    results = json.loads(weights.RESULTS.read_text(encoding="utf-8"))
    assert results == weights.result({each: network(each) for each in NETWORKS})


def test_500_digits_have_the_class_that_python_gives_them(test_images, tmp_path: Path):
    X = test_images[0][:500]
    as_drawings = np.array([mnist_image(image / 255) for image in X.reshape(-1, 28, 28)])
    drawn = images_in_javascript([image / 255 for image in X.reshape(-1, 28, 28)], tmp_path)
    np.testing.assert_array_equal(drawn, as_drawings)
    for images in (X, as_drawings.reshape(500, 784)):
        some = list(range(0, 500, 10))  # of these, all that the layers put out
        found = classes_in_javascript(images, NETWORKS, tmp_path, outputs=some)
        for name, answers in zip(NETWORKS, found, strict=True):
            *hidden, probabilities = network(name).feedforward(images)
            assert answers["classes"] == probabilities.argmax(axis=1).tolist()
            np.testing.assert_allclose(answers["probabilities"], probabilities[some], atol=1e-12)
            for i, layer in enumerate(hidden):
                theirs = [outputs[i] for outputs in answers["hidden"]]
                np.testing.assert_allclose(theirs, layer[some].reshape(50, -1), atol=1e-9)


# Seed 11: all 500 are read right, by both networks
DRAWN = {"dense": 0.98, "convolutional": 0.985}


def test_digits_drawn_anywhere_at_any_size_are_read(tmp_path: Path):
    rng = np.random.default_rng(11)
    labels = np.repeat(np.arange(10), 50)
    drawings = []
    for digit in labels:
        drawing = pen_of(int(digit), rng, SHEET)
        points = np.array([point[:2] for stroke in drawing for point in stroke])
        least, most = points.min(axis=0), points.max(axis=0)
        longest = (most - least).max()
        size = rng.uniform(30, 110)  # pixels of the sheet, on its longer side
        radius = size * rng.uniform(0.03, 0.09)
        room = SHEET - 2 * radius - (most - least) * size / longest
        corner = radius + rng.uniform(0, 1, 2) * room
        drawings.append(
            [
                [[*((np.array([x, y]) - least) * size / longest + corner), radius] for x, y, _ in s]
                for s in drawing
            ]
        )
    (found,) = run({"job": "drawn", "drawings": drawings, "size": SHEET})
    X = np.array([np.frombuffer(base64.b64decode(image), np.uint8) for image in found])
    for name, answers in zip(NETWORKS, classes_in_javascript(X, NETWORKS, tmp_path), strict=True):
        rate = float(np.mean(np.array(answers["classes"]) == labels))
        assert rate >= DRAWN[name], f"{name}: {rate:.3f}"


# -- the scripts ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*NETWORKS, "mnist_digits"])
def test_a_script_says_how_it_was_made(name: str):
    path = weights.FOLDER / f"{name}.js"
    comment = path.read_text(encoding="utf-8").split("\nglobalThis")[0]
    known = quantised.read_script(path)
    assert comment.startswith("// ")
    assert comment == "\n".join(f"// {line}" for line in comment.replace("// ", "").splitlines())
    for line in (f"Command: {weights.COMMAND}", f"Seed: {weights.SEED}", *known["sha256"].values()):
        assert line in comment
    if name in NETWORKS:
        assert f"Score: {known['score']:.4f} of the 10,000" in comment


def test_the_digits_to_load_are_mnists_and_read_as_is_said(test_images, tmp_path: Path):
    X_test, y_test = test_images
    digits = quantised.read_script(weights.FOLDER / "mnist_digits.js")
    images = quantised.lines_as_bytes(digits["images"], np.uint8).reshape(-1, 784)
    np.testing.assert_array_equal(images, X_test[digits["indices"]])
    assert digits["labels"] == y_test[digits["indices"]].tolist()
    found = classes_in_javascript(images, NETWORKS, tmp_path)
    for name, answers in zip(NETWORKS, found, strict=True):
        assert answers["classes"] == digits["read"][name]
    labels, read = np.array(digits["labels"]), digits["read"]
    kinds = [weights.READ_RIGHT, weights.DENSE_ERRS, weights.BOTH_ERR]
    right, dense_errs, both_err = np.split(np.arange(len(labels)), np.cumsum(kinds)[:-1])
    assert labels[right].tolist() == list(range(10))
    wrong = {name: np.array(read[name]) != labels for name in NETWORKS}
    assert not wrong["dense"][right].any()
    assert not wrong["convolutional"][[*right, *dense_errs]].any()
    assert wrong["dense"][[*dense_errs, *both_err]].all()
    assert wrong["convolutional"][both_err].all()


# -- the program that makes them -----------------------------------------------------------


def test_bytes_change_a_layer_hardly():
    rng = np.random.default_rng(0)
    weights_, biases = rng.normal(size=(5, 40)), rng.normal(size=5)
    weights_[2] = 0  # a neuron that listens to nothing
    gains = np.array([1, -2, 1, 0.5, 0])
    layer = quantised.quantised(weights_, biases, gains)
    assert layer.weights.dtype == np.int8
    assert np.abs(layer.weights[[0, 1, 3, 4]]).max(axis=1).tolist() == [127] * 4
    X = rng.normal(size=(7, 40))
    expected = X @ weights_.T * gains + biases
    np.testing.assert_allclose(layer(X), expected, atol=0.25)
    again = quantised.network_from_json(
        json.loads(json.dumps(quantised.network_as_json(quantised.QuantisedNetwork([layer]))))
    )
    np.testing.assert_array_equal(again.layers[0](X), layer(X))


def test_batch_normalisation_is_folded_into_the_convolutions():
    """With gains below zero too, which turn what the pooling finds upside down."""
    import torch

    from workshop.pytorch.convolution import ConvolutionalNetwork

    torch.manual_seed(0)
    model = ConvolutionalNetwork((3, 4, 5))
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.normal_(module.weight)
            torch.nn.init.normal_(module.bias)
            torch.nn.init.normal_(module.running_mean)
            torch.nn.init.uniform_(module.running_var, 0.5, 2)
    images = np.random.default_rng(0).integers(0, 256, (6, 784), dtype=np.uint8)
    with torch.inference_mode():
        expected = model.eval()(torch.as_tensor(images / np.float32(255))).softmax(dim=1).numpy()
    found = quantised.QuantisedNetwork(weights.folded(model)).predict_proba(images)
    np.testing.assert_allclose(found, expected, atol=0.02)
    assert found.argmax(axis=1).tolist() == expected.argmax(axis=1).tolist()


def test_what_is_no_such_script_is_refused(tmp_path: Path):
    path = tmp_path / "other.js"
    path.write_text("alert(1);\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"other.js must put one JSON object .* make weights"):
        quantised.read_script(path)


def test_nothing_is_written_of_networks_that_read_too_little(monkeypatch, tmp_path, capsys):
    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 256, (30, 784), dtype=np.uint8), np.arange(30) % 10
    monkeypatch.setattr(weights, "load_mnist", lambda: (X, y, X, y))
    monkeypatch.setattr(weights, "FOLDER", tmp_path / "weights")
    monkeypatch.setattr(weights, "RESULTS", tmp_path / "results.json")
    guess = quantised.quantised(rng.normal(size=(10, 784)), np.zeros(10))
    for name in NETWORKS:
        made = quantised.QuantisedNetwork([guess], weights.facts(name))
        monkeypatch.setattr(weights, f"train_{name}", lambda *_, made=made: made)
    assert weights.main() == 1
    assert "Nothing was written" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
