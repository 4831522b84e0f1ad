"""
Nobody counts the ice cream when the queue is long, so the gaps of a table lie where its numbers are
large. Dropping them, or filling them with the mean of what is left, makes the mean wrong. The mean
of the same product in the same month is a better guess.

Write `read_numbers`:

- column: pandas Series of texts, such as "12", "12 pcs" or "?"; some are missing.

It returns a Series with the number in each text, or NaN where there is none.

Write `fill_gaps`:

- table: pandas DataFrame with the columns date (days), product (words) and units (numbers, some of
  them NaN).

It returns a table like it in which each gap of units is the mean of what was counted of the same
product in the same month, of whatever year. It leaves the table that it gets as it is.

>>> print(read_numbers(pd.Series(["12", "7 pcs", "?", None])).tolist())
[12.0, 7.0, nan, nan]
>>> table = pd.DataFrame(
...     {
...         "date": pd.to_datetime(["2022-07-01", "2022-07-02", "2023-07-01", "2022-12-01"]),
...         "product": ["melon"] * 4,
...         "units": [40, 60, None, 2],
...     }
... )
>>> print(fill_gaps(table)["units"].tolist())
[40.0, 60.0, 50.0, 2.0]
"""

import pandas as pd


def read_numbers(column):
    """Return the number in each text, NaN where there is none."""
    # [solution: take the digits out of each text, and make numbers of them]
    return pd.to_numeric(column.str.extract(r"(\d+)")[0])
    # [end]


def fill_gaps(table):
    """Return the table with its gaps filled."""
    # [solution: find the mean of each line's product and month; put it into the gaps]
    month = table["date"].dt.month
    mean = table.groupby([table["product"], month])["units"].transform("mean")
    return table.assign(units=table["units"].fillna(mean))
    # [end]
