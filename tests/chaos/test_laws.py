"""The watcher sees a broken law within a second, and is patient only with an absent database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from chaos.journal import Journal
from chaos.laws import LAWS, Watched, watch
from chaos.world import World
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.apps.books.laws import LAWS as ALL_LAWS
from sokoni.kernel.db import Database
from tests.cart.factories import filled
from tests.chaos.outcomes import outcome
from tests.checkout.factories import bought
from tests.support.waiting import wait_until


@pytest.fixture
def world(tmp_path: Path, journal: Journal, database_url: str) -> World:
    return replace(outcome(tmp_path, journal, orders=0).world, database_url=database_url)


@asynccontextmanager
async def watching(world: World) -> AsyncIterator[Watched]:
    stop, watched = asyncio.Event(), Watched()
    task = asyncio.create_task(watch(world, stop, watched))
    try:
        yield watched
    finally:
        stop.set()
        await task


async def checked_again(watched: Watched, after: int = 0) -> None:
    async def checked() -> bool:
        return watched.seconds_checked > after

    await wait_until(checked, what="a check")


def test_every_law_of_money_and_stock_is_watched() -> None:
    wanted = {law.name for law in ALL_LAWS if law.about in {"money", "stock"} and not law.not_yet}

    assert {law.name for law in LAWS} == wanted


def test_only_the_law_about_being_in_time_is_asked_otherwise_than_by_the_books() -> None:
    asked = {law.name: law.query for law in ALL_LAWS}

    assert [law.name for law in LAWS if law.query != asked[law.name]] == [
        "no-hold-outlives-its-time"
    ]


async def test_a_sound_shop_breaks_no_law(client: AsyncClient, db: Database, world: World) -> None:
    await bought(client, await filled(client, db))

    async with watching(world) as watched:
        await checked_again(watched)

    assert watched.seconds_checked >= 1
    assert watched.broken == {}
    assert watched.seconds_away == 0


@pytest.mark.parametrize(
    ("breaking", "law"),
    [
        ("UPDATE inventory.stock_levels SET on_hand = on_hand - 1", "on-hand-is-its-movements"),
        ("DELETE FROM payments.entries", "paid-is-captured"),
    ],
)
async def test_a_broken_law_is_seen_with_its_second_and_an_example(
    client: AsyncClient, db: Database, world: World, breaking: str, law: str
) -> None:
    await bought(client, await filled(client, db))

    async with watching(world) as watched:
        await checked_again(watched)
        async with db.transaction() as tx:
            await tx.execute(text(breaking))
        await checked_again(watched, after=watched.seconds_checked + 1)

    assert law in watched.broken
    assert watched.broken[law].second >= 2
    assert watched.broken[law].examples
    assert watched.seconds_broken[law] >= 1


async def test_seconds_without_a_database_are_counted_and_break_nothing(world: World) -> None:
    nowhere = replace(world, database_url="postgresql://nobody@127.0.0.1:1/nothing")

    async def was_away() -> bool:
        return watched.seconds_away > 0

    async with watching(nowhere) as watched:
        await wait_until(was_away, what="a second without a database")

    assert watched.seconds_checked == 0
    assert watched.broken == {}
