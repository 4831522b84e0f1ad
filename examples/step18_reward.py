"""Step 18: can a program learn to act when nobody shows it how?

It is paid for getting to the right, as MarI/O is, and learns to go left where the way is there.
Expected score: 1.0, the share of places where it does what is best. Time: about 10 s.
"""

from collections.abc import Iterator

import numpy as np

from workshop.example import run
from workshop.plotting import new_axes, plot_platforms, plot_policy, plot_walk, save
from workshop.reward import FELL, World, learn, optimal_share, plan, play

# --8<-- [start:lessons]
LESSONS = {
    "as it should be": {},
    "never tries anything": {"exploration": 0.0},
    "short-sighted, discount 0.5": {"discount": 0.5},
    "paid for moving right": {"world": World(pays_for="moving right")},
}
# --8<-- [end:lessons]


# --8<-- [start:walk]
def walk(*, quick: bool = False, seed: int = 0) -> Iterator[dict]:
    world, games = World(), 20 if quick else 100
    for name, settings in LESSONS.items():
        lesson = {"world": world, "attempts": 1000 if quick else 10_000} | settings
        learned = learn(**lesson, seed=seed)
        ends = [play(world, learned.worth, seed=game)[0][-1] for game in range(games)]
        yield {
            "lesson": name,
            "best_action": optimal_share(world, learned.worth),
            "reaches_the_flag": np.mean([end == world.n_states - 1 for end in ends]),
            "falls": np.mean([end == FELL for end in ends]),
        }
        # --8<-- [end:walk]


def main(*, quick: bool = False, seed: int = 0) -> float:
    print(f"{'what it was taught by':28} best action  reaches the flag  falls")
    for row in walk(quick=quick, seed=seed):
        print(
            "{lesson:28} {best_action:11.3f}  {reaches_the_flag:16.2f} {falls:6.2f}".format(**row)
        )

    # --8<-- [start:learn]
    world = World()
    learned = learn(world, attempts=1000 if quick else 10_000, seed=seed)
    score = optimal_share(world, learned.worth)
    states, earned = play(world, learned.worth)
    print(f"It does what is best in {score:.1%} of {len(world.reachable())} places.")
    print(f"It got to the right by {earned:.0f} columns, in {len(states) - 1} moves.")
    print(f"From the start, it expects {learned.worth[world.first_state].max():.2f}; "
          f"whoever knows the world, {plan(world)[world.first_state].max():.2f}.")  # fmt: skip
    # --8<-- [end:learn]

    arrows, way, curve = new_axes(7.6, 2.6), new_axes(7.6, 2.6), new_axes()
    for ax in (arrows, way):
        plot_platforms(ax, world)
    plot_policy(arrows, world, learned.worth)
    plot_walk(way, world, states)
    curve.plot(np.convolve(learned.earned, np.full(50, 1 / 50), mode="valid"))
    curve.set(xlabel="attempt", ylabel="earned, mean of 50 attempts")
    for ax, name in ((arrows, "policy"), (way, "walk"), (curve, "learning")):
        print(f"See {save(ax, f'pictures/step18_{name}.png')}")
    return score


if __name__ == "__main__":
    run(main)
