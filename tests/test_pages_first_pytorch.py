"""What the pages of steps 9 and 10 say in words is true of what their cells compute."""

from pathlib import Path

import numpy as np
import pytest
import torch

from workshop.datasets import make_counting_ones, make_straight_line


def test_count_the_ones(run_page, capsys):
    page = run_page("pytorch/step09_count_the_ones")

    lines = [line for line in page["loop"].splitlines() if line]
    assert len(lines) == 4  # "these four lines"
    assert lines[0].startswith("optimizer.zero_grad()")
    assert lines[2].startswith("batch_loss.backward()")

    printed = capsys.readouterr().out
    assert "rounded wrong: 0\n" in printed
    np.testing.assert_allclose(page["path"][-1], [1] * 10 + [0], atol=1e-3)
    within_200 = page["path"][200:, :10]
    assert abs(within_200 - 1).max() < 0.05  # the alt text: "within about 200 epochs"
    assert page["done"].stdout == "6.000\n"
    assert not Path(page["folder"].name).exists()

    (_, rate, with_relu, worst), (_, _, slow, slow_worst), (_, fast_rate, fast, fast_worst) = page[
        "rows"
    ]
    assert (rate, fast_rate) == (0.01, 0.05)
    assert 2 <= with_relu <= 8  # "a few"
    assert with_relu == page["flat"].sum()  # all that fail are dead, none learned and then failed
    assert slow == fast == 0
    assert min(worst, slow_worst) > 0.05 > 0.001 > fast_worst  # "not finished", "At 0.05, they are"

    counts = page["y_coins"][:, 0]
    assert 1 <= counts.min() <= counts.max() <= 8  # "none without ones, none with nine or ten"
    wrong = page["wrong"]
    failed = wrong.any(axis=0)
    assert 1 < failed.sum() < 50
    assert wrong.sum(axis=0).max() <= 10  # "a list or a few"
    assert set(page["truth"][wrong.any(axis=1), 0]) <= {0, 1, 9, 10}  # "at the edges"
    linear = page["neurons"].layers[1]
    weights, biases = linear.weight.detach().cpu().numpy(), linear.bias.detach().cpu().numpy()
    assert weights[failed].mean(axis=1).max() < 1  # "a little too small"
    assert biases[failed].min() > 0  # "too large"

    X, y = make_counting_ones(8, seed=0)  # "Try this"
    _, answers, losses = page["train_a_hundred"](X, y, rate=0.05)
    assert losses[-1].max() < 0.001
    assert np.median((answers.round() != page["truth"]).sum(axis=0)) > 100


def test_straight_line(run_page, capsys):
    page = run_page("pytorch/step10_straight_line")
    assert "lies on:" in capsys.readouterr().out
    assert make_straight_line()[0].max() == pytest.approx(0.98)

    error = {
        name: abs(np.array(page["numbers_of"](trained)) - [0.7, 0.3]).max()
        for name, (trained, _) in page["runs"].items()
    }
    assert error["L1, rate falls to 0"] < 0.01
    assert error["squared, rate 0.3"] < 0.0005
    assert error["L1, rate 0.01"] > error["L1, rate 0.1"] > 0.05  # has not arrived; jumps

    last = page["runs"]["L1, rate 0.1"][1][300:, 0]
    assert 0.6 < last.min() < 0.62 < 0.65 < last.max() < 0.67  # the alt text: 0.61 and 0.66
    assert (np.diff(last) * np.diff(last)[0] > 0).mean() == pytest.approx(0.5, abs=0.2)  # zigzag

    with_line, without = page["with_line"], page["without"]
    assert abs(with_line[300:] - [0.7, 0.3]).max() < 0.03  # arrives, and stays
    for i, true in ((0, 0.7), (1, 0.3)):
        side = np.sign(without[:, i] - true)
        assert (side[1:] != side[:-1]).sum() >= 4  # swings around it
        assert abs(without[300:, i] - true).max() > 0.5  # until the end
    assert page["distance"].min() > 0.1  # no lucky epoch

    page["X_train"], page["y_train"] = make_straight_line(40, noise=0.05)  # "Try this"
    neuron, _ = page["learn"](torch.nn.L1Loss(), 0.1, schedule=page["one_cycle"])
    test = make_straight_line(1000, noise=0.05, seed=1)
    loss, _ = page["evaluate"](neuron, *test, loss=torch.nn.L1Loss())
    assert loss == pytest.approx(0.05 * np.sqrt(2 / np.pi), rel=0.2)  # the size of the noise
    assert abs(np.array(page["numbers_of"](neuron)) - [0.7, 0.3]).max() < 0.1
