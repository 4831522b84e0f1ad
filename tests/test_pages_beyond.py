"""What the prose of the pages on tables and clusters says about what their cells compute."""

import io
import re

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import DBSCAN
from sklearn.metrics import adjusted_rand_score, silhouette_score

from docs.figures.step15_tables_with_pandas import kiosk_without_months
from examples.step15_tables_with_pandas import clean
from workshop.clusters import count_pairs, k_means, middles, name_clusters, nearest
from workshop.datasets import load_digits, make_blobs, make_moons
from workshop.reward import ACTIONS, World, learn
from workshop.sales import make_sales

# -- step 15: tables with pandas


def test_missing_values_and_the_mean():
    text = make_sales(seed=0, faults=False)
    sales = pd.read_csv(io.StringIO(text), parse_dates=["date"])
    true = sales["units"][sales["product"] == "ice cream"]
    table = clean(make_sales(seed=0), left_out="fill_gaps")
    month = table["date"].dt.month
    counted = table["units"][table["product"] == "ice cream"]
    with_mean = counted.fillna(counted.mean())
    with_months = counted.fillna(counted.groupby(month).transform("mean"))

    assert counted.fillna(0).mean() < counted.mean() - 5 < true.mean() - 10
    assert with_mean.mean() == pytest.approx(counted.mean())
    assert with_mean.std() < counted.std() < with_months.std() < true.std()
    assert with_months.mean() == pytest.approx(true.mean(), rel=0.01)


def test_what_is_left_out_of_one_day():
    table = pd.read_csv(io.StringIO(make_sales(seed=0)), parse_dates=["date"])
    day = table[table["date"] == "2022-08-06"]
    assert (day["units"] == "?").any()
    assert day["price"].isna().any()
    assert day["product"].str.isupper().sum() > 4


def test_without_the_month_the_summer_sinks_and_another_product_is_best():
    said = kiosk_without_months()
    factor, right_factor = map(float, re.findall(r"\d\.\d", said))
    cold, hot, everyday = map(int, re.findall(r"(?:has|hot|everyday) (\d+)", said))
    assert factor < right_factor - 0.1
    assert max(cold, hot) < 6 < everyday
    assert "coffee brings in the most money, where it should be ice cream" in said


# -- step 16: clusters


@pytest.fixture(scope="module")
def digits():
    X, y, _, _ = load_digits()
    return X / np.float32(255), y


def test_a_bad_start_ends_badly():
    X, y = make_blobs(160, centres=4, std=1.1, seed=8)

    def end(centres):
        for _ in range(12):
            labels, distances = nearest(X, centres)
            centres = middles(X, labels, distances, 4)
        return labels, distances.sum()

    labels, bad = end(X[np.argsort(X[:, 1])[:4]])
    counts = count_pairs(labels, y, 4)
    assert sorted((counts > 5).sum(axis=1)) == [1, 1, 1, 2], "one centre for two clouds"
    assert sorted((counts > 5).sum(axis=0)) == [1, 1, 1, 2], "two centres in one cloud"
    _, good = end(X[np.random.default_rng(13).choice(len(X), 4, replace=False)])
    assert good < bad / 4
    assert good == pytest.approx(k_means(X, 4).inertia)


def test_which_digits_are_mixed(digits):
    X, y = digits
    found = k_means(X, 10)
    names = name_clusters(found.labels, y, 10)
    assert sorted(names) == list(range(10))
    shares = count_pairs(found.labels, y, 10)[np.argsort(names)].astype(float)
    shares /= shares.sum(axis=1, keepdims=True)
    assert all(shares[digit, digit] > 0.9 for digit in (0, 4, 6))
    assert shares[8, 1] == pytest.approx(0.45, abs=0.05)
    assert shares[9, [8, 5]].sum() > 0.3


def test_the_silhouette_finds_clouds_but_not_digits(digits):
    clouds, _ = make_blobs(160, centres=4, std=1.1, seed=8)
    found = {k: k_means(clouds, k, starts=5).labels for k in range(2, 9)}
    assert max(found, key=lambda k: silhouette_score(clouds, found[k])) == 4
    X, _ = digits
    low = [silhouette_score(X, k_means(X, k, starts=5).labels) for k in (8, 12, 16, 20)]
    assert max(low) < 0.2
    assert max(low) - min(low) < 0.02


def test_moons_are_cut_by_k_means_and_found_by_dbscan():
    points, y = make_moons(300, noise=0.06)
    assert adjusted_rand_score(y, k_means(points, 2).labels) < 0.5
    np.testing.assert_array_equal(DBSCAN(eps=0.2).fit_predict(points) == 0, y == y[0])


def test_a_stretched_coordinate_decides():
    points, _ = make_moons(300, noise=0.06)
    points[:, 0] *= 10
    labels = k_means(points, 2).labels
    left = points[labels == labels[points[:, 0].argmin()], 0]
    right = points[labels != labels[points[:, 0].argmin()], 0]
    assert left.max() < right.min() + 0.5


# -- step 18: reward


def test_worth_travels_backwards_by_one_place_in_each_attempt():
    world, right = World(), ACTIONS.index("right")
    worth, surprises = np.zeros((world.n_states, len(ACTIONS))), []
    for _ in range(2):
        state = world.first_state
        for _ in range(2):
            ((_, reached, reward),) = world.outcomes(state, right)
            surprises.append(reward + 0.95 * worth[reached].max() - worth[state, right])
            worth[state, right] += surprises[-1]
            state = reached
    assert world.start == 5
    assert surprises == pytest.approx([1, 1, 0.95, 0])
    first = learn(world, attempts=1, exploration=0).worth  # its rate is 1 the first time
    assert first.max() == 1
