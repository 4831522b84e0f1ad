"""What each idea buys on MNIST, on its own: step 3's page shows it.

All begin with step 7's network and settings, without moved images. Each idea changes one thing; the
last two change two, because the one makes room for the other.
"""

from collections.abc import Iterator
from importlib import metadata
from typing import Any

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_mnist
from workshop.functions import cross_entropy, cross_entropy_delta, one_hot, relu, softmax
from workshop.network import Network
from workshop.optimizers import one_cycle
from workshop.training import train

N_CLASSES = 10
BATCH, RATE, EPOCHS = 128, 0.1, 10
PLAIN: dict[str, Any] = {
    "hidden_sizes": (128,),
    "learning_rate": RATE,
    "schedule": "one_cycle",
    "batch_size": BATCH,
    "epochs": EPOCHS,
}
WIDE = {"hidden_sizes": (512,)}
IDEAS: dict[str, dict[str, Any]] = {
    "early stopping": {"early_stopping": True},
    "label smoothing": {"label_smoothing": 0.1},
    "weight decay 0.001": {"weight_decay": 0.001},
    "512 neurons, not 128": WIDE,
    "move each image by a pixel": {"augmentation": "shifts"},
    "move, turn and slant it": {"augmentation": "affine"},
    "move, turn, slant, and 512 neurons": {"augmentation": "affine"} | WIDE,
}
VOTERS = 5


class Dropout(Network):
    """A network with one hidden layer of ReLU that forgets some of its neurons in each step.

    As on the page on regularisation: only training uses `backpropagate`, so dropout ends with it.

    References
    ----------
    N. Srivastava and others: Dropout: A Simple Way to Prevent Neural Networks from Overfitting.
    Journal of Machine Learning Research 15, 2014.
    """

    share = 0.2  # of the hidden neurons

    def backpropagate(self, X: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the loss and its gradient, as `Network` does, with some neurons switched off."""
        hidden = relu(X @ self.weights[0] + self.biases[0])  # (n_samples, n_hidden)
        drawn = self.rng.random(hidden.shape) >= self.share
        keep = drawn.astype(hidden.dtype) / hidden.dtype.type(1 - self.share)
        dropped = hidden * keep
        probabilities = softmax(dropped @ self.weights[1] + self.biases[1])

        delta2 = cross_entropy_delta(probabilities, targets)  # (n_samples, n_classes)
        delta1 = (delta2 @ self.weights[1].T) * keep * (hidden > 0)
        parts = [X.T @ delta1, delta1.sum(axis=0), dropped.T @ delta2, delta2.sum(axis=0)]
        return cross_entropy(probabilities, targets), np.concatenate([p.ravel() for p in parts])


def measured(seeds: list[int]) -> dict[str, Any]:
    """Try each idea with each seed and return how well the networks read.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        As `results/what_ideas_buy.json` has it, apart from the hash of the code. The scores are
        those without any idea.
    """
    from benchmarks.steps import LIBRARIES, machine, spread, table

    X_train, y_train, X_test, y_test = load_mnist()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    walks = [list(walk(X_train, y_train, X_test, y_test, seed)) for seed in seeds]
    plain = [rows[0]["score"] for rows in walks]
    return {
        "step": "what_ideas_buy",
        "seeds": seeds,
        "scores": plain,
        **spread(plain),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
        "tables": {"ideas": table(walks)},
    }


def walk(
    X_train: np.ndarray, y_train: np.ndarray, X_test: np.ndarray, y_test: np.ndarray, seed: int
) -> Iterator[dict[str, Any]]:
    """Yield the name and the score of each idea, the plain network first.

    Parameters
    ----------
    X_train, X_test : ndarray of float32, shape (n_images, n_pixels)
        Pixels from 0 to 1.
    y_train, y_test : ndarray of int, shape (n_images,)
    seed : int

    Yields
    ------
    dict
        ``idea`` and ``score``, the share of test images that are read right.
    """

    def answers(network: Network) -> np.ndarray:
        return network.predict_proba(X_test)

    def row(idea: str, probabilities: np.ndarray) -> dict[str, Any]:
        right = probabilities.argmax(axis=1) == y_test
        return {"idea": idea, "score": round(float(right.mean()), 6)}

    def trained(number: int, settings: dict[str, Any]) -> Network:
        classifier = NetworkClassifier(**PLAIN | settings, random_state=number)
        return classifier.fit(X_train, y_train).network_

    voters = [answers(trained(seed + 100 * i, {})) for i in range(VOTERS)]
    yield row("none of these", voters[0])
    for idea, settings in IDEAS.items():
        yield row(idea, answers(trained(seed, settings)))
    yield row("dropout 0.2", answers(with_dropout(X_train, y_train, seed)))
    yield row(f"let {VOTERS} networks vote", np.mean(voters, axis=0))


def with_dropout(X: np.ndarray, y: np.ndarray, seed: int) -> Network:
    """Train the plain network with dropout; see `walk` for the shapes."""
    network = Dropout((X.shape[1], *PLAIN["hidden_sizes"], N_CLASSES), seed=seed)
    train(
        network,
        X,
        one_hot(y, N_CLASSES),
        learning_rate=RATE,
        batch_size=BATCH,
        epochs=EPOCHS,
        schedule=one_cycle,
    )
    return network
