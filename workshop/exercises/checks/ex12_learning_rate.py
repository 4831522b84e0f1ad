"""Checks of exercise 12: choose a learning rate."""

from collections.abc import Sequence

import numpy as np

from workshop.datasets import load_ten_points
from workshop.exercises.checking import Answer, Wrong, explained
from workshop.neuron import descend, largest_stable_rate

HINTS = (
    "largest_stable_rate: write the table as np.array([[..., ...], [..., ...]]) with np.sum and "
    "len, and 2 times in front. Print its eigenvalues for the ten points: the page has them.",
    "Which direction explodes first, the steepest or the flattest? The limit is 2 divided by that "
    "one's curvature, the last that eigvalsh returns.",
    "choose: collect the last cost of each rate in a list, and print it for rates of 0.01 and 10. "
    "Which place does np.argmin say is the lowest?",
    "Every comparison with nan is false, and np.argmin takes nan for the lowest. np.nanargmin "
    "leaves nan out: return rates[np.nanargmin(...)]. Or skip a cost unless np.isfinite says yes.",
)
WRONG = (
    Wrong(
        "2 in front of the Hessian",
        """
def largest_stable_rate(x):
    hessian = np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])
    return 2 / np.linalg.eigvalsh(hessian)[-1]
""",
    ),
    Wrong(
        "the flattest direction",
        """
def largest_stable_rate(x):
    hessian = 2 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])
    return 2 / np.linalg.eigvalsh(hessian)[0]
""",
    ),
    Wrong(
        "there at once",
        """
def largest_stable_rate(x):
    hessian = 2 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])
    return 1 / np.linalg.eigvalsh(hessian)[-1]
""",
    ),
    Wrong(
        "the weight alone",
        """
def largest_stable_rate(x):
    return 2 / (2 * np.sum(x**2))
""",
    ),
    Wrong(
        "the square of the sum",
        """
def largest_stable_rate(x):
    hessian = 2 * np.array([[np.sum(x) ** 2, np.sum(x)], [np.sum(x), len(x)]])
    return 2 / np.linalg.eigvalsh(hessian)[-1]
""",
    ),
    Wrong(
        "That rate ended at nan",
        """
def choose(x, y, rates):
    costs = [descend(x, y, learning_rate=rate, steps=100).costs[-1] for rate in rates]
    return rates[np.argmin(costs)]
""",
    ),
    Wrong(
        "every comparison with nan is false",
        """
def choose(x, y, rates):
    return min(rates, key=lambda rate: descend(x, y, learning_rate=rate, steps=100).costs[-1])
""",
    ),
    Wrong(
        "place in the list",
        """
def choose(x, y, rates):
    costs = [descend(x, y, learning_rate=rate, steps=100).costs[-1] for rate in rates]
    return np.nanargmin(costs)
""",
    ),
    Wrong(
        "That is the lowest cost",
        """
def choose(x, y, rates):
    costs = [descend(x, y, learning_rate=rate, steps=100).costs[-1] for rate in rates]
    return np.nanmin(costs)
""",
    ),
    Wrong(
        "The biggest rate that does not explode",
        """
def choose(x, y, rates):
    return max(rate for rate in rates if rate < largest_stable_rate(x))
""",
    ),
    Wrong(
        "lowest cost after one step",
        """
def choose(x, y, rates):
    costs = [descend(x, y, learning_rate=rate, steps=1).costs[-1] for rate in rates]
    return rates[np.nanargmin(costs)]
""",
    ),
    Wrong(
        "The smallest rate",
        """
def choose(x, y, rates):
    return min(rates)
""",
    ),
)


TABLE = (
    "The Hessian is a table of two rows and two columns: np.array([[..., ...], [..., ...]]). 2 * "
    "makes its numbers twice as large, but of a list it makes a longer list."
)


def _compare_limit(answer: Answer, x: np.ndarray) -> None:
    hessian = 2 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])
    flattest, steepest = np.linalg.eigvalsh(hessian)
    one_point = 2 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), 1]])
    ten_points = 2 * np.array([[np.sum(x**2), np.sum(x)], [np.sum(x), 10]])
    half = np.array([[2 * np.sum(x**2), np.sum(x)], [np.sum(x), len(x)]])
    squared_sum = 2 * np.array([[np.sum(x) ** 2, np.sum(x)], [np.sum(x), len(x)]])
    with explained({"LinAlgError": TABLE}):
        reply = answer.call("largest_stable_rate", x)
    reply.gives(
        largest_stable_rate(x),
        mistakes={
            "That is twice the limit. The slope of a square is twice what is squared, hence the 2 "
            "in front of the Hessian.": 4 / steepest,
            "That is the limit for the flattest direction. The steepest one explodes first: take "
            "the largest eigenvalue.": lambda: 2 / flattest,
            "That is 1 divided by the curvature: with it, the steepest direction is there at once. "
            "It explodes above 2 divided by the curvature.": 1 / steepest,
            "That is the limit for the weight alone. Weight and bias learn together, and the "
            "Hessian has both.": 1 / np.sum(x**2),
            "The Hessian has the sum of the squares of x, and not the square of the sum.": (
                2 / np.linalg.eigvalsh(squared_sum)[-1]
            ),
            "At the lower right of the Hessian stands the number of points, len(x), not 1.": (
                2 / np.linalg.eigvalsh(one_point)[-1]
            ),
            "At the lower right of the Hessian stands the number of points, len(x): not always "
            "10.": 2 / np.linalg.eigvalsh(ten_points)[-1],
            "The 2 in front belongs to all four numbers of the Hessian.": (
                2 / np.linalg.eigvalsh(half)[-1]
            ),
            "That is a limit for each direction. The steepest one explodes first: only its limit "
            "counts.": 2 / np.linalg.eigvalsh(hessian),
            "That is the largest curvature itself. Divide 2 by it.": steepest,
            "That is the limit for the mean of the squared errors. The cost is their sum.": (
                2 * len(x) / steepest
            ),
        },
        cause="Print your table and its eigenvalues. For the ten points, the page has both.",
    )


def _compare_choice(answer: Answer, x: np.ndarray, y: np.ndarray, rates: Sequence[float]) -> None:
    costs = [descend(x, y, learning_rate=rate, steps=100).costs[-1] for rate in rates]
    best = int(np.nanargmin(costs))
    mistakes = {
        "That rate ended at nan, because it exploded. np.argmin takes nan for the lowest, and "
        "every comparison with nan is false: leave nan out before you compare.": (
            rates[int(np.argmin(costs))]
        ),
        "That is the place in the list. Return the rate that stands there.": best,
        "That is the lowest cost. Return the rate that led to it.": costs[best],
        "The smallest rate crawls: after 100 steps it is still far away. Compare the costs.": (
            min(rates)
        ),
        "The biggest rate that does not explode need not be the best: just below the limit, each "
        "step overshoots nearly as far. Compare the costs.": max(
            rate for rate, cost in zip(rates, costs, strict=True) if cost < 1e6
        ),
        "That rate explodes. Look for the lowest cost, and not for the highest.": (
            rates[int(np.nanargmax(costs))]
        ),
    }
    first = [descend(x, y, learning_rate=rate, steps=1).costs[-1] for rate in rates]
    limit = largest_stable_rate(x)
    mistakes |= {
        "That rate has the lowest cost after one step. What counts is the cost after 100 steps: "
        "the last one, costs[-1].": rates[int(np.argmin(first))],
        "That is the limit, and not one of the rates.": limit,
        "That rate is nearest to a third of the limit: good advice for a network. Here, compare "
        "the costs.": min(rates, key=lambda rate: abs(rate - limit / 3)),
    }
    answer.call("choose", x, y, rates).gives(
        rates[best],
        mistakes=mistakes,
        cause="Print the last cost for each of these rates. Which is the lowest?",
    )


def check_limit_example(answer: Answer) -> None:
    """largest_stable_rate: the example of the statement"""
    _compare_limit(answer, np.array([-2.0, 3.7, 1.0]))


def check_limit(answer: Answer) -> None:
    """largest_stable_rate: the ten points, the same divided by 2, and random ones"""
    x, _ = load_ten_points()
    rng = answer.rng(1)
    for inputs in (x, x / 2, rng.normal(size=3), rng.normal(5, 1, 50), np.array([0, 1, 2])):
        _compare_limit(answer, inputs)


def check_choice(answer: Answer) -> None:
    """choose: rates ten times apart, in any order"""
    x, y = load_ten_points()
    for rates in (
        [0.0001, 0.001, 0.01, 0.1],
        [0.01, 0.0001, 0.001],
        [0.001, 0.0113, 0.009],
        [0.0057, 0.0081, 0.0001],
    ):
        _compare_choice(answer, x, y, rates)


def check_choice_with_nan(answer: Answer) -> None:
    """choose: some rates explode so far that the cost is nan"""
    x, y = load_ten_points()
    for rates in ([10.0, 0.001, 0.01], [0.001, 10.0, 0.01, 100.0], [0.003, 1.0]):
        _compare_choice(answer, x, y, rates)
