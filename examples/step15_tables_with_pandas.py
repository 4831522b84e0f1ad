"""Step 15: what does a table say, once its mistakes are gone?

A kiosk's sales, cleaned with pandas, one repair after another. How the table was made is known.
Expected score: 1.0, the share of findings (five best products, 36 monthly factors) that are right.
Time: about a second.
"""

import io
from collections.abc import Iterator

import pandas as pd

from workshop.example import run
from workshop.plotting import new_axes, plot_seasons, save
from workshop.sales import KINDS, MONTHS, SEASONS, make_sales, share_found


# --8<-- [start:repairs]
def read_numbers(table):
    digits = table["units"].str.extract(r"(\d+)")[0]  # "12 pcs": 12
    return table.assign(units=pd.to_numeric(digits))


def repair_names(table):
    return table.assign(product=table["product"].str.strip().str.lower())


def drop_repeats(table):
    return table.drop_duplicates(["date", "product"])


def remove_impossible(table):
    usual = table.groupby("product")["units"].transform("median")
    possible = table["units"] < 10 * usual
    return table.assign(units=table["units"].where(possible))


def fill_gaps(table):
    by_product, month = table["product"], table["date"].dt.month
    units = table.groupby([by_product, month])["units"].transform("mean")
    price = table.groupby(by_product)["price"].transform("median")
    return table.fillna({"units": units, "price": price})
    # --8<-- [end:repairs]


# --8<-- [start:findings]
def findings(table):
    money = table["units"] * table["price"]
    money = money.groupby(table["product"]).sum().sort_values(ascending=False)
    kind, month = table["product"].map(KINDS), table["date"].dt.month
    sold = table["units"].groupby([month, kind]).sum().unstack()
    a_day = sold.div(table["date"].groupby(month).nunique(), axis=0)
    return money, (a_day / a_day.mean())[list(SEASONS)]
    # --8<-- [end:findings]


REPAIRS = {f.__name__: f for f in (repair_names, drop_repeats, remove_impossible, fill_gaps)}


# --8<-- [start:walk]
def clean(text, left_out=""):
    table = read_numbers(pd.read_csv(io.StringIO(text), parse_dates=["date"]))
    for name, repair in REPAIRS.items():
        table = table if left_out in (name, "all four") else repair(table)
    return table


def walk(*, quick: bool = False, seed: int = 0) -> Iterator[dict]:
    text = make_sales(n_years=1 if quick else 3, seed=seed)
    for left_out in ("all four", *REPAIRS, "nothing"):
        money, factors = findings(clean(text, left_out))
        yield {"left_out": left_out, **share_found(money.index[:5], factors)._asdict()}
        # --8<-- [end:walk]


def main(*, quick: bool = False, seed: int = 0) -> float:
    print(f"{'left out':17}  places right  months right  all right")
    for row in walk(quick=quick, seed=seed):
        print(
            "{left_out:17}  {places_right:12.2f}  {months_right:12.2f}  {right:9.3f}".format(**row)
        )

    money, factors = findings(clean(make_sales(1 if quick else 3, seed)))
    print(f"\nThe most money, in euros, came from\n{money[:5].round().to_string(header=False)}")
    ax = new_axes()
    plot_seasons(ax, factors.to_numpy(), SEASONS, MONTHS)
    print(f"See {save(ax, 'pictures/step15_seasons.png')}")
    return row["right"]


if __name__ == "__main__":
    run(main)
