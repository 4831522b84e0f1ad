"""Two questions about the libraries of step 12, which its page answers with numbers.

What does a second softmax cost? And how well does a network foretell a number, in each library?
"""

from importlib import metadata
from typing import Any

import numpy as np
import torch
from torch import nn

from workshop.datasets import load_mnist
from workshop.pytorch import regression
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.training import accuracy, train

N_IMAGES = 10_000  # to learn from
EPOCHS = 8
N_TRAINING, N_VALIDATION = 600, 200  # numbers to learn from, and to stop by
OPTIMIZERS = {
    "SGD, rate 0.1": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "Adam, rate 0.001": lambda parameters: torch.optim.Adam(parameters, lr=0.001),
}


def measured(seeds: list[int]) -> dict[str, Any]:
    """Train all networks with all seeds and return how well they do.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        As `results/library_questions.json` has it, apart from the hash of the code. The scores are
        those of SGD with a second softmax.
    """
    from benchmarks.steps import LIBRARIES, machine, spread

    softmax = softmax_twice(seeds)
    table, errors = mean_absolute_errors(seeds)
    own = softmax["scores"]["SGD, rate 0.1, twice"]
    return {
        "step": "library_questions",
        "seeds": seeds,
        "scores": own,
        **spread(own),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in (*LIBRARIES, "keras")},
        "losses": softmax["losses"],
        "errors": errors,
        "tables": {"softmax": softmax["table"], "numbers": table},
    }


def softmax_twice(seeds: list[int]) -> dict[str, Any]:
    """Train a network with the softmax where it belongs, and with another one at its end.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        ``losses``: of each epoch, with the first seed. ``scores``: accuracy (0 to 1) with each
        seed. ``table``: columns and rows for the page.
    """
    X_train, y_train, X_test, y_test = load_mnist()
    X_train, X_test = X_train[:N_IMAGES] / np.float32(255), X_test / np.float32(255)
    y_train, y_test = y_train[:N_IMAGES].astype(np.int64), y_test.astype(np.int64)
    losses: dict[str, list[float]] = {}
    scores: dict[str, list[float]] = {}
    rows = []
    for name, make_optimizer in OPTIMIZERS.items():
        for times in ("once", "twice"):
            key = f"{name}, {times}"
            found = []
            for seed in seeds:
                network = make_network(seed, twice=times == "twice")
                history = train(
                    network,
                    X_train,
                    y_train,
                    loss=nn.CrossEntropyLoss(),
                    optimizer=make_optimizer(network.parameters()),
                    batch_size=128,
                    epochs=EPOCHS,
                    validation=(X_test, y_test),
                    score=accuracy,
                    device="cpu",
                    seed=seed,
                )
                found.append(round(history.validation_scores[-1], 6))
                losses.setdefault(key, [round(loss, 4) for loss in history.losses])
            scores[key] = found
            rows.append([name, times, f"{losses[key][-1]:.2f}", in_percent(found)])
    columns = ["Optimiser", "Softmax", "Training loss at the end", "Read right"]
    return {"losses": losses, "scores": scores, "table": {"columns": columns, "rows": rows}}


# --8<-- [start:network]
def make_network(seed: int, *, twice: bool) -> nn.Module:
    seed_everything(seed)
    network = DenseNetwork((784, 128, 128, 10))
    if twice:  # the mistake: nn.CrossEntropyLoss has one inside
        network = nn.Sequential(network, nn.Softmax(dim=1))
    return network
    # --8<-- [end:network]


def mean_absolute_errors(seeds: list[int]) -> tuple[dict, dict]:
    """Foretell numbers with each library, and without any network.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    table : dict
        Columns and rows for the page.
    errors : dict
        Mean absolute error on the test set with each seed, by what foretold.
    """
    from sklearn.linear_model import LinearRegression

    errors: dict[str, list[float]] = {"always the median": [], "linear regression": []}
    epochs: dict[str, list[int]] = {}
    n = N_TRAINING + N_VALIDATION
    for seed in seeds:
        X, y = regression.make_friedman(seed=seed)
        (X_known, X_test), (y_known, y_test) = np.split(X, [n]), np.split(y, [n])
        guesses = {
            "always the median": np.median(y_known),
            "linear regression": LinearRegression().fit(X_known, y_known).predict(X_test),
        }
        training = X[:N_TRAINING], y[:N_TRAINING]
        validation = X[N_TRAINING:n], y[N_TRAINING:n]
        for library, fit in regression.LIBRARIES.items():
            network = fit(training, validation, hidden_sizes=(512,) * 3, seed=seed, device="cpu")
            guesses[library] = network.predict(X_test)
            epochs.setdefault(library, []).append(network.epochs)
        for name, guess in guesses.items():
            error = float(np.mean(np.abs(guess - y_test)))
            errors.setdefault(name, []).append(round(error, 4))
    rows = [
        [name, as_range(epochs.get(name, []), "d"), as_range(found, ".2f")]
        for name, found in errors.items()
    ]
    rows.append(["the noise alone", "", f"{regression.NOISE_FLOOR:.2f}"])
    columns = ["How", "Epochs", "Mean absolute error"]
    return {"columns": columns, "rows": rows}, errors


def as_range(values: list, form: str) -> str:
    """Write numbers of several seeds as a range.

    Parameters
    ----------
    values : list of int or float
        None of them give an empty string.
    form : str
        Python format of a number.

    Returns
    -------
    str
        ``3 to 5``, or ``3`` if they are written alike.
    """
    least, most = (format(pick(values), form) for pick in (min, max)) if values else ("", "")
    return least if least == most else f"{least} to {most}"


def in_percent(scores: list[float]) -> str:
    """Write scores of several seeds, from 0 to 1, as a range in percent."""
    return f"{as_range([100 * score for score in scores], '.1f')} %"
