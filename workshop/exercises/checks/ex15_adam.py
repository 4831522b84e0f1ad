"""Checks of exercise 15: Adam."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong
from workshop.optimizers import Adam

HINTS = (
    "Write one line for each sentence of the statement, in its order: two for the averages, two "
    "for the corrections, one for the parameters. Return last.",
    "The corrected averages need names of their own: what is returned, and remembered for the next "
    "step, is not corrected.",
    "In the very first step, the corrected mean is the gradient itself, and the corrected square "
    "is its square. Print them, and compare.",
    "corrected_mean = mean / (1 - beta_1**step), and the parameters lose learning_rate * "
    "corrected_mean / (np.sqrt(corrected_square) + epsilon).",
)
SIGNATURE = """
def adam_step(
    parameters, mean, square, gradient, step, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-8
):
"""
WRONG = (
    Wrong(
        "too small at first",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    return parameters - learning_rate * mean / (np.sqrt(square) + epsilon), mean, square
""",
    ),
    Wrong(
        "The corrected averages come back",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    mean, square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    return parameters - learning_rate * mean / (np.sqrt(square) + epsilon), mean, square
""",
    ),
    Wrong(
        "inside the root",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    change = learning_rate * corrected_mean / np.sqrt(corrected_square + epsilon)
    return parameters - change, mean, square
""",
    ),
    Wrong(
        "The root is missing",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    return parameters - learning_rate * corrected_mean / (corrected_square + epsilon), mean, square
""",
    ),
    Wrong(
        "of the gradient's square, not the square of the mean",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * mean**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters - change, mean, square
""",
    ),
    Wrong(
        "counts in full",
        f"""{SIGNATURE}
    mean = beta_1 * mean + gradient
    square = beta_2 * square + gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters - change, mean, square
""",
    ),
    Wrong(
        "not to the power of the step",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1), square / (1 - beta_2)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters - change, mean, square
""",
    ),
    Wrong(
        "The two shares have changed places",
        f"""{SIGNATURE}
    mean = beta_2 * mean + (1 - beta_2) * gradient
    square = beta_1 * square + (1 - beta_1) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_2**step), square / (1 - beta_1**step)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters - change, mean, square
""",
    ),
    Wrong(
        "uphill",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters + change, mean, square
""",
    ),
    Wrong(
        "0 divided by 0",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    return parameters - learning_rate * corrected_mean / np.sqrt(corrected_square), mean, square
""",
    ),
    Wrong(
        "changes its argument mean",
        f"""{SIGNATURE}
    mean *= beta_1
    mean += (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters - change, mean, square
""",
    ),
    Wrong(
        "The share 1 - beta_2 is squared, too",
        f"""{SIGNATURE}
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + ((1 - beta_2) * gradient) ** 2
    corrected_mean, corrected_square = mean / (1 - beta_1**step), square / (1 - beta_2**step)
    change = learning_rate * corrected_mean / (np.sqrt(corrected_square) + epsilon)
    return parameters - change, mean, square
""",
    ),
)
Step = tuple[np.ndarray, np.ndarray, np.ndarray]


def _compare(
    answer: Answer,
    parameters: np.ndarray,
    mean: np.ndarray,
    square: np.ndarray,
    gradient: np.ndarray,
    step: int,
    learning_rate: float,
) -> Step:
    """Compare with the right step, and return it."""
    b1, b2, epsilon = 0.9, 0.999, 1e-8

    def averages(b1: float, b2: float, squared: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return b1 * mean + (1 - b1) * gradient, b2 * square + (1 - b2) * squared

    def moved(mean: np.ndarray, square: np.ndarray, b1: float, b2: float) -> np.ndarray:
        root = np.sqrt(square / (1 - b2**step))
        return parameters - learning_rate * mean / (1 - b1**step) / (root + epsilon)

    m, s = averages(b1, b2, gradient**2)
    corrected = m / (1 - b1**step), s / (1 - b2**step)
    new = moved(m, s, b1, b2)
    of_mean = averages(b1, b2, m**2)
    swapped = averages(b2, b1, gradient**2)
    in_full = b1 * mean + gradient, b2 * square + gradient**2

    share_squared = averages(b1, b2, (1 - b2) * gradient**2)
    of_gradient = averages(b1, b2, gradient)
    new_counts_most = averages(1 - b1, 1 - b2, gradient**2)

    def corrected_step(mean: np.ndarray, square: np.ndarray) -> Step:
        return parameters - learning_rate * mean / (np.sqrt(square) + epsilon), m, s

    def stepped(mean_correction: float, square_correction: float) -> Step:
        return corrected_step(m / mean_correction, s / square_correction)

    def without_root() -> Step:
        return parameters - learning_rate * corrected[0] / (corrected[1] + epsilon), m, s

    def epsilon_inside() -> Step:
        return parameters - learning_rate * corrected[0] / np.sqrt(corrected[1] + epsilon), m, s

    def without_power() -> Step:
        change = learning_rate * m / (1 - b1) / (np.sqrt(s / (1 - b2)) + epsilon)
        return parameters - change, m, s

    given = (parameters, mean, square, gradient, step, learning_rate)
    with np.errstate(all="ignore"):
        answer.call("adam_step", *given).gives(
            (new, m, s),
            axes=("the new parameters", "the new mean", "the new square"),
            mistakes={
                "The averages are not corrected. They began at zero, so they are too small at "
                "first: divide each by 1 minus its share to the power of the step.": (
                    lambda: (parameters - learning_rate * m / (np.sqrt(s) + epsilon), m, s)
                ),
                "The corrected averages come back. The next step wants them as they were before "
                "the correction; give the corrected ones names of their own.": (new, *corrected),
                "Epsilon is inside the root. Take the root first, then add epsilon: otherwise "
                "small gradients get far too short a step.": epsilon_inside,
                "The root is missing: divide by the root of the square, which has the gradient's "
                "size again.": without_root,
                "The second average is of the gradient's square, not the square of the mean.": (
                    lambda: (moved(*of_mean, b1, b2), *of_mean)
                ),
                "The gradient counts in full. In an average, the new value has the share 1 minus "
                "beta.": lambda: (moved(*in_full, b1, b2), *in_full),
                "The correction is not to the power of the step: it is 1 - beta_1**step, and "
                "fades away as the steps go on.": without_power,
                "The two shares have changed places: beta_1 belongs to the mean, beta_2 to the "
                "square.": lambda: (moved(*swapped, b2, b1), *swapped),
                "The step goes uphill: subtract it from the parameters.": (
                    2 * parameters - new,
                    m,
                    s,
                ),
                "Only the mean is corrected. The square began at zero as well.": (
                    lambda: (
                        parameters - learning_rate * corrected[0] / (np.sqrt(s) + epsilon),
                        m,
                        s,
                    )
                ),
                "Only the square is corrected. The mean began at zero as well.": (
                    lambda: (
                        parameters - learning_rate * m / (np.sqrt(corrected[1]) + epsilon),
                        m,
                        s,
                    )
                ),
                "Epsilon is added to the step. It belongs below the fraction line: put brackets "
                "around the root plus epsilon.": lambda: (
                    parameters - learning_rate * corrected[0] / np.sqrt(corrected[1]) + epsilon,
                    m,
                    s,
                ),
                "The learning rate is missing: the step is a length, and it says how long.": (
                    parameters - (parameters - new) / learning_rate,
                    m,
                    s,
                ),
                "The correction multiplies beta by the step. It is to the power of the step: "
                "1 - beta_1**step.": lambda: stepped(1 - b1 * step, 1 - b2 * step),
                "m / 1 - ... divides by 1 first. Put brackets: mean / (1 - beta_1**step).": (
                    lambda: corrected_step(m - b1**step, s - b2**step)
                ),
                "The averages are multiplied by the correction. They are too small: divide.": (
                    lambda: stepped(1 / (1 - b1**step), 1 / (1 - b2**step))
                ),
                "The two corrections have changed places: beta_1 belongs to the mean, beta_2 to "
                "the square.": lambda: stepped(1 - b2**step, 1 - b1**step),
                "The power is one too small. step is counted from 1 already.": (
                    lambda: stepped(1 - b1 ** (step - 1), 1 - b2 ** (step - 1))
                ),
                "The power is one too large. step is counted from 1 already.": (
                    lambda: stepped(1 - b1 ** (step + 1), 1 - b2 ** (step + 1))
                ),
                "The step takes the gradient itself. Take the corrected mean of it, as momentum "
                "does.": lambda: corrected_step(gradient, corrected[1]),
                "The second average is of the gradient. It should be of its square: gradient**2.": (
                    lambda: (moved(*of_gradient, b1, b2), *of_gradient)
                ),
                "The share 1 - beta_2 is squared, too. Square the gradient alone, and then take "
                "the share of it.": lambda: (moved(*share_squared, b1, b2), *share_squared),
                "Old and new have changed their shares: beta of the old average is kept.": (
                    lambda: (moved(*new_counts_most, b1, b2), *new_counts_most)
                ),
                "That is how far to go, and not where to. Subtract it from the parameters.": (
                    parameters - new,
                    m,
                    s,
                ),
                "The averages have not been remembered: return the new ones.": (new, mean, square),
                "0 divided by 0 is nan, where a gradient was always 0. Epsilon prevents that: add "
                "it to the root.": lambda: (
                    parameters - learning_rate * corrected[0] / np.sqrt(corrected[1]),
                    m,
                    s,
                ),
            },
        )
    return new, m, s


def check_third_step(answer: Answer) -> None:
    """a third step, with large and with tiny gradients"""
    mean, square = np.array([1.0, -2.0, 1e-6]), np.array([0.5, 3.0, 1e-13])
    gradient = np.array([3.0, -1.5, 2e-6])
    _compare(answer, np.array([1.0, 1.0, 1.0]), mean, square, gradient, 3, 0.1)


def check_first_step(answer: Answer) -> None:
    """the first step: as long as the learning rate, in every number"""
    _compare(answer, np.array([1.0, 1.0]), np.zeros(2), np.zeros(2), np.array([50.0, -0.5]), 1, 0.1)


def check_no_gradient(answer: Answer) -> None:
    """a gradient of 0, as a dead neuron has: its weight stays where it is"""
    _compare(answer, np.array([2.0, 1.0]), np.zeros(2), np.zeros(2), np.array([0.0, 1.0]), 1, 0.1)


def check_many_steps(answer: Answer) -> None:
    """twenty steps with random gradients, as workshop.optimizers.Adam takes them"""
    rng = answer.rng(1)
    parameters, mean, square = rng.normal(size=5), np.zeros(5), np.zeros(5)
    optimizer, right = Adam(), parameters.copy()
    for step in range(1, 21):
        gradient = rng.normal(size=5)
        optimizer.step(right, gradient.copy(), 0.05)
        parameters, mean, square = _compare(answer, parameters, mean, square, gradient, step, 0.05)
    assert np.allclose(parameters, right)  # ours, of this check


def check_other_settings(answer: Answer) -> None:
    """other values of beta_1, beta_2 and epsilon"""
    gradient, zeros = np.array([0.3, -2.0]), np.zeros(2)
    reply = answer.call(
        "adam_step", zeros, zeros, zeros, gradient, 1, 0.1, beta_1=0.5, beta_2=0.9, epsilon=0.1
    )
    reply.gives(
        (-0.1 * gradient / (np.abs(gradient) + 0.1), 0.5 * gradient, 0.1 * gradient**2),
        cause="Use the arguments beta_1, beta_2 and epsilon, and not numbers in their place.",
    )
