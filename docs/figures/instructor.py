"""Own data, learned and shown: the example of the page on adapting a deck."""

import numpy as np
from matplotlib.axes import Axes
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

from workshop.classifier import NetworkClassifier
from workshop.plotting import new_axes


# --8<-- [start:learn]
def _learned() -> tuple[NetworkClassifier, np.ndarray, np.ndarray]:
    X, y = load_wine(return_X_y=True)  # here comes your data
    parts = train_test_split(X, y, stratify=y, random_state=0)
    X_train, X_test, y_train, y_test = parts
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    X_train, X_test = (X_train - mean) / spread, (X_test - mean) / spread
    network = NetworkClassifier((16,), epochs=100, random_state=0)
    return network.fit(X_train, y_train), X_test, y_test


# --8<-- [end:learn]
# --8<-- [start:show]
def our_score() -> str:
    """A text, for the computed macro."""
    network, X_test, y_test = _learned()
    right = (network.predict(X_test) == y_test).sum()
    return f"{right} of {len(y_test)} new wines right"


def our_probabilities() -> Axes:
    """A picture, for an image."""
    network, X_test, _ = _learned()
    surest = np.sort(network.predict_proba(X_test).max(axis=1))
    ax = new_axes(6.2, 3.2)
    ax.bar(range(len(surest)), surest)
    ax.set(xlabel="new wines, least sure first", ylabel="probability")
    return ax


# --8<-- [end:show]
