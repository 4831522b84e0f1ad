"""Step 5: how does one neuron find the line through ten points?

Gradient descent on two numbers, with the derivatives written out (`workshop.neuron`).
Expected score: 0.96, the share of the variance of new points that its line explains.
Time: under a second.
"""

import numpy as np

from workshop.datasets import load_ten_points
from workshop.example import run
from workshop.neuron import descend, least_squares, output
from workshop.plotting import new_axes, plot_line, plot_points, save

SHOWN = (0, 1, 2, 3, 4, 7, 17, 25, 35)  # the steps on the source workshop's slide


def main(*, quick: bool = False, seed: int = 0) -> float:
    # --8<-- [start:descend]
    x, y = load_ten_points()
    path = descend(x, y, weight=1, bias=1, learning_rate=0.01, steps=35)

    print("step        w        b       cost")
    for step in SHOWN:
        weight, bias, cost = path.weights[step], path.biases[step], path.costs[step]
        print(f"{step:4} {weight:8.3f} {bias:8.3f} {cost:10.3f}")
    # --8<-- [end:descend]
    print("The line of least squares has w = {:.3f}, b = {:.3f}.".format(*least_squares(x, y)))

    ax = new_axes()
    plot_points(ax, x, y)
    for step, strength in ((0, 0.3), (1, 0.5), (7, 0.7), (35, 1.0)):
        name = f"step {step}"
        plot_line(ax, path.weights[step], path.biases[step], label=name, strength=strength)
    print(f"The line on its way: {save(ax, 'pictures/step05_single_neuron.png')}\n")

    # --8<-- [start:more]
    rng = np.random.default_rng(seed)
    x_new = rng.uniform(-4, 5, 1_000 if quick else 100_000)
    y_new = 3 - 0.7 * x_new + rng.normal(0, 0.35, len(x_new))

    errors = y_new - output(x_new, path.weights[-1], path.biases[-1])
    score = 1 - np.var(errors) / np.var(y_new)
    weight, bias = least_squares(x_new, y_new)
    print(f"The line explains {score:.1%} of the variance of {len(x_new):,} others.")
    print(f"The best line for those has w = {weight:.3f}, b = {bias:.3f}.")
    # --8<-- [end:more]
    return float(score)


if __name__ == "__main__":
    run(main)
