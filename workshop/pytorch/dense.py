"""The network of dense layers: what `workshop.network` is in NumPy."""

import itertools
from collections.abc import Sequence

import torch
from torch import nn


class DenseNetwork(nn.Module):
    """Layers in which every neuron is connected to all of the layer before, with ReLU in between.

    The outputs are plain sums: logits for `nn.CrossEntropyLoss`, which has the softmax inside, or
    the numbers themselves for a regression.

    Parameters
    ----------
    sizes : sequence of int
        Numbers in, neurons of each hidden layer, numbers out: ``(784, 128, 10)``.
    output_relu : bool
        Also cut the outputs off below zero. A network can start dead then: see step 9.
    """

    def __init__(self, sizes: Sequence[int], output_relu: bool = False) -> None:
        super().__init__()
        self.settings = {"sizes": list(sizes), "output_relu": output_relu}
        # --8<-- [start:layers]
        layers: list[nn.Module] = [nn.Flatten()]
        for n_inputs, n_outputs in itertools.pairwise(sizes):
            layers += [nn.Linear(n_inputs, n_outputs), nn.ReLU()]
        self.layers = nn.Sequential(*(layers if output_relu else layers[:-1]))
        # --8<-- [end:layers]

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the outputs.

        Parameters
        ----------
        X : tensor of shape (n_samples, ...)
            All but the first axis make ``sizes[0]`` numbers together.

        Returns
        -------
        tensor of shape (n_samples, sizes[-1])
        """
        return self.layers(X)
