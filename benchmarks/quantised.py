"""Small networks whose weights are bytes: what the book's pages carry of a trained network.

Each row of weights, all that leads into one neuron or filter, is a row of `int8` with a scale of
its own. A layer computes ``scales * (weights @ inputs) + biases``, with pooling before the scale
and ReLU after the sum, except in the last layer, which ends in softmax. `docs/assets/js/widgets/
digit_networks.js` does the same in the reader's browser.
"""

import base64
import json
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from workshop.convolution import convolve_layer, max_pool
from workshop.functions import relu, softmax

LARGEST = 127  # of the bytes that a weight becomes, so that zero is in the middle
FIGURES = 7  # of a scale or a bias: as many as float32 has
LINE = 96  # characters of base 64 in a line
NUMBERS = re.compile(r"\[\s+[-\d][^\[\]\"]*\]")


@dataclass
class QuantisedLayer:
    """One layer: dense where its weights have two axes, convolutional where they have four.

    Attributes
    ----------
    weights : ndarray of int8, shape (n_outputs, n_inputs) or (n_filters, n_channels, height, width)
    scales, biases : ndarray, shape (n_outputs,) or (n_filters,)
        A scale may be negative: the gain of a batch normalisation is part of it.
    stride, padding : int, pixels
        Of a convolution.
    pool : int, pixels
        The largest of each square of that side is kept; 1 keeps all.
    """

    weights: np.ndarray
    scales: np.ndarray
    biases: np.ndarray
    stride: int = 1
    padding: int = 0
    pool: int = 1

    def __call__(self, X: np.ndarray) -> np.ndarray:
        """Return the layer's sums, before ReLU or softmax.

        Parameters
        ----------
        X : ndarray, shape (n_samples, n_inputs) or (n_samples, n_channels, height, width)

        Returns
        -------
        ndarray, shape (n_samples, n_outputs) or (n_samples, n_filters, rows, columns)
        """
        weights = self.weights.astype(float)
        if weights.ndim == 2:
            return X.reshape(len(X), -1) @ weights.T * self.scales + self.biases
        maps = convolve_layer(X, weights, stride=self.stride, padding=self.padding)
        maps = max_pool(maps, self.pool)
        return maps * self.scales[:, None, None] + self.biases[:, None, None]


def quantised(
    weights: np.ndarray, biases: np.ndarray, gains: np.ndarray | float = 1.0, **settings: int
) -> QuantisedLayer:
    """Return a layer whose weights are bytes.

    Parameters
    ----------
    weights : ndarray, shape (n_outputs, ...)
        One row for each neuron or filter.
    biases : ndarray, shape (n_outputs,)
    gains : ndarray, shape (n_outputs,)
        What each row's sum is multiplied by.
    **settings : int
        `stride`, `padding` and `pool` of a convolution.

    Returns
    -------
    QuantisedLayer
        The largest weight of each row becomes 127 or -127.
    """
    largest = np.abs(weights.reshape(len(weights), -1)).max(axis=1)
    steps = np.where(largest > 0, largest, 1) / LARGEST
    rows = steps.reshape(-1, *[1] * (weights.ndim - 1))
    return QuantisedLayer(
        np.rint(weights / rows).astype(np.int8), _short(steps * gains), _short(biases), **settings
    )


def _short(values: np.ndarray) -> np.ndarray:
    """Round to as many figures as the script will have."""
    return np.array([float(f"{value:.{FIGURES}g}") for value in values])


@dataclass
class QuantisedNetwork:
    """Layers, and what to know of them.

    Attributes
    ----------
    layers : list of QuantisedLayer
    facts : dict
        Command, seed, data, score; what the script says of itself.
    """

    layers: list[QuantisedLayer]
    facts: dict[str, Any] = field(default_factory=dict)

    def feedforward(self, images: np.ndarray) -> list[np.ndarray]:
        """Return what each layer puts out: hidden layers ..., probabilities.

        Parameters
        ----------
        images : ndarray of uint8, shape (n_samples, 784)

        Returns
        -------
        list of ndarray
            Of hidden layers, shape (n_samples, n_outputs) or (n_samples, n_filters, rows,
            columns); at the end, shape (n_samples, n_classes).
        """
        answers, outputs = images.reshape(-1, 1, 28, 28) / 255, []
        for layer in self.layers[:-1]:
            answers = relu(layer(answers))
            outputs.append(answers)
        return [*outputs, softmax(self.layers[-1](answers))]

    def predict_proba(self, images: np.ndarray) -> np.ndarray:
        """Return the probabilities of the classes.

        Parameters
        ----------
        images : ndarray of uint8, shape (n_samples, 784)

        Returns
        -------
        ndarray, shape (n_samples, n_classes)
        """
        batches = np.array_split(images, max(1, len(images) // 1000))  # to fit into the memory
        return np.concatenate([self.feedforward(batch)[-1] for batch in batches])


def bytes_as_lines(array: np.ndarray) -> list[str]:
    """Write an array of bytes, of any shape, in base 64, in lines that an editor can show."""
    text = base64.b64encode(array.tobytes()).decode("ascii")
    return [text[start : start + LINE] for start in range(0, len(text), LINE)]


def lines_as_bytes(lines: list[str], dtype: type) -> np.ndarray:
    """Return what `bytes_as_lines` wrote, as a flat array of ``np.int8`` or ``np.uint8``."""
    return np.frombuffer(base64.b64decode("".join(lines)), dtype)


def write_script(path: Path, name: str, comment: str, content: dict[str, Any]) -> None:
    """Write a classic script that puts JSON at ``globalThis.FirstNeuron.<name>``.

    Parameters
    ----------
    path : Path
    name : str
        A name, or two with a dot between them.
    comment : str
        What stands above it, in lines of up to 97 characters.
    content : dict
        What JSON can write.
    """
    above = "".join(f"// {line}\n" for line in comment.splitlines())
    start = "globalThis.FirstNeuron ??= {};\n"
    if "." in name:
        start += f"globalThis.FirstNeuron.{name.partition('.')[0]} ??= {{}};\n"
    text = NUMBERS.sub(_filled, json.dumps(content, indent=1, ensure_ascii=False))
    path.write_text(f"{above}{start}globalThis.FirstNeuron.{name} = {text};\n", encoding="utf-8")


def _filled(numbers: re.Match[str]) -> str:
    """Write a list of numbers in as few lines as it needs."""
    return textwrap.fill(" ".join(numbers[0].split()), LINE)


def read_script(path: Path) -> dict[str, Any]:
    """Return the JSON of a script that `write_script` wrote.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict
        The `content` that was written.

    Raises
    ------
    ValueError
        If it is no such script.
    """
    text = path.read_text(encoding="utf-8")
    _, found, rest = text.partition(" = {\n")
    if not found:
        raise ValueError(
            f"{path.name} must put one JSON object at globalThis.FirstNeuron, but none begins in "
            "it. It was changed by hand, or is another file: make weights writes it anew."
        )
    return json.loads("{" + rest.rstrip().removesuffix(";"))


def network_as_json(network: QuantisedNetwork) -> dict[str, Any]:
    """Return a network as its script has it."""
    layers = [
        {
            "shape": list(layer.weights.shape),
            "stride": layer.stride,
            "padding": layer.padding,
            "pool": layer.pool,
            "scales": layer.scales.tolist(),
            "biases": layer.biases.tolist(),
            "weights": bytes_as_lines(layer.weights),
        }
        for layer in network.layers
    ]
    return {**network.facts, "layers": layers}


def network_from_json(content: dict[str, Any]) -> QuantisedNetwork:
    """Return the network that `network_as_json` wrote."""
    layers = [
        QuantisedLayer(
            lines_as_bytes(layer["weights"], np.int8).reshape(layer["shape"]),
            np.array(layer["scales"]),
            np.array(layer["biases"]),
            layer["stride"],
            layer["padding"],
            layer["pool"],
        )
        for layer in content["layers"]
    ]
    return QuantisedNetwork(layers, {key: content[key] for key in content if key != "layers"})
