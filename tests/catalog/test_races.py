"""Those who take or give up the same SKUs at once queue for them; nobody deadlocks or overtakes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text

from sokoni.catalog import locks
from sokoni.catalog import service as catalog
from sokoni.catalog.errors import SkuTaken
from sokoni.catalog.service import ProductDraft
from sokoni.catalog.service.bulk import Upserted
from sokoni.kernel.db import Database, RetryTransaction, WriteSession
from tests.catalog.factories import ACTOR, NOW, create, simple
from tests.support.waiting import wait_until

WAITING = text("""
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
    )
""")


def drafts(prefix: str, skus: Sequence[str]) -> list[ProductDraft]:
    return [replace(simple(sku, sku=sku), slug=f"{prefix}-{sku.lower()}") for sku in skus]


async def kept(db: Database, prefix: str, skus: Sequence[str]) -> list[Upserted]:
    """One batch in one transaction, not tried again."""
    async with db.transaction() as tx:
        return await catalog.bulk.upsert_products(tx, drafts=drafts(prefix, skus), now=NOW)


async def behind(db: Database, first: Sequence[str], second: Sequence[str]) -> list[Upserted]:
    """The outcome of the second batch, which asks while the first one is not committed."""
    async with db.transaction() as tx:
        await catalog.bulk.upsert_products(tx, drafts=drafts("first", first), now=NOW)
        asking = asyncio.create_task(kept(db, "second", second))
        await wait_until(lambda: waits(db))
    return await asking


async def waits(db: Database) -> bool:
    """Whether somebody waits for a lock."""
    async with db.reading() as session:
        return bool(await session.scalar(WAITING))


async def test_a_batch_that_comes_second_loses_the_taken_sku_and_nothing_else(
    db: Database,
) -> None:
    outcomes = await behind(db, ["A", "B"], ["C", "B", "D"])

    assert [type(each.refused) for each in outcomes] == [type(None), SkuTaken, type(None)]


async def test_without_the_locks_of_skus_the_whole_batch_is_undone(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_lock(tx: WriteSession, *, skus: object) -> None:
        pass

    monkeypatch.setattr(locks, "skus", no_lock)

    with pytest.raises(RetryTransaction):
        await behind(db, ["A", "B"], ["C", "B", "D"])


async def test_batches_that_name_the_same_skus_in_any_order_never_deadlock(db: Database) -> None:
    skus = [f"SKU-{number}" for number in range(12)]
    orders = [skus, skus[::-1], skus[6:] + skus[:6], skus[::2] + skus[1::2]] * 2

    batches = await asyncio.gather(*(kept(db, f"b{n}", each) for n, each in enumerate(orders)))

    takers = [each.slug for batch in batches for each in batch if each.product]
    assert sorted(slug.split("-", 1)[1] for slug in takers) == sorted(sku.lower() for sku in skus)
    refused = [each.refused for batch in batches for each in batch if each.refused]
    assert [type(error) for error in refused] == [SkuTaken] * (7 * len(skus))


async def test_products_that_pass_their_skus_around_never_deadlock(db: Database) -> None:
    made = [await create(db, simple(f"Lamp {n}", sku=f"LAMP-{n}")) for n in range(6)]

    async def rename(n: int, sku: str) -> None:
        async with db.transaction() as tx:
            await catalog.revise_variant(
                tx,
                variant_id=made[n].variants[0].id,
                revise=lambda draft: replace(draft, sku=sku),
                actor=ACTOR,
                now=NOW,
            )

    results = await asyncio.gather(
        *(rename(n, f"LAMP-{(n + 1) % 6}") for n in range(6)),
        *(rename(n, f"NEW-{n % 2}") for n in range(6)),
        return_exceptions=True,
    )

    assert {type(result) for result in results} <= {type(None), SkuTaken}
    assert results[6:].count(None) >= 2
