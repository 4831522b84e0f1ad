"""The still picture of the playground. Each public function draws one."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from workshop.classifier import NetworkClassifier
from workshop.datasets import make_spirals
from workshop.plotting import limits_around, plot_classes, plot_regions


def network_playground_still() -> Figure:
    """A network that has learned three spiral arms, and the plane with its answer."""
    X, y = make_spirals(100, seed=1)
    network = NetworkClassifier(
        hidden_sizes=(8, 8),
        optimizer="adam",
        learning_rate=0.02,
        batch_size=10,
        epochs=60,
        random_state=1,
    ).fit(3 * X, y)
    figure = Figure(figsize=(7.4, 3.5), dpi=72, layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))

    columns = [
        [(layer, row - (size - 1) / 2) for row in range(size)]
        for layer, size in enumerate((2, 8, 8, 3))
    ]
    colours = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    for weights, sources, targets in zip(network.weights_, columns, columns[1:], strict=False):
        for k, (x0, y0) in enumerate(sources):
            for j, (x1, y1) in enumerate(targets):
                weight = weights[k, j]
                left.plot(
                    (x0, x1),
                    (y0, y1),
                    "-" if weight > 0 else "--",
                    color=colours[0 if weight > 0 else 1],
                    linewidth=0.3 + min(3.0, 1.3 * abs(weight)),
                    alpha=0.25 + 0.6 * min(1.0, abs(weight)),
                )
    for column in columns:
        places = np.array(column)
        left.plot(*places.T, "s", color=colours[-1], markersize=13)
    for text, (x0, y0) in zip(("$x_1$", "$x_2$"), columns[0][::-1], strict=True):
        left.text(x0 - 0.22, y0, text, ha="right", va="center")
    left.set(xlim=(-0.6, 3.2))
    left.axis("off")

    plot_regions(right, lambda places: network.predict(3 * places), limits_around(X))
    plot_classes(right, X, y)
    right.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return figure
