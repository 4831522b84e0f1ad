"""What the page on curved boundaries shows in code, and the numbers in its text."""

import json
import math
import re
from statistics import NormalDist

import pytest
import torch
from torch import nn

from benchmarks.steps import RESULTS
from workshop.datasets import make_moons
from workshop.pytorch.dense import DenseNetwork


@pytest.fixture(scope="module")
def rows():
    """Return what the page's table says: points, linear, network, best possible, gap."""
    found = json.loads((RESULTS / "step11_curved_boundaries.json").read_text("utf-8"))
    return {row[0]: row[1:] for row in found["tables"]["changes"]["rows"]}


def middle(cell):
    """Return the middle of a range such as 74.1–98.9, or the number that stands alone."""
    ends = [float(number) for number in cell.split("–")]
    return sum(ends) / len(ends)


def test_a_layer_for_one_number_refuses_two():
    points = torch.as_tensor(make_moons(3000)[0])
    # --8<-- [start:shapes]
    refusal = "mat1 and mat2 shapes cannot be multiplied (3000x2 and 1x512)"
    with pytest.raises(RuntimeError, match=re.escape(refusal)):
        nn.Linear(in_features=1, out_features=512)(points)
    # --8<-- [end:shapes]


def test_the_network_is_the_layers_that_the_page_writes_out():
    # --8<-- [start:layers]
    network = nn.Sequential(
        nn.Linear(2, 64),
        nn.ReLU(),
        nn.Linear(64, 64),
        nn.ReLU(),
        nn.Linear(64, 3),
    )
    # --8<-- [end:layers]
    ours = DenseNetwork((2, 64, 64, 3)).layers[1:]  # the first makes a list of an image
    assert str(list(network)) == str(list(ours))


def test_between_class_0_and_class_2_every_answer_is_as_far():
    # --8<-- [start:distance]
    classes = torch.tensor([0.0, 2.0])  # each as likely as the other
    for answer in (0.0, 0.5, 1.0, 1.5, 2.0):
        answers = torch.tensor([answer, answer])
        assert nn.L1Loss()(answers, classes) == 1.0
    # --8<-- [end:distance]


def test_arms_four_radians_apart_lie_in_pairs():
    apart = 2 * (2 * math.pi) - 3 * 4.0
    assert round(2 * (2 * math.pi), 2) == 12.57
    assert round(apart, 2) == 0.57
    assert round(apart / 2, 2) == 0.28
    crossing = 1 - NormalDist(0, 0.2).cdf(apart / 2)
    assert round(1 / crossing) == 13


def test_the_table_says_what_the_text_says(rows):
    linear, network, best, gap = range(4)
    for row in rows.values():
        assert float(row[gap].split("–")[-1]) < 1
    assert middle(rows["circles"][linear]) < 60
    assert middle(rows["four blobs"][linear]) == pytest.approx(
        middle(rows["four blobs"][network]), abs=0.6
    )
    assert middle(rows["moons, noise 0.5"][linear]) > middle(rows["moons, noise 0.5"][best]) - 3
    low, high = (float(number) for number in rows["four blobs"][best].split("–"))
    assert high - low > 15
