"""The door of carts: open, fill, change, merge, price and close them.

All but `priced` and `choose_market` write, take `now`, and lock the cart's row first. Whose cart
it is, `queries.Owner` says.
"""

from sokoni.cart.service.destination import choose_market
from sokoni.cart.service.details import KEPT, Details, see_prices, update
from sokoni.cart.service.document import (
    Document,
    cart_document,
    explanation_document,
    option_documents,
    summary_document,
)
from sokoni.cart.service.facts import Facts
from sokoni.cart.service.lines import add_item, clear, remove, set_quantity
from sokoni.cart.service.merging import Merged, merge
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
from sokoni.cart.service.quoting import PricedCart, PricedLine, line_key, priced
from sokoni.cart.service.summary import summarize

__all__ = [
    "KEPT",
    "CreatedCart",
    "Details",
    "Document",
    "ExpressCart",
    "Facts",
    "Merged",
    "Notice",
    "NoticeCode",
    "PricedCart",
    "PricedLine",
    "Wanted",
    "add_item",
    "cart_document",
    "choose_market",
    "clear",
    "complete",
    "completing",
    "create",
    "explanation_document",
    "express",
    "line_key",
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
