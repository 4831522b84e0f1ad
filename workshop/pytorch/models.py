"""The models that can be saved; each keeps the `settings` from which it can be made again."""

from torch import nn

from workshop.pytorch.convolution import ConvolutionalNetwork
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.recurrence import RecurrentNetwork

MODELS: dict[str, type[nn.Module]] = {
    kind.__name__: kind for kind in (ConvolutionalNetwork, DenseNetwork, RecurrentNetwork)
}


def count_parameters(model: nn.Module) -> int:
    """Return how many numbers a model learns."""
    return sum(parameter.numel() for parameter in model.parameters())
