"""The forecast of stock: what sells lasts as long as it would at the pace of the last 30 days."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from tests.cart.factories import filled
from tests.checkout.factories import bought, cancel
from tests.identity.factories import staff
from tests.markets import factories as markets
from tests.support.statements import counted

PATH = "/api/v1/admin/analytics/stock"


@dataclass(frozen=True, slots=True)
class Sale:
    """`answer` is that of the checkout."""

    variant_id: UUID
    answer: dict[str, Any]


async def forecast(client: AsyncClient, db: Database, **asked: int) -> dict[str, Any]:
    headers = await staff(client, db, Permission.ANALYTICS_READ)
    response = await client.get(PATH, params=asked, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def ids(found: dict[str, Any]) -> list[object]:
    return [decode("var", item["variant_id"]) for item in found["items"]]


async def sold(
    client: AsyncClient,
    db: Database,
    shop: markets.Shop,
    *,
    units: int,
    of: int,
    card: str | None = "4242424242424242",
) -> Sale:
    """So many units of a new product were bought; `of` were there."""
    cart = await filled(client, db, shop=shop, quantity=units, units=of)
    return Sale(cart.variant_ids[0], await bought(client, cart, card=card))


async def test_what_runs_out_first_stands_first(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    slow = await sold(client, db, shop, units=1, of=41)
    fast = await sold(client, db, shop, units=4, of=13)
    gone = await sold(client, db, shop, units=2, of=2)
    await filled(client, db, shop=shop)

    found = await forecast(client, db)

    assert found["days_looked_at"] == 30
    assert ids(found) == [gone.variant_id, fast.variant_id, slow.variant_id]
    told = [(item["available"], item["units_sold"], item["days_left"]) for item in found["items"]]
    assert told == [(0, 2, 0), (9, 4, 67), (40, 1, 1200)]
    line = gone.answer["order"]["lines"][0]
    first = found["items"][0]
    assert (first["sku"], first["title"]) == (line["sku"], line["title"])
    assert ids(await forecast(client, db, limit=1)) == [gone.variant_id]


async def test_what_was_not_paid_was_cancelled_or_is_long_ago_was_not_sold(
    client: AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    shop = await markets.shop(db)
    await sold(client, db, shop, units=1, of=5)
    clock.advance(timedelta(days=31))
    await sold(client, db, shop, units=1, of=5, card=None)
    back = await sold(client, db, shop, units=1, of=5)
    assert (await cancel(client, back.answer)).status_code == 200

    found = await forecast(client, db)

    assert found["items"] == []


async def test_a_closed_location_has_nothing_to_sell(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    sale = await sold(client, db, shop, units=1, of=5)
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE inventory.locations SET is_active = false"))

    assert sale.variant_id not in ids(await forecast(client, db))


async def test_one_statement_tells_it_to_those_who_may_see_figures(
    client: AsyncClient, db: Database
) -> None:
    clerk = await staff(client, db, Permission.INVENTORY_READ)
    analyst = await staff(client, db, Permission.ANALYTICS_READ)

    refused = await client.get(PATH, headers=clerk)
    with counted(db) as heard:
        answer = await client.get(PATH, headers=analyst)

    assert refused.status_code == 403
    assert answer.status_code == 200
    assert len(heard) == 1, heard
