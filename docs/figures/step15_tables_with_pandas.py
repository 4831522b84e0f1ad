"""What becomes of the kiosk's findings when its gaps are filled without looking at the month."""

import numpy as np

from examples.step15_tables_with_pandas import clean, findings
from workshop.sales import MONTHS, SEASONS, make_sales


def kiosk_without_months() -> str:
    """Return in words what is found then, and what is found otherwise."""
    text = make_sales(seed=0)
    table = clean(text, left_out="fill_gaps")
    by_product = table.groupby("product")
    units, price = by_product["units"].transform("mean"), by_product["price"].transform("median")
    money, factors = findings(table.fillna({"units": units, "price": price}))
    best, found = findings(clean(text))

    july = factors.index[MONTHS.index("Jul")]
    close = np.abs(factors / np.transpose(list(SEASONS.values())) - 1) <= 0.05
    return (
        f"The factor of the cold things for July is then {factors.at[july, 'cold']:.1f}, where it "
        f"should be {found.at[july, 'cold']:.1f}. Of its twelve factors, cold has "
        f"{close['cold'].sum()} right, hot {close['hot'].sum()} and everyday "
        f"{close['everyday'].sum()}. And {money.index[0]} brings in the most money, "
        f"where it should be {best.index[0]}."
    )
