"""The audit log is only ever added to, holds no secrets, and is read by those who may."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sokoni.audit import queries, service
from sokoni.audit.queries import Wanted
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.identity.factories import staff

URL = "/api/v1/admin/audit-log"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Price:
    amount: int
    valid_from: datetime


async def record(db: Database, **changes: Any) -> None:
    entry: dict[str, Any] = {
        "actor": "system",
        "action": "product.archived",
        "subject": "prod_1",
        "now": NOW,
    }
    async with db.transaction() as tx:
        await service.record(tx, **(entry | changes))


async def test_an_entry_holds_what_was_and_what_is(db: Database) -> None:
    before = {"price": Price(amount=5, valid_from=NOW), "id": UUID(int=7), "tags": ("a", "b")}
    await record(db, before=before, after={"price": None}, note="Sale")

    async with db.reading() as reading:
        [entry] = (await queries.entries(reading, wanted=Wanted(), limit=5)).items

    assert entry.at == NOW
    assert entry.before == {
        "price": {"amount": 5, "valid_from": "2026-11-21T12:00:00Z"},
        "id": "00000000-0000-0000-0000-000000000007",
        "tags": ["a", "b"],
    }
    assert entry.after == {"price": None}
    assert entry.note == "Sale"


async def test_secrets_do_not_enter(db: Database) -> None:
    after = {
        "name": "Warehouse",
        "password": "hunter2",
        "nested": [{"Refresh_Token": "hunter2", "apiKey": "hunter2", "kept": 1}],
        "stripe": {"webhook_secret": {"deep": "hunter2"}},
    }
    await record(db, after=after)

    async with db.reading() as reading:
        [entry] = (await queries.entries(reading, wanted=Wanted(), limit=5)).items

    assert entry.after == {
        "name": "Warehouse",
        "password": "[redacted]",
        "nested": [{"Refresh_Token": "[redacted]", "apiKey": "[redacted]", "kept": 1}],
        "stripe": {"webhook_secret": "[redacted]"},
    }


async def test_an_entry_is_undone_with_its_change(db: Database) -> None:
    async def fail() -> None:
        async with db.transaction() as tx:
            await service.record(tx, actor="system", action="x", subject="y", now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    async with db.reading() as reading:
        assert (await queries.entries(reading, wanted=Wanted(), limit=5)).items == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.log SET actor = 'nobody'",
        "DELETE FROM audit.log",
        "TRUNCATE audit.log",
    ],
)
async def test_nobody_rewrites_the_log(db: Database, statement: str) -> None:
    await record(db)

    with pytest.raises(DBAPIError, match="append-only"):
        async with db.transaction() as tx:
            await tx.execute(text(statement))

    async with db.reading() as reading:
        [entry] = (await queries.entries(reading, wanted=Wanted(), limit=5)).items
        assert entry.actor == "system"


async def test_the_log_is_filtered_and_paged(client: AsyncClient, db: Database) -> None:
    for hour in range(5):
        await record(db, subject=f"prod_{hour % 2}", now=NOW + timedelta(hours=hour))
    await record(db, action="role.created", actor="robot", now=NOW)
    auditor = await staff(client, db, Permission.AUDIT_READ)

    async def hours(query: str) -> list[int]:
        answer = await client.get(f"{URL}?{query}", headers=auditor)
        assert answer.status_code == 200, answer.text
        found = [datetime.fromisoformat(item["at"]) for item in answer.json()["items"]]
        return [(at - NOW) // timedelta(hours=1) for at in found]

    archived = "action=product.archived"
    assert await hours(archived) == [4, 3, 2, 1, 0]
    assert await hours(f"{archived}&subject=prod_0") == [4, 2, 0]
    assert await hours("actor=robot") == [0]
    assert await hours("actor=usr_00000000000000000000000000") == []
    span = "from=2026-11-21T13:00:00Z&to=2026-11-21T15:00:00Z"
    assert await hours(f"{archived}&{span}") == [2, 1]
    first = (await client.get(f"{URL}?{archived}&limit=3", headers=auditor)).json()
    assert len(first["items"]) == 3
    assert await hours(f"{archived}&limit=3&cursor={first['next_cursor']}") == [1, 0]


async def test_entries_of_one_moment_are_paged_without_loss(
    client: AsyncClient, db: Database
) -> None:
    for number in range(7):
        await record(db, action="stock.counted", subject=f"var_{number}")
    auditor = await staff(client, db, Permission.AUDIT_READ)

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"action": "stock.counted", "limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(URL, params=query, headers=auditor)).json()
        seen += [item["subject"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert seen == [f"var_{number}" for number in reversed(range(7))]


@pytest.mark.parametrize("query", ["from=yesterday", "from=2026-11-21T13:00:00", "cursor=x"])
async def test_an_odd_filter_is_refused(client: AsyncClient, db: Database, query: str) -> None:
    auditor = await staff(client, db, Permission.AUDIT_READ)

    assert (await client.get(f"{URL}?{query}", headers=auditor)).status_code == 422
