"""Checks of exercise 35: a step of k-means."""

from collections.abc import Callable

import numpy as np

from workshop.exercises.checking import Answer, Wrong, changed, explained

HINTS = (
    "Take the example by hand, on squared paper: which centre is nearest to each point? Where is "
    "the middle of the points that joined the first one?",
    "The squared distance of one point from all centres is ((point - centres) ** 2).sum(axis=1), "
    "and argmin() says which is the smallest. A loop over the points is good enough.",
    "X[labels == i] are the points that joined centre i, and their mean(axis=0) is the middle. "
    "What is len(X[labels == i]) for a centre that nobody joined?",
    "Begin the second step with moved = np.array(centres, dtype=float), a copy. Then, for each i: "
    "if np.any(labels == i): moved[i] = X[labels == i].mean(axis=0).",
)
_STEP = """
def k_means_step(X, centres):
    labels = ((X[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    moved = np.array(centres, dtype=float)
    for i in range(len(centres)):
        if np.any(labels == i):
            moved[i] = X[labels == i].mean(axis=0)
    return labels, moved
"""
WRONG = (
    Wrong("middle of no points", changed(_STEP, "if np.any(labels == i)", "if True")),
    Wrong(
        "jumped to 0", changed(_STEP, "np.array(centres, dtype=float)", "np.zeros(centres.shape)")
    ),
    Wrong("the farthest centre", changed(_STEP, "argmin", "argmax")),
    Wrong("added up, not averaged", changed(_STEP, ".mean(", ".sum(")),
    Wrong("signs cancel", changed(_STEP, "(X[:, None] - centres) ** 2", "X[:, None] - centres")),
    Wrong(
        "not the sum of squares",
        changed(_STEP, "((X[:, None] - centres) ** 2)", "abs(X[:, None] - centres)"),
    ),
    Wrong(
        "nearest point of each centre",
        changed(_STEP, "argmin(axis=1)", "argmin(axis=0)"),
    ),
    Wrong(
        "centres that have already moved",
        changed(
            _STEP,
            "    return",
            "    labels = ((X[:, None] - moved) ** 2).sum(axis=2).argmin(axis=1)\n    return",
        ),
    ),
    Wrong("have not moved", changed(_STEP, "labels, moved", "labels, centres")),
    Wrong("one number for all features", changed(_STEP, "mean(axis=0)", "mean()")),
    Wrong(
        "changes its argument centres",
        changed(_STEP, "np.array(centres, dtype=float)", "centres"),
    ),
    Wrong("whole number", changed(_STEP, "np.array(centres, dtype=float)", "centres.copy()")),
    Wrong(
        "those of the nearest point of each centre",
        """
def k_means_step(X, centres):
    labels = ((X[:, None] - centres) ** 2).sum(axis=2).argmin(axis=0)
    return labels, centres
""",
    ),
)


def _moved(
    X: np.ndarray,
    labels: np.ndarray,
    centres: np.ndarray,
    middle: Callable[[np.ndarray], np.ndarray] = lambda points: points.mean(axis=0),
) -> np.ndarray:
    moved = centres.astype(float)
    for i in range(len(centres)):
        if np.any(labels == i):
            moved[i] = middle(X[labels == i])
    return moved


def _compare(answer: Answer, X: np.ndarray, centres: np.ndarray) -> None:
    differences = X[:, None] - centres
    squares = (differences**2).sum(axis=2)
    labels = squares.argmin(axis=1)
    moved = _moved(X, labels, centres)
    empty = np.bincount(labels, minlength=len(centres)) == 0
    nan, zero = moved.copy(), moved.copy()
    nan[empty], zero[empty] = np.nan, 0

    def both(other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return other, _moved(X, other, centres)

    causes = {
        "Mean of empty slice": "A centre got the middle of no points, which does not exist. Look "
        "first whether any point has joined it; if not, it stays where it is.",
        "boolean index": "labels must have one number for each point. argmin over the other axis "
        "gives the nearest point of each centre.",
        "'bool' object": "labels is a list, and a whole list is never equal to a number. Make an "
        "array of it: np.array(labels) == i has an answer for each point.",
        "inhomogeneous": "The middle has a number for each feature: mean(axis=0), over the points.",
        "could not broadcast": "The middle has a number for each feature: mean(axis=0), over the "
        "points.",
        "broadcast together": "There are not as many points as centres. Take one point after the "
        "other and all centres, or all at once by X[:, None] - centres.",
    }
    with explained(causes):
        reply = answer.call("k_means_step", X, centres)
    reply.gives(
        (labels, moved),
        tolerance=1e-8,
        mistakes={
            causes["Mean of empty slice"]: (labels, nan),
            "A centre that no point has joined jumped to 0. It must stay where it is: begin with a "
            "copy of the centres.": (labels, zero),
            "Each point joins the farthest centre: argmin finds the place of the smallest "
            "distance, argmax that of the largest.": both(squares.argmax(axis=1)),
            "The points of a group are added up, not averaged. The middle is their mean.": (
                labels,
                _moved(X, labels, centres, lambda points: points.sum(axis=0)),
            ),
            "The differences are added up without being squared, so their signs cancel, and the "
            "smallest sum is not the nearest centre.": both(differences.sum(axis=2).argmin(axis=1)),
            "The distance is the sum of the absolute differences, not the sum of squares. "
            "k-means takes the squares.": both(np.abs(differences).sum(axis=2).argmin(axis=1)),
            "The labels are those of the centres that have already moved. A point joins the centre "
            "that is nearest before the move.": (
                ((X[:, None] - moved) ** 2).sum(axis=2).argmin(axis=1),
                moved,
            ),
            "The centres have not moved. Return the new ones.": (labels, centres),
            "The middle of a group is one number for all features. Each feature has its own mean: "
            "axis=0.": (labels, _moved(X, labels, centres, lambda points: points.mean())),
            "The middle is the median. k-means takes the mean.": (
                labels,
                _moved(X, labels, centres, lambda points: np.median(points, axis=0)),
            ),
            "Every point has joined centre 0. argmin of a single number is 0. There must be a "
            "distance for each centre: norm and sum need axis=1.": both(np.zeros_like(labels)),
            "The labels begin at 1. The first centre has the number 0.": (labels + 1, moved),
            "The middles are cut to whole numbers. The copy of the centres must hold any number: "
            "np.array(centres, dtype=float).": (
                labels,
                _moved(X, labels, centres, lambda points: np.trunc(points.mean(axis=0))),
            ),
            "The labels are those of the nearest point of each centre. There must be one for each "
            "point: argmin(axis=1), if there is a row for each point.": (
                (squares.argmin(axis=0), moved)
            ),
            "The labels are those of the nearest point of each centre, and the centres have not "
            "moved. There must be a label for each point: argmin(axis=1), if there is a row for "
            "each point.": (squares.argmin(axis=0), centres),
        },
        cause="A centre that no point has joined stays where it is, in its row."
        * bool(empty.any()),
    )


def check_example(answer: Answer) -> None:
    """the example of the statement, without its third centre"""
    X = np.array([[0.0, 0.0], [2.0, 0.0], [9.0, 6.0]])
    _compare(answer, X, np.array([[1.0, 1.0], [8.0, 8.0]]))


def check_random_points(answer: Answer) -> None:
    """random points, with one to five features"""
    rng = answer.rng(1)
    for n_samples, k, n_features in ((30, 3, 2), (20, 4, 5), (12, 2, 1), (9, 1, 3)):
        X = rng.normal(0, 2, (n_samples, n_features))
        _compare(answer, X, X[:k] + rng.normal(0, 1, (k, n_features)))


def check_empty(answer: Answer) -> None:
    """centres that no point has joined"""
    rng = answer.rng(2)
    X = rng.normal(0, 1, (8, 2))
    _compare(answer, X, np.array([[40.0, 40.0], [0.5, 0.0], [-60.0, 70.0], [-0.5, 0.2]]))


def check_whole_numbers(answer: Answer) -> None:
    """points and centres that are whole numbers"""
    _compare(answer, np.array([[1, 2], [2, 2], [7, 9], [8, 8]]), np.array([[0, 0], [9, 9]]))
