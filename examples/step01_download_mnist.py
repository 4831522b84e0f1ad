"""Step 1: where do the digits come from, and are they the right ones?

Downloads MNIST (11.6 MB, the first time only), looks it over and shows some of it.
Expected score: 1.0, the share of checks that the data passes. Time: 2 s, and the download.
"""

import numpy as np

from workshop.datasets import load_digits, load_mnist
from workshop.example import run
from workshop.images import picture_as_text
from workshop.plotting import new_axes, plot_digits, save


def main(*, quick: bool = False, seed: int = 0) -> float:
    # --8<-- [start:load]
    X_train, y_train, X_test, y_test = load_digits(seed) if quick else load_mnist()

    print(f"to learn from: {len(X_train):6,} images of {X_train.shape[1]} pixels")
    print(f"to be tested:  {len(X_test):6,} images of {X_test.shape[1]} pixels")
    # --8<-- [end:load]

    # --8<-- [start:check]
    X, y = np.concatenate([X_train, X_test]), np.concatenate([y_train, y_test])
    known = set(map(bytes, X_train))
    checks = {
        "as many as there should be": len(X) == (1_797 if quick else 70_000),
        "a label for each": len(X_train) == len(y_train) and len(X_test) == len(y_test),
        "pixels from 0 (paper) to 255 (ink)": (X.min(), X.max()) == (0, 255),
        "labels from 0 to 9": set(y) == set(range(10)),
        "each digit about as often": bool(np.bincount(y).min() > 0.08 * len(y)),
        "no test image among those to learn": known.isdisjoint(map(bytes, X_test)),
    }
    for check, passed in checks.items():
        print(f"  {'yes' if passed else 'NO '}  {check}")
    # --8<-- [end:check]

    # --8<-- [start:show]
    side = int(np.sqrt(X_train.shape[1]))
    print(f"\nThe first image is a {y_train[0]}:")
    print(picture_as_text(X_train[0].reshape(side, side)))

    ax = new_axes(7, 3.5)
    plot_digits(ax, X_train[:24], y_train[:24])
    print(f"More of them: {save(ax, 'pictures/step01_download_mnist.png')}")
    # --8<-- [end:show]
    return sum(checks.values()) / len(checks)


if __name__ == "__main__":
    run(main)
