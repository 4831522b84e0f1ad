"""How far NumPy alone gets on MNIST in a given time, and how much memory it takes.

Every training runs in a fresh process on all cores; seconds are those of ``fit``.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time

import numpy as np
from tqdm import tqdm

from workshop.datasets import load_mnist

SEEDS = range(5)
REQUIRED = {5: 0.986, 10: 0.988, 30: 0.991, 60: 0.9925}  # worst of five seeds
REQUIRED_SHARE = 1 / 30  # of step 2's training time, to pass its accuracy
TRAINING_SET_BYTES = 60000 * 784 * 4  # as float32


def preset(seconds: int, seed: int) -> dict:
    """Train one preset.

    Parameters
    ----------
    seconds : int
        A key of `MNIST_IN_SECONDS`.
    seed : int

    Returns
    -------
    dict
        ``seconds`` of the training, ``epochs``, ``accuracy`` (0 to 1) on the test images, and
        ``peak_bytes``, the most memory that this process has held.
    """
    from workshop.classifier import NetworkClassifier
    from workshop.presets import MNIST_IN_SECONDS

    X_train, y_train, X_test, y_test = load_mnist()
    X_train = X_train / np.float32(255)
    classifier = NetworkClassifier(**MNIST_IN_SECONDS[seconds], random_state=seed)
    started = time.perf_counter()
    classifier.fit(X_train, y_train)
    elapsed = time.perf_counter() - started
    return {
        "seconds": elapsed,
        "epochs": classifier.n_iter_,
        "accuracy": classifier.score(X_test / np.float32(255), y_test),
        "peak_bytes": _peak_bytes(),
    }


def race(seed: int) -> dict:
    """Train step 2's classifier, then ours until it is more accurate; time both.

    Parameters
    ----------
    seed : int

    Returns
    -------
    dict
        ``their_accuracy`` and ``accuracy`` (0 to 1), ``their_seconds`` and ``seconds``, ``epochs``.
    """
    from sklearn.neural_network import MLPClassifier

    from workshop.functions import one_hot
    from workshop.network import Network
    from workshop.training import train

    X_train, y_train, X_test, y_test = load_mnist()
    theirs = MLPClassifier(
        solver="sgd",
        activation="logistic",
        hidden_layer_sizes=(14, 14),
        learning_rate="constant",
        learning_rate_init=0.01,
        max_iter=100,
        random_state=seed,
    )
    started = time.perf_counter()
    theirs.fit(X_train, y_train)
    their_seconds = time.perf_counter() - started
    to_beat = theirs.score(X_test, y_test)

    # A tenth of an epoch at a time, everything counted but the scoring.
    rng = np.random.default_rng(seed)
    seconds, accuracy, epochs = 0.0, 0.0, 0.0
    X_test = X_test / np.float32(255)
    started = time.perf_counter()
    X_train, targets = X_train / np.float32(255), one_hot(y_train, 10)
    network = Network((784, 30, 10), seed=rng)
    seconds += time.perf_counter() - started
    while accuracy <= to_beat:
        started = time.perf_counter()
        part = rng.permutation(len(X_train))[:6000]
        train(network, X_train[part], targets[part], learning_rate=0.1, batch_size=32, epochs=1)
        seconds += time.perf_counter() - started
        epochs += 0.1
        accuracy = float(np.mean(network.predict_proba(X_test).argmax(1) == y_test))
    return {
        "their_accuracy": to_beat,
        "their_seconds": their_seconds,
        "accuracy": accuracy,
        "seconds": seconds,
        "epochs": epochs,
    }


def main() -> None:
    """Measure every preset over the seeds, and the race; print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("NAME", "SEED"), help=argparse.SUPPRESS)
    one = parser.parse_args().one
    if one:  # the child process
        name, seed = one
        print(json.dumps(race(int(seed)) if name == "race" else preset(int(name), int(seed))))
        return

    tasks = [("race", seed) for seed in SEEDS[:3]]
    tasks += [(str(seconds), seed) for seconds in REQUIRED for seed in SEEDS]
    results: dict[str, list[dict]] = {}
    for name, seed in tqdm(tasks, unit="training"):
        command = [sys.executable, "-m", __spec__.name, "--one", name, str(seed)]
        # What goes wrong in a child is said on the error stream, which stays the terminal's.
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        results.setdefault(name, []).append(json.loads(done.stdout.splitlines()[-1]))

    print(f"{'limit':>6} {'seconds':>8} {'epochs':>6} {'worst':>7} {'median':>7} {'memory':>8}")
    for seconds, required in REQUIRED.items():
        runs = results[str(seconds)]
        worst = min(run["accuracy"] for run in runs)
        memory = max(run["peak_bytes"] for run in runs) / TRAINING_SET_BYTES
        print(
            f"{seconds:>4} s {max(run['seconds'] for run in runs):>8.1f} "
            f"{statistics.median(run['epochs'] for run in runs):>6.0f} {worst:>7.2%} "
            f"{statistics.median(run['accuracy'] for run in runs):>7.2%} {memory:>7.2f}x"
            f"  (at least {required:.2%}, {'yes' if worst >= required else 'NO'};"
            f" under 3x the float32 training set, {'yes' if memory < 3 else 'NO'})"
        )
    for run in results["race"]:
        share = run["seconds"] / run["their_seconds"]
        print(
            f"Step 2's classifier: {run['their_accuracy']:.2%} in {run['their_seconds']:.1f} s. "
            f"Network 784-30-10 passes it with {run['accuracy']:.2%} in {run['seconds']:.2f} s: "
            f"1/{1 / share:.0f} of that time (at most 1/{1 / REQUIRED_SHARE:.0f}: "
            f"{'yes' if share <= REQUIRED_SHARE else 'NO'})"
        )


def _peak_bytes() -> int:
    """Return the most memory that this process has held."""
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if platform.system() == "Darwin" else peak * 1024


if __name__ == "__main__":
    main()
