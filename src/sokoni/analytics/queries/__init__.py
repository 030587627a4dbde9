"""Reads of figures: `from sokoni.analytics import queries`."""

from sokoni.analytics.queries.best import BestSeller, Ranking, best_sellers
from sokoni.analytics.queries.breakdown import Breakdown, Dimension, Part, Share, breakdown
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
from sokoni.analytics.queries.vitals import Speeds, speeds

__all__ = [
    "DAYS_LOOKED_AT",
    "BestSeller",
    "Breakdown",
    "Buyers",
    "BuyersOfPeriod",
    "Dimension",
    "Funnel",
    "Part",
    "Ranking",
    "RunningOut",
    "Sales",
    "Share",
    "Speeds",
    "TopCustomer",
    "best_sellers",
    "breakdown",
    "buyers",
    "funnel",
    "running_out",
    "sales",
    "speeds",
    "top_customers",
]
