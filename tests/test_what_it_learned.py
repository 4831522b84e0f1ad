"""What the page on learned weights and misread digits shows, and what its text says of it."""

import json

import numpy as np
import pytest

from benchmarks import what_it_learned, your_number
from benchmarks.steps import RESULTS


@pytest.fixture(scope="module")
def found():
    return json.loads((RESULTS / "what_it_learned.json").read_text("utf-8"))


@pytest.mark.parametrize("dtype", [np.int8, np.uint8])
def test_what_is_packed_can_be_unpacked(dtype):
    limits = np.iinfo(dtype)
    images = np.linspace(limits.min, limits.max, 2 * 784).astype(dtype).reshape(2, 784)
    assert np.array_equal(what_it_learned.unpack(what_it_learned.pack(images), dtype), images)


def test_counts_mistakes_of_several_networks():
    y = np.array([3, 5, 3, 5])
    answers = np.array([[3, 3, 5, 5], [3, 3, 3, 3]])  # of two networks
    probabilities = np.full((2, 4, 10), 0.01)
    for network, image in np.ndindex(answers.shape):
        probabilities[network, image, answers[network, image]] = 0.6 + 0.1 * network
    X = np.linspace(0, 1, 4 * 784, dtype=np.float32).reshape(4, 784)
    result = what_it_learned.mistakes(probabilities, X, y)
    assert result["mistakes"]["in_all"] == 4
    assert result["mistakes"]["by_any"] == 3
    assert result["mistakes"]["by_all"] == 1
    assert result["mistakes"]["caught_by_unsure"] == 1, "200 of 4 are all of them"
    assert result["tables"]["pairs"]["rows"][0] == ["3\u00a0and\u00a05", 4, 1, 3]
    assert result["misread"]["indices"] == [1]
    assert result["misread"]["read"] == [[3, 3]]


def test_its_numbers_fit_together(found):
    confusion = np.array(found["confusion"])
    mistakes = found["mistakes"]
    assert confusion.sum() == mistakes["in_all"]
    wrong = 1 - np.array(found["scores"])
    assert round(10_000 * wrong.sum()) == mistakes["in_all"]
    assert mistakes["by_all"] < mistakes["by_any"] < mistakes["in_all"]
    pairs = found["tables"]["pairs"]["rows"]
    assert sum(row[1] for row in pairs) / mistakes["in_all"] == mistakes["in_shown_pairs"]
    assert len(found["misread"]["indices"]) == what_it_learned.SHOWN_MISTAKES


def test_is_step_7s_network(found):
    step_7 = json.loads((RESULTS / "step07_network_from_scratch.json").read_text("utf-8"))
    assert found["median"] == pytest.approx(step_7["median"], abs=0.001)


def test_shows_what_the_page_says(found):
    plain, decayed, neurons = found["plain"], found["decayed"], found["neurons"]
    assert plain["silent"] == decayed["silent"] == [10], "second row, third picture"
    assert plain["mean_size_where_never_inked"] > 0.03, "random numbers are left there"
    assert decayed["mean_size_where_never_inked"] < 0.2 * plain["mean_size_where_never_inked"]
    assert abs(plain["median"] - decayed["median"]) < 0.002, "as good either way"

    outgoing = np.array(neurons["outgoing"])
    assert outgoing[0].argmax() == 8
    assert outgoing[0].argmin() == 7
    assert set(np.argsort(outgoing[1])[-3:]) == {1, 3, 8}
    assert outgoing[1].argmin() == 0
    assert outgoing[2].argmax() == 9
    assert outgoing[2].argmin() == 6
    assert outgoing[3].argmax() == 4
    assert outgoing[3].argmin() == 5


def test_how_much_luck_there_is_in_a_score():
    assert your_number.luck()["rows"][1] == ["97 %", "0.80", "0.17"]


def test_one_thread_repeats_itself_and_two_do_not():
    found = json.loads((RESULTS / "your_number.json").read_text("utf-8"))
    assert found["repeated_exactly"]
    assert found["answers_that_differ"]["minimum"] > 0
    for row in found["tables"]["threads"]["rows"]:
        assert row[1] == row[2]
