"""Step 11: what can a network separate that a straight line cannot, and how well could anyone?

Circles, moons, blobs and spirals: a linear model, a network, and the most that the noise allows.
Expected score: 0.985 or more, 1 minus the network's largest distance from that limit. Time: 30 s.
"""

from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from workshop.example import run
from workshop.noise import blobs, circles, moons, spirals
from workshop.optimizers import one_cycle
from workshop.plotting import new_axes, plot_classifiers, save
from workshop.pytorch.dense import DenseNetwork
from workshop.pytorch.devices import seed_everything
from workshop.pytorch.training import predict, train

# --8<-- [start:sets]
SETS = {
    "circles": circles(noise=0.05),
    "moons, noise 0.2": moons(noise=0.2),
    "moons, noise 0.5": moons(noise=0.5),
    "four blobs": blobs(std=1.7),
    "three spirals": spirals(3),
    "six spirals": spirals(6),
    "six spirals, 4 radians apart": spirals(6, turn=4),
}
# --8<-- [end:sets]


# --8<-- [start:learn]
def learn(X: np.ndarray, y: np.ndarray, hidden_sizes: tuple, seed: int, **settings) -> nn.Module:
    seed_everything(seed)
    sizes = (2, *hidden_sizes, int(y.max()) + 1)  # two coordinates in, a number per class out
    model = DenseNetwork(sizes)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    loss = nn.CrossEntropyLoss()  # has the softmax inside
    settings |= {"loss": loss, "optimizer": optimizer, "schedule": one_cycle, "seed": seed}
    train(model, X, y, epochs=40, batch_size=128, **settings)
    return model
    # --8<-- [end:learn]


# --8<-- [start:walk]
def walk(*, quick: bool = False, seed: int = 0, device: str | None = None) -> Iterator[dict]:
    n_train = 1500 if quick else 6000
    for name, points in SETS.items():
        X, y = points.make(3 * n_train, seed)  # a third to learn from, the rest is the test
        answer, scores = {}, {}
        for model, hidden_sizes in (("linear", ()), ("network", (64, 64))):
            learned = learn(X[:n_train], y[:n_train], hidden_sizes, seed, device=device)
            answer[model] = lambda X, learned=learned: predict(learned, X).argmax(dim=1).numpy()
        answer["best possible"] = lambda X, points=points: points.best_answers(X, seed)
        for model, classify in answer.items():
            scores[model] = float((classify(X[n_train:]) == y[n_train:]).mean())
        # --8<-- [end:walk]
        ax = new_axes(9, 3.2)
        plot_classifiers(ax, answer, X[-500:], y[-500:])
        save(ax, f"pictures/step11_{name.replace(',', '').replace(' ', '_')}.png")
        gap = max(0.0, scores["best possible"] - scores["network"])  # luck does not count
        yield {"points": name, **scores, "gap": gap}


def main(*, quick: bool = False, seed: int = 0, device: str | None = None) -> float:
    print(f"{'share of the test right':28}  linear  network  best possible     gap")
    row = "{points:28}  {linear:.4f}   {network:.4f}         {best possible:.4f}  {gap:6.4f}"
    largest_gap = 0.0
    for found in walk(quick=quick, seed=seed, device=device):
        print(row.format(**found))
        largest_gap = max(largest_gap, found["gap"])
    print("The borders: pictures/step11_*.png")
    return 1 - largest_gap


if __name__ == "__main__":
    run(main)
