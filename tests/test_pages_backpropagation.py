"""Numbers worked out by hand on the pages about backpropagation are those of `Network`, and code
that stands on these pages only is right.
"""

import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from workshop import functions, network
from workshop.network import Network
from workshop.training import train

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


def prose() -> str:
    """Return the text of the page's Markdown cells."""
    cells = json.loads(PAGE.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def sections() -> dict[str, list[tuple[str, str, str]]]:
    """Return the rows of the page's tables that name a number, by the heading above them.

    A name is without its marks: w²₁₂ is w212.
    """
    _, *parts = re.split(r"^## ", prose(), flags=re.M)
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
            values |= {f"a{layer - 1}{k}": answers[0, k - 1] for k in (1, 2)}
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
    assert named == {name for name in everything if not re.match("[wba]", name)}


def test_every_number_that_the_prose_gives_a_name_is_the_networks(by_network):
    start = by_network(LinearNetwork, "sum_of_squares")
    name = r"<i>([a-zδ])</i><sup>(\d)</sup><sub>(\d+)</sub>"
    told = re.findall(rf"{name}(?: |&nbsp;)=(?: |&nbsp;)(−?\d[\d.]*\d|−?\d)", prose())
    for letter, layer, low, value in told:
        assert arithmetic(value) == start[letter + layer + low], (letter, layer, low)
    named = {letter + layer + low for letter, layer, low, _ in told}
    assert named == {name for name in start if re.match("[wba]", name)}


def test_every_sum_in_the_prose_is_right():
    sums = re.findall(r"([−·+\d.() ]+\d\)?) = (−?[\d.]*\d)", re.sub(r"</?\w+>", "", prose()))
    sums = [(work, value) for work, value in sums if "·" in work]
    assert sums
    for work, value in sums:
        assert arithmetic(work) == arithmetic(value), work


def test_the_matrices_that_are_written_out_are_the_networks():
    written = re.findall(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", prose())
    numbers = [
        np.array([[float(n) for n in row.split("&")] for row in matrix.split(r"\\")])
        for matrix in written
    ]
    delta_2, turned, delta_1, answers, again, gradient = numbers
    np.testing.assert_array_equal(turned, HAND.w2)  # (from, to), and then turned on its side
    np.testing.assert_array_equal(delta_2 @ turned, delta_1)
    np.testing.assert_array_equal(delta_2, again)
    np.testing.assert_array_equal(answers @ again, gradient)
    backwards = runpy.run_path(str(DOCS / "figures" / "backpropagation.py"))
    np.testing.assert_array_equal(np.vstack([delta_1, delta_2]), backwards["_backwards"]())
    np.testing.assert_array_equal(answers.ravel(), backwards["_forwards"]()[0])


def test_what_the_pictures_are_said_to_show_is_the_networks(by_network):
    def said(values: dict[str, float], *names: str) -> str:
        return " and ".join(f"{values[n]:g}".replace("-", "minus ") for n in names)

    def weights(values: dict[str, float]) -> str:
        return (
            f"Weights into the hidden neurons: {said(values, 'w111', 'w112')} into the upper, "
            f"{said(values, 'w121', 'w122')} into the lower. "
            f"Weights into the outputs: {said(values, 'w211', 'w212')} into the upper, "
            f"{said(values, 'w221', 'w222')} into the lower."
        )

    text = prose()
    start = by_network(LinearNetwork, "sum_of_squares")
    after = {
        name: round(value, 12)
        for name, value in by_network(LinearNetwork, "sum_of_squares", steps=1).items()
    }
    slopes = [said(start, f"∂C / ∂w{i}") for i in (111, 112, 121, 122, 211, 212, 221, 222)]
    for words in (
        weights(start),
        weights(after),
        f"In the outputs stand the deltas {said(start, 'δ21', 'δ22')}, "
        f"in the hidden neurons {said(start, 'δ11', 'δ12')}.",
        f"{', '.join(slopes[:3])} and {slopes[3]} in the first layer, "
        f"{', '.join(slopes[4:7])} and {slopes[7]} in the second.",
        f"The hidden neurons answer {said(after, 'z11', 'z12')}, "
        f"the outputs {said(after, 'z21', 'z22')}, which should be 1 and 0.",
        f"The cost was {start['C']:g}. After one step it is {after['C']:g}",
        f"Its cost is {after['C']:g}.",
        f"The {start['δ11']:g} in the upper hidden neuron was worked out",
    ):
        assert words in text, words
    in_code = re.search(r"by_hand = (\[.*\])", code_of("backpropagation", "by_hand"))
    order = ("w111", "w112", "w121", "w122", "b11", "b12")
    order += ("w211", "w212", "w221", "w222", "b21", "b22")
    assert json.loads(in_code[1]) == [start[f"∂C / ∂{name}"] for name in order]


def test_the_shapes_on_the_page_about_the_code_are_those_of_the_network():
    text = (DOCS / "theory" / "backpropagation_in_code.md").read_text(encoding="utf-8")
    text = text.replace("&nbsp;", " ")  # so that no line breaks inside a shape
    products = re.findall(r"\((\d+), (\d+)\) · \((\d+), (\d+)\) = \((\d+), (\d+)\)", text)
    for row, inner, same, column, *result in products:
        assert (inner, [row, column]) == (same, result)
    told = {(int(row), int(column)) for *_, row, column in products}

    net = Network((784, 128, 10), seed=0)
    X, targets = np.zeros((64, 784), np.float32), functions.one_hot(np.arange(64) % 10, 10)
    _, gradient = net.backpropagate(X, targets)
    weight_gradients, bias_gradients = net._split(gradient)
    sums = [answers.shape for answers in net.feedforward(X)[1:]]
    assert told == {*sums, *(g.shape for g in weight_gradients)}
    for array in (X, gradient, *bias_gradients):
        assert str(array.shape) in text


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


def test_initialisation(run_page):
    page = run_page("theory/initialisation")
    equal, score = page["equal"], page["score"]
    assert len(np.unique(equal.weights[0].round(4), axis=1).T) == 1  # "still one neuron"
    assert score(equal) < 0.5 < 0.9 < score(page["random"])

    through, tanh = page["sizes_through"], np.tanh
    assert 3e-6 < through(tanh, 0.02)[-1] < 3e-5  # "a hundred-thousandth"
    assert np.mean(abs(page["a"]) > 0.99) > 0.5  # "most of them are near -1 or 1"
    grown = through(lambda z: np.maximum(z, 0), 2 * page["he"])
    assert 500 < grown[-1] < 2000  # "a factor of a thousand after ten"

    sizes, deep = page["gradient_sizes"], page["deep_network"]
    level, half, twice = (np.array(sizes(deep("relu", f))) for f in (1, 0.5, 2))
    assert level.max() < 4 * level.min()
    assert 300 < np.median(level / half) < 3000  # "a thousand times too small or too large"
    assert 300 < np.median(twice / level) < 3000
    faded = sizes(deep("sigmoid"))
    assert 3e5 < faded[-1] / faded[0] < 3e6  # "a million times more slowly"

    def scores(prepare: Callable[[Network], None], epochs: int) -> float:  # "Try this"
        found = []
        for seed in range(3):
            net = Network((64, 32, 10), seed=seed)
            prepare(net)
            train(net, page["X"], page["targets"], learning_rate=0.1, epochs=epochs)
            found.append(score(net))
        return float(np.mean(found))

    def lift(net: Network) -> None:
        for biases in net.biases:
            biases[:] = 1

    def part(net: Network) -> None:
        for weights, biases in zip(net.weights, net.biases, strict=True):
            weights[:], biases[:] = 0.02, net.rng.normal(0, 1, biases.shape)

    assert scores(lift, 10) > 0.95  # "do little harm"
    assert scores(part, 3) < 0.6  # "still far behind"
    assert 0.9 < scores(part, 10) < scores(lift, 10)  # "nearly caught up"
