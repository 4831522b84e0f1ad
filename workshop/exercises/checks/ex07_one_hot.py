"""Checks of exercise 7: one-hot rows."""

import numpy as np

from workshop.exercises.checking import Answer, Wrong, explained

HINTS = (
    "A loop over the labels is fine. Which number of which row must become 1 for the label at "
    "place i?",
    "np.zeros((n_samples, n_classes)) gives the zeros. In a loop: rows[i, labels[i]] = 1.",
    "Without a loop: np.eye(n) is a table of zeros with ones from corner to corner. Its row 3 is "
    "the one-hot row of label 3. An array of labels between the brackets takes many rows at once: "
    "np.eye(...)[...].",
)
WRONG = (
    Wrong(
        "in every row",
        """
def one_hot(labels, n_classes):
    rows = np.zeros((len(labels), n_classes))
    rows[:, labels] = 1
    return rows
""",
    ),
    Wrong(
        "as many columns as n_classes says",
        """
def one_hot(labels, n_classes):
    return np.eye(labels.max() + 1)[labels]
""",
    ),
    Wrong(
        "The label itself stands there",
        """
def one_hot(labels, n_classes):
    rows = np.zeros((len(labels), n_classes))
    rows[np.arange(len(labels)), labels] = labels
    return rows
""",
    ),
    Wrong(
        "Python counts from 0",
        """
def one_hot(labels, n_classes):
    return np.eye(n_classes)[labels - 1]
""",
    ),
    Wrong(
        "Rows and columns are swapped",
        """
def one_hot(labels, n_classes):
    return np.eye(n_classes)[labels].T
""",
    ),
    Wrong(
        "Only the last label has its 1",
        """
def one_hot(labels, n_classes):
    for i in range(len(labels)):
        rows = np.zeros((len(labels), n_classes))
        rows[i, labels[i]] = 1
    return rows
""",
    ),
    Wrong(
        "one flat list",
        """
def one_hot(labels, n_classes):
    return np.eye(n_classes)[labels].ravel()
""",
    ),
)


OUTSIDE = (
    "The row is the sample's number, i, and the column is its label, labels[i]. Is one in the "
    "other's place, or one too large? Python counts from 0, and so do labels."
)


def _compare(answer: Answer, labels: np.ndarray, n_classes: int) -> None:
    rows = np.eye(n_classes)[labels]
    in_every_row = np.zeros_like(rows)
    in_every_row[:, labels] = 1
    first, last = np.zeros_like(rows), np.zeros_like(rows)
    first[0] = rows[0]
    last[-1:] = rows[-1:]
    shifted = "Each 1 stands one place too far to the left. Python counts from 0, and so do labels."
    with explained({"out of bounds": OUTSIDE}):
        answer.call("one_hot", labels, n_classes).gives(
            rows,
            axes=("samples", "classes"),
            mistakes={
                "The ones of all labels stand in every row. rows[:, labels] = 1 writes into all "
                "rows, and [[0] * n] * m is m times the same row. Put a 1 into one row at a time: "
                "rows[i, labels[i]] = 1.": in_every_row,
                "The 0 and the 1 have changed places.": 1 - rows,
                "Only the first label has its 1. Is the return indented, so that it stands in the "
                "loop?": first,
                "There is a row for each class. Make one for each sample: its label says which "
                "column has the 1.": np.eye(n_classes),
                "The label itself stands there. What stands in its place is a 1, whichever label "
                "it is.": rows * labels[:, None],
                shifted: np.roll(rows, -1, axis=1),
                "Only the last label has its 1. Is the table of zeros made anew in the loop? Make "
                "it once, before the loop.": last,
                "The numbers are right, but they are one flat list. Make a row of each sample.": (
                    rows.ravel()
                ),
                "The table has as many columns as the largest label asks for, and not as many "
                "columns as n_classes says. A batch need not contain every class.": (
                    lambda: np.eye(labels.max() + 1)[labels]
                ),
            },
        )


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    _compare(answer, np.array([3, 0, 1]), 4)


def check_digits(answer: Answer) -> None:
    """random labels of ten digits"""
    _compare(answer, answer.rng(1).integers(10, size=50), 10)


def check_class_that_is_missing(answer: Answer) -> None:
    """a batch in which some classes are missing, and one label alone"""
    _compare(answer, np.array([1, 0, 1, 1]), 5)
    _compare(answer, np.array([0]), 3)


def check_many_samples(answer: Answer) -> None:
    """more samples than classes, and labels as small integers, as MNIST has them"""
    _compare(answer, np.array([2, 2, 1, 0, 1, 2], dtype=np.uint8), 3)
