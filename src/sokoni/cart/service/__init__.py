"""The door of carts: open, fill, change, merge, price and close them.

All but `priced`, `summarize` and the documents write, take `now`, and lock the cart's row first.
Whose cart it is, `queries.Owner` says.
"""

from sokoni.cart.service.details import KEPT, Details, see_prices, update
from sokoni.cart.service.document import (
    Document,
    cart_document,
    explanation_document,
    option_documents,
    summary_document,
)
from sokoni.cart.service.lines import add_item, clear, remove, set_quantity
from sokoni.cart.service.merging import merge
from sokoni.cart.service.notices import Notice, NoticeCode
from sokoni.cart.service.opening import (
    CreatedCart,
    ExpressCart,
    Wanted,
    complete,
    completing,
    create,
    express,
)
from sokoni.cart.service.quoting import PricedCart, PricedLine, priced
from sokoni.cart.service.summary import summarize

__all__ = [
    "KEPT",
    "CreatedCart",
    "Details",
    "Document",
    "ExpressCart",
    "Notice",
    "NoticeCode",
    "PricedCart",
    "PricedLine",
    "Wanted",
    "add_item",
    "cart_document",
    "clear",
    "complete",
    "completing",
    "create",
    "explanation_document",
    "express",
    "merge",
    "option_documents",
    "priced",
    "remove",
    "see_prices",
    "set_quantity",
    "summarize",
    "summary_document",
    "update",
]
