"""Checks of exercise 6: cross-entropy."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong
from workshop.functions import softmax

HINTS = (
    "Do one row of the example by hand: the target is 1 for the first class only, so all that is "
    "left of the sum is -log(0.7), about 0.357.",
    "targets * np.log(probabilities) works on the whole table at once, and np.sum adds up all of "
    "it. What must you divide by, so that it is a mean over the samples and not over all numbers?",
    "np.maximum(probabilities, 1e-12) puts 1e-12 in place of anything smaller, number by number. "
    "Do that before the logarithm.",
    "Two lines: logarithms = np.log(np.maximum(probabilities, 1e-12)), then minus the sum of "
    "targets times these, divided by len(targets).",
)
WRONG = (
    Wrong(
        "The minus is missing",
        """
def cross_entropy(probabilities, targets):
    logarithms = np.log(np.maximum(probabilities, 1e-12))
    return np.sum(targets * logarithms) / len(targets)
""",
    ),
    Wrong(
        "The mean is taken over all numbers of the table",
        """
def cross_entropy(probabilities, targets):
    return -np.mean(targets * np.log(np.maximum(probabilities, 1e-12)))
""",
    ),
    Wrong(
        "That is the sum over the samples",
        """
def cross_entropy(probabilities, targets):
    return -np.sum(targets * np.log(np.maximum(probabilities, 1e-12)))
""",
    ),
    Wrong(
        "not the natural one",
        """
def cross_entropy(probabilities, targets):
    return -np.sum(targets * np.log2(np.maximum(probabilities, 1e-12))) / len(targets)
""",
    ),
    Wrong(
        "before you take the logarithm",
        """
def cross_entropy(probabilities, targets):
    return -np.sum(targets * np.log(probabilities)) / len(targets)
""",
    ),
    Wrong(
        "one number for each sample",
        """
def cross_entropy(probabilities, targets):
    return -np.sum(targets * np.log(np.maximum(probabilities, 1e-12)), axis=1)
""",
    ),
    Wrong(
        "the wrong way round",
        """
def cross_entropy(probabilities, targets):
    return -np.sum(probabilities * np.log(np.maximum(targets, 1e-12))) / len(targets)
""",
    ),
    Wrong(
        "The target's own weight is lost",
        """
def cross_entropy(probabilities, targets):
    rows = np.arange(len(targets))
    truth = np.argmax(targets, axis=1)
    return -np.mean(np.log(np.maximum(probabilities[rows, truth], 1e-12)))
""",
    ),
    Wrong(
        "That is the squared error",
        """
def cross_entropy(probabilities, targets):
    return np.sum((probabilities - targets) ** 2) / len(targets)
""",
    ),
)
ZERO = (
    "The logarithm of 0 is minus infinity. Put 1e-12 in place of anything smaller before you take "
    "the logarithm."
)


def _compare(answer: Answer, probabilities: np.ndarray, targets: np.ndarray) -> None:
    logarithms = np.log(np.maximum(probabilities, 1e-12))
    surprises = -np.sum(targets * logarithms, axis=1)
    right = float(np.mean(surprises))
    truth = np.argmax(targets, axis=1)
    of_the_truth = logarithms[np.arange(len(truth)), truth]
    with np.errstate(all="ignore"):
        answer.call("cross_entropy", probabilities, targets).gives(
            right,
            tolerance=1e-6,
            mistakes={
                "The minus is missing: the logarithm of a probability is negative, and a surprise "
                "is positive.": -right,
                "The mean is taken over all numbers of the table. Divide by the number of samples "
                "only.": -np.mean(targets * logarithms),
                "That is the sum over the samples. Divide by their number, so that the loss does "
                "not depend on the size of the batch.": np.sum(surprises),
                "The logarithm is not the natural one. np.log is; np.log2 and np.log10 have "
                "another base.": right / np.log(2),
                "The logarithm is to the base of 10, not the natural one. Take np.log.": (
                    right / np.log(10)
                ),
                "There is one number for each sample. One for the batch is wanted: their mean.": (
                    surprises
                ),
                "It is the wrong way round: the logarithm is taken of the targets. Take it of the "
                "probabilities.": (
                    -np.sum(probabilities * np.log(np.maximum(targets, 1e-12))) / len(targets)
                ),
                "The targets are not used. Multiply each logarithm by its target: only what was "
                "true counts.": -np.sum(logarithms) / len(targets),
                "The targets are not used, and the mean is taken over all numbers. Multiply each "
                "logarithm by its target, and divide by the number of samples.": (
                    -np.mean(logarithms)
                ),
                "The logarithm is taken of the mean probability. Take it for each sample first, "
                "then the mean.": lambda: -np.log(np.mean(np.sum(probabilities * targets, axis=1))),
                "The logarithm is taken of a sum over the samples. Take it for each sample first, "
                "then the mean.": lambda: -np.log(np.sum(probabilities * targets)) / len(targets),
                "That is 1 minus the probability of what was true. The surprise is minus its "
                "logarithm.": 1 - np.mean(np.sum(probabilities * targets, axis=1)),
                "That is the cross-entropy of yes or no, class by class, with 1 - target as well. "
                "Here the sum has the targets only.": lambda: (
                    right
                    - np.sum((1 - targets) * np.log(np.maximum(1 - probabilities, 1e-12)))
                    / len(targets)
                ),
                "np.minimum puts 1e-12 in place of everything larger. np.maximum is the one for "
                "what is smaller.": -np.log(1e-12),
                "There is a softmax inside. The probabilities have been through it already: once "
                "is enough.": -np.sum(targets * np.log(softmax(probabilities))) / len(targets),
                "The target's own weight is lost: a target row may hold several numbers between 0 "
                "and 1. Multiply by the targets, and add up.": -float(np.mean(of_the_truth)),
                "That is the squared error. Cross-entropy multiplies targets and logarithms.": (
                    np.sum((probabilities - targets) ** 2) / len(targets)
                ),
                f"0 times infinity is nan. {ZERO}": np.nan,
                f"The loss is infinite. {ZERO}": np.inf,
            },
            cause="Take one row by hand, as the first hint does, and compare.",
        )


def check_example(answer: Answer) -> None:
    """two samples without a probability of 0"""
    probabilities = np.array([[0.7, 0.2, 0.1], [0.8, 0.1, 0.1]])
    _compare(answer, probabilities, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))


def check_random(answer: Answer) -> None:
    """random probabilities, and one sample alone"""
    rng = answer.rng(1)
    for shape in ((4, 3), (1, 10), (7, 2)):
        probabilities = softmax(rng.normal(0, 2, shape))
        targets = np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]
        _compare(answer, probabilities, targets)


def check_blind_guess(answer: Answer) -> None:
    """a blind guess among ten costs the logarithm of 10, about 2.3"""
    _compare(answer, np.full((3, 10), 0.1), np.eye(10)[[3, 0, 9]])


def check_zero(answer: Answer) -> None:
    """a probability of exactly 0"""
    _compare(answer, np.array([[1.0, 0.0, 0.0]]), np.array([[1, 0, 0]]))
    _compare(answer, np.array([[0.9, 0.1, 0.0], [0.0, 1.0, 0.0]]), np.array([[1, 0, 0], [1, 0, 0]]))


def check_soft_targets(answer: Answer) -> None:
    """targets between 0 and 1, as label smoothing has them"""
    probabilities = softmax(answer.rng(2).normal(size=(5, 4)))
    targets = np.full((5, 4), 0.05) + 0.8 * np.eye(4)[[0, 3, 1, 1, 2]]
    _compare(answer, probabilities, targets)
