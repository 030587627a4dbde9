"""The cart as clients read it: the wire shape `Cart`, in plain JSON values.

A door of its own because others show carts too: a checkout that is refused since the cart changed
answers the new one.
"""

from collections.abc import Iterable
from typing import Any

from sokoni.cart.service.notices import Notice
from sokoni.cart.service.quoting import PricedCart, PricedLine
from sokoni.kernel.ids import encode
from sokoni.kernel.money import Money
from sokoni.kernel.storage import Storage
from sokoni.markets.queries import ShippingOption
from sokoni.pricing.service import Quote

Document = dict[str, Any]
"""JSON values by the field names of a schema in `schemas`, which checks and describes them."""

TOTALS = ("items", "discount", "shipping", "tax", "tax_included", "gift_card", "grand_total")


def cart_document(
    priced: PricedCart,
    *,
    storage: Storage,
    token: str | None = None,
    notices: Iterable[Notice] = (),
) -> Document:
    """The wire shape `Cart`; `storage` says where pictures are seen."""
    basket = priced.basket
    return summary_document(priced, storage=storage, notices=notices) | {
        "id": encode("cart", basket.id),
        "token": token,
        "country": basket.country,
        "email": basket.email,
        "shipping_address": basket.shipping_address,
        "billing_address": basket.billing_address,
        "version": basket.version,
        "updated_at": basket.updated_at,
    }


def summary_document(
    priced: PricedCart, *, storage: Storage, notices: Iterable[Notice] = ()
) -> Document:
    """What a cart and a summary have in common."""
    chosen = priced.chosen_option
    return {
        "currency": priced.market.currency,
        "region_id": encode("reg", priced.market.region_id),
        "tax_inclusive": priced.market.tax_inclusive,
        "lines": [_line(line, priced.market.currency, storage) for line in priced.lines],
        "discounts": [],
        "totals": _totals(priced.quote),
        "shipping_option_id": encode("shp", chosen.id) if chosen else None,
        "shipping_options": option_documents(priced.eligible_options),
        "free_shipping_from": _amount(priced.free_shipping_from, priced.market.currency),
        "notices": [_notice(notice) for notice in (*priced.notices, *notices)],
    }


def explanation_document(priced: PricedCart) -> Document:
    """How the totals came about, step by step."""
    quote = priced.quote
    return {
        "currency": quote.currency,
        "tax_inclusive": quote.tax_inclusive,
        "steps": [
            {
                "kind": step.kind,
                "subject": step.subject,
                "amount": _amount(step.amount, quote.currency),
                "in_total": step.in_total,
                "formula": step.formula,
            }
            for step in quote.explain
        ],
        "totals": _totals(quote),
        "version": priced.basket.version,
    }


def option_documents(options: Iterable[ShippingOption]) -> list[Document]:
    """Ways to ship that may be chosen."""
    return [
        {
            "id": encode("shp", option.id),
            "name": option.name,
            "price": _amount(option.amount, option.currency),
            "min_days": option.min_days,
            "max_days": option.max_days,
            "carrier": option.carrier,
        }
        for option in options
    ]


def _line(line: PricedLine, currency: str, storage: Storage) -> Document:
    found, quote = line.sellable, line.quote
    picture = found.picture.thumbnail(storage) if found and found.picture else None
    return {
        "id": encode("cli", line.item.id),
        "variant_id": encode("var", line.item.variant_id),
        "product_id": encode("prod", found.product_id) if found else None,
        "product_slug": found.slug if found else None,
        "sku": found.sku if found else None,
        "title": found.title if found else None,
        "variant_title": found.variant_title if found else None,
        "thumbnail": {
            "url": picture.url,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
        }
        if picture
        else None,
        "quantity": line.item.quantity,
        "unit_price": _amount(quote.unit_price, currency) if quote else None,
        "compare_at_price": _amount(quote.compare_at, currency) if quote else None,
        "line_total": _amount(quote.line_total, currency) if quote else None,
        "configuration": None,
        "notices": [_notice(notice) for notice in line.notices],
    }


def _notice(notice: Notice) -> Document:
    return {
        "code": notice.code,
        "was": _money(notice.was),
        "now": _money(notice.now),
        "available": notice.available,
        "requested": notice.requested,
        "variant_id": encode("var", notice.variant_id) if notice.variant_id else None,
    }


def _totals(quote: Quote) -> Document:
    return {name: _amount(getattr(quote.totals, name), quote.currency) for name in TOTALS}


def _money(money: Money | None) -> Document | None:
    return None if money is None else _amount(money.amount, money.currency)


def _amount(amount: int | None, currency: str) -> Document | None:
    return None if amount is None else {"amount": amount, "currency": currency}
