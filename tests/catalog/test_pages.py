"""Product pages that are asked for together are read together, and nobody is forgotten."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

import pytest
from fastapi import FastAPI

from sokoni.catalog.queries import Pages, ReadyPage
from sokoni.kernel.reads import Reads
from sokoni.kernel.resources import Resources
from sokoni.kernel.storage import Storage


class Answering:
    """Stands in for the database: each page's body is its slug, after some turns of the loop."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.fails = False
        self.told = "{}"
        self._random = random.Random(5)

    async def rows(self, _sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        slugs = values.get("slugs") or values.get("ids") or [values.get("slug")]
        self.asked.append(len(slugs))
        for _ in range(self._random.randrange(3)):
            await asyncio.sleep(0)
        if self.fails:
            raise ConnectionResetError
        return [
            {"product_id": None, "body": self.told.format(slug, **values), "number": number}
            for number, slug in enumerate(slugs, start=1)
            if slug != "unknown"
        ]


@pytest.fixture
def database() -> Answering:
    return Answering()


@pytest.fixture
def pages(database: Answering, app: FastAPI) -> Pages:
    resources: Resources = app.state.resources
    return Pages(cast("Reads", database), resources.get(Storage))


async def test_every_reader_gets_their_own_page(pages: Pages, database: Answering) -> None:
    chance = random.Random(7)

    async def read(reader: int) -> None:
        for turn in range(60):
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
            slug = f"page-{reader % 5}-{turn % 7}"
            found = await pages.page(currency="EUR", product=slug)
            assert found is not None
            assert found.body == slug

    async with asyncio.timeout(20):
        await asyncio.gather(*(read(reader) for reader in range(12)))
        await read(0)
    assert max(database.asked) > 1
    assert sum(database.asked) <= 13 * 60


async def test_what_is_unknown_or_given_up_disturbs_nobody(
    pages: Pages, database: Answering
) -> None:
    names = ("known", "unknown", "left", "known")
    asked = [asyncio.create_task(pages.page(currency="EUR", product=name)) for name in names]
    await asyncio.sleep(0)
    asked[2].cancel()
    found = await asyncio.gather(*asked, return_exceptions=True)

    assert isinstance(found[2], asyncio.CancelledError)
    assert found[1] is None
    assert [one.body for one in (found[0], found[3]) if isinstance(one, ReadyPage)] == ["known"] * 2
    assert database.asked == [3]


async def test_a_failure_is_raised_for_all_who_waited_and_for_nobody_later(
    pages: Pages, database: Answering
) -> None:
    database.fails = True
    asked = [pages.page(currency="EUR", product=f"page-{number}") for number in range(5)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one) for one in found] == [ConnectionResetError] * 5

    database.fails = False
    later = await pages.page(currency="EUR", product="page-0")
    assert later is not None


async def test_kinds_of_keys_and_currencies_that_come_together_do_not_mix(
    pages: Pages, database: Answering
) -> None:
    """One statement reads those that are alike; each is answered in its own currency."""
    database.told = "{} {currency}"
    ids = [UUID(int=number) for number in range(3)]
    keys: list[tuple[str, UUID | str]] = [
        (currency, product)
        for product in (ids[0], "a", ids[1], "b", ids[2], "c")
        for currency in ("EUR", "USD")
    ]
    found = await asyncio.gather(*(pages.page(currency=each, product=of) for each, of in keys))

    assert [one.body for one in found if one] == [f"{of} {each}" for each, of in keys]
    assert database.asked == [3, 3, 3, 3]
