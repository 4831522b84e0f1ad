"""Step 9: can one neuron learn to count?

Ten zeros and ones go in, the number of ones comes out. What it has learned lies in a file
then, and a second program loads it: python examples/step09_count_the_ones.py 1110111000
Expected score: 1.0, the share of 20 neurons that count all 1,024 lists right. Time: about 15 s.
"""

import itertools
import re
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

from workshop.datasets import make_counting_ones
from workshop.example import run
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.storage import load, save
from workshop.pytorch.training import predict, train

FILE = Path("models/step09_count_the_ones.safetensors")


def main(
    bits: str | None = None, *, quick: bool = False, seed: int = 0, device: str | None = None
) -> float:
    if bits is not None:
        return count(bits)
    every_list = np.array(list(itertools.product([0, 1], repeat=10)), dtype=np.float32)
    n_neurons, n_exact = (3 if quick else 20), 0
    for start in range(seed * n_neurons, (seed + 1) * n_neurons):
        X, y = make_counting_ones(100, seed=start)
        seed_everything(start)
        neuron = DenseNetwork([10, 1])  # no ReLU on the output
        optimizer = torch.optim.SGD(neuron.parameters(), lr=0.05)
        settings = {"loss": nn.MSELoss(), "batch_size": None, "epochs": 1000, "device": device}
        train(neuron, X, y, optimizer=optimizer, **settings)
        counts = predict(neuron, every_list).round().numpy()
        n_exact += np.array_equal(counts[:, 0], every_list.sum(axis=1))
    print(f"{n_exact} of {n_neurons} neurons count all {len(every_list)} lists right.")
    print(f"The weights of the last: {[round(w, 3) for w in neuron.layers[1].weight[0].tolist()]}")
    print(f"Saved: {save(neuron, FILE)}. Try a list of your own: {sys.argv[0]} 1110111000")
    return n_exact / n_neurons


def count(bits: str) -> float:
    if not FILE.exists():
        sys.exit(f"There is no {FILE} yet. Train first: run this step without a list.")
    if not re.fullmatch("[01]{10}", bits):
        sys.exit(f"The list must be ten zeros and ones, such as 1110111000, got {bits!r}.")
    answer = predict(load(FILE), np.array([list(bits)], dtype=np.float32)).item()
    print(f"{bits} has {round(answer)} ones (the neuron says {answer:.4f})")
    return answer


if __name__ == "__main__":
    run(main, bits="ten zeros and ones: load the saved neuron and count them")
