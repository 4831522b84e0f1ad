"""What the page on recurrent networks shows in code, and the numbers in its text."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest

from benchmarks.steps import RESULTS
from benchmarks.what_is_remembered import KINDS
from workshop.recurrence import lamp_layer
from workshop.sequences import make_lamps

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def figures():
    return runpy.run_path(str(ROOT / "docs" / "figures" / "step14_recurrent_network.py"))


def result(stem):
    return json.loads((RESULTS / f"{stem}.json").read_text("utf-8"))


def test_sequences_and_their_lamps():
    # --8<-- [start:sequences]
    X, y = make_lamps(3, (2, 5), seed=0)
    assert X.tolist() == [
        [0, 1, 1, 1, 0],
        [0, 0, -1, -1, -1],
        [0, 1, -1, -1, -1],
    ]
    assert y.tolist() == [1, 0, 1]
    # --8<-- [end:sequences]


def test_how_many_sequences_there_are():
    assert sum(2**length for length in range(1, 11)) == 2046
    X, _ = make_lamps(10_000, (1, 10))
    assert len(np.unique(X, axis=0)) > 2046 / 2, "the dense network saw most of them"


def test_a_change_of_any_press_changes_the_lamp():
    X, y = make_lamps(20, (8, 8))
    for moment in range(8):
        changed = X.copy()
        changed[:, moment] = 1 - changed[:, moment]
        assert (changed.sum(axis=1) % 2 == 1 - y).all()


def test_the_lamp_of_the_figure_is_that_of_its_words(figures):
    presses = np.array(figures["PRESSES"])
    assert (np.flatnonzero(presses) + 1).tolist() == [1, 4, 5, 9]
    states = lamp_layer().read(presses[None, :, None])[0, 1:]
    either, both = (np.flatnonzero(neuron > 0) + 1 for neuron in states.T)
    assert either.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert both.tolist() == [4, 9]
    lamp = np.flatnonzero(states[:, 0] - states[:, 1] > 1) + 1
    assert lamp.tolist() == [1, 2, 3, 5, 6, 7, 8]


def test_slopes_vanish_and_explode_as_the_text_says(figures):
    lines = {line.get_label(): line.get_ydata() for line in figures["slopes_through_time"]().lines}
    assert lines["0.7: vanishes"][-1] < 1e-9
    assert 0.05 < lines["1"][-1] < 0.2
    assert 200 < lines["1.5: explodes"][-1] < 1000
    assert 1.5**60 > 1e10
    assert pytest.approx(0.0008, abs=0.00005) == 0.7**20


def test_the_gates_share_at_the_start():
    assert 1 / (1 + np.exp(-3)) == pytest.approx(0.95, abs=0.005)


# -- what `make results` measured ----------------------------------------------------------


def test_the_table_of_networks_is_what_the_text_says_of_it():
    rows = {
        row[0]: row[1:] for row in result("step14_recurrent_network")["tables"]["changes"]["rows"]
    }
    dense, rnn, gru = ([float(part) for cell in rows[name][1:] for part in cell.split("–")]
                       for name in ("dense", "RNN", "GRU"))  # fmt: skip
    assert dense[0] > 98
    assert all(45 < score < 55 for score in dense[2:])
    assert min(rnn) > 99
    assert min(gru) > 99
    sizes = {name: int(row[0].replace(",", "")) for name, row in rows.items()}
    assert sizes["dense"] // sizes["RNN"] == 36


def test_what_is_remembered_is_what_the_text_says_of_it():
    found = result("what_is_remembered")
    slopes = {kind: sizes[-1] / sizes[0] for kind, sizes in found["slopes"].items()}
    assert slopes["RNN"] < 1e-12
    assert slopes["GRU"] < 1e-9
    assert 0.1 < slopes["GRU that starts by keeping"] < 0.15
    rnn = found["slopes"]["RNN"]
    assert 0.5e-10 < rnn[40] / rnn[0] < 2e-10
    learned = [list(found["learned"][kind].values()) for kind in KINDS]
    for by_wait in learned:
        assert by_wait == sorted(by_wait, reverse=True), "a longer wait is no easier"
    assert sum(learned[0]) < sum(learned[1]) < sum(learned[2])
    assert found["learned"]["RNN"]["40"] == 0
