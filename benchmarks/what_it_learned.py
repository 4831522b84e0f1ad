"""What networks learned of MNIST, as data: `docs/practice/what_it_learned.md` draws it.

Pages are built where MNIST is not at hand. So the pictures of weights and of misread images are
measured once, by `make results`, and kept in `results/what_it_learned.json`. Images and weights are
bytes there, compressed and in base 64; `unpack` turns them into arrays again.
"""

import base64
import zlib
from importlib import metadata
from typing import Any

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_mnist

SIDE = 28
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
DIGITS = 10
HIDDEN = 24
WEIGHT_DECAY = 0.01
SHOWN_NEURONS = 4
IMAGES_A_NEURON = 4
SHOWN_MISTAKES = 16
SHOWN_PAIRS = 6
UNSURE = 200  # of 10,000: the answers of which a network is least sure
SETTINGS: dict[str, Any] = {
    "learning_rate": 0.1,
    "schedule": "one_cycle",
    "batch_size": 128,
    "epochs": 10,
}


def measured(seeds: list[int]) -> dict[str, Any]:
    """Train the networks and return what the page shows of them.

    Parameters
    ----------
    seeds : list of int
        The pictures of weights are those of the first; scores and mistakes are those of all.

    Returns
    -------
    dict
        As `results/what_it_learned.json` has it, apart from the hash of the code.
    """
    from benchmarks.steps import LIBRARIES, machine, spread

    X_train, y_train, X_test, y_test = load_mnist()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)

    small: dict[str, list[NetworkClassifier]] = {"plain": [], "decayed": []}
    large = []
    for seed in seeds:
        for name, decay in (("plain", 0.0), ("decayed", WEIGHT_DECAY)):
            network = NetworkClassifier(
                (HIDDEN,), weight_decay=decay, random_state=seed, **SETTINGS
            )
            small[name].append(network.fit(X_train, y_train))
        step_7 = NetworkClassifier((128,), augmentation="shifts", random_state=seed, **SETTINGS)
        large.append(step_7.fit(X_train, y_train))

    probabilities = np.array([network.predict_proba(X_test) for network in large])
    scores = [round(float(np.mean(p.argmax(axis=1) == y_test)), 6) for p in probabilities]
    result: dict[str, Any] = {
        "step": "what_it_learned",
        "seeds": seeds,
        "scores": scores,
        **spread(scores),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
        "hidden": HIDDEN,
        "weight_decay": WEIGHT_DECAY,
    }
    for name, networks in small.items():
        their_scores = [round(network.score(X_test, y_test), 6) for network in networks]
        result[name] = spread(their_scores) | first_layer(networks[0], X_train)
    result["neurons"] = loudest_neurons(small["decayed"][0], X_test)
    result |= mistakes(probabilities, X_test, y_test)
    return result


def first_layer(network: NetworkClassifier, X: np.ndarray) -> dict[str, Any]:
    """Return the weights of the hidden neurons, and which of them hardly ever answer to `X`.

    Each neuron's weights are scaled so that the largest is 127. A neuron answers where it puts
    out more than zero; "hardly ever" is to fewer than one image in a hundred.

    Parameters
    ----------
    network : NetworkClassifier
    X : ndarray of float32, shape (n_images, 784)
        Pixels from 0 to 1.

    Returns
    -------
    dict
        What `results/what_it_learned.json` has of a small network, apart from its scores.
    """
    weights = network.weights_[0].T  # (n_hidden, n_pixels)
    largest = np.abs(weights).max(axis=1, keepdims=True)
    active = network.network_.feedforward(X)[1] > 0
    ever_inked = X.any(axis=0)
    size = np.abs(weights)
    return {
        "weights": pack(np.round(127 * weights / largest).astype(np.int8)),
        "silent": np.flatnonzero(active.mean(axis=0) < 0.01).tolist(),
        "answers_of_silent": int(active[:, active.mean(axis=0) < 0.01].sum()),
        "pixels_never_inked": int(np.sum(~ever_inked)),
        "mean_size_where_never_inked": round(float(size[:, ~ever_inked].mean()), 4),
        "mean_size_elsewhere": round(float(size[:, ever_inked].mean()), 4),
    }


def loudest_neurons(network: NetworkClassifier, X: np.ndarray) -> dict[str, Any]:
    """Return the hidden neurons that move the answers most, and the images they answer to most.

    Parameters
    ----------
    network : NetworkClassifier
    X : ndarray of float32, shape (n_images, 784)
        Pixels from 0 to 1.

    Returns
    -------
    dict
        The numbers of the ``chosen`` neurons, their ``outgoing`` weights, one row of ten for each,
        and the ``images``, packed.
    """
    answers = network.network_.feedforward(X)[1]  # (n_images, n_hidden)
    outgoing = network.weights_[1]  # (n_hidden, n_digits)
    say = outgoing.std(axis=1) * answers.mean(axis=0)
    chosen = np.argsort(-say, kind="stable")[:SHOWN_NEURONS]
    images = np.argsort(-answers[:, chosen], axis=0, kind="stable")[:IMAGES_A_NEURON].T
    return {
        "chosen": chosen.tolist(),
        "outgoing": np.round(outgoing[chosen].astype(float), 3).tolist(),
        "images": pack(_as_bytes(X[images.ravel()])),
    }


def mistakes(probabilities: np.ndarray, X: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """Return what the networks misread.

    Parameters
    ----------
    probabilities : ndarray, shape (n_networks, n_images, 10)
    X : ndarray, shape (n_images, 784)
        Pixels from 0 to 1.
    y : ndarray of int, shape (n_images,)

    Returns
    -------
    dict
        ``mistakes`` (counts, shares and sureness, 0 to 1), ``confusion`` (a row for each digit, a
        column for each wrong answer, of all networks), ``misread`` images, and ``tables``.
    """
    predictions = probabilities.argmax(axis=2)
    wrong = predictions != y
    confusion = np.zeros((DIGITS, DIGITS), dtype=int)
    for answers in predictions:
        np.add.at(confusion, (y, answers), 1)
    np.fill_diagonal(confusion, 0)

    pairs = sorted(
        ((i, j) for i in range(DIGITS) for j in range(i)),
        key=lambda pair: -(confusion[pair] + confusion[pair[::-1]]),
    )
    columns = [
        "Pair",
        "Mistakes",
        "The smaller read as the larger",
        "The larger read as the smaller",
    ]
    rows = [
        [f"{j} and {i}".replace(" ", NO_BREAK_SPACE), int(confusion[i, j] + confusion[j, i]),
         int(confusion[j, i]), int(confusion[i, j])]
        for i, j in pairs[:SHOWN_PAIRS]
    ]  # fmt: skip

    sureness = probabilities.max(axis=2)  # (n_networks, n_images)
    least_sure = np.argsort(sureness, axis=1, kind="stable")[:, :UNSURE]
    caught = np.take_along_axis(wrong, least_sure, axis=1).sum(axis=1) / wrong.sum(axis=1)
    by_all = np.flatnonzero(wrong.all(axis=0))
    shown = by_all[:SHOWN_MISTAKES]
    return {
        "mistakes": {
            "in_all": int(wrong.sum()),
            "by_any": int(wrong.any(axis=0).sum()),
            "by_all": len(by_all),
            "in_shown_pairs": sum(row[1] for row in rows) / int(wrong.sum()),
            "sure_when_right": round(float(np.median(sureness[~wrong])), 4),
            "sure_when_wrong": round(float(np.median(sureness[wrong])), 4),
            "unsure": UNSURE,
            "caught_by_unsure": round(float(np.median(caught)), 4),
        },
        "confusion": confusion.tolist(),
        "misread": {
            "indices": shown.tolist(),
            "labels": y[shown].tolist(),
            "read": predictions[:, shown].T.tolist(),
            "images": pack(_as_bytes(X[shown])),
        },
        "tables": {"pairs": {"columns": columns, "rows": rows}},
    }


def pack(array: np.ndarray) -> str:
    """Write an array of bytes, ``int8`` or ``uint8``, as text."""
    return base64.b64encode(zlib.compress(array.tobytes(), 9)).decode("ascii")


def unpack(text: str, dtype: type) -> np.ndarray:
    """Return what `pack` wrote, as images.

    Parameters
    ----------
    text : str
    dtype : type
        ``np.int8`` or ``np.uint8``, as it was packed.

    Returns
    -------
    ndarray, shape (n_images, 784)
    """
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype).reshape(-1, SIDE * SIDE)


def _as_bytes(X: np.ndarray) -> np.ndarray:
    return np.round(255 * X).astype(np.uint8)
