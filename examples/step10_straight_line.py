"""Step 10: does training find the line that the points were made with?

One neuron and fifty points of y = 0.7 x + 0.3; two losses, and a loop that forgets `zero_grad`.
Expected score: 0.99 or more, 1 minus the larger error of weight and bias. Time: about 5 s.
"""

import numpy as np
import torch
from torch import nn

from workshop.datasets import make_straight_line
from workshop.example import run
from workshop.optimizers import constant, one_cycle
from workshop.plotting import new_axes, plot_loss_curve, plot_predictions, save
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.training import evaluate, train


class NeverForgets(torch.optim.SGD):
    """SGD as in a loop without `zero_grad`: each step follows all slopes since the start."""

    def zero_grad(self, set_to_none: bool = True) -> None:
        pass


RUNS = {  # loss, optimiser, learning rate, schedule
    "L1 at 0.1": (nn.L1Loss(), torch.optim.SGD, 0.1, constant),
    "L1, 0.1 to 0": (nn.L1Loss(), torch.optim.SGD, 0.1, one_cycle),
    "squared at 0.3": (nn.MSELoss(), torch.optim.SGD, 0.3, constant),
    "no zero_grad": (nn.L1Loss(), NeverForgets, 0.01, constant),
}


def main(*, quick: bool = False, seed: int = 0, device: str | None = None) -> float:
    X, y = make_straight_line(weight=0.7, bias=0.3)
    order, epochs = np.random.default_rng(seed).permutation(50), 200 if quick else 400
    train_set, test_set = ((X[chosen], y[chosen]) for chosen in (order[:40], order[40:]))
    paths, curves = {}, new_axes()
    print(f"{'':14}   weight     bias  test loss\n{'the truth':14} {0.7:8} {0.3:8} {0.0:10}")
    for name, (loss, *recipe) in RUNS.items():
        seed_everything(seed)
        neuron = DenseNetwork([1, 1])
        paths[name] = learn(neuron, train_set, loss, *recipe, epochs=epochs, device=device)
        test_loss, _ = evaluate(neuron, *test_set, loss=loss)
        weight, bias = paths[name][-1]
        print(f"{name:14} {weight:8.4f} {bias:8.4f} {test_loss:10.6f}")
        plot_loss_curve(curves, [weight for weight, _ in paths[name]], label=name, style="-")

    for epoch in (1, epochs):
        (weight, bias), ax = paths["L1, 0.1 to 0"][epoch - 1], new_axes()
        plot_predictions(ax, train_set, test_set, weight * test_set[0] + bias)
        print(f"See {save(ax, f'pictures/step10_epoch_{epoch}.png')}")
    curves.set_ylabel("weight")
    curves.legend()
    print(f"See {save(curves, 'pictures/step10_weights.png')}")
    weight, bias = paths["L1, 0.1 to 0"][-1]
    return 1 - max(abs(weight - 0.7), abs(bias - 0.3))


def learn(neuron, data, loss, optimizer, rate, schedule, **settings) -> list[list[float]]:
    """Train on all the points at once; return weight and bias after each epoch."""
    path: list[list[float]] = []
    settings["optimizer"] = optimizer(neuron.parameters(), lr=rate)
    settings["after_epoch"] = lambda _: path.append([p.item() for p in neuron.parameters()])
    train(neuron, *data, loss=loss, schedule=schedule, batch_size=None, **settings)
    return path


if __name__ == "__main__":
    run(main)
