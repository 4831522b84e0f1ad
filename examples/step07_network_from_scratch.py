"""Step 7: what happens inside the network?

MNIST with NumPy alone: `workshop.network` and `workshop.training` hold every line of it.
Expected score: 0.984 or more. Time: about 5 s.
"""

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits, load_mnist
from workshop.example import run
from workshop.plotting import new_axes, plot_digits, plot_loss_curve, plot_weights, save


def main(*, quick: bool = False, seed: int = 0) -> float:
    X_train, y_train, X_test, y_test = load_digits(seed) if quick else load_mnist()
    # --8<-- [start:train]
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    network = NetworkClassifier(
        hidden_sizes=(128,),
        learning_rate=0.1,  # at its peak
        schedule="one_cycle",
        batch_size=128,
        epochs=40 if quick else 10,
        augmentation=None if quick else "shifts",
        random_state=seed,
        verbose=True,
    )
    network.fit(X_train, y_train)
    # --8<-- [end:train]

    # --8<-- [start:curve]
    for epoch, loss in enumerate(network.loss_curve_, start=1):
        if epoch <= 10 or epoch % 10 == 0:
            bar = "#" * round(30 * loss / network.loss_curve_[0])
            print(f"epoch {epoch:2}  loss {loss:.4f}  {bar}")
    # --8<-- [end:curve]

    # --8<-- [start:test]
    predictions = network.predict(X_test)
    wrong = np.flatnonzero(predictions != y_test)
    score = 1 - len(wrong) / len(y_test)
    print(f"It misreads {len(wrong)} of {len(y_test)} images: a score of {score:.4f}")
    # --8<-- [end:test]

    curve, mistakes, weights = new_axes(), new_axes(7, 4), new_axes(7, 3)
    plot_loss_curve(curve, network.loss_curve_)
    plot_digits(mistakes, X_test[wrong[:24]], y_test[wrong[:24]], predictions[wrong[:24]])
    plot_weights(weights, network.weights_[0][:, :24])
    for ax, name in ((curve, "loss"), (mistakes, "mistakes"), (weights, "weights")):
        print(f"See {save(ax, f'pictures/step07_{name}.png')}")
    return score


if __name__ == "__main__":
    run(main)
