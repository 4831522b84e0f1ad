"""The world of platforms as a picture."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from workshop import plotting
from workshop.reward import FELL, World, plan, play


@pytest.fixture
def ax():
    return plotting.new_axes()


def test_every_platform_is_drawn_where_it_is(ax):
    world = World()
    plotting.plot_platforms(ax, world)
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    drawn = {(box.get_x() + 0.5, box.get_y()) for box in boxes}
    columns = [i for i, kind in enumerate(world.upper) if kind == "="]
    top = max(y for _, y in drawn)
    assert sorted(x for x, y in drawn if y == top) == columns
    lower = [i for i, kind in enumerate(world.lower) if kind == "="]
    low = min(y for _, y in drawn)
    assert set(lower) <= {x for x, y in drawn if y == low}


def test_each_place_has_an_arrow_in_its_direction(ax):
    world = World()
    worth = plan(world)
    plotting.plot_policy(ax, world, worth)
    arrows = [(note.xy, note.xyann) for note in ax.texts]
    assert len(arrows) == len(world.reachable())
    for state, (tip, tail) in zip(world.reachable(), arrows, strict=True):
        column = state % world.width
        assert np.mean([tip[0], tail[0]]) == pytest.approx(column)
        assert np.sign(tip[0] - tail[0]) == (-1 if worth[state].argmax() == 0 else 1)
        assert (tip[1] > tail[1]) == (worth[state].argmax() == 2)


def test_a_way_goes_from_start_to_flag_in_one_piece(ax):
    world = World()
    states, _ = play(world, plan(world))
    plotting.plot_walk(ax, world, states)
    lines = [line.get_xydata() for line in ax.lines]
    assert len(lines) == len(states)  # one a move, and the dot
    assert lines[0][0][0] == world.start
    for before, after in pairwise(lines):
        np.testing.assert_allclose(before[-1], after[0])
    assert lines[-1][0][0] == world.width - 1


def test_a_fall_is_a_cross_in_the_gap(ax):
    world = World()
    plotting.plot_walk(ax, world, [world.first_state + 2, FELL])
    cross = next(line for line in ax.lines if line.get_marker() == "x")
    assert cross.get_xdata() == [8]
