"""The activation functions of the widgets are those of `workshop.functions` and of the pages."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from tests import in_node
from workshop.functions import relu, relu_derivative, sigmoid, sigmoid_derivative

SCRIPT = Path(__file__).parents[1] / "docs" / "assets" / "js" / "widgets" / "activations.js"
Z = np.concatenate([np.linspace(-12, 12, 97), [-40, 1e-9, 40]])
COMPUTE = """
const vm = require("vm");
vm.runInThisContext(require("fs").readFileSync(process.argv[1], "utf8"));
const { ACTIVATIONS, saturation, logit, sigmoid } = globalThis.FirstNeuron.activations;
const zs = JSON.parse(process.argv[2]);
const told = (one) => ({
  value: zs.map(one.value), slope: zs.map(one.slope), flat: saturation(one).map(String),
  there: saturation(one).map(one.slope), back: zs.map((z) => logit(sigmoid(z / 4))),
});
const entries = Object.entries(ACTIVATIONS).map(([name, one]) => [name, told(one)]);
console.log(JSON.stringify(Object.fromEntries(entries)));
"""
normal = np.vectorize(lambda z: 0.5 * (1 + math.erf(z / math.sqrt(2))))
PYTHON = {
    "step": (np.where(Z > 0, 1, 0), 0 * Z),
    "sigmoid": (sigmoid(Z), sigmoid_derivative(sigmoid(Z))),
    "tanh": (np.tanh(Z), 1 - np.tanh(Z) ** 2),
    "relu": (relu(Z), relu_derivative(relu(Z))),
    "leaky": (np.where(Z > 0, Z, 0.01 * Z), np.where(Z > 0, 1, 0.01)),
    "gelu": (Z * normal(Z), normal(Z) + Z * np.exp(-(Z**2) / 2) / math.sqrt(2 * math.pi)),
}


@pytest.fixture(scope="module")
def found() -> dict[str, dict]:
    return in_node.answer(["-e", COMPUTE, str(SCRIPT), json.dumps((Z + 0.0).tolist())])


def test_they_are_those_of_the_page(found):
    assert list(found) == list(PYTHON)


@pytest.mark.parametrize("name", PYTHON)
def test_values_and_slopes_equal_python(found, name: str):
    here = np.array(Z != 0)  # at zero, the step has no slope
    value, slope = (np.array(found[name][what], dtype=float) for what in ("value", "slope"))
    np.testing.assert_allclose(value, PYTHON[name][0], rtol=0, atol=1e-14)
    np.testing.assert_allclose(slope[here], PYTHON[name][1][here], rtol=0, atol=1e-14)
    assert math.isnan(slope[Z == 0].item()) == (name == "step")


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("step", math.inf, -math.inf),  # all over
        ("sigmoid", -4.584863339122, 4.584863339122),  # where a (1 - a) is 0.01
        ("tanh", -math.atanh(math.sqrt(0.99)), math.atanh(math.sqrt(0.99))),
        ("relu", 0, math.inf),  # only on the left
        ("leaky", -math.inf, math.inf),  # never
        ("gelu", -3.067427203909, math.inf),
    ],
)
def test_it_says_where_each_of_them_is_flat(found, name: str, left: float, right: float):
    flat = [float(edge.replace("Infinity", "inf")) for edge in found[name]["flat"]]
    assert flat == pytest.approx([left, right], abs=1e-9)
    if math.isfinite(left) and name != "relu":
        assert abs(found[name]["there"][0]) == pytest.approx(0.01)


def test_the_inverse_of_the_sigmoid(found):
    near = np.abs(Z) <= 12
    np.testing.assert_allclose(np.array(found["sigmoid"]["back"])[near], Z[near] / 4, atol=1e-12)
