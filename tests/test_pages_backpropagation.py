"""The numbers that the page about backpropagation works out by hand are those of `Network`."""

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
