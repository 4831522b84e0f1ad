"""How far apart the same training ends on the same machine: `docs/practice/your_number.md`.

Step 7's network, trained with one thread, with one thread again, and with two. The seeds, the data
and the code are the same each time. What differs is the order in which numbers are added up.
"""

from importlib import metadata
from typing import Any

import numpy as np

from workshop.classifier import NetworkClassifier
from workshop.datasets import load_mnist

TEST_SETS = (450, 10_000)  # the small digits', and MNIST's


def measured(seeds: list[int]) -> dict[str, Any]:
    """Train with each seed three times and return how well each network reads.

    Parameters
    ----------
    seeds : list of int

    Returns
    -------
    dict
        As `results/your_number.json` has it, apart from the hash of the code.
    """
    from threadpoolctl import threadpool_limits

    from benchmarks.steps import LIBRARIES, machine, spread

    X_train, y_train, X_test, y_test = load_mnist()
    X_train, X_test = X_train / np.float32(255), X_test / np.float32(255)
    rows, scores, differing, repeated = [], [], [], True
    for seed in seeds:
        networks = []
        for threads in (1, 1, 2):
            with threadpool_limits(threads, user_api="blas"):
                network = NetworkClassifier(
                    (128,), learning_rate=0.1, schedule="one_cycle", batch_size=128, epochs=10,
                    augmentation="shifts", random_state=seed,
                )  # fmt: skip
                networks.append(network.fit(X_train, y_train))
        answers = [network.predict(X_test) for network in networks]
        ours = [round(float(np.mean(a == y_test)), 6) for a in answers]
        parameters = [network.network_.parameters for network in networks]
        repeated &= bool(np.array_equal(parameters[0], parameters[1]))
        differing.append(int(np.sum(answers[0] != answers[2])))
        rows.append([str(seed), *(f"{100 * score:.2f}" for score in ours), differing[-1]])
        scores += [ours[0], ours[2]]
    return {
        "step": "your_number",
        "seeds": seeds,
        "scores": scores,
        **spread(scores),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
        "repeated_exactly": repeated,
        "answers_that_differ": spread(differing),
        "tables": {
            "threads": {
                "columns": ["Seed", "One thread, %", "Again, %", "Two threads, %",
                            "Answers that differ"],
                "rows": rows,
            },
            "luck": luck(),
        },
    }  # fmt: skip


def luck() -> dict[str, list]:
    """Return how far a score lies from the truth by luck alone, as a table, in points.

    One standard deviation of the share of successes in n draws: the square root of p(1 - p)/n.

    Returns
    -------
    dict
        ``columns`` and ``rows`` for the page.
    """
    columns = ["If it reads", *(f"{n:,} images, points" for n in TEST_SETS)]
    rows = [
        [f"{100 * p:g} %", *(f"{100 * np.sqrt(p * (1 - p) / n):.2f}" for n in TEST_SETS)]
        for p in (0.88, 0.97, 0.985)
    ]
    return {"columns": columns, "rows": rows}
