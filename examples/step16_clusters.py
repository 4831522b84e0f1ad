"""Step 16: can a program sort digits into groups when nobody says what they are?

k-means in NumPy (`workshop.clusters`) and in scikit-learn. It never sees a label; afterwards, each
cluster is named after what most of its images are, and new images get the name of the nearest.
Expected score: 0.79 or more, the share of new images that 50 clusters name right. Time: half a
minute.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from workshop.clusters import count_pairs, k_means, name_clusters, nearest
from workshop.datasets import load_digits, load_mnist
from workshop.example import run
from workshop.plotting import new_axes, plot_digits, plot_heat_map, save


def load(quick, seed):
    X_train, y_train, X_test, y_test = load_digits(seed) if quick else load_mnist()
    X_train, X_test = X_train[:10_000] / np.float32(255), X_test / np.float32(255)
    return X_train, y_train[:10_000], X_test, y_test


# --8<-- [start:walk]
def walk(*, quick: bool = False, seed: int = 0) -> Iterator[dict]:
    X_train, y_train, X_test, y_test = load(quick, seed)
    for k in (10, 20, 50):
        ours = k_means(X_train, k, starts=3, seed=seed)
        theirs = KMeans(k, n_init=3, random_state=seed).fit(X_train)
        row = {"clusters": str(k)}
        for name, labels, centres in (
            ("ours", ours.labels, ours.centres),
            ("scikit-learn", theirs.labels_, theirs.cluster_centers_),
        ):
            names = name_clusters(labels, y_train, k)
            new_labels, _ = nearest(X_test, centres)
            row[f"{name}: right"] = np.mean(names[new_labels] == y_test)
            row[f"{name}: adjusted Rand"] = adjusted_rand_score(y_train, labels)
        yield row
        # --8<-- [end:walk]


def main(*, quick: bool = False, seed: int = 0) -> float:
    print("clusters   ours: right, adjusted Rand   scikit-learn: right, adjusted Rand")
    for row in walk(quick=quick, seed=seed):
        k, *shares = row.values()
        print("{:>8}   {:11.4f}  {:13.3f}   {:19.4f}  {:13.3f}".format(k, *shares))

    X, y, _, _ = load(quick, seed)
    found = k_means(X, 10, starts=3, seed=seed)
    names = name_clusters(found.labels, y, 10)
    order = np.argsort(names)
    centres, mixed = new_axes(6.2, 3.4), new_axes(6.2, 4)
    plot_digits(centres, found.centres[order], names[order], columns=5)
    plot_heat_map(mixed, count_pairs(found.labels, y, 10)[order], names[order], range(10))
    mixed.set(xlabel="what it is", ylabel="cluster, by its most frequent digit")
    for ax, name in ((centres, "centres"), (mixed, "mixed")):
        print(f"See {save(ax, f'pictures/step16_{name}.png')}")
    return float(row["ours: right"])


if __name__ == "__main__":
    run(main)
