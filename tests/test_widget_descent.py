"""The mathematics of `<one-neuron>` in Node: its numbers are those of `workshop.neuron`."""

import base64
from pathlib import Path

import numpy as np
import pytest

from tests import in_node
from workshop.datasets import load_ten_points
from workshop.neuron import descend, gradients, largest_stable_rate, least_squares

X, Y = load_ten_points()
LIMIT = largest_stable_rate(X)
RATES = [1e-4, 0.001, 0.01, 0.99 * LIMIT, 1.01 * LIMIT, 0.1, 1.0]
COUNTS = [1, 2, 7, 8, 9, 16, 23, 40]  # NumPy adds eight numbers or more in another order
EXACT = 1e-12


def cases() -> list[tuple[np.ndarray, np.ndarray, dict[str, float]]]:
    """Return x, y and where and how to descend."""
    made = [(X, Y, {"weight": 1, "bias": 1, "rate": rate, "steps": 100}) for rate in RATES]
    made.append((X, Y, {"weight": 1, "bias": 1, "rate": 0.1, "steps": 400}))  # to inf, then nan
    made.append((X, Y, {"weight": 1, "bias": 1, "rate": 0.01, "steps": 0}))
    rng = np.random.default_rng(7)
    for count in COUNTS:
        x, y = rng.uniform(-6, 6, count), rng.uniform(-3, 8, count)
        weight, bias, rate = rng.uniform(-3, 3), rng.uniform(-2, 6), 10 ** rng.uniform(-4, -1)
        made.append((x, y, {"weight": weight, "bias": bias, "rate": rate, "steps": 100}))
    return made


CASES = cases()


def doubles(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


@pytest.fixture(scope="module")
def said() -> dict:
    """Return what the script says to all cases, in one process."""
    asked = [{"points": np.column_stack([x, y]).tolist(), **case} for x, y, case in CASES]
    return in_node.answer([str(Path(__file__).with_name("descent.cjs"))], asked)


def test_it_begins_with_the_ten_points_of_the_workshop(said):
    assert np.array_equal(np.transpose(said["points"]), [X, Y])


def test_every_step_is_that_of_python(said):
    for (x, y, case), answer in zip(CASES, said["answers"], strict=True):
        path = descend(
            x,
            y,
            weight=case["weight"],
            bias=case["bias"],
            learning_rate=case["rate"],
            steps=case["steps"],
        )
        for name, text in zip(path._fields, answer["path"], strict=True):
            numbers = doubles(text)
            assert len(numbers) == case["steps"] + 1
            np.testing.assert_allclose(
                numbers,
                getattr(path, name),
                rtol=EXACT,
                err_msg=f"{name} of {case}, {len(x)} points",
            )


def test_an_explosion_goes_on_to_infinity_and_beyond(said):
    costs = doubles(said["answers"][len(RATES)]["path"][2])
    infinite, lost = np.isinf(costs).argmax(), np.isnan(costs).argmax()
    assert 0 < infinite < lost < 400
    assert np.isfinite(costs[:infinite]).all()
    assert np.isnan(costs[lost:]).all()


def test_slopes_limit_and_the_lowest_point_are_those_of_python(said):
    for (x, y, case), answer in zip(CASES, said["answers"], strict=True):
        here = gradients(x, y, case["weight"], case["bias"])
        np.testing.assert_allclose(doubles(answer["gradients"]), here, rtol=EXACT)
        np.testing.assert_allclose(doubles(answer["limit"]), largest_stable_rate(x), rtol=EXACT)
        if len(x) > 1:
            np.testing.assert_allclose(doubles(answer["lowest"]), least_squares(x, y), rtol=1e-9)


def test_the_map_is_drawn_along_the_bowls_own_directions(said):
    for (x, _, _), answer in zip(CASES, said["answers"], strict=True):
        hessian = 2 * np.array([[np.sum(x * x), np.sum(x)], [np.sum(x), len(x)]])
        curvatures, directions = np.linalg.eigh(hessian)
        steep = curvatures[1]
        np.testing.assert_allclose(doubles(answer["curvatures"]), curvatures, atol=1e-12 * steep)
        angle = doubles(answer["direction"])[0]
        along = abs(directions[:, 1] @ [np.cos(angle), np.sin(angle)])
        assert along == pytest.approx(1)


def test_one_point_alone_has_a_whole_valley_of_lowest_lines(said):
    (case,) = [i for i, (x, _, _) in enumerate(CASES) if len(x) == 1]
    x, y, _ = CASES[case]
    weight, bias = doubles(said["answers"][case]["lowest"])
    assert bias + weight * x[0] == pytest.approx(y[0])
    assert (weight, bias) == pytest.approx(tuple(np.linalg.pinv([[x[0], 1]]) @ y))
