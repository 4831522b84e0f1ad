"""Checks of exercise 11: gradient descent."""

from typing import Any

import numpy as np

from workshop import neuron
from workshop.datasets import load_ten_points
from workshop.exercises.checking import Answer, Wrong

HINTS = (
    "You have written one step already, in the exercise before. What has to be the same in the "
    "loop, and what must it carry from one step to the next?",
    "Begin the list before the loop: costs = [cost(x, y, weight, bias)]. In the loop, append one "
    "cost after each step. How many are in it after `steps` steps?",
    "for _ in range(steps): then four lines in the loop, which ask for both slopes, change weight, "
    "change bias, and append the cost.",
    "The loop's first line is by_weight, by_bias = gradients(x, y, weight, bias). After the loop: "
    "return weight, bias, costs.",
)
WRONG = (
    Wrong(
        "The cost at the start is missing",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = []
    for _ in range(steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
        costs.append(cost(x, y, weight, bias))
    return weight, bias, costs
""",
    ),
    Wrong(
        "The cost after the last step is missing",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = []
    for _ in range(steps):
        costs.append(cost(x, y, weight, bias))
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
    return weight, bias, costs
""",
    ),
    Wrong(
        "the first step over and over",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = [cost(x, y, weight, bias)]
    by_weight, by_bias = gradients(x, y, weight, bias)
    for _ in range(steps):
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
        costs.append(cost(x, y, weight, bias))
    return weight, bias, costs
""",
    ),
    Wrong(
        "Each step begins at the start again",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = [cost(x, y, weight, bias)]
    new_weight, new_bias = weight, bias
    for _ in range(steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        new_weight = weight - learning_rate * by_weight
        new_bias = bias - learning_rate * by_bias
        costs.append(cost(x, y, new_weight, new_bias))
    return new_weight, new_bias, costs
""",
    ),
    Wrong(
        "stops after one step",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = [cost(x, y, weight, bias)]
    for _ in range(steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
        costs.append(cost(x, y, weight, bias))
        return weight, bias, costs
""",
    ),
    Wrong(
        "one step too few",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = [cost(x, y, weight, bias)]
    for _ in range(1, steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
        costs.append(cost(x, y, weight, bias))
    return weight, bias, costs
""",
    ),
    Wrong(
        "after the weight had moved",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = [cost(x, y, weight, bias)]
    for _ in range(steps):
        weight -= learning_rate * gradients(x, y, weight, bias)[0]
        bias -= learning_rate * gradients(x, y, weight, bias)[1]
        costs.append(cost(x, y, weight, bias))
    return weight, bias, costs
""",
    ),
    Wrong(
        "uphill",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    costs = [cost(x, y, weight, bias)]
    for _ in range(steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight += learning_rate * by_weight
        bias += learning_rate * by_bias
        costs.append(cost(x, y, weight, bias))
    return weight, bias, costs
""",
    ),
    Wrong(
        "The third thing is the list",
        """
def descend(x, y, weight, bias, learning_rate, steps):
    for _ in range(steps):
        by_weight, by_bias = gradients(x, y, weight, bias)
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
    return weight, bias, cost(x, y, weight, bias)
""",
    ),
)


def _late(
    x: np.ndarray, y: np.ndarray, weight: float, bias: float, learning_rate: float, steps: int
) -> tuple[float, float, list[float]]:
    """Walk with the mistake that the bias feels its slope after the weight has moved."""
    costs = [neuron.cost(x, y, weight, bias)]
    for _ in range(steps):
        weight -= learning_rate * neuron.gradients(x, y, weight, bias)[0]
        bias -= learning_rate * neuron.gradients(x, y, weight, bias)[1]
        costs.append(neuron.cost(x, y, weight, bias))
    return weight, bias, costs


def _one_moves(
    x: np.ndarray,
    y: np.ndarray,
    place: tuple[float, float],
    rates: tuple[float, float],
    steps: int,
) -> tuple[float, float, list[float]]:
    """Walk with a rate for each of the two numbers."""
    weight, bias = place
    costs = [neuron.cost(x, y, weight, bias)]
    for _ in range(steps):
        by_weight, by_bias = neuron.gradients(x, y, weight, bias)
        weight, bias = weight - rates[0] * by_weight, bias - rates[1] * by_bias
        costs.append(neuron.cost(x, y, weight, bias))
    return weight, bias, costs


def _compare(
    answer: Answer,
    x: np.ndarray,
    y: np.ndarray,
    weight: float,
    bias: float,
    learning_rate: float,
    steps: int,
) -> None:
    def after(rate: float, steps: int) -> tuple[Any, Any, Any]:
        path = neuron.descend(x, y, weight=weight, bias=bias, learning_rate=rate, steps=steps)
        return path.weights[-1], path.biases[-1], path.costs

    right = after(learning_rate, steps)
    last_weight, last_bias, costs = right
    by_weight, by_bias = neuron.gradients(x, y, weight, bias)
    straight = [
        (weight - i * learning_rate * by_weight, bias - i * learning_rate * by_bias)
        for i in range(steps + 1)
    ]
    first_weight, first_bias, first_costs = after(learning_rate, min(1, steps))
    answer.call("descend", x, y, weight, bias, learning_rate, steps).gives(
        (last_weight, last_bias, list(costs)),
        axes=("the last weight", "the last bias", "the costs"),
        mistakes={
            "The cost at the start is missing: begin the list with it, before the loop.": (
                last_weight,
                last_bias,
                costs[1:],
            ),
            "The cost after the last step is missing. Keep the first cost before the loop, and in "
            "the loop keep the cost after the step.": (last_weight, last_bias, costs[:-1]),
            "It takes the first step over and over. The slope changes with the place: ask for it "
            "again in each step.": (*straight[-1], [neuron.cost(x, y, *at) for at in straight]),
            "Each step begins at the start again. Put the new numbers into weight and bias, so "
            "that the next step begins where this one ended.": (
                first_weight,
                first_bias,
                [costs[0], *[first_costs[-1]] * steps],
            ),
            "It stops after one step. Is the return indented, so that it stands in the loop?": (
                first_weight,
                first_bias,
                first_costs,
            ),
            "It takes one step too few. range(steps) runs as often as steps says.": (
                lambda: after(learning_rate, max(0, steps - 1))
            ),
            "It takes one step too many. range(steps) runs as often as steps says.": (
                lambda: after(learning_rate, steps + 1)
            ),
            "The slope in the bias was felt after the weight had moved. Ask for both slopes "
            "first, then move both.": lambda: _late(x, y, weight, bias, learning_rate, steps),
            "That way leads uphill: the slopes say which way is up, so subtract.": (
                lambda: after(-learning_rate, steps)
            ),
            "The third thing is the list of all costs, and not only the last of them.": (
                last_weight,
                last_bias,
                costs[-1],
            ),
            "The list holds the last cost only. Begin it once, before the loop, and append to it "
            "in the loop.": (last_weight, last_bias, costs[-1:]),
            "The list holds the first and the last cost. Append in the loop, after each step: "
            "indent that line.": (last_weight, last_bias, [costs[0], costs[-1]]),
            "The cost at the start is in the list twice. Append after the step, not before it.": (
                last_weight,
                last_bias,
                [costs[0], *costs[:-1]],
            ),
            "The costs are right, but the loop takes one step more than it should, after the last "
            "cost.": lambda: (*after(learning_rate, steps + 1)[:2], costs),
            "It takes one step too many, and the cost at the start is missing. Keep that cost "
            "before the loop, and let range(steps) count.": lambda: (
                *after(learning_rate, steps + 1)[:2],
                after(learning_rate, steps + 1)[2][1:],
            ),
            "Only the costs came back. Return weight, bias, costs.": costs,
            "The learning rate is missing: a step is only a small part of the slope.": (
                lambda: after(1.0, steps)
            ),
            "The bias never moves. It goes against its own slope, too.": (
                lambda: _one_moves(x, y, (weight, bias), (learning_rate, 0.0), steps)
            ),
            "The weight never moves. It goes against its own slope, too.": (
                lambda: _one_moves(x, y, (weight, bias), (0.0, learning_rate), steps)
            ),
            "The list holds the cost at the start only. Append the cost after each step.": (
                last_weight,
                last_bias,
                costs[:1],
            ),
        },
    )


def check_example(answer: Answer) -> None:
    """two points and three steps"""
    _compare(answer, np.array([-2.0, 1.0]), np.array([4.4, 1.0]), 1.0, 1.0, 0.1, 3)


def check_no_step(answer: Answer) -> None:
    """no step at all: the start, and one cost"""
    _compare(answer, np.array([-2.0, 1.0]), np.array([4.4, 1.0]), 0.5, 2.0, 0.1, 0)


def check_ten_points(answer: Answer) -> None:
    """the ten points: 35 steps at the page's rate of 0.01, and at 0.001"""
    x, y = load_ten_points()
    _compare(answer, x, y, 1.0, 1.0, 0.01, 35)
    _compare(answer, x, y, 1.0, 1.0, 0.001, 35)


def check_explosion(answer: Answer) -> None:
    """a rate of 0.1, with which the cost explodes: it is not your fault, and worth seeing"""
    x, y = load_ten_points()
    _compare(answer, x, y, 1.0, 1.0, 0.1, 10)
