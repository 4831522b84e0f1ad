"""A table of sales that has every fault of a real one, and what is true behind it.

A kiosk by a lake sells twelve products. How much of each, and in which month, is decided here, so
that what somebody finds in the table can be compared with the truth.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# How much of its average a kind of product sells in each month.
SEASONS = {
    "cold": (0.3, 0.3, 0.5, 0.8, 1.2, 1.7, 2.1, 2.0, 1.3, 0.8, 0.5, 0.5),
    "hot": (1.9, 1.8, 1.4, 0.9, 0.6, 0.4, 0.3, 0.3, 0.6, 1.0, 1.3, 1.5),
    "everyday": (0.8, 0.8, 0.9, 1.0, 1.1, 1.1, 1.2, 1.2, 1.0, 0.9, 0.9, 1.1),
}


class Product(NamedTuple):
    """What the kiosk sells.

    Attributes
    ----------
    kind : str
        A key of `SEASONS`.
    price : float
        Euros for one.
    daily : float
        How many are sold on an average day of an average month.
    """

    kind: str
    price: float
    daily: float


PRODUCTS = {
    "ice cream": Product("cold", 2.50, 80),
    "lemonade": Product("cold", 2.00, 68),
    "iced coffee": Product("cold", 3.00, 32),
    "melon": Product("cold", 1.50, 28),
    "cocoa": Product("hot", 2.80, 56),
    "soup": Product("hot", 4.50, 29),
    "ginger tea": Product("hot", 2.20, 24),
    "chestnuts": Product("hot", 3.50, 18),
    "coffee": Product("everyday", 2.40, 80),
    "pretzel": Product("everyday", 1.20, 90),
    "sandwich": Product("everyday", 4.00, 20),
    "apple cake": Product("everyday", 3.20, 22),
}
KINDS = {name: product.kind for name, product in PRODUCTS.items()}


def make_sales(n_years: int = 3, seed: int = 0, *, faults: bool = True) -> str:
    """
    Write down what the kiosk sold, as a file with a line for each day and product.

    Parameters
    ----------
    n_years : int
        Full years, from 1 January 2022.
    seed : int
        Decides the sales and the faults.
    faults : bool
        With these, as the kiosk wrote it. In summer, somebody types in capitals; in winter,
        somebody writes ``12 pcs``. Some names have spaces around them. Some numbers of sold
        pieces have two zeros too many. The till sent the second half of each November twice. One
        price in twenty was left out. And the more is sold in a month, the more often nobody has
        time to count.
        Without, the same sales as they were.

    Returns
    -------
    str
        Lines of ``date,product,units,price``, the first being the names of the columns. Dates as
        2022-12-31, prices in euros.
    """
    days = np.arange("2022-01-01", f"{2022 + n_years}-01-01", dtype="datetime64[D]")
    months = days.astype("datetime64[M]").astype(int) % 12
    random = np.random.default_rng(seed)
    daily = np.array([product.daily for product in PRODUCTS.values()])
    factors = np.array([SEASONS[kind] for kind in KINDS.values()])[:, months].T
    chance = random.normal(1, 0.15, factors.shape).clip(0.1)
    units = random.poisson(daily * factors * chance)  # (n_days, n_products)

    lines = ["date,product,units,price"]
    for i, day in enumerate(days):
        today = [
            _with_faults(name, units[i, j], months[i], factors[i, j], random)
            if faults
            else f"{name},{units[i, j]},{PRODUCTS[name].price:.2f}"
            for j, name in enumerate(PRODUCTS)
        ]
        twice = faults and months[i] == 10 and day.astype(str)[-2:] > "15"
        lines += [f"{day},{sale}" for sale in (1 + twice) * today]
    return "\n".join(lines) + "\n"


def _with_faults(
    name: str, units: int, month: int, factor: float, random: np.random.Generator
) -> str:
    """Return a line of the table, without the date, as somebody at the kiosk wrote it."""
    chance = random.random(6)
    price = f"{PRODUCTS[name].price:.2f}" if chance[0] > 0.05 else ""
    sold = str(units) if chance[1] > 0.002 else f"{units}00"
    if month in (11, 0, 1) and chance[2] < 0.5:
        sold += " pcs"
    if chance[3] < 0.08 * factor**2:
        sold = "" if chance[3] < 0.05 * factor**2 else "?"
    if month in (5, 6, 7) and chance[4] < 0.6:
        name = name.upper()
    if chance[5] < 0.05:
        name = f" {name} "
    return f"{name},{sold},{price}"


class Found(NamedTuple):
    """What share of the findings is right.

    Attributes
    ----------
    places_right : float, 0 to 1
        Of the places among the best products.
    months_right : float, 0 to 1
        Of the monthly factors.
    right : float, 0 to 1
        Of both together.
    """

    places_right: float
    months_right: float
    right: float


def top_products(n: int = 5) -> list[str]:
    """Return the names of the products that truly bring in the most money, most first.

    Parameters
    ----------
    n : int
        How many, 12 at most.

    Returns
    -------
    list of str
    """
    return sorted(PRODUCTS, key=lambda name: -PRODUCTS[name].price * PRODUCTS[name].daily)[:n]


def share_found(top: Sequence[str], factors: np.ndarray, *, tolerance: float = 0.05) -> Found:
    """
    Compare what was found in a table with how it was made.

    Parameters
    ----------
    top : sequence of str
        The products that bring in the most money, most first.
    factors : np.ndarray of shape (12, 3)
        For each month and each kind, in the order of `SEASONS`: sales a day, divided by the average
        of the twelve months. NaN where nothing was found.
    tolerance : float
        By what share a factor may be off.

    Returns
    -------
    Found

    Raises
    ------
    ValueError
        If the factors have another shape, or `top` names more products than there are.
    """
    true = np.array(list(SEASONS.values())).T
    if np.shape(factors) != true.shape:
        raise ValueError(
            f"factors must have shape {true.shape}, a row for each month and a column for each of "
            f"{', '.join(SEASONS)}; got {np.shape(factors)}. Perhaps they must be transposed"
        )
    best = top_products(len(top))
    places = [found == name for found, name in zip(top, best, strict=True)]
    months = np.abs(np.asarray(factors) / true - 1) <= tolerance  # false for NaN
    both = np.concatenate([places, months.ravel()])
    return Found(float(np.mean(places)), float(months.mean()), float(both.mean()))
