"""The laws. Each is a query for what breaks it; no row means that it holds.

The views compute their ids, so no index helps: a query joins or groups each view once. One that
looks into a view for each row of another takes hours in a shop that takes minutes.
"""

from sokoni.apps.books.laws.delivery import DELIVERY
from sokoni.apps.books.laws.law import Law
from sokoni.apps.books.laws.money import MONEY
from sokoni.apps.books.laws.orders import ORDERS, PROMOTIONS
from sokoni.apps.books.laws.stock import STOCK

__all__ = ["DELIVERY", "LAWS", "MONEY", "ORDERS", "PROMOTIONS", "STOCK", "Law"]

LAWS = (*MONEY, *STOCK, *PROMOTIONS, *ORDERS, *DELIVERY)
