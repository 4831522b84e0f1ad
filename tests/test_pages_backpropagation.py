"""Numbers worked out by hand on the pages about backpropagation are those of `Network`, and code
that stands on these pages only is right.
"""

import json
import re
import runpy
from pathlib import Path

import numpy as np
import pytest

from workshop import functions, network
from workshop.network import Network

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "theory" / "backpropagation.ipynb"
HAND = runpy.run_path(str(DOCS / "figures" / "backpropagation.py"))["NETWORK"]
RATE = 0.01
ROW = re.compile(r"^\| (?P<name>[^|]*<i>[^|]+) \| (?P<work>[^|]+) \| (?P<value>[^|]+) \|$", re.M)


def arithmetic(text: str) -> float:
    """Work out a sum as the page writes it: −, · and ² for -, * and squared."""
    text = text.strip().replace("−", "-").replace("·", "*").replace("²", "**2")
    assert re.fullmatch(r"[-+*/(). 0-9]+", text), f"not plain arithmetic: {text!r}"
    return float(eval(text))


def sections() -> dict[str, list[tuple[str, str, str]]]:
    """Return the rows of the page's tables that name a number, by the heading above them.

    A name is without its marks: w²₁₂ is w212.
    """
    cells = json.loads(PAGE.read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    _, *parts = re.split(r"^## ", text, flags=re.M)
    found = {part.partition("\n")[0]: ROW.findall(part) for part in parts}
    return {
        heading: [(re.sub(r"</?\w+>", "", name), *rest) for name, *rest in rows]
        for heading, rows in found.items()
        if rows
    }


class LinearNetwork(Network):
    """The network of the page: no softmax at the end."""

    def feedforward(self, X: np.ndarray) -> list[np.ndarray]:
        outputs = super().feedforward(X)
        return [*outputs[:-1], outputs[-2] @ self.weights[-1] + self.biases[-1]]


@pytest.fixture
def by_network(monkeypatch: pytest.MonkeyPatch):
    """Return a function: everything that the page names, computed by a network of this class."""
    squares = (functions.squared_error, lambda outputs, targets: 2 * (outputs - targets))
    monkeypatch.setitem(network.LOSSES, "sum_of_squares", squares)

    def compute(kind: type[Network], loss: str, steps: int = 0) -> dict[str, float]:
        net = kind((2, 2, 2), loss=loss, dtype=np.float64)
        net.weights[0][:], net.biases[0][:] = HAND.w1.T, HAND.b1
        net.weights[1][:], net.biases[1][:] = HAND.w2.T, HAND.b2
        X, targets = HAND.x[None].astype(float), HAND.y[None].astype(float)
        for _ in range(steps):
            net.parameters -= RATE * net.backpropagate(X, targets)[1]
        cost, gradient = net.backpropagate(X, targets)
        weight_gradients, bias_gradients = net._split(gradient)
        values, answers = {"C": cost}, X
        for layer in (1, 2):
            weights, biases = net.weights[layer - 1], net.biases[layer - 1]
            sums = answers @ weights + biases
            answers = functions.relu(sums)
            for j in (1, 2):
                values[f"z{layer}{j}"] = sums[0, j - 1]
                values[f"b{layer}{j}"] = biases[j - 1]
                slope = bias_gradients[layer - 1][j - 1]
                values[f"δ{layer}{j}"] = slope
                values[f"∂C / ∂b{layer}{j}"] = slope
                for k in (1, 2):
                    name = f"w{layer}{j}{k}"
                    values[name] = weights[k - 1, j - 1]
                    slope = weight_gradients[layer - 1][k - 1, j - 1]
                    values[f"∂C / ∂{name}"] = slope
        return values

    return compute


def test_every_number_worked_out_by_hand_is_the_networks(by_network):
    start = by_network(LinearNetwork, "sum_of_squares")
    expected = {
        "Forwards": start,
        "The outputs": start,
        "One layer back": start,
        "Learn one step": by_network(LinearNetwork, "sum_of_squares", steps=1),
        "With another activation, and another cost": by_network(Network, "cross_entropy"),
    }
    found = sections()
    assert list(found) == list(expected)
    for heading, rows in found.items():
        for name, work, value in rows:
            told = arithmetic(value)
            assert arithmetic(work) == pytest.approx(told, abs=1e-12), (heading, name)
            assert expected[heading][name] == pytest.approx(told, abs=1e-12), (heading, name)


def test_the_page_works_out_every_sum_delta_and_derivative(by_network):
    found = sections()
    named = {name for h in ("Forwards", "The outputs", "One layer back") for name, *_ in found[h]}
    everything = by_network(LinearNetwork, "sum_of_squares")
    assert named == {name for name in everything if not re.match("[wb]", name)}


def test_the_hidden_neuron_of_the_exercise_learns_nothing():
    net = LinearNetwork((2, 2, 2), loss="squared_error", dtype=np.float64)
    net.weights[0][:], net.biases[0][:] = HAND.w1.T, (-1, -5)
    net.weights[1][:], net.biases[1][:] = HAND.w2.T, HAND.b2
    outputs = net.feedforward(HAND.x[None].astype(float))
    delta_2 = 2 * (outputs[2] - HAND.y)
    delta_1 = delta_2 @ net.weights[1].T * (outputs[1] > 0)
    slopes = [outputs[0].T @ delta_1, delta_1, outputs[1].T @ delta_2, delta_2]
    assert sum(int(np.sum(slope == 0)) for slope in slopes) == 5


def test_the_notebook_runs_on_the_numbers_of_its_figures():
    cells = json.loads(PAGE.read_text(encoding="utf-8"))["cells"]
    first = next("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    names: dict = {}
    exec(first, names)
    for name, value in HAND._asdict().items():
        np.testing.assert_array_equal(names[name], value)


def code_of(stem: str, start: str) -> str:
    """Return the cell of a notebook in docs/theory in which a line begins with `start`."""
    cells = json.loads((DOCS / "theory" / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]
    found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (code,) = [text for text in found if re.search(rf"^{start}", text, re.M)]
    return code


def test_the_pages_dropout_agrees_with_finite_differences():
    names = {"np": np, "Network": Network, "cross_entropy": functions.cross_entropy}
    exec(code_of("regularisation", "class Dropout"), names)
    net = names["Dropout"]((5, 8, 3), seed=1, dtype=np.float64)
    rng = np.random.default_rng(0)
    net.parameters += rng.normal(0, 0.5, len(net.parameters))
    X, targets = rng.normal(size=(6, 5)), functions.one_hot(np.arange(6) % 3, 3, dtype=np.float64)

    def backpropagate() -> tuple[float, np.ndarray]:
        net.rng = np.random.default_rng(2)  # the same neurons are switched off each time
        return net.backpropagate(X, targets)

    _, gradient = backpropagate()
    nudged, h = np.zeros_like(gradient), 1e-6
    for i in range(len(nudged)):
        for side in (1, -1):
            net.parameters[i] += side * h
            nudged[i] += side * backpropagate()[0] / (2 * h)
            net.parameters[i] -= side * h
    np.testing.assert_allclose(gradient, nudged, atol=1e-7)


def test_the_pages_dropout_is_right_on_average_and_off_when_predicting():
    names = {"np": np, "Network": Network, "cross_entropy": functions.cross_entropy}
    exec(code_of("regularisation", "class Dropout"), names)
    X, targets = np.ones((40_000, 2)), np.full((40_000, 2), 0.5)
    net = names["Dropout"]((2, 3, 2), seed=0, dtype=np.float64)
    net.weights[0][:] = 1
    # dropped answers show in the gradient of the second layer: answers.T @ delta
    net.weights[1][:] = 0
    net.biases[1][:] = (1, 0)
    delta = functions.cross_entropy_delta(net.predict_proba(X), targets)
    whole = net.feedforward(X)[1].T @ delta
    _, gradient = net.backpropagate(X, targets)
    np.testing.assert_allclose(net._split(gradient)[0][1], whole, rtol=0.02)
    np.testing.assert_array_equal(
        net.predict_proba(X[:5]), Network.feedforward(net, X[:5])[-1], strict=True
    )
