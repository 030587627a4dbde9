"""Statements on the bare driver belong to their session's transaction, and so do their failures."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sokoni.kernel import outbox, writes
from sokoni.kernel.db import Database, WriteSession, unavailable, violated
from sokoni.kernel.ids import new_id
from sokoni.kernel.settings import asyncpg_url
from tests.kernel.test_outbox import Rang

NOTE = writes.Statement("INSERT INTO kernel.effects (dedup_key, kind) VALUES (:key, 'test')")
PID = writes.Statement("SELECT pg_backend_pid() AS pid")
# What tells of it depends on whether the driver has heard already.
LOST = (
    DBAPIError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
NOTES = text("SELECT dedup_key FROM kernel.effects WHERE kind = 'test' ORDER BY dedup_key")
TIMES = text("SELECT (payload->>'times')::int FROM kernel.outbox ORDER BY id")


class Undone(Exception):
    """Raised on purpose."""


async def _notes(db: Database) -> list[str]:
    async with db.reading() as reading:
        return list(await reading.scalars(NOTES))


async def test_a_statement_alone_is_undone_with_its_transaction(db: Database) -> None:
    async with db.transaction() as tx:
        await NOTE.rows(tx, {"key": "kept"})

    async def undone() -> None:
        async with db.transaction() as tx:
            await NOTE.rows(tx, {"key": "undone"})
            raise Undone

    with pytest.raises(Undone):
        await undone()
    assert await _notes(db) == ["kept"]


async def test_statements_of_both_kinds_see_each_other(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("INSERT INTO kernel.effects (dedup_key, kind) VALUES ('a', 'test')"))
        await NOTE.rows(tx, {"key": "b"})
        assert list(await tx.scalars(NOTES)) == ["a", "b"]


async def test_parts_have_parameters_of_the_same_name_each_its_own(db: Database) -> None:
    def part(name: str, key: str) -> writes.Part:
        return writes.Part(
            f"{name} AS (INSERT INTO kernel.effects (dedup_key, kind) VALUES (:key, 'test')"
            " RETURNING dedup_key)",
            {"key": key},
            tells=f"(SELECT dedup_key FROM {name}) AS {name}",
        )

    async with db.transaction() as tx:
        told = await writes.together(tx, part("one", "a"), part("other", "b"))

    assert (told.one, told.other) == ("a", "b")
    assert await _notes(db) == ["a", "b"]


async def test_a_broken_constraint_is_recognised(db: Database) -> None:
    async def twice(tx: WriteSession) -> None:
        await NOTE.rows(tx, {"key": "twice"})
        await NOTE.rows(tx, {"key": "twice"})

    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await db.run(twice)
    assert violated(refused.value, "effects_pkey")
    assert await _notes(db) == []


async def test_a_lost_connection_is_unavailable_and_the_next_transaction_has_another(
    db: Database,
) -> None:
    async def cut_off(tx: WriteSession) -> None:
        row = await PID.row(tx, {})
        assert row is not None
        async with db.reading() as other:
            await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": row.pid})
        await NOTE.rows(tx, {"key": "lost"})

    with pytest.raises(LOST) as lost:
        await db.run(cut_off)
    assert unavailable(lost.value)
    for _ in range(20):  # more often than there are connections
        async with db.transaction() as tx:
            assert await PID.row(tx, {}) is not None
    assert await _notes(db) == []


async def test_a_connection_that_is_lost_before_the_first_statement_is_unavailable(
    db: Database,
) -> None:
    async def cut_off(tx: WriteSession) -> None:
        raw: Any = await (await tx.connection()).get_raw_connection()
        raw.driver_connection.terminate()
        await NOTE.rows(tx, {"key": "lost"})

    with pytest.raises(asyncpg.InterfaceError) as lost:
        await db.run(cut_off)
    assert unavailable(lost.value)


async def test_events_are_written_in_the_order_of_publishing_by_one_statement(
    db: Database,
) -> None:
    bell_id = new_id()
    async with db.transaction() as tx:
        outbox.publish(tx, _rang(bell_id, 1))
        outbox.publish(tx, _rang(bell_id, 2))
        await writes.together(tx, outbox.publishing(tx))
        outbox.publish(tx, _rang(bell_id, 3))

    assert await _times(db) == [1, 2, 3]


async def test_an_event_published_after_an_undone_savepoint_leaves_and_those_inside_do_not(
    db: Database,
) -> None:
    bell_id = new_id()
    async with db.transaction() as tx:
        outbox.publish(tx, _rang(bell_id, 1))
        with pytest.raises(Undone):
            await _publish_and_undo(tx, bell_id)
        async with tx.begin_nested():
            outbox.publish(tx, _rang(bell_id, 4))
        outbox.publish(tx, _rang(bell_id, 5))

    assert await _times(db) == [1, 4, 5]


async def _publish_and_undo(tx: WriteSession, bell_id: UUID) -> None:
    async with tx.begin_nested():
        outbox.publish(tx, _rang(bell_id, 2))
        async with tx.begin_nested():
            outbox.publish(tx, _rang(bell_id, 3))
        raise Undone


def _rang(bell_id: UUID, times: int) -> Rang:
    return Rang(bell_id=bell_id, times=times)


async def _times(db: Database) -> list[int]:
    async with db.reading() as reading:
        return list(await reading.scalars(TIMES))


def test_a_connection_that_broke_in_mid_sentence_is_unavailable() -> None:
    assert unavailable(asyncpg.InternalClientError("another operation (2) is in progress"))


async def test_a_statement_whose_column_got_another_type_is_prepared_again(
    db: Database, database_url: str
) -> None:
    single = Database(asyncpg_url(database_url), pool_size=1)
    written = writes.Statement("SELECT size FROM trial.migrated")
    usual = text("SELECT size FROM trial.migrated")

    async def sizes(tx: WriteSession) -> list[Any]:
        return [(await written.rows(tx, {}))[0]["size"], await tx.scalar(usual)]

    async with db.transaction() as tx:
        await tx.execute(text("CREATE TABLE trial.migrated AS SELECT 1::integer AS size"))
    try:
        assert await single.run(sizes) == [1, 1]
        async with db.transaction() as tx:
            await tx.execute(text("ALTER TABLE trial.migrated ALTER size TYPE bigint"))
        assert await single.run(sizes) == [1, 1]
    finally:
        await single.close()
        async with db.transaction() as tx:
            await tx.execute(text("DROP TABLE trial.migrated"))
