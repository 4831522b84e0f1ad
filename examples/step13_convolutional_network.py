"""Step 13: what does a network gain when it knows which pixels are neighbours?

MNIST with a convolutional network; `workshop.convolution` has its sums in NumPy.
Expected score: 0.994 or more. Time: about 40 s on two cores.
"""

import numpy as np
import torch

from workshop.datasets import load_digits, load_mnist
from workshop.example import run
from workshop.plotting import new_axes, plot_digits, plot_feature_maps, plot_filters, save
from workshop.pytorch.convolution import ConvolutionalNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.models import count_parameters
from workshop.pytorch.presets import WIDTHS_IN_SECONDS, recipe
from workshop.pytorch.training import predict, train


def main(*, quick: bool = False, seed: int = 0, device: str | None = None) -> float:
    X_train, y_train, X_test, y_test = load_digits(seed) if quick else load_mnist()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    side, stride = (8, 1) if quick else (28, 2)

    # --8<-- [start:train]
    seed_everything(seed)
    widths = WIDTHS_IN_SECONDS[10 if quick else 30]
    network = ConvolutionalNetwork(widths, side=side, stride=stride)
    print(f"{count_parameters(network):,} parameters, filters in each layer: {widths}")
    settings = recipe(network) | {"epochs": 20 if quick else 5}
    history = train(
        network, X_train, y_train.astype(np.int64), **settings, device=device, seed=seed
    )
    print(f"{len(history.losses)} epochs in {history.seconds:.0f} s")
    # --8<-- [end:train]

    # --8<-- [start:test]
    answers = predict(network, X_test).argmax(dim=1).numpy()
    wrong = np.flatnonzero(answers != y_test)
    score = 1 - len(wrong) / len(y_test)
    print(f"It misreads {len(wrong)} of {len(y_test)} images: a score of {score:.4f}")
    # --8<-- [end:test]

    # --8<-- [start:look]
    filters = network.layers[0].weight.detach().cpu().numpy()[:, 0]
    first_image = torch.as_tensor(X_test[:1]).to(network.layers[0].weight.device)
    maps = [layer.cpu().numpy()[0] for layer in network.feature_maps(first_image)]
    # --8<-- [end:look]
    pictures = {name: new_axes(7, 4) for name in ("filters", "maps", "mistakes")}
    plot_filters(pictures["filters"], filters)
    plot_feature_maps(pictures["maps"], maps[0])
    plot_digits(pictures["mistakes"], X_test[wrong[:24]], y_test[wrong[:24]], answers[wrong[:24]])
    for name, ax in pictures.items():
        print(f"See {save(ax, f'pictures/step13_{name}.png')}")
    return score


if __name__ == "__main__":
    run(main)
