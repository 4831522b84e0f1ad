"""How long a wait a recurrent network learns to bridge: step 14's page shows it.

A press or none, then a wait: two sequences, and after enough of the same training a network either
tells them apart or it does not. Beside it, how far the slopes of the fresh networks reach back.
"""

from importlib import metadata
from typing import Any

import torch
from torch import nn

from workshop.optimizers import one_cycle
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.recurrence import RecurrentNetwork, slopes_by_distance
from workshop.pytorch.training import accuracy, evaluate, train
from workshop.sequences import make_lamps, press_and_wait

# --8<-- [start:settings]
WAITS = (10, 20, 40, 80)
UPDATES = 300
KINDS: dict[str, dict[str, Any]] = {
    "RNN": {"cell": "RNN"},
    "GRU": {"cell": "GRU"},
    "GRU that starts by keeping": {"cell": "GRU", "remember": 3.0},
}
# --8<-- [end:settings]


def measured(
    seeds: list[int], *, waits: tuple[int, ...] = WAITS, updates: int = UPDATES
) -> dict[str, Any]:
    """Train each kind of network on each wait and count how many learned it.

    Parameters
    ----------
    seeds : list of int
    waits : tuple of int, moments
    updates : int

    Returns
    -------
    dict
        As `results/what_is_remembered.json` has it, apart from the hash of the code. A score is
        the share of all waits, over all kinds, that the networks of one seed learned.
    """
    from benchmarks.steps import LIBRARIES, machine, spread

    learned = {
        kind: {wait: [learns(wait, seed, updates, **settings) for seed in seeds] for wait in waits}
        for kind, settings in KINDS.items()
    }
    found = [list(by_wait.values()) for by_wait in learned.values()]  # [kind][wait][seed]
    n_tried = len(KINDS) * len(waits)
    scores = [
        round(sum(outcomes[i] for kind in found for outcomes in kind) / n_tried, 6)
        for i in range(len(seeds))
    ]
    return {
        "step": "what_is_remembered",
        "seeds": seeds,
        "scores": scores,
        **spread(scores),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
        "updates": updates,
        "learned": {
            kind: {str(wait): sum(outcomes) for wait, outcomes in by_wait.items()}
            for kind, by_wait in learned.items()
        },
        "slopes": {kind: slopes(**settings) for kind, settings in KINDS.items()},
        "tables": {
            "waits": {
                "columns": ["Network", *(f"Wait of {wait}" for wait in waits)],
                "rows": [
                    [kind, *(f"{sum(o)} of {len(seeds)}" for o in by_wait.values())]
                    for kind, by_wait in learned.items()
                ],
            }
        },
    }


# --8<-- [start:learns]
def learns(wait: int, seed: int, updates: int, **settings: Any) -> bool:
    """Tell whether a network learns to remember a press for so long."""
    seed_everything(seed)
    network, loss = RecurrentNetwork(**settings), nn.CrossEntropyLoss()
    X, y = press_and_wait(wait)
    train(
        network,
        X,
        y,
        loss=loss,
        optimizer=torch.optim.AdamW(network.parameters(), lr=0.01),
        schedule=one_cycle,
        epochs=updates,
        batch_size=None,
        device="cpu",
    )
    mean_loss, score = evaluate(network, X, y, loss=loss, score=accuracy)
    return score == 1 and mean_loss < 0.1


# --8<-- [end:learns]


def slopes(**settings: Any) -> list[float]:
    """Measure how far the slopes of a fresh network reach back, over sequences of 60 moments.

    Parameters
    ----------
    **settings
        Of `RecurrentNetwork`.

    Returns
    -------
    list of 60 floats
        As `slopes_by_distance` returns them, to four figures.
    """
    seed_everything(0)
    X, y = (torch.as_tensor(array) for array in make_lamps(100, (60, 60)))
    found = slopes_by_distance(RecurrentNetwork(**settings), X, y, nn.CrossEntropyLoss())
    return [float(f"{slope:.4g}") for slope in found]
