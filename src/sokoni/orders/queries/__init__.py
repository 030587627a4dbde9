"""Reads of orders: `from sokoni.orders import queries`."""

from sokoni.orders.queries.lists import OrderFilter, OrderSort, orders
from sokoni.orders.queries.reading import (
    Line,
    Order,
    TimelineEntry,
    by_number,
    due_to_expire,
    living_order,
    order,
    order_locked,
    timeline,
    to_fulfil,
    units_by_product,
    variants_of,
)

__all__ = [
    "Line",
    "Order",
    "OrderFilter",
    "OrderSort",
    "TimelineEntry",
    "by_number",
    "due_to_expire",
    "living_order",
    "order",
    "order_locked",
    "orders",
    "timeline",
    "to_fulfil",
    "units_by_product",
    "variants_of",
]
