"""What the page on scores says about a network that learned from more digits."""

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits


def learned_from_all() -> str:
    """Say how the network of the page does when it may learn from all training images."""
    X_train, y_train, X_test, y_test = load_digits()
    network = NetworkClassifier(
        hidden_sizes=(16,), learning_rate=0.1, batch_size=32, epochs=30, random_state=0
    ).fit(X_train / np.float32(255), y_train)
    predictions = network.predict(X_test / np.float32(255))
    wrong = predictions != y_test
    recall = [np.mean(predictions[y_test == digit] == digit) for digit in range(10)]
    missed = int(np.argmin(recall))
    return (
        f"With {len(y_train):,} digits, {wrong.sum()} of {len(y_test)} answers are wrong, and "
        f"{missed} is the digit of the lowest recall, {recall[missed]:.2f}; that of 8 is "
        f"{recall[8]:.2f}."
    )
