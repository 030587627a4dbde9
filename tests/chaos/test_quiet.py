"""Quiet is when nothing is left to do; what is left is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from chaos.journal import Journal
from chaos.witnesses import books, provider
from chaos.witnesses.quiet import quiet
from chaos.world import World
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from tests.cart.factories import filled
from tests.chaos.outcomes import outcome
from tests.checkout.factories import bought


@pytest.fixture
def world(tmp_path: Path, journal: Journal, database_url: str) -> World:
    made = outcome(tmp_path, journal, orders=0, returned=0).world
    return replace(made, database_url=database_url)


async def test_a_shop_that_has_done_everything_is_quiet(
    client: AsyncClient, db: Database, worker: Worker, world: World
) -> None:
    await bought(client, await filled(client, db))
    await worker.until_idle()

    assert (await quiet(world, within=0)).came


async def test_what_is_left_to_do_is_named(client: AsyncClient, db: Database, world: World) -> None:
    await bought(client, await filled(client, db), card=None)

    waiting = (await quiet(world, within=0)).waiting

    assert waiting["orders pending"] == 1
    assert waiting["reservations held"] == 1
    assert waiting["payments open"] == 1
    assert waiting["events unsent"] >= 1


async def test_money_that_the_shop_has_not_noticed_keeps_it_from_being_quiet(
    client: AsyncClient, db: Database, worker: Worker, world: World
) -> None:
    await bought(client, await filled(client, db))
    await worker.until_idle()
    world.provider_ledger.write_text('{"kind": "capture", "charge": "ch_1", "amount": 1}\n')

    assert (await quiet(world, within=0)).waiting == {"charges unsettled": 1}


async def test_a_dead_job_is_never_quiet(db: Database, world: World) -> None:
    async with db.transaction() as tx:
        await tx.execute(
            text(
                "INSERT INTO kernel.jobs (id, name, args, state, attempts)"
                " VALUES (gen_random_uuid(), 'a.job', '{}', 'dead', 5)"
            )
        )

    assert (await quiet(world, within=0)).waiting == {"jobs dead": 1}


async def test_a_database_that_is_away_is_not_quiet(world: World) -> None:
    nowhere = replace(world, database_url="postgresql://nobody@127.0.0.1:1/nothing")

    assert not (await quiet(nowhere, within=0)).came


async def test_the_books_of_a_real_order_are_read_as_they_are(
    client: AsyncClient, db: Database, worker: Worker, world: World, database_url: str
) -> None:
    cart = await filled(client, db, quantity=2, units=5)
    answer = await bought(client, cart)
    await worker.until_idle()

    found = await books.read(database_url)

    order = found.orders[answer["order"]["id"]]
    total = answer["order"]["totals"]["grand_total"]
    assert (order.number, order.state) == (answer["order"]["number"], "paid")
    assert (order.total, order.currency) == (total["amount"], total["currency"])
    assert (order.captured, order.refunded, order.noted) == (order.total, 0, order.total)
    assert (order.was_paid, order.paid_events) == (True, 1)
    ((sku, units),) = order.units.items()
    level = found.stock[sku]
    assert (units, level.on_hand, level.reserved, level.sold) == (2, 3, 0, 2)
    assert list(found.orders_by_key.values()) == [{order.order_id}]
    assert found.counted_sold == found.should_count
    assert sum(found.counted_sold.values()) == 2
    assert found.events_without_effect == []


def test_a_ledger_that_was_never_written_tells_of_no_money(tmp_path: Path) -> None:
    assert provider.read(tmp_path / "none.jsonl") == {}
