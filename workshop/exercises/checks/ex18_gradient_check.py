"""Checks of exercise 18: check a gradient."""

from collections.abc import Callable

import numpy as np

from workshop.exercises.checking import Answer, Reply, Wrong, explained, shown
from workshop.functions import one_hot
from workshop.network import LOSSES, Network

HINTS = (
    "Write a loop over the places of the parameters. In each round, which parameter moves, and "
    "what must all the others do?",
    "Do not touch the parameters themselves: make an array of zeros, put h at place i, and take "
    "loss(parameters + nudge) and loss(parameters - nudge).",
    "From one side to the other it is 2 * h, so divide the difference of the two losses by that, "
    "with brackets: (...) / (2 * h).",
    "largest_difference: the two gradients' difference is an array. np.abs takes away its signs, "
    "and np.max finds the largest.",
)
WRONG = (
    Wrong(
        "Divide by 2 * h",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        nudge = h * np.eye(len(parameters))[i]
        gradient[i] = (loss(parameters + nudge) - loss(parameters - nudge)) / h
    return gradient
""",
    ),
    Wrong(
        "without brackets",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        nudge = h * np.eye(len(parameters))[i]
        gradient[i] = (loss(parameters + nudge) - loss(parameters - nudge)) / 2 * h
    return gradient
""",
    ),
    Wrong(
        "to one side only",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        nudge = h * np.eye(len(parameters))[i]
        gradient[i] = (loss(parameters + nudge) - loss(parameters)) / h
    return gradient
""",
    ),
    Wrong(
        "All parameters are nudged at once",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        gradient[i] = (loss(parameters + h) - loss(parameters - h)) / (2 * h)
    return gradient
""",
    ),
    Wrong(
        "not put back",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        parameters[i] += h
        higher = loss(parameters)
        parameters[i] -= 2 * h
        gradient[i] = (higher - loss(parameters)) / (2 * h)
    return gradient
""",
    ),
    Wrong(
        "the same array by another name",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        higher = parameters
        higher[i] += h
        lower = parameters
        lower[i] -= h
        gradient[i] = (loss(higher) - loss(lower)) / (2 * h)
    return gradient
""",
    ),
    Wrong(
        "Only the last place is filled",
        """
def by_differences(loss, parameters, h=1e-5):
    for i in range(len(parameters)):
        gradient = np.zeros(len(parameters))
        nudge = h * np.eye(len(parameters))[i]
        gradient[i] = (loss(parameters + nudge) - loss(parameters - nudge)) / (2 * h)
    return gradient
""",
    ),
    Wrong(
        "whatever its sign",
        """
def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.max(gradient - by_differences(loss, parameters, h))
""",
    ),
    Wrong(
        "on average",
        """
def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.mean(np.abs(gradient - by_differences(loss, parameters, h)))
""",
    ),
    Wrong(
        "before the distance",
        """
def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.max(np.abs(gradient)) - np.max(np.abs(by_differences(loss, parameters, h)))
""",
    ),
    Wrong(
        "One number is wanted",
        """
def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.abs(gradient - by_differences(loss, parameters, h))
""",
    ),
    Wrong(
        "2 * h as well",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        nudge = np.zeros(len(parameters))
        nudge[i] = h
        gradient[i] = loss(parameters + nudge) - loss(parameters - nudge) / 2 * h
    return gradient


def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.max(np.abs(gradient - by_differences(loss, parameters, h)))
""",
    ),
    Wrong(
        "difference of the losses into brackets.",
        """
def by_differences(loss, parameters, h=1e-5):
    gradient = np.zeros(len(parameters))
    for i in range(len(parameters)):
        nudge = np.zeros(len(parameters))
        nudge[i] = h
        gradient[i] = loss(parameters + nudge) - loss(parameters - nudge) / (2 * h)
    return gradient


def largest_difference(loss, parameters, gradient, h=1e-5):
    return np.max(np.abs(gradient - by_differences(loss, parameters, h)))
""",
    ),
)
Loss = Callable[[np.ndarray], float]


def _cubes(parameters: np.ndarray) -> float:
    """Return a loss that bends: each parameter's cube times its place, and neighbours' products."""
    places = np.arange(1, len(parameters) + 1)
    return float(np.sum(places * parameters**3) + np.sum(parameters[1:] * parameters[:-1]))


def _by_differences(loss: Loss, parameters: np.ndarray, h: float) -> np.ndarray:
    nudges = h * np.eye(len(parameters))
    return np.array([loss(parameters + n) - loss(parameters - n) for n in nudges]) / (2 * h)


def _compare(answer: Answer, loss: Loss, parameters: np.ndarray, h: float, what: str) -> None:
    function, given = answer.get("by_differences"), parameters.copy()
    call = f"by_differences(loss, parameters={shown(parameters)}, h={h}) with {what} as loss"
    one_number = "loss wants all parameters at once, an array. Nudge one in a copy of the array."
    with explained({"no len()": one_number, "scalar": one_number, "0-dimensional": one_number}):
        reply = Reply(call, answer.ask(call, lambda: function(loss, given, h)))
    right = _by_differences(loss, parameters, h)
    same_array = "They are the same array by another name: write parameters.copy()."
    if np.abs(given - parameters).max() > 1e-3 * h:
        reply.fail(
            f"parameters to be {shown(parameters)} again",
            "The parameters are not put back. Each derivative is then taken at another place. Put "
            "each one back before you nudge the next, or nudge a copy.",
            f"parameters {shown(given)} after the call",
        )
    nudges = h * np.eye(len(parameters))
    at_once = (loss(parameters + h) - loss(parameters - h)) / (2 * h)
    last_only = np.zeros(len(parameters))
    last_only[-1] = right[-1]
    first_only, not_first = right * 0, right.copy()
    first_only[0], not_first[0] = right[0], 0
    piled = np.cumsum(nudges, axis=0)
    reply.gives(
        right,
        tolerance=1e-6,
        mistakes={
            "It is twice what it should be. From one side to the other it is twice the nudge: "
            "Divide by 2 * h.": 2 * right,
            "/ 2 * h without brackets divides by 2 and then multiplies by h. Write / (2 * h).": (
                right * h * h
            ),
            "Only the second loss is divided. Put the difference of the losses into brackets, and "
            "2 * h as well.": [loss(parameters + n) - loss(parameters - n) / 2 * h for n in nudges],
            "Only the second loss is divided. Put the difference of the losses into brackets.": [
                loss(parameters + n) - loss(parameters - n) / (2 * h) for n in nudges
            ],
            "The nudge goes to one side only, and the loss bends on the way. Go to both sides, and "
            "the bend cancels.": np.array([loss(parameters + n) - loss(parameters) for n in nudges])
            / h,
            "All parameters are nudged at once. Move one, and leave the others where they are.": (
                np.full(len(parameters), at_once)
            ),
            f"The two losses are equal. Were both taken of one and the same array? {same_array}": (
                np.zeros(len(parameters))
            ),
            "Only the last place is filled. Is the gradient made anew in the loop? Make it once, "
            "before the loop.": last_only,
            "Only the first place is filled. Is the return indented, so that it stands in the "
            "loop?": first_only,
            "The first place is left out. Python counts from 0: range(len(parameters)).": not_first,
            "The nudges pile up: after its turn, each parameter must go back before the next one "
            "is nudged. Make the nudge anew in each round.": (
                np.array([loss(parameters + n) - loss(parameters - n) for n in piled]) / (2 * h)
            ),
            "The difference of the losses is not divided. A slope is the difference for each unit: "
            "divide by 2 * h.": right * 2 * h,
            "That is the loss with all parameters moved at once. Each has a derivative of its own: "
            "move one after the other, and keep them in an array.": at_once,
            "The derivatives are added up. Keep each at its own place of an array.": np.sum(right),
            "It is half of what it should be. Is h halved in one place, and not in the other? Each "
            "side is h away.": right / 2,
            "h is not used. Nudge by what the argument h says, and not by a number of your own.": (
                lambda: _by_differences(loss, parameters, 1e-5)
            ),
            "The sign is the wrong way round: the loss at the larger parameter comes first.": (
                -right
            ),
        },
    )


def _compare_largest(
    answer: Answer, loss: Loss, parameters: np.ndarray, gradient: np.ndarray, what: str
) -> None:
    right = _by_differences(loss, parameters, 1e-5)
    apart = np.abs(gradient - right)
    function = answer.get("largest_difference")
    call = (
        f"largest_difference(loss, parameters={shown(parameters)}, gradient={shown(gradient)}) "
        f"with {what} as loss"
    )
    value = answer.ask(call, lambda: function(loss, parameters.copy(), gradient.copy()))
    Reply(call, value).gives(
        np.max(apart),
        tolerance=1e-6,
        mistakes={
            "A difference may be negative. What counts is how large it is, whatever its sign: take "
            "np.abs before np.max.": np.max(gradient - right),
            "A difference may be negative. What counts is how large it is, whatever its sign, on "
            "both sides: take np.abs before np.max.": np.max(right - gradient),
            "That is how far they are apart on average. One wrong derivative among thousands would "
            "hardly show: take the largest.": np.mean(apart),
            "The largest numbers were looked for before the distance was taken. First the "
            "difference, place for place, then its size, then the largest.": (
                np.max(np.abs(gradient)) - np.max(np.abs(right))
            ),
            "These are the distances at all places. One number is wanted, the largest of them.": (
                apart
            ),
            "That is the sum of the distances. Take the largest of them.": np.sum(apart),
            "That is the smallest distance. Take the largest of them.": np.min(apart),
        },
    )


def check_one_parameter(answer: Answer) -> None:
    """by_differences: a loss of three parameters that bends"""
    _compare(answer, _cubes, np.array([1.0, -2.0, 0.5]), 0.01, "a sum of cubes")


def check_random(answer: Answer) -> None:
    """by_differences: random places, several numbers of parameters and nudges"""
    rng = answer.rng(1)
    for n_parameters, h in ((1, 0.1), (4, 0.01), (20, 0.001)):
        _compare(answer, _cubes, rng.normal(size=n_parameters), h, "a sum of cubes")


def check_largest(answer: Answer) -> None:
    """largest_difference: a gradient that is wrong at two of four places"""
    parameters = np.array([1.0, -2.0, 0.5, 1.5])
    right = _by_differences(_cubes, parameters, 1e-5)
    for error in ([0.0, -3.0, 0.5, 0.0], [0.5, 0.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0]):
        _compare_largest(answer, _cubes, parameters, right + error, "a sum of cubes")


def check_network(answer: Answer) -> None:
    """both on a small network: backpropagation is right, and a mistake in it is found"""
    network = Network((4, 3, 2), activation="sigmoid", seed=0, dtype=np.float64)
    rng = answer.rng(2)
    X, Y = rng.normal(size=(6, 4)), one_hot(rng.integers(2, size=6), 2, dtype=np.float64)
    network.parameters += rng.normal(size=len(network.parameters))
    here = network.parameters.copy()

    def loss(parameters: np.ndarray) -> float:
        network.parameters[:] = parameters
        return LOSSES[network.loss][0](network.feedforward(X)[-1], Y)

    _, gradient = network.backpropagate(X, Y)
    what = "the loss of a network 4-3-2"
    _compare(answer, loss, here, 1e-4, what)
    _compare_largest(answer, loss, here, gradient, what)
    gradient[5] += 0.01
    _compare_largest(answer, loss, here, gradient, what)
