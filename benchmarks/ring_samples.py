"""What the generator of step 17 makes, early and late, and when it collapses: its page shows it.

Pages are built without training, so the samples are kept as bytes: x and y of each point, 0 for -3
and 255 for 3. A point farther out is left out.
"""

from importlib import metadata
from typing import Any

import numpy as np

from benchmarks.what_it_learned import pack
from workshop.pytorch.adversarial import compete, generate
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.rings import Ring

ROUNDS = (1, 20, 100, 400, 2000)
N_SAMPLES = 600
EDGE = 3.0


def measured(seeds: list[int]) -> dict[str, Any]:
    """Let generator and critic compete with each seed, and keep what the generator makes.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        As `results/ring_samples.json` has it, apart from the hash of the code: under ``rounds``
        the first seed's samples after some rounds, under ``collapsed`` those of each seed with five
        steps for the generator.
    """
    from benchmarks.steps import LIBRARIES, machine

    rounds: dict[str, str] = {}

    def look(number: int) -> None:
        if number in ROUNDS:
            rounds[f"round {number}"] = as_text(generate(generator, N_SAMPLES))

    generator, critic = networks(seeds[0])
    data = Ring().sample(10_000, seeds[0])
    contest = compete(generator, critic, data, seed=seeds[0], after_round=look, device="cpu")
    collapsed = {}
    for seed in seeds[:3]:
        generator, critic = networks(seed)
        data = Ring().sample(10_000, seed)
        compete(generator, critic, data, rounds=600, generator_steps=5, seed=seed, device="cpu")
        collapsed[f"seed {seed}"] = as_text(generate(generator, N_SAMPLES))
    return {
        "seeds": seeds,
        "rounds": rounds,
        "collapsed": collapsed,
        "critic_loss": {
            "first": round(contest.critic_losses[0], 4),
            "last": round(float(np.mean(contest.critic_losses[-100:])), 4),
        },
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
    }


def networks(seed: int) -> tuple[DenseNetwork, DenseNetwork]:
    """Return a new generator and a new critic."""
    seed_everything(seed)
    return DenseNetwork((2, 64, 64, 2)), DenseNetwork((2, 64, 64, 1))


def as_text(samples: np.ndarray) -> str:
    """Keep points, shape (n_samples, 2), in a byte for each coordinate."""
    inside = samples[np.abs(samples).max(axis=1) < EDGE]
    return pack(np.round((inside + EDGE) * (255 / (2 * EDGE))).astype(np.uint8))
