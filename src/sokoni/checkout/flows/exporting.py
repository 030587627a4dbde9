"""Orders as a file for bookkeepers, in memory that does not grow with it."""

import csv
from collections.abc import AsyncIterator, Iterator, Sequence
from enum import StrEnum
from io import StringIO

from sokoni.kernel.db import Database
from sokoni.kernel.money import Money, format_decimal
from sokoni.kernel.paging import Rows as Page
from sokoni.kernel.spreadsheets import guarded
from sokoni.orders import queries
from sokoni.orders.queries import Line, Order, OrderFilter

BATCH = 200
OF_ORDER = (
    "number",
    "placed_at",
    "status",
    "payment_status",
    "fulfillment_status",
    "email",
    "name",
    "city",
    "postal_code",
    "country",
    "currency",
    "units",
    "items_total",
    "discount_total",
    "shipping_total",
    "tax_total",
    "tax_included",
    "gift_card_total",
    "grand_total",
    "note",
)
OF_LINE = (
    "number",
    "placed_at",
    "status",
    "email",
    "currency",
    "sku",
    "title",
    "variant",
    "quantity",
    "unit_price",
    "discount",
    "tax",
    "line_total",
)
TOTALS = tuple(name for name in OF_ORDER if name.endswith("_total") or name == "tax_included")


class Rows(StrEnum):
    """What has a row of its own."""

    ORDERS = "orders"
    LINES = "lines"


async def export_orders(
    db: Database, *, which: OrderFilter, rows: Rows = Rows.ORDERS
) -> AsyncIterator[bytes]:
    """The file, piece by piece, newest first. Amounts are decimals of the row's currency.

    The first page is read before anything is given out, so that what is wrong with the filter is
    still told as a problem.
    """
    first = await _page(db, which, cursor=None)
    return _pieces(db, which, rows, first)


async def _pieces(
    db: Database, which: OrderFilter, rows: Rows, page: Page[Order]
) -> AsyncIterator[bytes]:
    yield _csv([OF_ORDER if rows is Rows.ORDERS else OF_LINE])
    while True:
        yield _csv([row for order in page.items for row in _rows(order, rows)])
        if page.next_cursor is None:
            return
        page = await _page(db, which, cursor=page.next_cursor)


async def _page(db: Database, which: OrderFilter, *, cursor: str | None) -> Page[Order]:
    async with db.reading() as session:
        return await queries.orders(session, which=which, limit=BATCH, cursor=cursor)


def _rows(order: Order, rows: Rows) -> Iterator[Sequence[str]]:
    if rows is Rows.ORDERS:
        yield _of_order(order)
    else:
        yield from (_of_line(order, line) for line in order.lines)


def _of_order(order: Order) -> Sequence[str]:
    address = order.shipping_address
    cells = {
        "number": order.number,
        "placed_at": order.placed_at.isoformat(timespec="seconds"),
        "status": order.status,
        "payment_status": order.payment_status,
        "fulfillment_status": order.fulfillment_status,
        "email": guarded(order.email),
        **{
            name: guarded(address.get(name) or "")
            for name in ("name", "city", "postal_code", "country")
        },
        "currency": order.currency,
        "units": str(sum(line.quantity for line in order.lines)),
        **{name: _decimal(getattr(order, name), order) for name in TOTALS},
        "note": guarded(order.note or ""),
    }
    return [cells[name] for name in OF_ORDER]


def _of_line(order: Order, line: Line) -> Sequence[str]:
    cells = {
        "number": order.number,
        "placed_at": order.placed_at.isoformat(timespec="seconds"),
        "status": order.status,
        "email": guarded(order.email),
        "currency": order.currency,
        "sku": guarded(line.sku),
        "title": guarded(line.title),
        "variant": guarded(line.variant_title or ""),
        "quantity": str(line.quantity),
        **{
            name: _decimal(getattr(line, name), order)
            for name in ("unit_price", "discount", "tax", "line_total")
        },
    }
    return [cells[name] for name in OF_LINE]


def _decimal(amount: int, order: Order) -> str:
    return format_decimal(Money(amount, order.currency))


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
