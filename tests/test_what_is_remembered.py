"""How step 14's page measures what networks remember."""

import pytest

from benchmarks import what_is_remembered
from benchmarks.what_is_remembered import KINDS, learns, slopes


def test_counts_the_seeds_that_learned(monkeypatch):
    def only_short(wait, seed, updates, **settings):
        return wait == 2 or (settings["cell"] == "GRU" and seed == 1)

    monkeypatch.setattr(what_is_remembered, "learns", only_short)
    found = what_is_remembered.measured([0, 1], waits=(2, 5), updates=1)
    assert found["tables"]["waits"]["columns"] == ["Network", "Wait of 2", "Wait of 5"]
    assert found["tables"]["waits"]["rows"][0] == ["RNN", "2 of 2", "0 of 2"]
    assert found["tables"]["waits"]["rows"][1] == ["GRU", "2 of 2", "1 of 2"]
    assert found["learned"]["GRU"] == {"2": 2, "5": 1}
    assert found["scores"] == [0.5, round(5 / 6, 6)]
    assert set(found["slopes"]) == set(KINDS)


@pytest.mark.parametrize(("updates", "learned"), [(1, False), (150, True)])
def test_a_short_wait_is_learned_in_time(updates, learned):
    assert learns(5, 0, updates, cell="RNN") == learned


def test_slopes_go_back_sixty_moments():
    found = slopes(cell="RNN")
    assert len(found) == 60
    assert found[30] < found[0] / 1000
