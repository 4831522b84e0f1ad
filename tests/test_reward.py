"""The world of platforms, the learner, and the one who knows."""

import numpy as np
import pytest

from workshop.reward import (
    ACTIONS,
    FELL,
    Outcome,
    World,
    learn,
    optimal_share,
    plan,
    play,
)

LEFT, RIGHT, JUMP = range(3)


@pytest.fixture
def world():
    return World()


def below(world, column):
    return world.width + column


def test_actions_have_their_places():
    assert ACTIONS == ("left", "right", "jump")


def test_walking_moves_one_column_and_pays_it(world):
    assert world.outcomes(below(world, 5), RIGHT) == [Outcome(1, below(world, 6), 1)]
    assert world.outcomes(below(world, 5), LEFT) == [Outcome(1, below(world, 4), -1)]
    assert world.outcomes(below(world, 0), LEFT) == [Outcome(1, below(world, 0), 0)]


def test_a_step_into_a_gap_is_a_fall_that_pays_nothing(world):
    assert world.outcomes(below(world, 7), RIGHT) == [Outcome(1, FELL, 0)]
    assert world.is_over(FELL)


def test_who_leaves_the_upper_row_drops_to_the_lower(world):
    assert world.outcomes(4, LEFT) == [Outcome(1, below(world, 3), -1)]
    assert world.outcomes(9, RIGHT) == [Outcome(1, FELL, 0)]


def test_a_jump_lands_on_the_highest_platform_or_a_column_short(world):
    assert world.outcomes(below(world, 2), JUMP) == [Outcome(0.9, 5, 3), Outcome(0.1, 4, 2)]
    assert world.outcomes(below(world, 13), JUMP) == [
        Outcome(0.9, below(world, 16), 3),
        Outcome(0.1, below(world, 15), 2),
    ]
    assert world.outcomes(8, JUMP) == [Outcome(0.9, below(world, 11), 3), Outcome(0.1, FELL, 0)]


@pytest.mark.parametrize("column", [3, 4, 7, 16, 17])
def test_there_is_no_room_to_jump_below_a_platform(world, column):
    state = below(world, column)
    assert world.outcomes(state, JUMP) == [Outcome(1, state, 0)]


def test_the_flag_ends_an_attempt_and_nothing_lies_beyond(world):
    flag = world.n_states - 1
    assert world.is_over(flag)
    assert not world.is_over(world.first_state)
    assert {outcome.state for outcome in world.outcomes(below(world, 20), JUMP)} == {flag}


def test_who_is_paid_for_moving_right_loses_nothing_by_going_left():
    world = World(pays_for="moving right")
    assert world.outcomes(below(world, 5), LEFT)[0].reward == 0
    assert world.outcomes(below(world, 5), RIGHT)[0].reward == 1


def test_luck_is_as_often_bad_as_it_should_be(world):
    rng = np.random.default_rng(0)
    reached = [world.step(below(world, 2), JUMP, rng) for _ in range(5000)]
    assert set(reached) == {(5, 3.0), (4, 2.0)}
    assert np.mean([state == 4 for state, _ in reached]) == pytest.approx(0.1, abs=0.015)


def test_reachable_places_are_platforms_without_the_flag(world):
    platforms = {i for i, kind in enumerate(world.upper + world.lower) if kind == "="}
    assert set(world.reachable()) == platforms - {world.n_states - 1}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"upper": "="}, "one length, got 1 and 22"),
        ({"start": 8}, "The start"),
        ({"start": -1}, "The start"),
        ({"upper": "  ", "lower": "= ", "start": 0}, "last column"),
        ({"pays_for": "speed"}, "got 'speed'"),
    ],
)
def test_a_world_that_cannot_be_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        World(**settings)


def test_the_plan_is_right_where_it_can_be_computed_by_hand():
    """Three columns on the ground: from the start two steps, or one jump that pays the same."""
    world = World(upper="   ", lower="===", start=0, short=0)
    worth = plan(world, discount=0.5)
    expected = [[0.5 * 2, 1 + 0.5 * 1, 2], [-1 + 0.5 * 2, 1, 1]]
    np.testing.assert_allclose(worth[[3, 4]], expected, atol=1e-9)
    assert not worth[[0, 1, 2, 5]].any()


def test_the_plan_satisfies_its_own_equation(world):
    worth = plan(world)
    for state in world.reachable():
        for action in range(3):
            after = [
                p * (reward + 0.95 * (0 if world.is_over(reached) else worth[reached].max()))
                for p, reached, reward in world.outcomes(state, action)
            ]
            assert worth[state, action] == pytest.approx(sum(after), abs=1e-8)


def test_the_best_way_begins_to_the_left_and_never_falls(world):
    worth = plan(world)
    for seed in range(20):
        states, earned = play(world, worth, seed=seed)
        assert states[:4] == [below(world, column) for column in (5, 4, 3, 2)]
        assert (states[-1], earned) == (world.n_states - 1, 16)


def test_learning_finds_what_the_plan_finds(world):
    learned = learn(world, seed=0)
    assert optimal_share(world, learned.worth) == 1
    start = world.first_state
    assert learned.worth[start].max() == pytest.approx(plan(world)[start].max(), abs=0.1)
    assert learned.earned[-100:].mean() > 14 > 4 > learned.earned[:100].mean()


def test_a_seed_decides_everything(world):
    first, again, other = (learn(world, attempts=50, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.worth, again.worth)
    assert (first.worth != other.worth).any()


def test_who_never_explores_stays_in_the_dead_end(world):
    learned = learn(world, attempts=500, exploration=0)
    assert learned.earned.max() == 2
    assert not learned.worth[: world.width].any()  # it never was on the upper row
    assert play(world, learned.worth)[0][-1] == FELL


def test_a_short_sighted_learner_will_not_go_left(world):
    start = world.first_state
    assert plan(world, discount=0.5)[start].argmax() == RIGHT
    assert plan(world, discount=0.95)[start].argmax() == LEFT


def test_paid_for_moving_right_it_earns_more_and_never_arrives(world):
    greedy = World(pays_for="moving right")
    states, earned = play(greedy, plan(greedy))
    assert earned > 3 * 16
    assert len(states) == 101
    assert greedy.n_states - 1 not in states


def test_the_share_counts_ties_as_optimal_and_mistakes_not(world):
    worth = plan(world)
    assert optimal_share(world, worth) == 1
    assert optimal_share(world, -worth) < 0.3
    n = len(world.reachable())
    worth[world.first_state] = [0, 1, 0]
    assert optimal_share(world, worth) == pytest.approx((n - 1) / n)


def test_without_bad_luck_three_places_need_no_care(world):
    """Step 18's page says which."""
    careful, careless = plan(world), plan(World(short=0))
    changed = [s for s in world.reachable() if careful[s].argmax() != careless[s].argmax()]
    assert changed == [8, 17, below(world, 12)]
    assert {careless[state].argmax() for state in changed} == {JUMP}
    assert {careful[state].argmax() for state in changed} == {RIGHT}
