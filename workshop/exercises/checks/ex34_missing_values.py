"""Checks of exercise 34: missing values."""

from typing import Any

import numpy as np
import pandas as pd

from workshop.exercises.checking import Answer, Reply, Wrong, changed, explained

HINTS = (
    "The page's section The repairs shows two functions of the same names. Which words do "
    "the work in them? Try each word alone, and print what it gives.",
    'column.str.extract(r"(\\d+)")[0] takes the first digits out of each text. They are still '
    "text: pd.to_numeric makes numbers of them.",
    'table["date"].dt.month is the month of each line. groupby takes a list: product and month. '
    'And transform("mean") hands the mean of each group to every line of it.',
    'mean = table.groupby([table["product"], month])["units"].transform("mean"), then '
    'table["units"].fillna(mean), and assign puts it into a new table.',
)
_READ = '\ndef read_numbers(column):\n    return pd.to_numeric(column.str.extract(r"(\\d+)")[0])\n'
_FILL = """
def fill_gaps(table):
    month = table["date"].dt.month
    mean = table.groupby([table["product"], month])["units"].transform("mean")
    return table.assign(units=table["units"].fillna(mean))
"""
_MEAN = 'table.groupby([table["product"], month])["units"].transform("mean")'
_UNITS = 'table["units"].fillna(mean)'
_LAST = f"return table.assign(units={_UNITS})"
WRONG = (
    Wrong("are still text", changed(_READ, "pd.to_numeric", "")),
    Wrong("A gap is not a zero", changed(_READ, "[0])", "[0]).fillna(0)")),
    Wrong("only the first digit", changed(_READ, "+", "")),
    Wrong(
        '"7 pcs" has a number in it',
        changed(_READ, r'.str.extract(r"(\d+)")[0]', ', errors="coerce"'),
    ),
    Wrong("pd.to_numeric refuses", changed(_READ, r'.str.extract(r"(\d+)")[0]', "")),
    Wrong("mean of the whole column", changed(_FILL, _MEAN, 'table["units"].mean()')),
    Wrong("whatever the month", changed(_FILL, ', month])["units"]', '])["units"]')),
    Wrong("whatever the product", changed(_FILL, '[table["product"], month]', "month")),
    Wrong("filled with zeros", changed(_FILL, "fillna(mean)", "fillna(0)")),
    Wrong("lines are gone", changed(_FILL, _LAST, "return table.dropna()")),
    Wrong("one line for each group", changed(_FILL, '.transform("mean")', ".mean()")),
    Wrong("median", changed(_FILL, '"mean"', '"median"')),
    Wrong("months of one year", changed(_FILL, "dt.month", 'dt.to_period("M")')),
    Wrong("What was counted must stay", changed(_FILL, _UNITS, "mean")),
    Wrong(
        "The function changes the table",
        changed(_FILL, _LAST, f'table["units"] = {_UNITS}\n    return table'),
    ),
)


def check_numbers(answer: Answer) -> None:
    """numbers out of texts"""
    refused = (
        "pd.to_numeric refuses a text that is no number. Take the digits out first: .str.extract, "
        "with a pattern for digits."
    )
    for texts in (
        ["12", "7 pcs", "?", None],
        ["305", " 40 ", "", "1200 pcs", "0"],
        ["?", "5"],
    ):
        column = pd.Series(texts, dtype="str")
        found = [
            float(t) if (t := "".join(filter(str.isdigit, text or ""))) else np.nan
            for text in texts
        ]
        expected = np.array(found)
        with explained({"parse string": refused, "could not convert": refused}):
            reply = answer.call("read_numbers", column)
        if not isinstance(reply.value, pd.Series):
            reply.fail(
                "a Series",
                "A Series was expected. .str.extract gives a table of one column, "
                "whose name is 0: take [0]."
                if isinstance(reply.value, pd.DataFrame)
                else "",
            )
        if not pd.api.types.is_numeric_dtype(reply.value):
            reply.fail(
                str(found),
                "The numbers are still text, even if they look alike. pd.to_numeric makes "
                "numbers of digits.",
            )
        Reply(reply.call, reply.value.to_numpy(float, na_value=np.nan)).gives(
            expected,
            axes=("lines",),
            mistakes={
                "A gap is not a zero: nobody counted, which does not mean that nobody bought. "
                "Leave it NaN.": np.nan_to_num(expected),
                "It takes only the first digit. A + in the pattern, as in \\d+, asks for one or "
                "more.": np.array(
                    [np.nan if np.isnan(n) else float(str(int(n))[0]) for n in expected]
                ),
                'Some texts lost their number: "7 pcs" has a number in it. Take the digits out '
                "before you ask for numbers.": np.array(
                    [np.nan if "pcs" in (t or "") else n for t, n in zip(texts, found, strict=True)]
                ),
            },
        )


def _table(rng: np.random.Generator, products: list[str], days: list[str]) -> pd.DataFrame:
    """Return a table of all products on all days, with gaps, but some numbers in each month."""
    table = pd.DataFrame(
        {
            "date": pd.to_datetime(np.repeat(days, len(products))),
            "product": products * len(days),
            "units": rng.integers(1, 90, len(products) * len(days)).astype(float),
        }
    )
    gaps = table[table["date"].dt.day == 3].index
    table.loc[gaps, "units"] = np.nan
    return table


def _call(answer: Answer, table: pd.DataFrame) -> Reply:
    """Return what fill_gaps makes of a table, and see that it leaves the table alone."""
    given = table.copy()
    function = answer.get("fill_gaps")
    call = f"fill_gaps(table), with table =\n{table.to_string()}"
    missing = {"'month'": "There is no column month. The month of each line is "
               'table["date"].dt.month.'}  # fmt: skip
    with explained(missing):
        value: Any = answer.ask(call, lambda: function(given))
    if not given.equals(table):
        Reply(call, value).fail(
            "the table to stay as it was",
            "The function changes the table that it gets, which its caller still needs. Make a new "
            "one: table.assign(units=...), or begin with table = table.copy().",
            f"a table that has become\n{given.to_string()}",
        )
    return Reply(call, value)


def _compare(answer: Answer, table: pd.DataFrame) -> None:
    units, month, product = table["units"], table["date"].dt.month, table["product"]
    both = [product, month]
    reply = _call(answer, table)
    if not isinstance(reply.value, pd.DataFrame):
        series = isinstance(reply.value, pd.Series)
        reply.fail(
            "a table",
            "That is the column alone. Put it into the table: table.assign(units=...)."
            if series
            else "A table was expected. Does the function end in a line with return?",
        )
    if list(reply.value.columns) != list(table.columns) or len(reply.value) != len(table):
        fewer = len(reply.value) < len(table)
        reply.fail(
            f"{len(table)} lines with the columns {', '.join(table.columns)}",
            "Some lines are gone. Fill the gaps, do not drop them: the best days would go."
            if fewer
            else "The columns must stay as they are; these came: "
            f"{', '.join(map(str, reply.value.columns))}. Drop what you added only to compute.",
        )
    if list(reply.value["date"]) != list(table["date"]):
        reply.fail("the lines in their order", "The lines come in another order. Sort nothing.")
    Reply(reply.call, reply.value["units"].to_numpy()).gives(
        units.fillna(units.groupby(both).transform("mean")).to_numpy(),
        axes=("lines",),
        mistakes={
            "The gaps are filled with the mean of the whole column. A gap in July needs the mean "
            "of July, and of its own product.": units.fillna(units.mean()).to_numpy(),
            "The gaps are filled with the mean of their product, whatever the month. In summer, "
            "that is far too low for ice cream: group by month, too.": units.fillna(
                units.groupby(product).transform("mean")
            ).to_numpy(),
            "The gaps are filled with the mean of their month, whatever the product. Group by "
            "product, too.": units.fillna(units.groupby(month).transform("mean")).to_numpy(),
            "The gaps are filled with zeros. A gap is not a zero.": units.fillna(0).to_numpy(),
            "The gaps are filled with the median, not with the mean.": units.fillna(
                units.groupby(both).transform("median")
            ).to_numpy(),
            "The gaps are filled from the months of one year only. Take the same month of all "
            "years: dt.month is the number of the month.": units.fillna(
                units.groupby([product, table["date"].dt.to_period("M")]).transform("mean")
            ).to_numpy(),
            "What was counted must stay as it is: only the gaps are filled, with "
            "fillna.": units.groupby(both).transform("mean").to_numpy(),
            "The gaps are still there. fillna returns a new column: was it put into the table? And "
            "a mean for each group has one line for each group, which "
            'does not fit the lines of the table: transform("mean") hands it to every '
            "line.": units.to_numpy(),
            "The gaps are filled with the number of the line before.": units.ffill().to_numpy(),
            "The gaps are filled from the lines before and after, which may be another product or "
            "month.": units.interpolate().to_numpy(),
        },
    )


def check_products_and_months(answer: Answer) -> None:
    """several products, months and years"""
    rng = answer.rng(1)
    days = [
        "2022-01-01",
        "2022-01-02",
        "2022-01-03",
        "2023-01-01",
        "2022-07-01",
        "2023-07-02",
        "2023-07-03",
    ]
    _compare(answer, _table(rng, ["cocoa", "melon"], days))
    shuffled = _table(rng, ["soup"], days).sample(frac=1, random_state=1)
    _compare(answer, shuffled)


def check_example(answer: Answer) -> None:
    """the example of the statement"""
    days = pd.to_datetime(["2022-07-01", "2022-07-02", "2023-07-01", "2022-12-01"])
    units = [40, 60, None, 2]
    _compare(answer, pd.DataFrame({"date": days, "product": ["melon"] * 4, "units": units}))


def check_no_gaps(answer: Answer) -> None:
    """a table without gaps"""
    _compare(answer, _table(answer.rng(2), ["soup", "melon"], ["2022-01-01", "2022-02-01"]))
