"""Reads of figures: `from sokoni.analytics import queries`."""

from sokoni.analytics.queries.best import BestSeller, Ranking, best_sellers
from sokoni.analytics.queries.buyers import (
    Buyers,
    BuyersOfPeriod,
    TopCustomer,
    buyers,
    top_customers,
)
from sokoni.analytics.queries.sales import Sales, sales

__all__ = [
    "BestSeller",
    "Buyers",
    "BuyersOfPeriod",
    "Ranking",
    "Sales",
    "TopCustomer",
    "best_sellers",
    "buyers",
    "sales",
    "top_customers",
]
