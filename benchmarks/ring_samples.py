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

ROUNDS = {"rounds": (1, 20, 100, 400, 2000), "collapsed": (200, 400, 600)}
N_SAMPLES = 600
EDGE = 3.0


def measured(seeds: list[int]) -> dict[str, Any]:
    """Let generator and critic compete, and keep what the generator makes.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        As `results/ring_samples.json` has it, apart from the hash of the code: under ``rounds``
        the first seed's samples after some rounds, under ``collapsed`` those with five steps for
        the generator.
    """
    from benchmarks.steps import LIBRARIES, machine

    seed = seeds[0]
    data = Ring().sample(10_000, seed)
    kept: dict[str, dict[str, str]] = {}
    losses: list[float] = []
    for name, steps in (("rounds", 1), ("collapsed", 5)):
        seed_everything(seed)
        generator, critic = DenseNetwork((2, 64, 64, 2)), DenseNetwork((2, 64, 64, 1))
        moments = kept[name] = {}

        def look(number: int, generator=generator, moments=moments, name=name) -> None:
            if number in ROUNDS[name]:
                moments[f"round {number}"] = as_text(generate(generator, N_SAMPLES))

        contest = compete(
            generator,
            critic,
            data,
            generator_steps=steps,
            seed=seed,
            after_round=look,
            device="cpu",
        )
        losses = losses or contest.critic_losses
    return {
        "seeds": seeds,
        **kept,
        "critic_loss": {
            "first": round(losses[0], 4),
            "last": round(float(np.mean(losses[-100:])), 4),
        },
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
    }


def as_text(samples: np.ndarray) -> str:
    """Keep points in a byte for each coordinate, without those farther out than `EDGE`.

    Parameters
    ----------
    samples : ndarray, shape (n_samples, 2)

    Returns
    -------
    str
        As `pack` writes it.
    """
    inside = samples[np.abs(samples).max(axis=1) < EDGE]
    return pack(np.round((inside + EDGE) * (255 / (2 * EDGE))).astype(np.uint8))
