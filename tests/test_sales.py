"""The kiosk's table has the faults that it should have, and the truth behind it."""

import csv
import io
import itertools
import re
from collections import Counter, defaultdict

import numpy as np
import pytest

from workshop import sales


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def faulty():
    return rows_of(sales.make_sales(seed=1))


@pytest.fixture(scope="module")
def true():
    return rows_of(sales.make_sales(seed=1, faults=False))


def test_each_season_is_one_on_average():
    for factors in sales.SEASONS.values():
        assert len(factors) == len(sales.MONTHS) == 12
        assert np.mean(factors) == pytest.approx(1)


def test_the_same_seed_writes_the_same_table():
    assert sales.make_sales(1, seed=3) == sales.make_sales(1, seed=3)
    assert sales.make_sales(1, seed=3) != sales.make_sales(1, seed=4)


def test_without_faults_each_day_has_each_product_once(true):
    counted = Counter((row["date"], row["product"]) for row in true)
    assert set(counted.values()) == {1}
    assert len(true) == (365 + 365 + 366) * len(sales.PRODUCTS)
    assert (true[0]["date"], true[-1]["date"]) == ("2022-01-01", "2024-12-31")


def test_true_sales_follow_the_products_and_the_seasons(true):
    sold = defaultdict(list)
    for row in true:
        product = sales.PRODUCTS[row["product"]]
        assert float(row["price"]) == product.price
        factor = sales.SEASONS[product.kind][int(row["date"][5:7]) - 1]
        sold[row["product"]].append(int(row["units"]) / (product.daily * factor))
    for ratios in sold.values():
        assert np.mean(ratios) == pytest.approx(1, abs=0.03)


def test_the_faults_hide_the_same_sales(faulty, true):
    known = {(row["date"], row["product"]): row["units"] for row in true}
    for row in faulty:
        units = known[row["date"], row["product"].strip().lower()]
        assert row["units"] in {units, f"{units} pcs", f"{units}00", f"{units}00 pcs", "", "?"}


def test_the_faults_stand_where_they_should(faulty):
    months = defaultdict(list)
    for row in faulty:
        months[int(row["date"][5:7])].append(row)

    def share(pattern, column, *wanted):
        found = [bool(re.search(pattern, row[column])) for m in wanted for row in months[m]]
        return np.mean(found)

    assert share("[A-Z]", "product", 6, 7, 8) == pytest.approx(0.6, abs=0.03)
    assert share("[A-Z]", "product", *range(1, 6), *range(9, 13)) == 0
    assert share("pcs", "units", 12, 1, 2) > 0.4
    assert share("pcs", "units", *range(3, 12)) == 0
    assert share("^ .* $", "product", *range(1, 13)) == pytest.approx(0.05, abs=0.01)
    assert share("^$", "price", *range(1, 13)) == pytest.approx(0.05, abs=0.01)
    assert share(r"^$|\?", "units", *range(1, 13)) > 0.08
    assert 0 < share("00( pcs)?$", "units", *range(1, 13)) < 0.02

    ice = [row for row in months[7] if row["product"].strip().lower() == "ice cream"]
    cocoa = [row for row in months[7] if row["product"].strip().lower() == "cocoa"]
    gaps = [np.mean([not row["units"].isdigit() for row in rows]) for rows in (ice, cocoa)]
    assert gaps[0] == pytest.approx(0.08 * 2.1**2, abs=0.12)
    assert gaps[1] < 0.05, "what sells little is counted"


def test_half_of_november_is_there_twice(faulty):
    counted = Counter((row["date"], row["product"].strip().lower()) for row in faulty)
    twice = {date for (date, _), times in counted.items() if times == 2}
    assert twice == {f"{year}-11-{day}" for year in (2022, 2023, 2024) for day in range(16, 31)}
    assert max(counted.values()) == 2


def test_the_best_products():
    assert sales.top_products() == ["ice cream", "coffee", "cocoa", "lemonade", "soup"]
    assert "pretzel" not in sales.top_products(), "though most of them are sold"
    assert max(sales.PRODUCTS.values(), key=lambda p: p.daily) == sales.PRODUCTS["pretzel"]


def test_the_best_products_are_far_enough_apart_to_be_found():
    money = sorted((p.price * p.daily for p in sales.PRODUCTS.values()), reverse=True)[:6]
    assert all(first > 1.03 * second for first, second in itertools.pairwise(money))


TRUE = np.array(list(sales.SEASONS.values())).T


@pytest.mark.parametrize(
    ("top", "factors", "found"),
    [
        (sales.top_products(), TRUE, (1, 1, 1)),
        (sales.top_products(), 1.04 * TRUE, (1, 1, 1)),
        (sales.top_products(), 1.06 * TRUE, (1, 0, 5 / 41)),
        (sales.top_products(), np.nan * TRUE, (1, 0, 5 / 41)),
        (["coffee", "ice cream", *sales.top_products()[2:]], TRUE, (3 / 5, 1, 39 / 41)),
        (sales.top_products(), np.column_stack([TRUE[:, :2], 0 * TRUE[:, 2]]), (1, 2 / 3, 29 / 41)),
    ],
)
def test_findings_are_compared_with_the_truth(top, factors, found):
    assert sales.share_found(top, factors) == pytest.approx(found)


def test_factors_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match=r"shape \(12, 3\).*got \(3, 12\).*transposed"):
        sales.share_found(sales.top_products(), TRUE.T)
