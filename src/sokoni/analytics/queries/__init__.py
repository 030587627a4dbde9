"""Reads of figures: `from sokoni.analytics import queries`."""

from sokoni.analytics.queries.best import BestSeller, Ranking, best_sellers
from sokoni.analytics.queries.buyers import (
    Buyers,
    BuyersOfPeriod,
    TopCustomer,
    buyers,
    top_customers,
)
from sokoni.analytics.queries.forecast import DAYS_LOOKED_AT, RunningOut, running_out
from sokoni.analytics.queries.funnel import Funnel, funnel
from sokoni.analytics.queries.sales import Sales, sales

__all__ = [
    "DAYS_LOOKED_AT",
    "BestSeller",
    "Buyers",
    "BuyersOfPeriod",
    "Funnel",
    "Ranking",
    "RunningOut",
    "Sales",
    "TopCustomer",
    "best_sellers",
    "buyers",
    "funnel",
    "running_out",
    "sales",
    "top_customers",
]
