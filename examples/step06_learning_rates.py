"""Step 6: how big may a step be?

The same descent at three learning rates, and the limit beyond which none arrives.
Expected score: 1.0, the share of random learning rates whose fate the limit foretells.
Time: about a second.
"""

import numpy as np

from workshop.datasets import load_ten_points
from workshop.example import run
from workshop.neuron import descend, largest_stable_rate
from workshop.plotting import new_axes, plot_loss_curve, save

# The iterations on the source workshop's slides; iteration 1 is the start.
SHOWN = {
    0.01: (1, 2, 3, 4, 5, 8, 18, 26, 36),
    0.001: (1, 2, 3, 5, 8, 18, 57, 126, 357, 358),
    0.1: (1, 2, 3, 4, 5, 8, 18, 26, 36),
}


def main(*, quick: bool = False, seed: int = 0) -> float:
    x, y = load_ten_points()
    ax = new_axes()
    # --8<-- [start:rates]
    for learning_rate, iterations in SHOWN.items():
        path = descend(x, y, learning_rate=learning_rate, steps=357)
        print(f"learning rate {learning_rate}\niteration          w          b")
        for iteration in iterations:
            weight, bias = path.weights[iteration - 1], path.biases[iteration - 1]
            print(f"{iteration:9} {weight:10.4g} {bias:10.4g}")
        # --8<-- [end:rates]
        plot_loss_curve(ax, path.costs[:36], label=f"{learning_rate}", style="-")
    ax.set(xlabel="iteration", ylabel="cost", yscale="log", ylim=(0.1, 1e4))
    ax.legend(title="learning rate")
    print(f"The three costs: {save(ax, 'pictures/step06_learning_rates.png')}\n")

    # --8<-- [start:limit]
    limit = largest_stable_rate(x)
    rng = np.random.default_rng(seed)
    shares = rng.uniform(0.5, 1.5, 20 if quick else 100)
    foretold = 0
    for share in shares:
        path = descend(x, y, learning_rate=share * limit, steps=1000)
        foretold += (path.costs[-1] < path.costs[0]) == (share < 1)
    print(f"No learning rate above {limit:.6f} should arrive, all below should.")
    print(f"So it was for {foretold} of {len(shares)} learning rates around it.")
    # --8<-- [end:limit]
    return float(foretold / len(shares))


if __name__ == "__main__":
    run(main)
