"""What the theory pages about descending say in words is true of what their cells compute."""

from typing import Any

import numpy as np
import pytest

from workshop.datasets import load_ten_points
from workshop.neuron import cost, descend, gradients, largest_stable_rate, least_squares, output


def steps_until_close(x: np.ndarray, y: np.ndarray, rate: float) -> int:
    """Count the steps until weight and bias are within 0.001 of the best line."""
    path, best = descend(x, y, learning_rate=rate, steps=600), least_squares(x, y)
    far = np.maximum(abs(path.weights - best[0]), abs(path.biases - best[1])) >= 1e-3
    return int(np.flatnonzero(far).max()) + 1


def test_single_neuron(run_page):
    page = run_page("theory/single_neuron")
    x, y, path = page["x"], page["y"], page["path"]
    assert page["slope_in_w"] == pytest.approx(page["by_weight"], rel=1e-3)
    assert page["slope_in_b"] == pytest.approx(page["by_bias"], rel=1e-2)
    assert path.weights[0] > 0 > path.weights[1]  # "from pointing up to pointing steeply down"
    assert path.weights[1] < page["best_weight"]  # "too steeply, in fact"
    assert path.costs[1] < path.costs[0]
    assert path.biases[1] < path.biases[0] < path.biases[-1]  # "away from where it will end"
    ends = page["ends"]  # the dashed line "lies a little above it everywhere", and costs more
    gap = 3 - 0.7 * ends - (page["best_bias"] + page["best_weight"] * ends)
    assert ((gap > 0) & (gap < 0.5)).all()
    assert cost(x, y, -0.7, 3) > cost(x, y, page["best_weight"], page["best_bias"])
    assert (path.weights[-1], path.biases[-1]) == pytest.approx(least_squares(x, y), abs=0.01)

    slipped = y.copy()
    slipped[-1] = 35
    assert y[-1] == 3.5
    assert abs(least_squares(x, slipped)[0] - page["best_weight"]) > 0.3  # "a lot"

    assert output(np.array(3), 2, -1) == 5  # the quiz


def test_partial_derivatives_by_hand():
    x, y = load_ten_points()
    assert (x[0], y[0]) == (-2, 4.4)
    assert output(x[0], 1, 1) == -1
    assert output(x[0], 1, 1) - y[0] == pytest.approx(-5.4)
    assert cost(x[:1], y[:1], 1, 1) == pytest.approx(29.16)
    assert gradients(x[:1], y[:1], 1, 1) == pytest.approx((21.6, -10.8))
    assert cost(x[1:2], y[1:2], -0.14, 1) < 0.001  # "Try this"

    one_x, one_y = np.array([2.0]), np.array([1.0])  # the quiz
    assert gradients(one_x, one_y, 1, 2) == (12, 6)
    assert cost(one_x, one_y, 1, 2) == 9


def test_partial_derivatives(run_page):
    page = run_page("theory/partial_derivatives")
    sums = sum(page["by_weight"]), sum(page["by_bias"])
    assert sums == pytest.approx(page["exact"])
    assert page["by_nudge"] == pytest.approx(sums, rel=1e-3)
    assert page["by_nudge"] != pytest.approx(sums, rel=1e-7)  # "off in the last digits"
    assert np.sum(page["by_weight"] > 0) == 9  # "nearly all pull the same way"
    pulls = abs(page["by_bias"])
    assert abs(sums[1]) < 0.1 * sum(pulls)  # "most of the pull cancels"


def test_learning_rate(run_page):
    page = run_page("theory/learning_rate")
    x, y = page["x"], page["y"]
    assert page["limit"] == pytest.approx(0.011449, abs=1e-6)
    assert page["limit"] == pytest.approx(largest_stable_rate(x))
    assert page["wild"].costs[-1] > 1e80
    steepest, flattest = page["steepest"], page["flattest"]
    assert -17 < 1 - 0.1 * steepest < -16  # "more than sixteen times as far out"
    assert -1 < 1 - 0.1 * flattest < 1  # "would arrive"
    assert -1 < 1 - 0.01 * steepest < 0 < 1 - 0.01 * flattest < 1  # "the first is negative"
    assert 0 < 1 - 0.001 * steepest < 0.9 < 0.98 < 1 - 0.001 * flattest < 1  # "nearly all"
    growth = page["wild"].costs[4] / page["wild"].costs[3]
    assert growth == pytest.approx((1 - 0.1 * steepest) ** 2, abs=0.01)
    parts = abs(page["directions"])  # columns: flattest, steepest
    assert parts[0, 1] > 0.95  # "nearly that of w"
    assert parts[1, 0] > 0.95  # "nearly that of b"
    best = page["rates"][np.argmin(page["needed"])]
    assert best == pytest.approx(2 / (steepest + flattest), abs=1e-4)
    assert 35 < steps_until_close(x, y, 0.01) < 60
    assert 8 < steps_until_close(x, y, 0.001) / steps_until_close(x, y, 0.01) < 13

    half = x / 2  # "Try this"
    assert least_squares(half, y)[0] == pytest.approx(2 * page["best_weight"])
    assert largest_stable_rate(half) == pytest.approx(0.042, abs=0.0005)
    rates = np.geomspace(0.01, 0.99 * largest_stable_rate(half), 20)
    assert min(steps_until_close(half, y, rate) for rate in rates) < min(page["needed"])


def test_minima_and_saddles(run_page):
    page = run_page("theory/minima_and_saddles")
    bottoms = page["bottoms"]
    assert len(bottoms) == 4
    assert np.argmin(page["bumpy"](bottoms)) == 1
    away = page["steps_until_away"]
    assert away(0.001) - away(0.1) == away(0.00001) - away(0.001) == 25
    assert away(0.0) == 1000

    solved = list(page["solved"].values())
    assert solved == sorted(solved)
    assert solved[0] < 10  # of 40: "stuck nearly every time"
    assert solved[-1] >= 38

    loss = page["loss"]
    assert loss(page["swapped"]) < 0.1 < 2 * loss(page["swapped"]) < loss(page["halfway"])
    assert max(page["losses"]) < 0.1
    assert min(page["scores"]) > 0.94
    assert max(abs(page["alike"])) < 0.3  # hardly alike
    before_trained = page["shares"] <= 1.001
    for curve in page["curves"]:
        assert (np.diff(np.array(curve)[before_trained]) < 0.005).all()  # "no bump"


def test_mini_batches(run_page):
    page = run_page("theory/mini_batches")
    noise = np.array(page["noise"])
    assert noise[1:4] / noise[:3] == pytest.approx([0.5, 0.5, 0.5], abs=0.05)
    assert noise[4] < 0.48 * noise[3]  # "a little less than that rule says"
    assert np.mean(page["angles"][0] < 90) > 0.8
    assert np.mean(page["angles"][2] < 90) == 1
    assert np.median(page["angles"][2]) < 35

    last = {size: losses[-1] for size, losses in page["curves"].items()}
    assert last[4] < last[1] < last[64] < last[1347]
    assert last[1347] > 2

    right = page["y_test"]
    assert np.mean(page["shuffled"] == right) > 0.85
    assert np.mean(page["in_order"] == 9) > 0.95
    table = page["table"]
    assert table[8, 0.1] < table[32, 0.3] < table[128, 1] < table[128, 0.1] / 3
    assert all(table[size, 3] > 2.2 for size in (8, 32, 128, 512))

    best, walk = page["best"], page["walk"]
    ends = {size: np.hypot(*(walk(size)[-1] - best)) for size in (10, 2, 1)}
    assert ends[1] < ends[2] < ends[10]
    wobble = {size: walk(size, epochs=300)[-100 // size :] - best for size in (10, 1)}
    assert np.hypot(*wobble[10].T).max() < 0.005
    assert np.hypot(*wobble[1].T).max() > 0.05


def test_optimizers(run_page):
    page = run_page("theory/optimizers")
    steps = {name: page["steps_needed"](path) for name, path in page["found"].items()}
    assert max(steps["Momentum"], steps["Adam"]) < min(steps["SGD"], steps["RMSProp"]) / 3
    assert (page["path"][0] == 1).all()

    walk, Momentum = page["walk"], page["Momentum"]
    fewest = {}
    for share in (0.5, 0.8, 0.9, 0.99):  # "Try this"
        paths = [walk(Momentum(share), float(rate)) for rate in np.geomspace(1e-4, 1e-2, 15)]
        fewest[share] = min(map(page["steps_needed"], paths))
    assert fewest[0.8] < 0.7 * fewest[0.9] < 0.7 * fewest[0.5]
    assert fewest[0.99] > 2 * fewest[0.9]

    place = np.array([1.0, 1.0])
    for _ in range(200):  # the quiz: an even slope
        before = place.copy()
        if not np.any(before != 1):
            ball = Momentum(0.9)
        ball.step(place, np.array([0.02, 0.02]), 1.0)
    assert before - place == pytest.approx(0.2)

    curves, rates = page["curves"], page["rates"]
    table = {name: [curves[name, rate][-1] for rate in rates] for name in page["OPTIMIZERS"]}
    best = {name: min(row) for name, row in table.items()}
    assert max(best["momentum"], best["adam"]) < best["rmsprop"] < best["sgd"]
    assert page["best_rates"]["sgd"] >= 10 * page["best_rates"]["adam"]
    assert all(max(row) > 10 * max(best.values()) for row in table.values())
    assert table["sgd"][0] > 2.2  # "At 0.001, plain SGD has hardly begun"

    scores = page["scores"]
    for name, rate in (("momentum", 0.1), ("momentum", 0.3), ("adam", 0.03)):
        constant, cycle = scores[name, rate, None], scores[name, rate, page["one_cycle"]]
        assert min(cycle) > min(constant)
        assert min(cycle) - min(constant) > max(cycle) - max(constant) - 0.01


def test_plain_descent_is_best_on_the_ten_points_as_they_were(run_page):
    from workshop.optimizers import Adam, Momentum, RMSProp

    x, y = load_ten_points()
    best = np.array(least_squares(x, y))

    def steps_needed(optimizer: Any, rate: float) -> int:
        place, away = np.array([1.0, 1.0]), []
        for _ in range(400):
            optimizer.step(place, np.array(gradients(x, y, *place)), rate)
            away.append(max(abs(place - best)))
        return int(np.flatnonzero(np.array(away) > 0.01).max(initial=0)) + 2

    path = descend(x, y, learning_rate=0.01, steps=100)
    far = np.maximum(abs(path.weights - best[0]), abs(path.biases - best[1])) > 0.01
    plain = np.flatnonzero(far).max() + 1
    assert 25 < plain < 35
    for kind, rates in ((Momentum, (0.001, 0.003)), (Adam, (0.1, 0.3)), (RMSProp, (0.03, 0.1))):
        assert all(steps_needed(kind(), rate) > plain for rate in rates)
