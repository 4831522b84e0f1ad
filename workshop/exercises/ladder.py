"""The ladder of scores on MNIST's test set: what others published, and what this book measured."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PUBLISHED_BY, BOOK, YOURS = "published", "this book", "yours"


@dataclass(frozen=True)
class Rung:
    """One score.

    Attributes
    ----------
    score : float
        Share of the 10,000 test images that were read right, 0 to 1.
    name : str
        What reached it.
    source : str
        Who says so: a publication, a step of the book, or when you ran it.
    kind : str
        "published", "this book" or "yours".
    seconds : float, optional
        How long the training took, where that is known.
    """

    score: float
    name: str
    source: str
    kind: str = PUBLISHED_BY
    seconds: float | None = None


LECUN = "LeCun and others, 1998"
NIELSEN = "Nielsen, 2015"
PUBLISHED = (
    Rung(0.8725, "scikit-learn's MLPClassifier on raw pixels", "the source workshop"),
    Rung(0.953, "two layers, 300 hidden neurons", LECUN),
    Rung(0.955, "two layers, 1000 hidden neurons", LECUN),
    Rung(0.9659, "100 hidden neurons, 30 epochs", NIELSEN),
    Rung(0.9804, "100 hidden neurons, regularised", NIELSEN),
    Rung(0.984, "800 hidden neurons, cross-entropy", "Simard and others, 2003"),
    Rung(0.9905, "LeNet-5, a convolutional network", LECUN),
    Rung(0.9960, "convolutional network with dropout", NIELSEN),
    Rung(0.9967, "five convolutional networks that vote", NIELSEN),
)
STEPS = {
    "step02_train_and_test": "step 2, the workshop's classifier",
    "step12_three_libraries": "step 12, one network in three libraries",
    "step03_improve_the_score": "step 3, the same library, better settings",
    "step07_network_from_scratch": "step 7, the network from scratch",
    "step13_convolutional_network": "step 13, a convolutional network",
}
RESULTS = Path(__file__).parents[2] / "results"


def measured_here(results: Path = RESULTS) -> list[Rung]:
    """Return the book's own medians, from the files that `make results` wrote.

    Parameters
    ----------
    results : Path
        Their folder; what is not there is left out, as where only the package is installed.

    Returns
    -------
    list of Rung
        The median over the seeds of each step.
    """
    rungs = []
    for step, name in STEPS.items():
        file = results / f"{step}.json"
        if file.is_file():
            measured = json.loads(file.read_text(encoding="utf-8"))
            source = f"median of {len(measured['seeds'])} runs"
            seconds = measured.get("seconds", {}).get("median")
            rungs.append(Rung(measured["median"], name, source, BOOK, seconds))
    return rungs


def ladder(yours: Iterable[Rung] = (), results: Path = RESULTS) -> list[Rung]:
    """Return all rungs, the lowest score first.

    Parameters
    ----------
    yours : iterable of Rung
        What the learner's estimators scored.
    results : Path
        The folder of the book's results.

    Returns
    -------
    list of Rung
        What others published, this book's and yours.
    """
    return sorted([*PUBLISHED, *measured_here(results), *yours], key=lambda rung: rung.score)
