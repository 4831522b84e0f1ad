"""How step 12's page measures a second softmax, and numbers that networks foretell."""

import numpy as np
import pytest
import torch
from torch import nn

from benchmarks import library_questions
from workshop.pytorch import regression
from workshop.pytorch.three_libraries import Fitted


def test_ranges():
    assert library_questions.as_range([], "d") == ""
    assert library_questions.as_range([7, 7], "d") == "7"
    assert library_questions.as_range([1.234, 0.999], ".2f") == "1.00 to 1.23"
    assert library_questions.in_percent([0.98123, 0.991]) == "98.1 to 99.1 %"
    assert library_questions.in_percent([0.98123, 0.98149]) == "98.1 %"


def test_only_the_mistaken_network_ends_with_probabilities():
    images = torch.rand(3, 784)
    once, twice = (library_questions.make_network(0, twice=twice) for twice in (False, True))
    logits, probabilities = once(images), twice(images)
    torch.testing.assert_close(probabilities, nn.Softmax(dim=1)(logits))
    assert not torch.allclose(logits.sum(dim=1), torch.ones(3))


@pytest.fixture
def bands(monkeypatch):
    """Replace MNIST by noise with a bright band of three rows for each digit."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, 400).astype(np.uint8)
    X = rng.integers(0, 60, (400, 784)) + 190 * (np.arange(784) // 79 == y[:, None])
    X = X.astype(np.uint8)
    monkeypatch.setattr(
        library_questions, "load_mnist", lambda: (X[:300], y[:300], X[300:], y[300:])
    )
    monkeypatch.setattr(library_questions, "EPOCHS", 4)


@pytest.mark.usefixtures("bands")
def test_measures_what_a_second_softmax_costs():
    found = library_questions.softmax_twice([0, 1])
    names = [f"{name}, {times}" for name in library_questions.OPTIMIZERS
             for times in ("once", "twice")]  # fmt: skip
    assert list(found["losses"]) == list(found["scores"]) == names
    assert {len(losses) for losses in found["losses"].values()} == {4}
    for name in library_questions.OPTIMIZERS:
        once, twice = (found["losses"][f"{name}, {times}"][-1] for times in ("once", "twice"))
        assert twice > once
        assert twice > 1.46
    assert len(found["table"]["rows"]) == 4
    assert {len(row) for row in found["table"]["rows"]} == {len(found["table"]["columns"])}


@pytest.mark.usefixtures("bands")
def test_measures_errors_of_libraries_and_of_no_network(monkeypatch):
    sizes = []

    def fit(training, validation, **settings):
        sizes.append((len(training[0]), len(validation[0]), settings["hidden_sizes"]))
        return Fitted(lambda X: X[:, 0] * 0 + 14.0, epochs=5 + settings["seed"])

    monkeypatch.setattr(regression, "LIBRARIES", {"A": fit})
    result = library_questions.measured([0, 1])
    assert sizes == [(600, 200, (512, 512, 512))] * 2
    errors = result["errors"]
    assert list(errors) == ["always the median", "linear regression", "A"]
    assert regression.NOISE_FLOOR < max(errors["linear regression"]) < min(errors["A"])
    rows = result["tables"]["numbers"]["rows"]
    assert [row[0] for row in rows] == [*errors, "the noise alone"]
    assert rows[2][1] == "5 to 6"
    assert rows[-1][2] == "0.80"
    assert result["seeds"] == [0, 1]
    assert "keras" in result["versions"]
