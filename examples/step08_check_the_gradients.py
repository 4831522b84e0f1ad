"""Step 8: how do you know that your calculus is right?

The network's gradients, worked out by hand, against finite differences and against PyTorch.
Expected score: 8 or 9, the decimal places on which all three agree; 6 would do. Time: 3 s.
"""

from itertools import product

import numpy as np
import torch

from workshop.example import run
from workshop.functions import one_hot
from workshop.network import ACTIVATIONS, LOSSES, Network


# --8<-- [start:differences]
def by_differences(network: Network, X: np.ndarray, targets: np.ndarray) -> np.ndarray:
    loss, gradient, h = LOSSES[network.loss][0], np.zeros_like(network.parameters), 1e-6
    for i, here in enumerate(network.parameters.copy()):
        for side in (1, -1):
            network.parameters[i] = here + side * h
            gradient[i] += side * loss(network.feedforward(X)[-1], targets) / (2 * h)
        network.parameters[i] = here
    return gradient
    # --8<-- [end:differences]


# --8<-- [start:pytorch]
def by_pytorch(network: Network, X: np.ndarray, targets: np.ndarray) -> np.ndarray:
    Z, targets, parameters = torch.tensor(X), torch.tensor(targets), []
    for layer in zip(network.weights, network.biases, strict=True):
        A = getattr(torch, network.activation)(Z) if parameters else Z  # torch.relu, say
        parameters += [torch.tensor(values, requires_grad=True) for values in layer]
        Z = A @ parameters[-2] + parameters[-1]
    loss = torch.sum((Z.softmax(dim=1) - targets) ** 2) / len(X)
    if network.loss == "cross_entropy":
        loss = torch.nn.functional.cross_entropy(Z, targets)
    return np.concatenate([g.numpy().ravel() for g in torch.autograd.grad(loss, parameters)])
    # --8<-- [end:pytorch]


def main(*, quick: bool = False, seed: int = 0) -> float:
    rng, sizes = np.random.default_rng(seed), (6, 5, 4, 3) if quick else (20, 10, 8, 5)
    X, targets, worst = rng.normal(size=(10, sizes[0])), one_hot(np.arange(10) % 3, sizes[-1]), 0.0
    # --8<-- [start:compare]
    for activation, loss in product(ACTIVATIONS, LOSSES):
        network = Network(sizes, activation=activation, loss=loss, seed=seed, dtype=np.float64)
        network.parameters += rng.normal(size=len(network.parameters))  # biases too
        ours = network.backpropagate(X, targets)[1]
        apart = [np.abs(ours - f(network, X, targets)).max() for f in (by_differences, by_pytorch)]
        print(f"{activation:7}  {loss}  differences {apart[0]:.1e}  PyTorch {apart[1]:.1e}")
        worst = max(worst, *apart)
    # --8<-- [end:compare]
    print(f"All agree to {-np.log10(worst):.1f} decimal places.")
    return float(-np.log10(worst))


if __name__ == "__main__":
    run(main)
