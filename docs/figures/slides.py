"""What only the slides show: tables and pictures that the pages' notebooks make for themselves."""

from workshop.datasets import load_ten_points
from workshop.neuron import descend


def _descent(learning_rate: float, iterations: list[int]) -> str:
    """Return the table of a neuron's weight and bias; iteration 1 is the start."""
    path = descend(*load_ten_points(), learning_rate=learning_rate, steps=max(iterations) - 1)
    lines = ["| iteration | w | b | cost |", "|---:|---:|---:|---:|"]
    for iteration in iterations:
        w, b, cost = (values[iteration - 1] for values in (path.weights, path.biases, path.costs))
        lines.append(f"| {iteration} | {w:.4g} | {b:.4g} | {cost:.4g} |")
    return "\n".join(lines)


def rate_that_arrives() -> str:
    return _descent(0.01, [1, 2, 3, 4, 5, 8, 18, 26, 36])


def rate_that_crawls() -> str:
    return _descent(0.001, [1, 2, 3, 5, 8, 18, 57, 126, 357, 358])


def rate_that_explodes() -> str:
    return _descent(0.1, [1, 2, 3, 4, 5, 8, 18, 26, 36])
