"""Step 15 finds what the kiosk's table was made with, if it leaves no repair out."""

import io
from pathlib import Path

import numpy as np
import pandas as pd

from tests.examples.thresholds import SEED
from workshop.sales import PRODUCTS, make_sales


def test_quick(example, threshold, capsys):
    score = example.main(quick=True, seed=SEED)
    assert threshold.quick <= score <= 1
    printed = capsys.readouterr().out
    rows = printed.split("\n\n")[0].splitlines()[1:]
    assert [row[:17].strip() for row in rows] == ["all four", *example.REPAIRS, "nothing"]
    assert rows[-1].endswith(f"{score:.3f}")
    assert "ice cream" in printed
    assert Path("pictures/step15_seasons.png").is_file()


def test_full_size(example, threshold, capsys):
    score = example.main(seed=SEED)
    assert threshold.full <= score <= 1


def test_runs_as_a_script(as_script):
    done = as_script("--quick", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert "The most money" in done.stdout


def test_each_repair_is_needed(example):
    *without_one, all_done = list(example.walk(seed=SEED))
    assert all(row["right"] < all_done["right"] - 0.1 for row in without_one)


def test_the_cleaned_table_is_the_true_one_but_for_the_gaps(example):
    cleaned = example.clean(make_sales(1, seed=SEED))
    text = make_sales(1, seed=SEED, faults=False)
    true = pd.read_csv(io.StringIO(text), parse_dates=["date"])
    assert not cleaned.isna().any().any()
    keys = ["date", "product"]
    both = cleaned.merge(true, on=keys, suffixes=("", "_true"), validate="one_to_one")
    assert len(both) == len(cleaned) == len(true) == 365 * len(PRODUCTS)
    np.testing.assert_array_equal(both["price"], both["price_true"])
    same = both["units"] == both["units_true"]
    assert same.mean() > 0.85, "all but those that nobody counted"


def test_numbers_are_read_from_words(example):
    read = example.read_numbers(pd.DataFrame({"units": ["12", "12 pcs", "?", None]}))
    np.testing.assert_array_equal(read["units"], [12, 12, np.nan, np.nan])


def test_gaps_are_filled_from_the_same_product_and_month(example):
    table = pd.DataFrame(
        {
            "date": pd.to_datetime(["2022-07-01", "2022-07-02", "2023-07-09", "2022-01-01"]),
            "product": "soup",
            "units": [10, np.nan, 20, 90],
            "price": [4.5, 4.5, np.nan, 4.5],
        }
    )
    filled = example.fill_gaps(table)
    assert filled["units"].tolist() == [10, 15, 20, 90]
    assert filled["price"].tolist() == [4.5] * 4
