"""Checks of exercise 14: momentum."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong
from workshop.optimizers import Momentum

HINTS = (
    "Do the example's first number by hand: it keeps 0.9 of 0.5, which is 0.45, and is pushed by "
    "-0.1 * 2. Where does it end up?",
    "Which velocity do the parameters move by, the old one or the new one? Work it out first, and "
    "give it a name.",
    "The minus is in the velocity already, so the parameters just add it.",
    "Two lines: velocity = beta * velocity - ..., then return parameters + velocity, velocity.",
)
WRONG = (
    Wrong(
        "by the old velocity",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    new_velocity = beta * velocity - learning_rate * gradient
    return parameters + velocity, new_velocity
""",
    ),
    Wrong(
        "uphill",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity + learning_rate * gradient
    return parameters + velocity, velocity
""",
    ),
    Wrong(
        "backwards",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity - learning_rate * gradient
    return parameters - velocity, velocity
""",
    ),
    Wrong(
        "with a plus in the velocity",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity + learning_rate * gradient
    return parameters - velocity, velocity
""",
    ),
    Wrong(
        "PyTorch",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity + gradient
    return parameters - learning_rate * velocity, velocity
""",
    ),
    Wrong(
        "never forgets",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = velocity - learning_rate * gradient
    return parameters + velocity, velocity
""",
    ),
    Wrong(
        "No share of the old velocity",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = -learning_rate * gradient
    return parameters + velocity, velocity
""",
    ),
    Wrong(
        "an average",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity - (1 - beta) * learning_rate * gradient
    return parameters + velocity, velocity
""",
    ),
    Wrong(
        "twice",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity - learning_rate * gradient
    return parameters + learning_rate * velocity, velocity
""",
    ),
    Wrong(
        "changes its argument velocity",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity *= beta
    velocity -= learning_rate * gradient
    return parameters + velocity, velocity
""",
    ),
    Wrong(
        "The learning rate stands outside",
        """
def momentum_step(parameters, velocity, gradient, learning_rate, beta):
    velocity = beta * velocity - gradient
    return parameters + learning_rate * velocity, velocity
""",
    ),
)


def _compare(
    answer: Answer,
    parameters: np.ndarray,
    velocity: np.ndarray,
    gradient: np.ndarray,
    learning_rate: float,
    beta: float,
) -> None:
    kept, push = beta * velocity, learning_rate * gradient
    new = kept - push
    average = kept - (1 - beta) * push
    pytorchs = kept + gradient
    uphill = kept + push
    given = (parameters, velocity, gradient, learning_rate, beta)
    answer.call("momentum_step", *given).gives(
        (parameters + new, new),
        axes=("the new parameters", "the new velocity"),
        mistakes={
            "The parameters move by the old velocity. Work out the new one first, and move "
            "by that.": (
                parameters + velocity,
                new,
            ),
            "The gradient pushes uphill. It says which way is up, so subtract the learning rate "
            "times the gradient.": (parameters + uphill, uphill),
            "The parameters move backwards: the minus is in the velocity already, so add it.": (
                parameters - new,
                new,
            ),
            "The parameters are right, but the velocity has its sign turned: it was written with a "
            "plus in the velocity and a minus after it. Here the minus belongs to the velocity.": (
                parameters - uphill,
                uphill,
            ),
            "That is how PyTorch writes it: the learning rate stands outside the velocity. Here it "
            "is multiplied with the gradient, inside.": (
                parameters - learning_rate * pytorchs,
                pytorchs,
            ),
            "The learning rate stands outside the velocity. Here it is multiplied with the "
            "gradient, inside.": (
                parameters + learning_rate * (kept - gradient),
                kept - gradient,
            ),
            "The ball never forgets: only the share beta of the old velocity is kept.": (
                parameters + velocity - push,
                velocity - push,
            ),
            "No share of the old velocity is kept. That is plain descent.": (
                parameters - push,
                -push,
            ),
            "Velocity and push are mixed as an average, with 1 - beta. Here the push counts in "
            "full.": (parameters + average, average),
            "The learning rate counts twice: it is in the velocity already.": (
                parameters + learning_rate * new,
                new,
            ),
            "1 - beta of the old velocity is kept. It is the share beta that is kept.": (
                parameters + (1 - beta) * velocity - push,
                (1 - beta) * velocity - push,
            ),
            "The old velocity came back. Return the new one: the next step begins with it.": (
                parameters + new,
                velocity,
            ),
            "Both are forgotten a little, the old velocity and the push. Beta belongs to the old "
            "velocity only.": (
                parameters + beta * (velocity - push),
                beta * (velocity - push),
            ),
            "The parameters take a plain step. Let them move by the velocity instead.": (
                parameters - push,
                new,
            ),
            "The push counts twice: it is in the velocity already.": (
                parameters + new - push,
                new,
            ),
            "The old velocity is multiplied by the learning rate, too. It was once already: the "
            "rate belongs to the gradient only.": (
                parameters + learning_rate * kept - push,
                learning_rate * kept - push,
            ),
            "The learning rate is missing in the velocity.": (
                parameters + kept - gradient,
                kept - gradient,
            ),
        },
    )


def check_example(answer: Answer) -> None:
    """the example of the statement, with another gradient"""
    parameters, velocity = np.array([1.0, 1.0]), np.array([0.5, -0.5])
    _compare(answer, parameters, velocity, np.array([2.0, 0.3]), 0.1, 0.9)


def check_random(answer: Answer) -> None:
    """random parameters of several sizes"""
    rng = answer.rng(1)
    for n_parameters in (1, 4, 30):
        parameters, velocity, gradient = rng.normal(size=(3, n_parameters))
        _compare(answer, parameters, velocity, gradient, rng.random(), rng.random())


def check_no_gradient(answer: Answer) -> None:
    """where the ground is level, the ball rolls on; with a share of 0, it is plain descent"""
    _compare(answer, np.array([1.0, 2.0]), np.array([0.4, -2.0]), np.zeros(2), 0.1, 0.9)
    _compare(answer, np.array([1.0, 2.0]), np.array([0.4, -2.0]), np.array([3.0, 1.0]), 0.1, 0.0)


def check_many_steps(answer: Answer) -> None:
    """ten steps on an even slope: the velocity grows as the page says"""
    parameters, velocity, gradient = np.array([0.0, 5.0]), np.zeros(2), np.array([1.0, -2.0])
    optimizer, right = Momentum(0.9), parameters.copy()
    for _ in range(10):
        reply = answer.call("momentum_step", parameters, velocity, gradient, 0.01, 0.9)
        optimizer.step(right, gradient.copy(), 0.01)
        reply.gives((right.copy(), np.array(optimizer.velocity)))
        parameters, velocity = reply.value
