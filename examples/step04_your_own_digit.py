"""Step 4: can it read a digit that you drew?

Give it your picture: python examples/step04_your_own_digit.py photo.jpg. Without one, the computer
draws 100 digits. Expected score: 0.97 of those (0.75 with --quick, which knows only the
small digits), or how sure it is of your picture. Time: 10 s, and 2 s once the network is trained.
"""

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_digits, load_mnist
from workshop.example import run
from workshop.images import find_ink, mnist_image, picture_as_text, read_picture
from workshop.plotting import new_axes, plot_digits, save
from workshop.strokes import draw_digit
from workshop.trained_networks import trained


def main(image: str | None = None, *, quick: bool = False, seed: int = 0) -> float:
    # --8<-- [start:read]
    if image is not None:
        drawings = [find_ink(read_picture(image))]
    else:
        rng, labels = np.random.default_rng(seed), np.repeat(np.arange(10), 10)
        drawings = [draw_digit(digit, rng) for digit in labels]

    side, box = (8, 8) if quick else (28, 20)  # as those that it knows
    images = [mnist_image(ink, side=side, box=box) for ink in drawings]
    X = np.array(images).reshape(len(images), -1)
    # --8<-- [end:read]

    # --8<-- [start:network]
    network = NetworkClassifier(learning_rate=0.02, schedule="one_cycle")
    network.set_params(random_state=seed, verbose=True)
    if quick:  # few and small images: see them more often, change them less
        network.set_params(epochs=60, batch_size=32, augmentation="shifts")
        network = trained(network, f"step04-digits-{seed}", lambda: load_digits(seed))
    else:
        network.set_params(epochs=10, augmentation="affine")
        network = trained(network, f"step04-mnist-{seed}", load_mnist)
    probabilities = network.predict_proba(X / np.float32(255))
    predictions = probabilities.argmax(axis=1)
    # --8<-- [end:network]

    if image is not None:
        labels, score = predictions, float(probabilities.max())
        print(f"The network sees this:\n{picture_as_text(images[0])}")
        print(f"It reads a {predictions[0]} and is {score:.0%} sure.")
    else:
        score = float(np.mean(predictions == labels))
        print(f"It reads {score:.1%} of {len(labels)} digits that the computer drew.")
    ax = new_axes(7, 5)
    plot_digits(ax, X[::4], labels[::4], predictions[::4])
    print(f"As the network sees them: {save(ax, 'pictures/step04_your_own_digit.png')}")
    return score


if __name__ == "__main__":
    run(main, image="a PNG or JPEG picture of one digit")
