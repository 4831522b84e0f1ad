"""Step 14: can a network remember?

A button switches a lamp on and off: is it on in the end? Trained on up to 10 moments, tested on
up to 100, with `nn.RNN`, with `nn.GRU`, and with a dense network that has no memory.
Expected score: 0.99 or more, of the RNN on lengths it never saw. Time: about 15 s.
"""

from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from workshop.example import run
from workshop.optimizers import one_cycle
from workshop.plotting import new_axes, plot_slopes, save
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.models import count_parameters
from workshop.pytorch.recurrence import RecurrentNetwork, slopes_by_distance
from workshop.pytorch.training import accuracy, evaluate, train
from workshop.sequences import make_lamps, one_hot_sequences

LOSS, LONGEST = nn.CrossEntropyLoss(), 100
NETWORKS = {
    "dense": lambda: DenseNetwork((2 * LONGEST, 64, 2)),
    "RNN": lambda: RecurrentNetwork(16, cell="RNN"),
    "GRU": lambda: RecurrentNetwork(16, cell="GRU"),
}


# --8<-- [start:walk]
def walk(*, quick: bool, seed: int, device: str | None = None) -> Iterator[dict]:
    for name, make in NETWORKS.items():
        seed_everything(seed)
        network = make()
        inputs = one_hot_sequences if name == "dense" else np.asarray
        width = LONGEST if name == "dense" else None  # fixed inputs
        X, y = make_lamps(10_000, (1, 10), width=width, seed=seed)
        optimizer = torch.optim.AdamW(network.parameters(), lr=0.01, fused=True)
        settings = {"schedule": one_cycle, "batch_size": 100,
                    "epochs": 12 if quick else 20}  # fmt: skip
        settings |= {"optimizer": optimizer, "loss": LOSS,
                     "device": device, "seed": seed}  # fmt: skip
        train(network, inputs(X), y, **settings)

        row = {"network": name, "parameters": f"{count_parameters(network):,}"}
        for lengths in ((1, 10), (11, 20), (21, LONGEST)):
            X, y = make_lamps(500 if quick else 2000, lengths,
                              width=LONGEST, seed=seed + 1000)  # fmt: skip
            _, score = evaluate(network, inputs(X), y, loss=LOSS, score=accuracy)
            row["{}_to_{}".format(*lengths)] = score
        yield row
        # --8<-- [end:walk]


def main(*, quick: bool = False, seed: int = 0, device: str | None = None) -> float:
    print("network  parameters  1 to 10  11 to 20  21 to 100 moments")
    scores = {}
    for row in walk(quick=quick, seed=seed, device=device):
        print("{:7} {:>11} {:8.3f} {:9.3f} {:10.3f}".format(*row.values()))
        scores[row["network"]] = row["21_to_100"]

    # --8<-- [start:slopes]
    (X, y), ax = make_lamps(100, (40, 40), seed=seed), new_axes()
    for cell, remember in (("RNN", 0), ("GRU", 0), ("GRU", 3)):
        seed_everything(seed)
        network = RecurrentNetwork(16, cell=cell, remember=remember)
        slopes = slopes_by_distance(network, torch.as_tensor(X), torch.as_tensor(y), LOSS)
        plot_slopes(ax, slopes, label=f"{cell}, remember {remember}")
    # --8<-- [end:slopes]
    print(f"How far slopes reach back: {save(ax, 'pictures/step14_slopes.png')}")
    return scores["RNN"]


if __name__ == "__main__":
    run(main)
