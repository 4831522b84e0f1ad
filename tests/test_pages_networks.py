"""What the theory pages about networks show in code, and the numbers in their text.

The pages include the regions between the marks, so that what a reader sees has run here.
"""

import re
import runpy
from pathlib import Path

import numpy as np
import pytest
import torch

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits
from workshop.functions import (
    cross_entropy,
    cross_entropy_delta,
    one_hot,
    sigmoid,
    sigmoid_derivative,
    softmax,
)
from workshop.network import Network, count_parameters

ROOT = Path(__file__).resolve().parents[1]


def test_numbers_in_a_network_of_784_128_10():
    # --8<-- [start:count]
    # one for each connection
    weights = 784 * 128 + 128 * 10
    # one for each neuron that computes
    biases = 128 + 10

    assert weights == 101_632
    assert weights + biases == 101_770
    # --8<-- [end:count]
    assert weights + biases == count_parameters((784, 128, 10))


def test_shapes_on_the_way_through_a_network():
    # --8<-- [start:shapes]
    # five pictures, then the same numbers with one picture a row
    images = np.zeros((5, 28, 28))
    X = images.reshape(5, 784)

    network = Network((784, 128, 10))
    X, hidden, probabilities = network.feedforward(X)
    assert hidden.shape == (5, 128)
    assert probabilities.shape == (5, 10)
    # --8<-- [end:shapes]
    assert X.shape == (5, 784)


def test_two_hidden_neurons_compute_xor():
    # --8<-- [start:xor]
    def xor(x1, x2):
        hidden1 = max(0, x1 + x2)
        hidden2 = max(0, x1 + x2 - 1)
        return hidden1 - 2 * hidden2

    assert [xor(0, 0), xor(0, 1), xor(1, 0), xor(1, 1)] == [0, 1, 1, 0]
    # --8<-- [end:xor]


def test_a_perceptron_learns_or_and_never_xor():
    # the figure's caption and description say 0 and 4 mistakes in round 20
    figures = runpy.run_path(str(ROOT / "docs" / "figures" / "network_as_function.py"))
    corners = figures["CORNERS"]
    weights, bias, _ = figures["_perceptron"](corners[1:2], np.array([1]), 1)  # the text's example
    assert (weights.tolist(), bias) == ([0, 1], 0.5)
    assert corners[1] @ weights + bias == 1.5
    *_, mistakes = figures["_perceptron"](corners, corners.max(axis=1), 20)
    assert mistakes[-1] == 0
    *_, mistakes = figures["_perceptron"](corners, corners.sum(axis=1) % 2, 20)
    assert min(mistakes) > 0
    assert mistakes[-1] == 4


def test_one_neuron_and_a_layer_of_two():
    # --8<-- [start:neuron]
    # what the layer before sends
    a = np.array([0.5, 1.0, 0.2])
    w = np.array([2, -1, 5])
    b = 0.5

    z = b + np.sum(w * a)
    assert z == 1.5
    assert sigmoid(z).round(2) == 0.82
    # --8<-- [end:neuron]

    # --8<-- [start:layer]
    # w[j, k]: a row for each neuron that receives
    w = np.array([[2, -1, 5], [1, 1, -5]])
    b = np.array([0.5, -0.5])

    z = w @ a + b
    assert np.allclose(z, [1.5, 0.0])
    assert np.allclose(sigmoid(z).round(2), [0.82, 0.5])
    # --8<-- [end:layer]

    # --8<-- [start:batch]
    # two samples, one a row
    A = np.array([[0.5, 1.0, 0.2], [0.0, 0.0, 0.0]])
    # W[k, j]: a column for each neuron that receives
    W = w.T

    Z = A @ W + b
    assert np.allclose(Z, [[1.5, 0.0], [0.5, -0.5]])
    # --8<-- [end:batch]
    assert W.shape == (3, 2)


def test_network_computes_the_layer_of_the_page():
    network = Network((3, 2, 2), activation="sigmoid", dtype=np.float64)
    network.weights[0][:] = [[2, 1], [-1, 1], [5, -5]]
    network.biases[0][:] = [0.5, -0.5]
    _, hidden, _ = network.feedforward(np.array([[0.5, 1.0, 0.2]]))
    assert hidden[0] == pytest.approx([0.8176, 0.5], abs=5e-5)


def test_pytorch_keeps_the_weights_the_other_way_round():
    layer = torch.nn.Linear(in_features=784, out_features=128)
    assert layer.weight.shape == (128, 784)
    network = Network((784, 128))
    assert network.weights[0].shape == tuple(reversed(layer.weight.shape))


# -- numbers in the prose and the quizzes --------------------------------------------------


def test_parameters_of_the_network_of_step_2():
    assert count_parameters((784, 14, 14, 10)) == 785 * 14 + 15 * 14 + 15 * 10 == 11_350


def test_answers_of_the_neuron_quiz_and_its_try_this():
    assert 3 * 2 - 2 * 4 + 1 == -1
    assert sigmoid(np.array(-1.0)).round(2) == 0.27


def test_the_sigmoid_far_below_zero():
    assert np.floor(np.log([np.finfo(kind).max for kind in "df"])).tolist() == [709, 88]
    far = np.array([-1000.0, 0.0, 1000.0])
    assert sigmoid(far).tolist() == [0, 0.5, 1]  # and without a warning, which would be an error
    with pytest.warns(RuntimeWarning, match="overflow encountered in exp"):
        assert (1 / (1 + np.exp(-far))).tolist() == [0, 0.5, 1]
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(far)
        assert np.isnan(powers / (1 + powers)).tolist() == [False, False, True]


def test_slopes_of_the_sigmoid():
    slope = sigmoid_derivative(sigmoid(np.array([0.0, 10.0])))
    assert slope[0] == 0.25
    assert slope[0] ** 5 < 1e-3  # less than a thousandth gets through five layers
    assert slope[1].round(5) == 0.00005


@pytest.mark.parametrize(
    ("activation", "layers", "lowest", "highest"),
    # measured over three or four seeds: sigmoid 0.96 to 0.98, 0.96 to 0.97, 0.89 to 0.92,
    # 0.10 to 0.20 and 0.10; relu 0.93 to 0.96
    [
        ("sigmoid", 1, 0.9, 1.0),
        ("sigmoid", 2, 0.93, 1.0),
        ("sigmoid", 3, 0.8, 0.95),
        ("sigmoid", 4, 0.0, 0.35),
        ("sigmoid", 5, 0.0, 0.2),
        ("relu", 5, 0.85, 1.0),
    ],
)
def test_depth_stops_the_sigmoid_and_not_relu(activation, layers, lowest, highest):
    X_train, y_train, X_test, y_test = load_digits()
    network = NetworkClassifier(
        (32,) * layers,
        activation,
        learning_rate=0.05,
        batch_size=32,
        epochs=30,
        random_state=0,
    )
    network.fit(X_train / np.float32(255), y_train)
    assert lowest <= network.score(X_test / np.float32(255), y_test) <= highest


def test_numbers_of_the_softmax_page():
    sure = softmax(np.array([[12.0] + [0.0] * 9]))
    truth = one_hot(np.array([0]), 10)
    assert cross_entropy(softmax(sure), truth) == pytest.approx(1.46, abs=5e-3)
    assert np.e / (np.e + 9) == pytest.approx(0.232, abs=5e-4)
    # the quiz
    assert -np.log([0.5, 0.2]) == pytest.approx([0.69, 1.61], abs=5e-3)
    gradient = cross_entropy_delta(np.array([[0.2, 0.7, 0.1]]), np.array([[1.0, 0.0, 0.0]]))
    assert gradient[0] == pytest.approx([-0.8, 0.7, 0.1])
    # label smoothing, as NetworkClassifier does it
    assert 0.9 * truth[0, :2] + 0.1 / 10 == pytest.approx([0.91, 0.01])


@pytest.mark.parametrize("seed", range(5))
def test_a_fresh_network_begins_near_the_blind_guess_or_a_little_above(seed: int):
    X, y, *_ = load_digits()
    network = Network((64, 32, 10), seed=seed)
    loss = cross_entropy(network.predict_proba(X / np.float32(255)), one_hot(y, 10))
    assert np.log(10) - 0.1 < loss < np.log(10) + 0.7


# -- the overview --------------------------------------------------------------------------


def theory_pages() -> list[str]:
    """Return the pages of the section as mkdocs.yml orders them."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return [name for name in re.findall(r"- theory/(\S+)", text) if name != "index.md"]


def test_the_overview_lists_every_theory_page_in_order():
    overview = (ROOT / "docs" / "theory" / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[[^]]*\]\(([^)]*)\)", overview, re.MULTILINE) == theory_pages()


@pytest.mark.parametrize("page", theory_pages())
def test_the_overview_gives_the_minutes_that_the_page_gives(page: str):
    folder = ROOT / "docs" / "theory"
    row = re.search(
        rf"^\| \[[^]]*\]\({re.escape(page)}\) \|.*\| (\d+) \|$",
        (folder / "index.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    said = re.search(r"takes about (\d+) minutes", (folder / page).read_text(encoding="utf-8"))
    assert row
    assert said
    assert row[1] == said[1]
