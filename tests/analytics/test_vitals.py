"""How fast pages were: what browsers tell is added up, and told to staff."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.analytics import service
from sokoni.analytics.speed import Device, Metric, PageKind
from sokoni.apps import registry
from sokoni.kernel import jobs
from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from tests.identity.factories import staff
from tests.support.statements import counted

BEACON = "/api/v1/vitals"
REPORT = "/api/v1/admin/analytics/vitals"
VISIT = {"page": "product", "device": "phone", "lcp_ms": 1200, "inp_ms": 80.5, "cls": 0}
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def limited(app: FastAPI, settings: Settings) -> Iterator[None]:
    app.state.settings = settings.model_copy(update={"rate_limit_enabled": True})
    yield
    app.state.settings = settings


async def tell(client: AsyncClient, **told: object) -> None:
    response = await client.post(BEACON, json=VISIT | told)
    assert response.status_code == 204, response.text


async def on_day(db: Database, day: datetime, *, lcp: float, visits: int = 1) -> None:
    async with db.transaction() as tx:
        for _ in range(visits):
            await service.count_visit(
                tx,
                page=PageKind.HOME,
                device=Device.DESKTOP,
                values={Metric.LCP: lcp},
                now=day,
            )


async def report(client: AsyncClient, db: Database, **asked: str) -> dict[str, Any]:
    headers = await staff(client, db, Permission.ANALYTICS_READ)
    response = await client.get(REPORT, params=asked, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def test_a_visit_is_counted_in_one_statement_and_leaves_no_cookie(
    client: AsyncClient, db: Database
) -> None:
    with counted(db) as statements:
        response = await client.post(BEACON, json=VISIT)

    assert response.status_code == 204
    assert response.content == b""
    assert "set-cookie" not in response.headers
    assert len(statements) == 1, statements


async def test_visits_at_once_all_count(client: AsyncClient, db: Database) -> None:
    await asyncio.gather(*(tell(client) for _ in range(12)))

    async with db.reading() as reading:
        rows = (
            await reading.execute(text("SELECT metric, count FROM analytics.vitals ORDER BY 1"))
        ).all()
    assert [tuple(row) for row in rows] == [("cls", 12), ("inp", 12), ("lcp", 12)]


async def test_the_same_visit_twice_is_two_also_with_a_key(
    client: AsyncClient, db: Database
) -> None:
    for _ in range(2):
        answer = await client.post(BEACON, json=VISIT, headers={"Idempotency-Key": "visit"})
        assert answer.status_code == 204

    assert (await report(client, db))["total"]["lcp"]["visits"] == 2
    async with db.reading() as reading:
        kept = await reading.scalar(text("SELECT count(*) FROM kernel.idempotency_keys"))
    assert kept == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": "/products/alba-vase"},
        {"device": "tablet"},
        {"lcp_ms": -1},
        {"lcp_ms": 120_001},
        {"inp_ms": 60_001},
        {"cls": 101},
        {"cls": "0"},
        {"lcp_ms": None, "inp_ms": None, "cls": None},
        {"email": "asha@example.com"},
    ],
)
async def test_what_cannot_be_is_refused(
    client: AsyncClient, db: Database, wrong: dict[str, object]
) -> None:
    assert (await client.post(BEACON, json=VISIT | wrong)).status_code == 422
    assert (await report(client, db))["items"] == []


async def test_staff_see_three_of_four_by_kind_of_page_in_one_statement(
    client: AsyncClient, db: Database
) -> None:
    for lcp in (1000, 1000, 3000, 9000):
        await tell(client, lcp_ms=lcp)
    await tell(client, page="home", device="desktop", lcp_ms=900, inp_ms=None, cls=0.3)
    headers = await staff(client, db, Permission.ANALYTICS_READ)

    with counted(db) as statements:
        found = (await client.get(REPORT, headers=headers)).json()

    assert len(statements) == 1, statements
    home, product = found["items"]
    assert (home["page"], product["page"]) == ("home", "product")
    assert product["lcp"]["visits"] == 4
    assert product["lcp"]["p75"] == pytest.approx(3000, rel=0.1)
    assert product["lcp"]["rating"] == "needs-improvement"
    assert product["inp"]["rating"] == "good"
    assert home["inp"] is None
    assert home["cls"]["rating"] == "poor"
    assert found["total"]["lcp"]["visits"] == 5
    assert found["total"]["inp"]["visits"] == 4


async def test_phones_can_be_looked_at_alone(client: AsyncClient, db: Database) -> None:
    await tell(client)
    await tell(client, device="desktop")

    found = await report(client, db, device="phone")

    assert found["device"] == "phone"
    assert found["total"]["lcp"]["visits"] == 1


async def test_the_days_of_the_period_count_whole(client: AsyncClient, db: Database) -> None:
    for day, visits in ((9, 1), (10, 2), (11, 4), (12, 8)):
        await on_day(db, NOON.replace(day=day), lcp=500, visits=visits)

    found = await report(
        client, db, **{"from": "2026-11-10T15:00:00Z", "to": "2026-11-12T00:00:00Z"}
    )

    assert (found["from_day"], found["to_day"]) == ("2026-11-10", "2026-11-11")
    assert found["total"]["lcp"]["visits"] == 6


async def test_a_period_that_ends_before_it_begins_is_refused(
    client: AsyncClient, db: Database
) -> None:
    headers = await staff(client, db, Permission.ANALYTICS_READ)
    asked = {"from": "2026-11-12T00:00:00Z", "to": "2026-11-10T00:00:00Z"}

    assert (await client.get(REPORT, params=asked, headers=headers)).status_code == 422


async def test_old_days_are_forgotten(
    client: AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    await on_day(db, clock.now() - timedelta(days=91), lcp=500)
    await on_day(db, clock.now() - timedelta(days=89), lcp=500)

    async with db.transaction() as tx:
        await service.forget_old_visits(tx, now=clock.now())

    since = (clock.now() - timedelta(days=200)).isoformat()
    assert (await report(client, db, **{"from": since}))["total"]["lcp"]["visits"] == 1


async def test_the_worker_forgets_by_itself() -> None:
    registry.register_handlers()
    assert "analytics.forget_old_visits" in {item.name for item in jobs.periodic_work()}


@pytest.mark.usefixtures("limited")
async def test_a_flood_is_stopped(client: AsyncClient) -> None:
    statuses: list[int] = []
    # One more is let in with each second that a slow machine takes.
    while 429 not in statuses and len(statuses) < 300:
        statuses.append((await client.post(BEACON, json=VISIT)).status_code)

    assert statuses[:60] == [204] * 60
    assert statuses[-1] == 429


async def test_speed_is_for_those_who_may_see_figures(client: AsyncClient, db: Database) -> None:
    clerk = await staff(client, db, Permission.ORDERS_READ)

    assert (await client.get(REPORT)).status_code == 401
    assert (await client.get(REPORT, headers=clerk)).status_code == 403
