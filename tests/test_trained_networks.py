"""Networks that are trained once and kept."""

import numpy as np
import pytest

from workshop.classifier import NetworkClassifier
from workshop.datasets import data_folder, load_digits
from workshop.trained_networks import trained


@pytest.fixture
def train():
    """Ask for a small network; say, too, whether that took training."""

    def train(**settings):
        loads = []

        def load():
            loads.append(1)
            return load_digits()

        settings = {"hidden_sizes": (8,), "epochs": 1, "random_state": 0} | settings
        return trained(NetworkClassifier(**settings), "small", load), bool(loads)

    return train


@pytest.fixture
def file():
    return data_folder() / "networks" / "small.npz"


def same(one, other):
    return np.array_equal(one.network_.parameters, other.network_.parameters)


def test_trains_once(train, file):
    first, took_training = train()
    assert took_training
    assert file.is_file()
    second, took_training = train()
    assert not took_training
    assert same(first, second)


def test_trains_on_small_numbers(train):
    network, _ = train(hidden_sizes=(32,), epochs=20, learning_rate=0.05)
    X, y, _, _ = load_digits()
    assert network.score(X / 255, y) > 0.9


def test_other_settings_need_another_training(train):
    first, _ = train()
    other, took_training = train(random_state=1)
    assert took_training
    assert not same(first, other)
    assert train(random_state=1)[1] is False


@pytest.mark.parametrize("content", [b"", b"no network", b"PK\x03\x04"])
def test_a_damaged_file_is_replaced(train, file, content):
    first, _ = train()
    file.write_bytes(content)
    again, took_training = train()
    assert took_training
    assert same(first, again)
    assert NetworkClassifier.load(file).get_params() == again.get_params()


def test_a_folder_that_cannot_be_written_only_keeps_nothing(train, file):
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.write_text("a file where the folder should be")
    network, took_training = train()
    assert took_training
    assert network.n_iter_ == 1
