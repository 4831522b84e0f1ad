"""How step 3's page measures what ideas are worth."""

import numpy as np
import pytest

from benchmarks import what_ideas_buy
from workshop.functions import one_hot
from workshop.network import Network


def test_without_a_dropped_neuron_dropout_is_the_network(monkeypatch):
    rng = np.random.default_rng(0)
    X, targets = rng.random((7, 5)), one_hot(rng.integers(0, 10, 7), 10).astype(np.float64)
    plain = Network((5, 4, 10), seed=1, dtype=np.float64)
    dropout = what_ideas_buy.Dropout((5, 4, 10), seed=1, dtype=np.float64)
    monkeypatch.setattr(what_ideas_buy.Dropout, "share", 0.0)
    (loss, gradient), (expected_loss, expected) = (
        network.backpropagate(X, targets) for network in (dropout, plain)
    )
    assert loss == pytest.approx(expected_loss)
    np.testing.assert_allclose(gradient, expected, atol=1e-12)


def test_dropout_drops_and_makes_up_for_it(monkeypatch):
    monkeypatch.setattr(what_ideas_buy.Dropout, "share", 0.4)
    network = what_ideas_buy.Dropout((3, 4000, 10), seed=0, dtype=np.float64)
    targets = np.zeros((1, 10))
    targets[0, 2] = 1
    sums = []  # of the absolute derivatives of the last layer: its inputs, dropped and scaled
    for _ in range(2):
        _, gradient = network.backpropagate(np.ones((1, 3)), targets)
        last = gradient[4 * 4000 :][: 4000 * 10].reshape(4000, 10)
        sums.append(last)
    active = network.feedforward(np.ones((1, 3)))[1][0] > 0
    dropped = [np.all(last[active] == 0, axis=1).mean() for last in sums]
    assert dropped == pytest.approx([0.4, 0.4], abs=0.04)
    assert not np.array_equal(sums[0] == 0, sums[1] == 0), "drawn anew in each step"


def test_each_idea_is_tried_with_each_seed(monkeypatch):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, 300)
    X = rng.integers(0, 60, (300, 784)) + 190 * (np.arange(784) // 79 == y[:, None])
    X = X.astype(np.uint8)  # a bright band of three rows for each digit
    monkeypatch.setattr(what_ideas_buy, "load_mnist", lambda: (X[:200], y[:200], X[200:], y[200:]))
    monkeypatch.setitem(what_ideas_buy.PLAIN, "epochs", 2)
    result = what_ideas_buy.measured([0, 1])
    rows = result["tables"]["ideas"]["rows"]
    assert result["tables"]["ideas"]["columns"] == ["Idea", "Score, %"]
    assert [name for name, _ in rows][1:-2] == list(what_ideas_buy.IDEAS)
    assert len(result["scores"]) == 2
    assert result["minimum"] > 0.5
