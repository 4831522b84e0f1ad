"""Step 17: can a network learn to make what it has only ever seen?

A generator and a critic learn from each other, until random numbers become a ring of eight clouds.
Expected score: 8, the clouds that the generator covers. Time: about 30 s.
"""

from collections.abc import Iterator

from workshop.example import run
from workshop.plotting import new_axes, plot_moments, save
from workshop.pytorch.adversarial import compete, generate
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.rings import Ring

# --8<-- [start:contests]
CONTESTS = {
    "one step each": {},
    "without the penalty": {"penalty": 0.0},
    "five steps for the generator": {"generator_steps": 5},
}
# --8<-- [end:contests]


def walk(
    *, moments: dict, quick: bool = False, seed: int = 0, device: str | None = None
) -> Iterator[dict]:
    ring, rounds = Ring(), 400 if quick else 2000
    watched = (1, rounds // 20, rounds // 5)
    for name, settings in CONTESTS.items():
        # --8<-- [start:train]
        seed_everything(seed)
        generator = DenseNetwork((2, 64, 64, 2))  # two random numbers in, a point out
        critic = DenseNetwork((2, 64, 64, 1))  # a point in, a mark out

        def look(number: int, settings=settings, generator=generator) -> None:
            if not settings and number in watched:
                moments[f"round {number}"] = generate(generator, 2000)

        compete(generator, critic, ring.sample(10_000, seed), rounds=rounds,
                **settings, seed=seed, device=device, after_round=look)  # fmt: skip
        made = generate(generator, 2000)
        # --8<-- [end:train]
        moments[name] = made
        covered = ring.modes_covered(made) / ring.modes
        yield {"contest": name, "clouds_covered": covered, "good_samples": ring.good_share(made)}


def main(*, quick: bool = False, seed: int = 0, device: str | None = None) -> float:
    moments: dict = {}
    rows = []
    print(f"{'contest':30}  clouds covered  good samples")
    for row in walk(quick=quick, seed=seed, device=device, moments=moments):
        rows.append(row)
        print("{contest:30}  {clouds_covered:14.1%}  {good_samples:12.1%}".format(**row))
    ax = new_axes(7.5, 5.8)
    plot_moments(ax, moments, Ring())
    print(f"See {save(ax, 'pictures/step17_samples.png')}")
    score = float(Ring().modes_covered(moments["one step each"]))
    print(f"With one step each, the generator covers {score:.0f} of {Ring().modes} clouds.")
    return score


if __name__ == "__main__":
    run(main)
