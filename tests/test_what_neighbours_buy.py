"""How step 13's page measures what neighbours are worth."""

import numpy as np
import torch

from benchmarks import what_neighbours_buy
from workshop.pytorch.convolution import ConvolutionalNetwork


def test_images_move_right_and_nothing_comes_in():
    image = np.arange(784.0, dtype=np.float32).reshape(1, 784) + 1
    moved = what_neighbours_buy.moved_right(image).reshape(28, 28)
    assert not moved[:, :3].any()
    np.testing.assert_array_equal(moved[:, 3:], image.reshape(28, 28)[:, :-3])


def test_a_range_is_written_as_one_number_where_it_is_one():
    assert what_neighbours_buy.in_percent([0.98123, 0.991]) == "98.1 to 99.1 %"
    assert what_neighbours_buy.in_percent([0.98123, 0.98149]) == "98.1 %"


def test_measures_both_networks_on_all_kinds_of_image(monkeypatch):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, 400).astype(np.uint8)
    X = (rng.integers(0, 60, (400, 784)) + 190 * (np.arange(784) // 79 == y[:, None])).astype(
        np.uint8
    )  # a bright band of three rows for each digit
    monkeypatch.setattr(
        what_neighbours_buy, "load_mnist", lambda: (X[:300], y[:300], X[300:], y[300:])
    )
    result = what_neighbours_buy.measured([0, 1])
    assert len(result["scores"]) == 2
    assert result["seeds"] == [0, 1]
    assert set(result["medians"]) == {"dense", "convolutional"}
    assert set(result["medians"]["dense"]) == {"as_they_are", "shuffled", "moved"}
    assert result["medians"]["dense"]["as_they_are"] > 0.5
    table = result["tables"]["neighbours"]
    assert [len(row) for row in table["rows"]] == [len(table["columns"])] * 2


def test_maps_are_scaled_for_each_image():
    network = ConvolutionalNetwork((2, 3, 4))
    found = what_neighbours_buy.seen(network, torch.rand(3, 784).numpy())
    assert found["filters"]["shape"] == [2, 5, 5]
    assert found["first_maps"]["shape"] == [3, 2, 14, 14]
    assert found["second_maps"]["shape"] == [3, 3, 7, 7]
