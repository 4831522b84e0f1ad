"""How far a convolutional network gets on MNIST in a given time.

Every training runs in a fresh process on all cores of the CPU; seconds are those of `train`.
On Linux, the process keeps the memory of one batch for the next instead of giving it back to the
system, which has to clear it each time: 15 to 20 % fewer seconds an epoch.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

import numpy as np
from tqdm import tqdm

from workshop.datasets import load_mnist

SEEDS = range(5)
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(2**30), "MALLOC_TRIM_THRESHOLD_": str(2**32)}
REQUIRED = {10: 0.992, 30: 0.9945, 60: 0.9955}  # worst of five seeds


def preset(seconds: int, seed: int) -> dict:
    """Train one preset.

    Parameters
    ----------
    seconds : int
        A key of `WIDTHS_IN_SECONDS`.
    seed : int

    Returns
    -------
    dict
        ``seconds`` of the training, ``epochs``, ``accuracy`` (0 to 1) on the test images, and the
        number of ``parameters``.
    """
    from workshop.pytorch.convolution import ConvolutionalNetwork
    from workshop.pytorch.devices import seed_everything
    from workshop.pytorch.models import count_parameters
    from workshop.pytorch.presets import WIDTHS_IN_SECONDS, recipe
    from workshop.pytorch.training import predict, train

    X_train, y_train, X_test, y_test = load_mnist()
    X_train, y_train = X_train / np.float32(255), y_train.astype(np.int64)
    seed_everything(seed)
    network = ConvolutionalNetwork(WIDTHS_IN_SECONDS[seconds], padding=0)
    settings = recipe(network) | {"time_limit": seconds, "device": "cpu", "seed": seed}
    history = train(network, X_train, y_train, progress=False, **settings)
    answers = predict(network, X_test / np.float32(255)).argmax(dim=1).numpy()
    return {
        "seconds": history.seconds,
        "epochs": len(history.losses),
        "accuracy": float(np.mean(answers == y_test)),
        "parameters": count_parameters(network),
    }


def main() -> None:
    """Measure every preset over the seeds; print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, type=int, help=argparse.SUPPRESS)
    one = parser.parse_args().one
    if one:  # the child process
        print(json.dumps(preset(*one)))
        return

    results: dict[int, list[dict]] = {}
    for seconds, seed in tqdm([(s, seed) for s in REQUIRED for seed in SEEDS], unit="training"):
        command = [sys.executable, "-m", __spec__.name, "--one", str(seconds), str(seed)]
        # What goes wrong in a child is said on the error stream, which stays the terminal's.
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | KEEP_MEMORY
        )
        results.setdefault(seconds, []).append(json.loads(done.stdout.splitlines()[-1]))

    print(
        f"{'limit':>6} {'seconds':>8} {'epochs':>6} {'parameters':>10} {'worst':>7} {'median':>7}"
    )
    for seconds, required in REQUIRED.items():
        runs = results[seconds]
        worst = min(run["accuracy"] for run in runs)
        print(
            f"{seconds:>4} s {max(run['seconds'] for run in runs):>8.1f} "
            f"{statistics.median(run['epochs'] for run in runs):>6.0f} "
            f"{runs[0]['parameters']:>10,} {worst:>7.2%} "
            f"{statistics.median(run['accuracy'] for run in runs):>7.2%}"
            f"  (at least {required:.2%}, {'yes' if worst >= required else 'NO'})"
        )


if __name__ == "__main__":
    main()
