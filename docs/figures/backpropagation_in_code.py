"""What mistakes in backpropagation look like: to a gradient check, and in the score.

The public function draws the figure.
"""

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from workshop.datasets import load_digits
from workshop.functions import cross_entropy, cross_entropy_delta, one_hot, relu_derivative
from workshop.network import Network

RATE = 0.1
MISTAKES = {
    "": "none",
    "early": "weights changed\ntoo early",
    "biases": "biases left out",
    "slope": "slope left out",
    "mean": "sum instead\nof mean",
    "stale": "answers of\nlast batch",
}


def _gradient(
    network: Network, X: np.ndarray, targets: np.ndarray, mistake: str, last: list[np.ndarray]
) -> np.ndarray:
    """Return the gradient as `Network.backpropagate` does, but with a mistake.

    Parameters
    ----------
    last : list of ndarray
        What the layers put out for the batch before; that of this batch takes its place.
    """
    outputs = network.feedforward(X)
    gradient = np.empty_like(network.parameters)
    weight_gradients, bias_gradients = network._split(gradient)
    weights = [w.copy() for w in network.weights]
    # --8<-- [start:mistakes]
    delta = cross_entropy_delta(outputs[-1], targets)
    if mistake == "mean":
        delta *= len(X)  # the sum over the batch, where the mean is meant
    if mistake == "stale":
        outputs = last  # what the layers answered to another batch
    for layer in reversed(range(len(weights))):
        weight_gradients[layer][:] = outputs[layer].T @ delta
        bias_gradients[layer][:] = delta.sum(axis=0)
        if mistake == "biases":
            bias_gradients[layer][:] = 0
        if mistake == "early":  # and only then back through them
            weights[layer] -= RATE * weight_gradients[layer]
        if layer > 0:
            delta = delta @ weights[layer].T
            if mistake != "slope":
                delta *= relu_derivative(outputs[layer])
    # --8<-- [end:mistakes]
    last[:] = network.feedforward(X)
    return gradient


def _disagreement(mistake: str) -> float:
    """Return how far the gradient is from nudging: the largest difference, as a share."""
    rng, sizes = np.random.default_rng(0), (6, 5, 4, 3)
    network = Network(sizes, seed=0, dtype=np.float64)
    network.parameters += rng.normal(0, 0.5, len(network.parameters))
    X, targets = rng.normal(size=(10, 6)), one_hot(np.arange(10) % 3, 3, dtype=np.float64)
    last = network.feedforward(rng.normal(size=(10, 6)))
    ours = _gradient(network, X, targets, mistake, last)
    nudged, h = np.zeros_like(ours), 1e-6
    for i, here in enumerate(network.parameters.copy()):
        for side in (1, -1):
            network.parameters[i] = here + side * h
            nudged[i] += side * cross_entropy(network.feedforward(X)[-1], targets) / (2 * h)
        network.parameters[i] = here
    return float(np.abs(ours - nudged).max() / np.abs(nudged).max())


def _scores(mistake: str) -> list[float]:
    """Return the share of test digits read right after five epochs, for three seeds."""
    X, y, X_test, y_test = load_digits()
    X, X_test = X / np.float32(255), X_test / np.float32(255)
    targets, scores = one_hot(y, 10), []
    for seed in range(3):
        network = Network((64, 32, 10), seed=seed)
        last = network.feedforward(X[:32])
        for _ in range(5):
            order = network.rng.permutation(len(X) // 32 * 32)
            for start, end in pairwise(range(0, len(order) + 1, 32)):
                batch = order[start:end]
                gradient = _gradient(network, X[batch], targets[batch], mistake, last)
                network.parameters -= RATE * gradient
        scores.append(float(np.mean(network.predict_proba(X_test).argmax(axis=1) == y_test)))
    return scores


def backpropagation_mistakes() -> Figure:
    """Mistakes, side by side: what a gradient check sees, and what the score shows."""
    figure = Figure(figsize=(5.0, 3.3), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for row, mistake in enumerate(MISTAKES):
        colour = "C1" if mistake else "C0"
        left.plot([1e-12, _disagreement(mistake)], [row, row], color=colour, lw=1.4)
        left.plot(_disagreement(mistake), row, "o", color=colour)
        scores = _scores(mistake)
        right.plot(scores, [row] * len(scores), "o", color=colour, alpha=0.75)
    left.set_xscale("log")
    left.set(
        yticks=range(len(MISTAKES)),
        yticklabels=MISTAKES.values(),
        ylim=(len(MISTAKES) - 0.5, -0.5),
        xlim=(1e-12, 1e3),
        xticks=(1e-10, 1e-5, 1),
        xlabel="off by (share)",
        title="gradient check",
    )
    right.set(xlabel="read right", title="after five epochs", xlim=(0, 1), xticks=(0, 0.5, 1))
    return figure
