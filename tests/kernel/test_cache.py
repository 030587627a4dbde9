"""Public reads are kept as bytes, and never longer than they are true."""

import asyncio

import httpx
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from sokoni.apps.api import create_app
from sokoni.kernel.cache import ReadCache
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from sokoni.kernel.signals import changed
from tests.kernel import bells
from tests.support.waiting import wait_until

HEARD = "/api/v1/bells/heard"
RINGS = "/api/v1/bells"


@pytest.fixture(autouse=True)
def _empty(app: FastAPI) -> None:
    app.state.cache.invalidate(["*"])


async def test_the_second_read_is_answered_from_memory(client: httpx.AsyncClient) -> None:
    first, second = await client.get(HEARD), await client.get(HEARD)
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("miss", "hit")
    assert first.content == second.content == b'{"rings":0}'
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Content-Type"] == second.headers["Content-Type"] == "application/json"
    assert bells.computed == ["en"]


async def test_the_order_of_the_query_does_not_matter_and_its_values_do(
    client: httpx.AsyncClient,
) -> None:
    await client.get(f"{HEARD}?lang=sw&limit=5")
    same = await client.get(f"{HEARD}?limit=5&lang=sw")
    other = await client.get(f"{HEARD}?limit=6&lang=sw")
    slashed = await client.get(f"{HEARD}/?limit=5&lang=sw")
    assert same.headers["X-Cache"] == "hit"
    assert other.headers["X-Cache"] == "miss"
    assert slashed.headers["X-Cache"] == "hit"


async def test_of_a_repeated_parameter_the_last_value_counts_in_memory_too(
    client: httpx.AsyncClient,
) -> None:
    for query, spoken in (
        ("lang=en&lang=sw", "sw"),
        ("lang=sw&lang=en", "en"),
        ("lang=en&%6Cang=sw", "sw"),
        ("%6Cang=sw&lang=en", "en"),
    ):
        answer = await client.get(f"{HEARD}?{query}")
        assert answer.headers["X-Cache"] == "miss", query
        assert bells.computed[-1] == spoken, query


async def test_a_path_that_looks_like_a_query_is_another_address(
    client: httpx.AsyncClient,
) -> None:
    kept = await client.get(f"{HEARD}?lang=sw?")
    disguised = await client.get(f"{HEARD}%3Flang=sw")
    assert (kept.status_code, disguised.status_code) == (200, 404)


async def test_a_commit_is_seen_by_the_next_read(client: httpx.AsyncClient, db: Database) -> None:
    before = await client.get(HEARD)
    await client.post(RINGS, json={"bell": "a", "times": 3})
    after = await client.get(HEARD, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["X-Cache"] == "miss"
    assert after.content == b'{"rings":3}'


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
async def test_who_has_it_already_gets_304(client: httpx.AsyncClient, known: str) -> None:
    first = await client.get(HEARD)
    asked = {"If-None-Match": known.format(first.headers["ETag"])}
    from_memory = await client.get(HEARD, headers=asked)
    computed = await client.get(HEARD, headers={**asked, "Authorization": "Bearer asha"})
    for answer in (from_memory, computed):
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer.headers["ETag"] == first.headers["ETag"]
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Content-Length" not in answer.headers
    assert (from_memory.headers["X-Cache"], computed.headers["X-Cache"]) == ("hit", "miss")


async def test_requests_that_name_somebody_are_neither_answered_from_memory_nor_kept(
    client: httpx.AsyncClient,
) -> None:
    named = await client.get(HEARD, headers={"Authorization": "Bearer asha"})
    first, again = await client.get(HEARD), await client.get(HEARD)
    named_again = await client.get(HEARD, headers={"Authorization": "Bearer asha"})
    outcomes = [answer.headers["X-Cache"] for answer in (named, first, again, named_again)]
    assert outcomes == ["miss", "miss", "hit", "miss"]


async def test_tags_never_leave_and_refusals_are_not_kept(client: httpx.AsyncClient) -> None:
    good = await client.get(HEARD)
    refused = await client.get(f"{HEARD}?limit=0")
    plain = await client.get(f"{RINGS}/sum")
    assert (good.status_code, refused.status_code, plain.status_code) == (200, 422, 200)
    for answer in (good, refused, plain):
        assert "X-Cache-Tags" not in answer.headers
    assert "X-Cache" not in refused.headers
    assert "X-Cache" not in plain.headers


async def test_an_answer_computed_before_a_commit_is_not_kept_after_it(
    client: httpx.AsyncClient, db: Database
) -> None:
    let_go = bells.hold("slow")
    early = asyncio.create_task(client.get(f"{HEARD}?lang=slow"))
    await bells.inside["slow"].wait()
    await client.post(RINGS, json={"bell": "a", "times": 3})
    let_go.set()
    assert (await early).content == b'{"rings":0}'

    bells.held.clear()
    late = await client.get(f"{HEARD}?lang=slow")
    assert late.headers["X-Cache"] == "miss"
    assert late.content == b'{"rings":3}'


async def test_a_change_of_something_else_does_not_hinder_keeping(
    app: FastAPI, client: httpx.AsyncClient, db: Database
) -> None:
    let_go = bells.hold("slow")
    early = asyncio.create_task(client.get(f"{HEARD}?lang=slow"))
    await bells.inside["slow"].wait()
    async with db.transaction() as tx:
        changed(tx, "lang:sw")
    let_go.set()
    await early
    assert (await client.get(f"{HEARD}?lang=slow")).headers["X-Cache"] == "hit"


async def test_a_commit_in_one_process_is_heard_in_the_other(
    settings: Settings, database_url: str, client: httpx.AsyncClient, db: Database
) -> None:
    other = create_app(settings, database_url=database_url, modules=(), more=[bells.router])
    async with LifespanManager(other):
        transport = httpx.ASGITransport(app=other)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as there:
            await there.get(HEARD)
            assert (await there.get(HEARD)).headers["X-Cache"] == "hit"
            await client.post(RINGS, json={"bell": "a", "times": 5})

            async def is_new() -> bool:
                return (await there.get(HEARD)).content == b'{"rings":5}'

            await wait_until(is_new, within=2, what="the news")


def test_the_oldest_make_room_and_the_count_of_bytes_stays_right() -> None:
    cache = ReadCache(most_bytes=100_000)
    for number in range(100):
        entry = cache.entry(b"x" * 4000, [], tags=f"all one:{number}", route=None)
        cache.keep(b"%d" % number, entry, since=cache.moment)
    assert len(cache) == 19
    assert cache.bytes <= 100_000
    assert cache.find(b"80") is None
    assert cache.find(b"99") is not None

    cache.invalidate(["one:99"])
    assert (cache.find(b"99"), len(cache)) == (None, 18)
    cache.invalidate(["all"])
    assert (len(cache), cache.bytes) == (0, 0)


def test_what_is_too_large_is_not_kept() -> None:
    cache = ReadCache(most_bytes=100_000)
    cache.keep(b"k", cache.entry(b"x" * 50_000, [], tags="t", route=None), since=cache.moment)
    assert len(cache) == 0


def test_nothing_is_older_than_thirty_seconds() -> None:
    seconds = [0.0]
    cache = ReadCache(clock=lambda: seconds[0])
    cache.keep(b"k", cache.entry(b"x", [], tags="t", route=None), since=cache.moment)
    seconds[0] = 29.9
    assert cache.find(b"k") is not None
    seconds[0] = 30.0
    assert cache.find(b"k") is None
    assert cache.bytes == 0


def test_what_has_expired_leaves_without_being_asked_for() -> None:
    seconds = [1000.0]
    cache = ReadCache(clock=lambda: seconds[0])
    for number in range(10):
        cache.keep(b"/%d" % number, cache.json(b"1", tags="products", route="r"), since=0)
    seconds[0] += 31

    for number in range(3):
        cache.keep(b"/new-%d" % number, cache.json(b"1", tags="products", route="r"), since=0)

    assert len(cache) == 3


def test_after_a_flush_nothing_computed_before_is_kept() -> None:
    cache = ReadCache()
    entry, since = cache.entry(b"x", [], tags="t", route=None), cache.moment
    cache.invalidate(["*"])
    cache.keep(b"k", entry, since=since)
    assert len(cache) == 0
    cache.keep(b"k", entry, since=cache.moment)
    assert len(cache) == 1


def test_the_memory_of_stale_tags_is_bounded_and_errs_on_the_safe_side() -> None:
    cache = ReadCache()
    entry, since = cache.entry(b"x", [], tags="first", route=None), cache.moment
    cache.invalidate(["first"])
    for number in range(20_001):
        cache.invalidate([f"other:{number}"])
    cache.keep(b"k", entry, since=since)
    assert len(cache) == 0
    assert len(cache._stale_at) < 20_000
