"""The same network trained by four libraries in turn, on one thread.

Same data (MNIST, float32, 0 to 1), architecture, batch size, optimiser and
number of epochs; the order of the samples is each library's own. "Peak" is the
speed of this machine's own matrix product, measured before each run, and a
library's share of it counts only the products that training needs.
"""

import os
import statistics
import time
import warnings
from collections.abc import Callable
from typing import NamedTuple

os.environ["KERAS_BACKEND"] = "torch"

import numpy as np
from tqdm import tqdm

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_mnist

EPOCHS = 3
ROUNDS = 5
LEARNING_RATES = {"momentum": 0.01, "adam": 0.001}
SHAPES = [(30, 32), (128, 128), (512, 128)]  # hidden neurons, batch size

# Of NetworkClassifier.fit with momentum: how many times as fast as ... it has to be.
REQUIRED = {
    ("scikit-learn", 30): 2.0,
    ("scikit-learn", 128): 1.3,
    ("scikit-learn", 512): 1.2,
    ("PyTorch", 30): 2.5,
    ("PyTorch", 128): 1.3,
    ("PyTorch", 512): 1.1,
}


class Run(NamedTuple):
    """Seconds of one training and its accuracy on the test set."""

    seconds: float
    accuracy: float


def peak() -> float:
    """Return this machine's best matrix product just now, in operations per second."""
    n = 1024
    a, b = np.ones((2, n, n), np.float32)
    out = np.empty((n, n), np.float32)
    seconds = []
    for _ in range(12):
        started = time.perf_counter()
        np.matmul(a, b, out=out)
        seconds.append(time.perf_counter() - started)
    return 2 * n**3 / min(seconds)


def operations(hidden: int) -> float:
    """Return the additions and multiplications that one sample needs in training.

    Those of the matrix products of a network 784-`hidden`-10, forwards and backwards.
    """
    forward = 784 * hidden + hidden * 10
    backward = 784 * hidden + 2 * hidden * 10  # the inputs need no gradient
    return 2 * (forward + backward)


def ours(data: tuple, hidden: int, batch_size: int, optimizer: str, seed: int) -> Run:
    """Train `workshop`'s NetworkClassifier.

    Parameters
    ----------
    data : tuple of ndarray
        X_train and X_test, float32, shape (n_samples, 784), from 0 to 1, each followed by its
        labels, int64, shape (n_samples,).
    hidden : int
        Neurons in the hidden layer.
    batch_size : int
    optimizer : {"momentum", "adam"}
    seed : int

    Returns
    -------
    Run
    """
    X_train, y_train, X_test, y_test = data
    classifier = NetworkClassifier(
        (hidden,),
        optimizer=optimizer,
        learning_rate=LEARNING_RATES[optimizer],
        batch_size=batch_size,
        epochs=EPOCHS,
        random_state=seed,
    )
    started = time.perf_counter()
    classifier.fit(X_train, y_train)
    return Run(time.perf_counter() - started, classifier.score(X_test, y_test))


def scikit_learn(data: tuple, hidden: int, batch_size: int, optimizer: str, seed: int) -> Run:
    """Train scikit-learn's MLPClassifier; see `ours`."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    X_train, y_train, X_test, y_test = data
    classifier = MLPClassifier(
        (hidden,),
        solver="sgd" if optimizer == "momentum" else "adam",
        momentum=0.9,
        nesterovs_momentum=False,
        learning_rate_init=LEARNING_RATES[optimizer],
        alpha=0.0,
        batch_size=batch_size,
        max_iter=EPOCHS,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is told to stop early
        started = time.perf_counter()
        classifier.fit(X_train, y_train)
    return Run(time.perf_counter() - started, classifier.score(X_test, y_test))


def pytorch(data: tuple, hidden: int, batch_size: int, optimizer: str, seed: int) -> Run:
    """Train with eager PyTorch, in the loop of its tutorials; see `ours`."""
    import torch

    torch.manual_seed(seed)
    X_train, y_train, X_test, y_test = (torch.from_numpy(array) for array in data)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 10)
    )
    rate = LEARNING_RATES[optimizer]
    descent = (
        torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
        if optimizer == "momentum"
        else torch.optim.Adam(model.parameters(), lr=rate)
    )
    loss_function = torch.nn.CrossEntropyLoss()
    started = time.perf_counter()
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(X_train)).split(batch_size):
            descent.zero_grad()
            loss_function(model(X_train[chosen]), y_train[chosen]).backward()
            descent.step()
    seconds = time.perf_counter() - started
    with torch.inference_mode():
        accuracy = (model(X_test).argmax(1) == y_test).float().mean().item()
    return Run(seconds, accuracy)


def keras_on_torch(data: tuple, hidden: int, batch_size: int, optimizer: str, seed: int) -> Run:
    """Train with Keras 3 on its PyTorch backend; see `ours`."""
    import keras

    X_train, y_train, X_test, y_test = data
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.layers.Input((784,)),
            keras.layers.Dense(hidden, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    rate = LEARNING_RATES[optimizer]
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9)
        if optimizer == "momentum"
        else keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
    )
    started = time.perf_counter()
    model.fit(X_train, y_train, batch_size=batch_size, epochs=EPOCHS, verbose=0)
    seconds = time.perf_counter() - started
    predicted = model.predict(X_test, verbose=0).argmax(1)
    return Run(seconds, float((predicted == y_test).mean()))


LIBRARIES: dict[str, Callable[..., Run]] = {
    "Network": ours,
    "scikit-learn": scikit_learn,
    "PyTorch": pytorch,
    "Keras on torch": keras_on_torch,
}


def main() -> None:
    """Measure every library in turn and print one row for each."""
    X_train, y_train, X_test, y_test = load_mnist()
    data = (
        X_train / np.float32(255),
        y_train.astype(np.int64),
        X_test / np.float32(255),
        y_test.astype(np.int64),
    )
    rounds = [
        (hidden, batch_size, optimizer, seed, library)
        for hidden, batch_size in SHAPES
        for optimizer in LEARNING_RATES
        for seed in range(ROUNDS)
        for library in LIBRARIES
    ]
    runs: dict[tuple, list[Run]] = {}
    peaks = []
    for hidden, batch_size, optimizer, seed, library in tqdm(rounds, unit="training"):
        peaks.append(peak())
        run = LIBRARIES[library](data, hidden, batch_size, optimizer, seed)
        runs.setdefault((hidden, optimizer, library), []).append(run)

    best = max(peaks)
    print(
        f"{EPOCHS} epochs, one thread, median of {ROUNDS} rounds in turn; this machine's matrix "
        f"product: {best / 1e9:.0f} GFLOP/s at best, {statistics.median(peaks) / 1e9:.0f} median"
    )
    print(
        f"{'network':>10} {'batch':>5} {'optimiser':>9} {'library':>14} {'samples/s':>10} "
        f"{'% peak':>6} {'accuracy':>8} {'Network is':>10}"
    )
    for hidden, batch_size in SHAPES:
        for optimizer in LEARNING_RATES:
            base = runs[hidden, optimizer, "Network"]
            for library in LIBRARIES:
                these = runs[hidden, optimizer, library]
                speed = EPOCHS * len(data[0]) / statistics.median(run.seconds for run in these)
                ratio = statistics.median(
                    other.seconds / own.seconds for other, own in zip(these, base, strict=True)
                )
                required = REQUIRED.get((library, hidden)) if optimizer == "momentum" else None
                print(
                    f"{f'784-{hidden}-10':>10} {batch_size:>5} {optimizer:>9} {library:>14} "
                    f"{speed:>10,.0f} {100 * speed * operations(hidden) / best:>6.0f} "
                    f"{statistics.median(run.accuracy for run in these):>8.4f} {ratio:>9.2f}x"
                    + (
                        f"  (at least {required}: {_verdict(ratio >= required)})"
                        if required
                        else ""
                    )
                )


def _verdict(reached: bool) -> str:
    return "yes" if reached else "NO"


if __name__ == "__main__":
    main()
