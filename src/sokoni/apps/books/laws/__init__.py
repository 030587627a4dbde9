"""The laws. Each is a query for what breaks it; no row means that it holds.

They read the tables that the views of `audit_views` show, by the ids that are stored: the wire
form of an id costs more than all else that is done with a row, so it is made for what is printed.
No law looks into a table for each row of another: that takes hours in a shop that takes seconds.
"""

from sokoni.apps.books.laws.delivery import DELIVERY
from sokoni.apps.books.laws.law import Law
from sokoni.apps.books.laws.money import MONEY
from sokoni.apps.books.laws.orders import ORDERS, PROMOTIONS
from sokoni.apps.books.laws.stock import STOCK

__all__ = ["DELIVERY", "LAWS", "MONEY", "ORDERS", "PROMOTIONS", "STOCK", "Law"]

LAWS = (*MONEY, *STOCK, *PROMOTIONS, *ORDERS, *DELIVERY)
