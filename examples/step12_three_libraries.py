"""Step 12: what changes when you take another library?

The same network in scikit-learn, PyTorch and Keras: one for classes, one for numbers.
Expected score: 0.97 or more, the least of three accuracies. Time: 1 to 2 minutes.
"""

import time
from collections.abc import Iterator

import numpy as np

from workshop.datasets import load_digits, load_mnist
from workshop.example import run
from workshop.pytorch import regression, three_libraries


def walk(*, quick: bool = False, seed: int = 0, device: str | None = None) -> Iterator[dict]:
    three_libraries.import_keras()  # some seconds; if it is not installed, tell at once
    X, y, X_test, y_test = load_digits(seed) if quick else load_mnist()
    X, X_test = X / np.float32(255), X_test / np.float32(255)
    settings = {"hidden_sizes": (512, 512)}
    if quick:
        settings = {"hidden_sizes": (32, 32), "batch_size": 32, "max_epochs": 15, "patience": 5}

    # --8<-- [start:classes]
    n = len(X) * 9 // 10
    training, validation = (X[:n], y[:n]), (X[n:], y[n:])
    for library, fit in three_libraries.LIBRARIES.items():
        started = time.perf_counter()
        network = fit(
            training,
            validation,
            seed=seed,
            device=device,
            **settings,
        )
        yield {
            "library": library,
            "accuracy": np.mean(network.predict(X_test) == y_test),
            "seconds": time.perf_counter() - started,
        }
        # --8<-- [end:classes]


def errors(*, quick: bool = False, seed: int = 0, device: str | None = None) -> Iterator[tuple]:
    X, y = regression.make_friedman(seed=seed)
    settings = {"hidden_sizes": (256, 256) if quick else (512, 512, 512)}
    settings["max_epochs"] = 40 if quick else 100
    training, validation, (X_test, y_test) = (
        (X[chosen], y[chosen]) for chosen in (slice(600), slice(600, 800), slice(800, None))
    )
    for library, fit in regression.LIBRARIES.items():
        network = fit(training, validation, seed=seed, device=device, **settings)
        yield library, network.epochs, np.mean(np.abs(network.predict(X_test) - y_test))


def main(*, quick: bool = False, seed: int = 0, device: str | None = None) -> float:
    rows = []
    for row in walk(quick=quick, seed=seed, device=device):
        print("{library:12}  accuracy {accuracy:.4f}  {seconds:6.1f} s".format(**row))
        rows.append(row["accuracy"])
    print(f"From the best to the worst it is {100 * (max(rows) - min(rows)):.2f} points.\n")
    for library, epochs, error in errors(quick=quick, seed=seed, device=device):
        print(f"{library:12}  off by {error:.2f} on average, after {epochs} epochs")
    return float(min(rows))


if __name__ == "__main__":
    run(main)
