"""The network by hand, as the widget works it out, is that of the page and of `Network`."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from tests import in_node
from tests.test_pages_backpropagation import HAND, LinearNetwork, sections
from workshop import functions, network
from workshop.network import ACTIVATIONS, Network

FOLDER = Path(__file__).parents[1] / "docs" / "assets" / "js" / "widgets"
SCRIPTS = [str(FOLDER / f"{name}.js") for name in ("activations", "hand_network", "hand_steps")]
COMPUTE = """
const [asked, ...scripts] = process.argv.slice(1);
const { readFileSync } = require("fs");
for (const script of scripts) require("vm").runInThisContext(readFileSync(script, "utf8"));
const { handNetwork, handSteps } = globalThis.FirstNeuron;
const told = JSON.parse(asked).map(([changes, hidden, cost]) => {
  const numbers = { ...handNetwork.START, ...changes };
  const values = handNetwork.workOut(numbers, hidden, cost);
  const steps = handSteps.steps(values, hidden, cost)
    .map((step) => ({ ...step, title: handSteps.set(step.name) }));
  return { numbers, values, steps };
});
console.log(JSON.stringify(told));
"""


def work_out(*asked: tuple[dict[str, float], str, str]) -> list[dict]:
    """Let the widget's scripts work out some networks: changed numbers, activation and cost."""
    return in_node.answer(["-e", COMPUTE, json.dumps(asked), *SCRIPTS])


def by_python(numbers: dict[str, float], hidden: str, cost: str) -> dict[str, float]:
    """Work out the same with `Network`: sums, answers, deltas, derivatives, and one step."""
    kind = LinearNetwork if cost == "squares" else Network
    loss = "sum_of_squares" if cost == "squares" else "cross_entropy"
    net = kind((2, 2, 2), activation=hidden, loss=loss, dtype=np.float64)
    for layer in (1, 2):
        for to in (1, 2):
            net.biases[layer - 1][to - 1] = numbers[f"b{layer}{to}"]
            for from_ in (1, 2):
                net.weights[layer - 1][from_ - 1, to - 1] = numbers[f"w{layer}{to}{from_}"]
    X, targets = (
        np.array([[numbers["x1"], numbers["x2"]]]),
        np.array([[numbers["y1"], numbers["y2"]]]),
    )
    values: dict[str, float] = {}
    for new in ("", "new"):
        cost_now, gradient = net.backpropagate(X, targets)
        weight_gradients, bias_gradients = net._split(gradient)
        answers = net.feedforward(X)
        values[f"C{new}"] = cost_now
        for layer in (1, 2):
            sums = answers[layer - 1] @ net.weights[layer - 1] + net.biases[layer - 1]
            for to in (1, 2):
                at = f"{layer}{to}"
                values[f"z{at}{new}"] = sums[0, to - 1]
                values[f"a{at}{new}"] = answers[layer][0, to - 1]
                if new:
                    values[f"b{at}new"] = net.biases[layer - 1][to - 1]
                else:
                    values[f"d{at}"] = values[f"gb{at}"] = bias_gradients[layer - 1][to - 1]
                for from_ in (1, 2):
                    name, place = f"w{at}{from_}", (from_ - 1, to - 1)
                    if new:
                        values[f"{name}new"] = net.weights[layer - 1][place]
                    else:
                        values[f"g{name}"] = weight_gradients[layer - 1][place]
        net.parameters -= numbers["rate"] * gradient
    return values


@pytest.fixture
def squares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give `Network` the cost of the page: the squared errors, added up."""
    squares = (functions.squared_error, lambda outputs, targets: 2 * (outputs - targets))
    monkeypatch.setitem(network.LOSSES, "sum_of_squares", squares)


def some_numbers(count: int) -> list[dict[str, float]]:
    """Return networks of random numbers; the targets are probabilities, which suit both costs."""
    rng = np.random.default_rng(0)
    names = list(work_out(({}, "relu", "squares"))[0]["numbers"])
    made = []
    for _ in range(count):
        numbers = dict(zip(names, rng.normal(0, 2, len(names)).tolist(), strict=True))
        numbers["y1"] = float(rng.uniform())
        made.append(numbers | {"y2": 1 - numbers["y1"], "rate": float(rng.uniform(0, 0.3))})
    return made


@pytest.mark.usefixtures("squares")
def test_every_number_equals_that_of_network():
    asked = [
        (numbers, hidden, cost)
        for numbers in [{}, *some_numbers(12)]
        for hidden in ACTIVATIONS
        for cost in ("squares", "entropy")
    ]
    silent = 0
    for (_, hidden, cost), told in zip(asked, work_out(*asked), strict=True):
        expected = by_python(told["numbers"], hidden, cost)
        assert set(expected) <= set(told["values"])
        for name, value in expected.items():
            assert told["values"][name] == pytest.approx(value, rel=1e-12, abs=1e-12), name
        silent += hidden == "relu" and min(told["values"]["a11"], told["values"]["a12"]) == 0
    assert silent > 5, "no silent neuron was among them"


def test_it_starts_with_the_numbers_of_the_page():
    numbers = work_out(({}, "relu", "squares"))[0]["numbers"]
    for name, table in HAND._asdict().items():
        letter, layer = name[0], name[1:]
        for place, value in np.ndenumerate(table):
            index = "".join(str(i + 1) for i in place)
            assert numbers[f"{letter}{layer}{index}"] == value
    assert len(numbers) == sum(table.size for table in HAND) + 1


def test_it_tells_every_line_of_the_page_in_the_same_words():
    told, with_softmax = work_out(({}, "relu", "squares"), ({}, "relu", "entropy"))
    headings = {
        "Forwards": ("forwards",),
        "The outputs": ("outputs",),
        "One layer back": ("back",),
        "Learn one step": ("learn", "again"),
        "With another activation, and another cost": ("outputs", "back"),
    }
    lines = 0
    for heading, rows in sections().items():
        entropy = heading.startswith("With another")
        parts = headings[heading]
        steps = {
            re.sub(r"</?\w+>", "", step["title"]): step
            for step in (with_softmax if entropy else told)["steps"]
            if step["part"] in parts
        }
        for name, work, value in rows:
            assert re.sub(r"</?\w+>", "", steps[name]["work"]) == work, (heading, name)
            assert steps[name]["value"] == pytest.approx(
                float(value.replace("−", "-")), abs=1e-12
            ), (heading, name)
            lines += 1
    assert lines == 33


def test_the_factors_along_all_paths_give_the_derivative():
    asked = [
        (numbers, "sigmoid", cost) for numbers in some_numbers(4) for cost in ("squares", "entropy")
    ]
    for told in work_out(*asked):
        chained = [step for step in told["steps"] if step["part"] in ("outputs", "back")]
        assert len(chained) == 4 + 12
        for step in chained:
            paths = [np.prod([factor["value"] for factor in path]) for path in step["paths"]]
            assert sum(paths) == pytest.approx(step["value"], rel=1e-12, abs=1e-12)
            assert len(paths) == (2 if step["part"] == "back" else 1)


def test_each_step_uses_only_what_is_known_by_then():
    for cost, count in (("squares", 40), ("entropy", 42)):
        (told,) = work_out(({}, "relu", cost))
        known = {*told["numbers"], "a01", "a02", "t1", "t2"}
        if cost == "squares":  # the outputs have no activation: the answer is the sum
            known |= {"a21", "a22", "a21new", "a22new"}
        else:
            known |= {"a21new", "a22new"}
        known |= {"a11new", "a12new"}  # not told a second time
        for step in told["steps"]:
            assert set(step["uses"]) <= known, step["name"]
            known.add(step["name"])
        assert len(told["steps"]) == count


def test_softmax_makes_the_second_target_what_the_first_one_lacks():
    (told,) = work_out(({"y1": 0.25, "y2": 7}, "relu", "entropy"))
    assert (told["values"]["t1"], told["values"]["t2"]) == (0.25, 0.75)
    assert told["values"]["d21"] == pytest.approx(told["values"]["a21"] - 0.25)


def test_numbers_that_explode_are_shown_as_such():
    (told,) = work_out(({"rate": 1e200}, "relu", "squares"))
    last = told["steps"][-1]
    assert last["name"] == "Cnew"
    assert "∞" in last["work"] or "e" in last["work"]
