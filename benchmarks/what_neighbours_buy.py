"""What a network gains from knowing which pixels are neighbours: step 13's page shows it.

A dense and a convolutional network learn MNIST as it is, and MNIST with the pixels of all images
shuffled in one and the same way. Without shifts, so that the networks differ in nothing else. The
pictures of filters and feature maps are those of the first seed, kept as bytes like those of
`benchmarks.what_it_learned`, since pages are built where MNIST is not at hand.
"""

from importlib import metadata
from typing import Any

import numpy as np
import torch
from torch import nn

from benchmarks.what_it_learned import pack
from workshop.datasets import load_mnist
from workshop.optimizers import one_cycle
from workshop.pytorch.convolution import ConvolutionalNetwork
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.models import count_parameters
from workshop.pytorch.presets import recipe
from workshop.pytorch.training import predict, train

SIDE = 28
WIDTHS = (8, 16, 32)  # filters in each layer: few, so that a page can show them
MOVED = 3  # pixels to the right
SHOWN_IMAGES = (0, 3, 4)  # of the test set: a 7, a 0 and a 4


def measured(seeds: list[int]) -> dict[str, Any]:
    """Train both kinds of network on both kinds of image and return how well they read.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        As `results/what_neighbours_buy.json` has it, apart from the hash of the code. The scores
        are those of the convolutional network on images as they are.
    """
    from benchmarks.steps import LIBRARIES, machine, spread

    X_train, y_train, X_test, y_test = load_mnist()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    y_train = y_train.astype(np.int64)
    order = np.random.default_rng(0).permutation(SIDE * SIDE)

    scores: dict[str, dict[str, list[float]]] = {
        kind: {"as they are": [], "shuffled": [], "moved": []} for kind in NETWORKS
    }
    parameters: dict[str, int] = {}
    shown: dict[str, Any] = {}
    for seed in seeds:
        for kind, make in NETWORKS.items():
            network = make(seed, X_train, y_train)
            parameters[kind] = count_parameters(network)
            if not shown and isinstance(network, ConvolutionalNetwork):
                shown = seen(network, X_test[list(SHOWN_IMAGES)]) | {"layers": layers(network)}
            found = scores[kind]
            found["as they are"].append(score(network, X_test, y_test))
            found["moved"].append(score(network, moved_right(X_test), y_test))
            network = make(seed, X_train[:, order], y_train)
            found["shuffled"].append(score(network, X_test[:, order], y_test))

    columns = ["Network", "Parameters", "As they are", "Pixels shuffled", "Moved"]
    rows = [
        [kind, f"{parameters[kind]:,}", *map(in_percent, found.values())]
        for kind, found in scores.items()
    ]
    own = scores["convolutional"]["as they are"]
    table = shown.pop("layers")
    return {
        "step": "what_neighbours_buy",
        "seeds": seeds,
        "scores": own,
        **spread(own),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
        "medians": {
            kind: {
                what.replace(" ", "_"): spread(values)["median"] for what, values in found.items()
            }
            for kind, found in scores.items()
        },
        **shown,
        "tables": {"neighbours": {"columns": columns, "rows": rows}, "layers": table},
    }


def dense(seed: int, X: np.ndarray, y: np.ndarray) -> nn.Module:
    """Train step 7's shape of network.

    Parameters
    ----------
    seed : int
    X : ndarray of float32, shape (n_images, 784)
        Pixels from 0 to 1.
    y : ndarray of int64, shape (n_images,)

    Returns
    -------
    nn.Module
    """
    seed_everything(seed)
    network = DenseNetwork((SIDE * SIDE, 128, 10))
    train(
        network,
        X,
        y,
        optimizer=torch.optim.AdamW(network.parameters(), lr=0.003, fused=True),
        schedule=one_cycle,
        loss=nn.CrossEntropyLoss(label_smoothing=0.1),
        batch_size=128,
        epochs=6,
        device="cpu",
        seed=seed,
    )
    return network


def convolutional(seed: int, X: np.ndarray, y: np.ndarray) -> nn.Module:
    """Train the smallest of step 13's networks, without shifts; see `dense`."""
    seed_everything(seed)
    network = ConvolutionalNetwork(WIDTHS)
    settings = recipe(network) | {"epochs": 3, "augment": None, "device": "cpu"}
    train(network, X, y, **settings, seed=seed)
    return network


NETWORKS = {"dense": dense, "convolutional": convolutional}


def score(network: nn.Module, X: np.ndarray, y: np.ndarray) -> float:
    """Return the share of images, 0 to 1, that a network reads right; X and y as for `dense`."""
    return round(float(np.mean(predict(network, X).argmax(dim=1).numpy() == y)), 6)


def moved_right(X: np.ndarray) -> np.ndarray:
    """Move images, shape (n_images, 784), to the right; what comes in on the left is empty."""
    images = X.reshape(-1, SIDE, SIDE)
    moved = np.zeros_like(images)
    moved[:, :, MOVED:] = images[:, :, :-MOVED]
    return moved.reshape(X.shape)


def seen(network: ConvolutionalNetwork, X: np.ndarray) -> dict[str, Any]:
    """Return the first layer's filters, and what they and the second layer's answer to images.

    Filters are scaled so that the largest weight of each is 127, answers so that the largest of
    an image is 255.

    Parameters
    ----------
    network : ConvolutionalNetwork
    X : ndarray of float32, shape (n_images, 784)
        Pixels from 0 to 1.

    Returns
    -------
    dict
        ``filters``, ``images``, ``first_maps`` and ``second_maps``, packed, with their shapes.
    """
    filters = network.layers[0].weight.detach().numpy()[:, 0]
    largest = np.abs(filters).max(axis=(1, 2), keepdims=True)
    first, second, _ = (maps.numpy() for maps in network.feature_maps(torch.as_tensor(X)))
    return {
        "filters": {
            "shape": list(filters.shape),
            "weights": pack(np.round(127 * filters / largest).astype(np.int8)),
        },
        "images": pack(np.round(255 * X).astype(np.uint8)),
        "first_maps": _packed_maps(first),
        "second_maps": _packed_maps(second),
    }


def layers(network: ConvolutionalNetwork) -> dict[str, list]:
    """Return a table of the network's layers: what comes out of each, and what each learns."""
    words = {
        "Conv2d": "{0.out_channels} filters of {0.kernel_size[0]} × {0.kernel_size[1]}, stride "
        "{0.stride[0]}, padding {0.padding[0]}",
        "BatchNorm2d": "batch normalisation",
        "ReLU": "ReLU",
        "MaxPool2d": "pooling, {0.kernel_size} × {0.kernel_size}",
        "Flatten": "all in one row",
        "Linear": "dense",
    }
    network.eval()
    answers, rows = torch.zeros(1, 1, SIDE, SIDE), [["the image", "1 × 28 × 28", "0"]]
    with torch.inference_mode():
        for layer in network.layers:
            answers = layer(answers)
            name = words[type(layer).__name__].format(layer)
            shape = " × ".join(map(str, answers.shape[1:]))
            rows.append([name, shape, f"{count_parameters(layer):,}"])
    return {"columns": ["Layer", "What comes out", "Parameters"], "rows": rows}


def in_percent(scores: list[float]) -> str:
    """Write scores of several seeds, from 0 to 1, as a range in percent."""
    least, most = f"{100 * min(scores):.1f}", f"{100 * max(scores):.1f}"
    return f"{least} %" if least == most else f"{least} to {most} %"


def _packed_maps(maps: np.ndarray) -> dict[str, Any]:
    largest = maps.max(axis=(1, 2, 3), keepdims=True)
    return {
        "shape": list(maps.shape),
        "answers": pack(np.round(255 * maps / largest).astype(np.uint8)),
    }
