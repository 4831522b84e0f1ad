"""Settings of `ConvolutionalNetwork` for MNIST, by how long you want to wait.

    network = ConvolutionalNetwork(WIDTHS_IN_SECONDS[30], padding=0)
    train(network, X_train / np.float32(255), y_train, **recipe(network), time_limit=30)

In little time a small network that sees every image often beats a large one that sees it a few
times. The seconds are those of a laptop with two cores.
"""

from typing import Any

import torch
from torch import nn

from workshop.optimizers import one_cycle
from workshop.pytorch.convolution import ConvolutionalNetwork, shifts

WIDTHS_IN_SECONDS: dict[int, tuple[int, int, int]] = {
    10: (12, 24, 48),
    30: (16, 32, 64),
    60: (24, 48, 96),
}


# --8<-- [start:recipe]
def recipe(network: ConvolutionalNetwork) -> dict[str, Any]:
    """Return the arguments of `train` with which it learns images fast."""
    return {
        "optimizer": torch.optim.AdamW(network.parameters(), lr=0.02, fused=True),
        "schedule": one_cycle,  # up to that learning rate, and down to zero
        "loss": nn.CrossEntropyLoss(label_smoothing=0.1),
        "augment": shifts(network.side),  # by one pixel, anew each time
        "batch_size": 128,
        "epochs": 1000,  # the time limit comes first
    }


# --8<-- [end:recipe]
