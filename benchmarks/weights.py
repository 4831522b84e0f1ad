"""`make weights`: train the two networks that read what is drawn on a page, and write them down.

`<draw-digit>` (`docs/assets/js/widgets/draw_digit.js`) reads a drawing in the reader's browser. It
needs three scripts in `docs/assets/js/widgets/weights/` for that: a dense network, a
convolutional one, and a few test images of MNIST, among them some that the networks misread. This
program makes them with the project's own code, on one thread, from a seed; another processor
or another version of a library may round otherwise and so end with slightly other weights. What
they score, through the quantised weights, stands in the scripts and in
`results/digit_networks.json`.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quantised import (
    QuantisedLayer,
    QuantisedNetwork,
    bytes_as_lines,
    network_as_json,
    quantised,
    write_script,
)
from workshop.datasets import load_mnist
from workshop.mnist import MNIST_FILES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "assets" / "js" / "widgets" / "weights"
RESULTS = ROOT / "results" / "digit_networks.json"
COMMAND = "make weights"
SEED = 0
REQUIRED = {"dense": 0.98, "convolutional": 0.99}
DENSE: dict[str, Any] = {
    "hidden_sizes": (64,),
    "learning_rate": 0.3,
    "schedule": "one_cycle",
    "batch_size": 128,
    "epochs": 60,
    "label_smoothing": 0.02,
    "augmentation": "affine",
}
WIDTHS = (8, 16, 32)  # filters in each layer
CONVOLUTIONAL_EPOCHS = 12
LABEL_SMOOTHING = 0.02
READ_RIGHT, DENSE_ERRS, BOTH_ERR = 10, 12, 8  # images to show, of each kind
A_DIGIT = 2  # images of one digit, at most, among those of a kind


def main() -> int:
    """Train, quantise, measure, write; return 1 if a network reads less than it must."""
    images, labels, X_test, y_test = load_mnist()
    networks = {
        "dense": train_dense(images, labels),
        "convolutional": train_convolutional(images, labels),
    }
    probabilities = {name: net.predict_proba(X_test) for name, net in networks.items()}
    scores = {name: float(np.mean(p.argmax(axis=1) == y_test)) for name, p in probabilities.items()}
    for name, score in scores.items():
        print(f"{name}: {score:.4f} of {len(y_test)} test images, at least {REQUIRED[name]}")
    if any(scores[name] < required for name, required in REQUIRED.items()):
        print("Nothing was written.")
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, network in networks.items():
        network.facts |= {"score": scores[name]}
        comment = told(f"The {name} network of <draw-digit>", network.facts)
        write_script(
            FOLDER / f"{name}.js", f"digitNetworks.{name}", comment, network_as_json(network)
        )
    digits = facts("digits") | chosen_digits(X_test, y_test, probabilities)
    comment = told("Test images of MNIST, by Yann LeCun and others, CC BY-SA 3.0", digits)
    write_script(FOLDER / "mnist_digits.js", "mnistDigits", comment, digits)
    RESULTS.write_text(json.dumps(result(networks), indent=2) + "\n", encoding="utf-8")
    return 0


def facts(name: str) -> dict[str, Any]:
    """Return what a script says of how it was made."""
    data = {file.packed.name: file.packed.sha256 for file in MNIST_FILES}
    return {"name": name, "command": COMMAND, "seed": SEED, "sha256": data}


def told(title: str, known: dict[str, Any]) -> str:
    """Return the comment that stands above a script."""
    lines = [
        f"{title}. Written by a program: do not change it by hand.",
        f"Command: {known['command']}",
        f"Seed: {known['seed']}",
        "Data: MNIST, its files' SHA-256:",
        *(f"  {name} {digest}" for name, digest in known["sha256"].items()),
    ]
    if "score" in known:
        lines.append(f"Score: {known['score']:.4f} of the 10,000 test images, with these weights")
    return "\n".join(lines)


def train_dense(images: np.ndarray, labels: np.ndarray) -> QuantisedNetwork:
    """Train 784-64-10 in NumPy, and return it with weights of bytes.

    Parameters
    ----------
    images : ndarray of uint8, shape (n_samples, 784)
    labels : ndarray of int, shape (n_samples,)

    Returns
    -------
    QuantisedNetwork
    """
    from workshop.classifier import NetworkClassifier

    classifier = NetworkClassifier(random_state=SEED, verbose=True, **DENSE)
    classifier.fit(images / np.float32(255), labels)
    layers = [
        quantised(weights.T, biases)
        for weights, biases in zip(classifier.weights_, classifier.biases_, strict=True)
    ]
    return QuantisedNetwork(layers, facts("dense"))


def train_convolutional(images: np.ndarray, labels: np.ndarray) -> QuantisedNetwork:
    """Train three layers of filters in PyTorch, and return them with weights of bytes.

    Parameters
    ----------
    images : ndarray of uint8, shape (n_samples, 784)
    labels : ndarray of int, shape (n_samples,)

    Returns
    -------
    QuantisedNetwork
    """
    import torch
    from torch import nn

    from workshop.augmentation import affine
    from workshop.pytorch.convolution import ConvolutionalNetwork
    from workshop.pytorch.devices import seed_everything
    from workshop.pytorch.presets import recipe
    from workshop.pytorch.training import train

    torch.set_num_threads(1)
    seed_everything(SEED)
    network = ConvolutionalNetwork(WIDTHS)
    change, rng = affine(network.side), np.random.default_rng(SEED)
    settings = recipe(network) | {
        "epochs": CONVOLUTIONAL_EPOCHS,
        "loss": nn.CrossEntropyLoss(label_smoothing=LABEL_SMOOTHING),
        "augment": lambda X, _: torch.from_numpy(change(X.numpy(), rng)),
    }
    X = images / np.float32(255)
    train(network, X, labels.astype(np.int64), device="cpu", seed=SEED, **settings)
    return QuantisedNetwork(folded(network), facts("convolutional"))


def folded(network: Any) -> list[QuantisedLayer]:
    """Return the layers of a `ConvolutionalNetwork`, batch normalisation within the convolutions.

    What a normalisation multiplies by goes into the scales, which act after the pooling as it
    does; what it subtracts and adds becomes the bias.
    """
    from torch import nn

    layers, settings = [], {}
    weights = np.empty(0)
    for module in network.eval().layers:
        if isinstance(module, nn.Conv2d):
            weights = module.weight.detach().numpy().astype(float)
            settings = {"stride": module.stride[0], "padding": module.padding[0], "pool": 1}
        elif isinstance(module, nn.MaxPool2d):
            settings["pool"] = module.kernel_size
        elif isinstance(module, nn.BatchNorm2d):
            spread = np.sqrt(module.running_var.numpy().astype(float) + module.eps)
            gains = module.weight.detach().numpy() / spread
            biases = module.bias.detach().numpy() - module.running_mean.numpy() * gains
            layers.append(quantised(weights, biases, gains, **settings))
        elif isinstance(module, nn.Linear):
            layers.append(quantised(module.weight.detach().numpy(), module.bias.detach().numpy()))
    return layers


def chosen_digits(
    X: np.ndarray, y: np.ndarray, probabilities: dict[str, np.ndarray]
) -> dict[str, Any]:
    """Choose test images to show: some read right, some misread by one network, some by both.

    Of those that are read right, the first of each digit; of the misread ones, those about which
    the networks are surest, at most `A_DIGIT` of a digit.

    Parameters
    ----------
    X : ndarray of uint8, shape (n_samples, 784)
    y : ndarray of int, shape (n_samples,)
    probabilities : dict
        Name of each network to an array of shape (n_samples, 10).

    Returns
    -------
    dict
        As `mnist_digits.js` has it: ``indices``, ``labels``, what each network ``read``, and the
        ``images`` as bytes.
    """
    read = {name: p.argmax(axis=1) for name, p in probabilities.items()}
    right = {name: answers == y for name, answers in read.items()}
    sureness = {name: p.max(axis=1) for name, p in probabilities.items()}
    both_right = right["dense"] & right["convolutional"]
    dense_errs = ~right["dense"] & right["convolutional"]
    both_err = ~right["dense"] & ~right["convolutional"]
    first = [int(np.flatnonzero(both_right & (y == digit))[0]) for digit in range(READ_RIGHT)]
    only_dense = surest(dense_errs, sureness["dense"], y, DENSE_ERRS)
    both = surest(both_err, np.minimum(*sureness.values()), y, BOTH_ERR)
    indices = [*first, *only_dense, *both]
    return {
        "indices": indices,
        "labels": y[indices].tolist(),
        "read": {name: answers[indices].tolist() for name, answers in read.items()},
        "images": bytes_as_lines(X[indices]),
    }


def surest(chosen: np.ndarray, sureness: np.ndarray, y: np.ndarray, count: int) -> list[int]:
    """Return `count` of the chosen images, the surest answers first, few of each digit.

    Parameters
    ----------
    chosen : ndarray of bool, shape (n_samples,)
    sureness : ndarray, shape (n_samples,)
        Probability of each answer.
    y : ndarray of int, shape (n_samples,)
    count : int

    Returns
    -------
    list of int
        Their indices; fewer than `count` where there are not enough.
    """
    found: list[int] = []
    for index in np.argsort(-sureness, kind="stable"):
        same = sum(y[other] == y[index] for other in found)
        if chosen[index] and same < A_DIGIT and len(found) < count:
            found.append(int(index))
    return found


def result(networks: dict[str, QuantisedNetwork]) -> dict[str, Any]:
    """Return what pages quote of the networks."""
    return {
        name: {
            "score": network.facts["score"],
            "mistakes": round(10_000 * (1 - network.facts["score"])),
            "weights": sum(layer.weights.size for layer in network.layers),
            "parameters": sum(layer.weights.size + layer.biases.size for layer in network.layers),
        }
        for name, network in networks.items()
    } | {"step": "digit_networks", "command": COMMAND, "seed": SEED}


if __name__ == "__main__":
    raise SystemExit(main())
