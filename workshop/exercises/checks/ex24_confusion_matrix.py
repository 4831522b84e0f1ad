"""Checks of exercise 24: the confusion matrix."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong

AXES = ("what it is", "what it was called")
HINTS = (
    "Take the example by hand: draw a table of two rows and two columns, go through the four "
    "samples, and make a stroke for each. Which number of a sample chooses the row?",
    "A loop does it: for i, j in zip(y, predictions), add 1 to confusion[i, j]. Without a loop, "
    "np.add.at does the same; confusion[y, predictions] += 1 does not.",
    "confusion.diagonal() holds what is right. confusion.sum(axis=0) adds up each column: how "
    "often each class was said. Which of the two shares asks for that?",
    "right / np.maximum(confusion.sum(axis=0), 1) is the precision: where a sum is 0, so is "
    "right, and 0 / 1 is 0. The recall has axis=1.",
)
_MATRIX = "\ndef confusion_matrix(y, predictions, n_classes):\n"
_SHARES = "\ndef precision_and_recall(confusion):\n    right = confusion.diagonal()\n"
WRONG = (
    Wrong(
        "The rows are what it said",
        _MATRIX
        + """
    confusion = np.zeros((n_classes, n_classes), dtype=int)
    for i, j in zip(y, predictions):
        confusion[j, i] += 1
    return confusion
""",
    ),
    Wrong(
        "adds only once",
        _MATRIX
        + """
    confusion = np.zeros((n_classes, n_classes), dtype=int)
    confusion[y, predictions] += 1
    return confusion
""",
    ),
    Wrong(
        "as many rows as classes came",
        _MATRIX
        + """
    n = max(y.max(), predictions.max()) + 1
    confusion = np.zeros((n, n), dtype=int)
    np.add.at(confusion, (y, predictions), 1)
    return confusion
""",
    ),
    Wrong(
        "counts, not shares",
        _MATRIX
        + """
    confusion = np.zeros((n_classes, n_classes))
    np.add.at(confusion, (y, predictions), 1)
    return confusion / len(y)
""",
    ),
    Wrong(
        "the other way round",
        _SHARES
        + """
    called, there = confusion.sum(axis=0), confusion.sum(axis=1)
    return right / np.maximum(there, 1), right / np.maximum(called, 1)
""",
    ),
    Wrong(
        "0 was divided by 0",
        _SHARES
        + """
    return right / confusion.sum(axis=0), right / confusion.sum(axis=1)
""",
    ),
    Wrong(
        "divided by all samples",
        _SHARES
        + """
    return right / confusion.sum(), right / confusion.sum()
""",
    ),
)


def _count(y: np.ndarray, predictions: np.ndarray, n_classes: int) -> np.ndarray:
    confusion = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(confusion, (y, predictions), 1)
    return confusion


def _compare_matrix(answer: Answer, y: np.ndarray, predictions: np.ndarray, n: int) -> None:
    confusion = _count(y, predictions, n)
    came = int(max(y.max(), predictions.max())) + 1
    answer.call("confusion_matrix", y, predictions, n).gives(
        confusion,
        axes=AXES,
        mistakes={
            "The rows are what it said. In this book, as in scikit-learn, a row is what the sample "
            "is, and a column what it was called.": confusion.T,
            "confusion[y, predictions] += 1 adds only once where a pair comes several times. "
            "Use a loop, or np.add.at.": (confusion > 0).astype(int),
            "It has only as many rows as classes came. A class that is missing here may come "
            "tomorrow: make it (n_classes, n_classes).": confusion[:came, :came],
            "These are shares. A confusion matrix holds counts, not shares: do not divide.": (
                confusion / len(y)
            ),
            "Each row is divided by its sum. A confusion matrix holds the counts "
            "themselves.": lambda: confusion / confusion.sum(axis=1, keepdims=True),
            "All rows are the same row: [[0] * n] * n is one list, n times. Begin with "
            "np.zeros((n_classes, n_classes)).": np.tile(confusion.sum(axis=0), (n, 1)),
            "It counts from 1. Class 0 has row 0 and column 0.": np.roll(confusion, 1, (0, 1)),
        },
    )


def _compare_shares(answer: Answer, confusion: np.ndarray) -> None:
    right, called, there = confusion.diagonal(), confusion.sum(axis=0), confusion.sum(axis=1)
    with np.errstate(all="ignore"):
        reply = answer.call("precision_and_recall", confusion)
        bare = right / called, right / there
        alike = right / (called + there - right)
    precision, recall = right / np.maximum(called, 1), right / np.maximum(there, 1)
    reply.gives(
        (precision, recall),
        mistakes={
            "The two are the other way round. Precision divides by how often a class was said, the "
            "sum of its column; recall by how often it was there, the sum of its row.": (
                recall,
                precision,
            ),
            "Where a class was never said or never there, 0 was divided by 0. Let the share be 0 "
            "there: np.maximum(sums, 1) makes a 1 of a 0.": bare,
            "Both are divided by all samples. What is called eight is divided by all that is "
            "called eight, a column; what is eight by a row.": (
                right / confusion.sum(),
                right / confusion.sum(),
            ),
            "Both are the precision. Recall takes the sums of the rows: axis=1.": (
                precision,
                precision,
            ),
            "Both are the recall. Precision takes the sums of the columns: axis=0.": (
                recall,
                recall,
            ),
            "Both count the two kinds of mistake together. Precision has only the column below "
            "the line, recall only the row.": (alike, alike),
        },
        cause="Each class has its own precision and its own recall: begin with what is right, "
        "confusion.diagonal(), and divide it by the sums of the columns, or of the rows.",
    )


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    y, predictions = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    _compare_matrix(answer, y, predictions, 2)


def check_random_predictions(answer: Answer) -> None:
    """random classes and predictions, some classes missing"""
    rng = answer.rng(1)
    for n_classes, n_samples in ((2, 9), (3, 20), (10, 200), (4, 1), (5, 6)):
        y, predictions = rng.integers(0, max(1, n_classes - 1), (2, n_samples))
        _compare_matrix(answer, y, predictions, n_classes)


def check_shares(answer: Answer) -> None:
    """precision and recall of each class"""
    rng = answer.rng(2)
    _compare_shares(answer, np.array([[2, 1], [0, 1]]))
    for n_classes in (2, 3, 5):
        _compare_shares(answer, rng.integers(1, 9, (n_classes, n_classes)))


def check_missing_classes(answer: Answer) -> None:
    """a class that never came, and one that was never said"""
    _compare_shares(answer, np.array([[3, 1, 0], [0, 0, 0], [2, 0, 0]]))
