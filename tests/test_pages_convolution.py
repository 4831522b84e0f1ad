"""What the page on convolutional networks shows in code, and the numbers in its text."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.steps import RESULTS
from benchmarks.what_neighbours_buy import WIDTHS
from workshop.convolution import convolve2d, max_pool, output_size
from workshop.pytorch.convolution import ConvolutionalNetwork
from workshop.pytorch.models import count_parameters
from workshop.pytorch.presets import WIDTHS_IN_SECONDS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def figures():
    return runpy.run_path(str(ROOT / "docs" / "figures" / "step13_convolutional_network.py"))


@pytest.fixture(scope="module")
def found():
    return json.loads((RESULTS / "what_neighbours_buy.json").read_text("utf-8"))


def test_the_kernel_slides_over_the_letter(figures):
    IMAGE, KERNEL = figures["IMAGE"], figures["KERNEL"]
    # --8<-- [start:slide]
    answers = convolve2d(IMAGE, KERNEL)
    assert answers.tolist() == [
        [-2, 4, -2],
        [-3, 6, -3],
        [-3, 6, -3],
    ]
    # --8<-- [end:slide]
    products = IMAGE[:3, :3] * KERNEL
    assert products.tolist() == [[-1, 2, -1], [0, 0, -1], [0, 0, -1]]
    assert products.sum() == -2


def test_the_kernel_for_level_strokes_needs_padding_to_see_the_bar(figures):
    image, kernel = figures["IMAGE"], np.array(figures["KERNELS"]["level stroke"])
    assert convolve2d(image, kernel).tolist() == [[-2, -2, -2], [0, 0, 0], [0, 0, 0]]
    padded = convolve2d(image, kernel, padding=1)
    assert padded[0].tolist() == [4, 5, 5, 5, 4]
    assert padded[1:].max() == 1


def test_turning_the_kernel_for_left_edges_finds_right_edges(figures):
    left, right = (np.array(figures["KERNELS"][name]) for name in ("left edge", "right edge"))
    np.testing.assert_array_equal(left[::-1, ::-1], right)


def test_sizes_of_what_comes_out():
    # --8<-- [start:sizes]
    assert output_size(5, 3) == 3
    assert output_size(5, 3, padding=1) == 5
    assert output_size(5, 3, padding=1, stride=2) == 3
    # the first layer on an MNIST image
    assert output_size(28, 5, padding=2, stride=2) == 14
    # --8<-- [end:sizes]


def test_the_largest_of_each_square():
    # the numbers of the figure
    numbers = np.array([[0, 3, 1, 0], [2, 6, 0, 1], [0, 0, 4, 2], [1, 0, 5, 3]])
    assert max_pool(numbers).tolist() == [[6, 1], [1, 5]]


def test_what_sharing_saves():
    # --8<-- [start:sharing]
    answers = 8 * 14 * 14

    # each answer has a weight of its own for each pixel
    dense = 784 * answers
    # each filter has 25 weights, the same at all places
    shared = 8 * 5 * 5

    assert (dense, shared) == (1_229_312, 200)
    # --8<-- [end:sharing]
    first = ConvolutionalNetwork((8, 16, 32)).layers[0]
    assert count_parameters(first) == shared
    assert first(torch.zeros(1, 1, 28, 28)).numel() == answers
    assert count_parameters(ConvolutionalNetwork((8, 16, 32)).layers[3]) == 16 * 8 * 3 * 3


@pytest.mark.parametrize(("n_layers", "middle", "seen"), [(7, 3, 11), (11, 1, 23)])
def test_how_many_pixels_a_number_of_a_feature_map_depends_on(n_layers, middle, seen):
    torch.manual_seed(0)
    layers = ConvolutionalNetwork((8, 16, 32)).eval().layers[:n_layers]
    for i, layer in enumerate(layers):  # in place of those that hide some pixels
        if isinstance(layer, torch.nn.MaxPool2d):
            layers[i] = torch.nn.AvgPool2d(2)
        elif isinstance(layer, torch.nn.ReLU):
            layers[i] = torch.nn.Identity()
    image = torch.rand(1, 1, 28, 28, requires_grad=True)
    layers(image)[0, :, middle, middle].sum().backward()
    rows, columns = image.grad[0, 0].nonzero().T
    assert rows.max() - rows.min() + 1 == columns.max() - columns.min() + 1 == seen


def test_the_sizes_that_the_text_names():
    sizes = {s: count_parameters(ConvolutionalNetwork(w)) for s, w in WIDTHS_IN_SECONDS.items()}
    assert sizes == {10: 17_758, 30: 29_434, 60: 61_426}


# -- what `make results` measured ----------------------------------------------------------


def test_the_table_is_what_the_text_says_of_it(found):
    dense, convolutional = found["medians"]["dense"], found["medians"]["convolutional"]
    assert abs(dense["shuffled"] - dense["as_they_are"]) < 0.003, "shuffling is nothing to it"
    assert convolutional["as_they_are"] > dense["as_they_are"] + 0.005
    assert convolutional["shuffled"] < dense["shuffled"] - 0.005
    assert convolutional["moved"] > dense["moved"] + 0.1
    rows = {row[0]: row[1] for row in found["tables"]["neighbours"]["rows"]}
    assert rows == {"dense": "101,770", "convolutional": "8,962"}


def test_the_layers_are_those_of_the_small_network(found):
    rows = found["tables"]["layers"]["rows"]
    total = sum(int(row[2].replace(",", "")) for row in rows)
    assert total == count_parameters(ConvolutionalNetwork(WIDTHS))
    assert [row[1] for row in rows][-3:] == ["32 × 3 × 3", "288", "10"]


def test_pictures_of_it_can_be_drawn(figures, found):
    filters = figures["_unpacked"](found["filters"], "weights", np.int8)
    assert filters.shape == (8, 5, 5)
    assert (np.abs(filters.astype(int)).max(axis=(1, 2)) == 127).all()
    maps = figures["_unpacked"](found["first_maps"], "answers", np.uint8)
    assert maps.shape == (3, 8, 14, 14)
    assert (maps.max(axis=(1, 2, 3)) == 255).all()
    assert figures["_unpacked"](found["second_maps"], "answers", np.uint8).shape == (3, 16, 7, 7)
