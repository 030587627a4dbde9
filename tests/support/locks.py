"""Who waits for whom in the database."""

import asyncio
from typing import Any

from sqlalchemy import text

from sokoni.kernel.db import Database
from tests.support.waiting import wait_until


async def somebody_waits(db: Database) -> bool:
    """Whether a session of this database waits for a lock."""
    async with db.reading() as session:
        waiting = await session.scalar(
            text(
                "SELECT count(*) FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)"
                " WHERE NOT l.granted AND a.datname = current_database()"
            )
        )
    return bool(waiting)


async def until_it_waits(db: Database, task: asyncio.Task[Any]) -> None:
    """Until the task waits for a lock. A task that ends instead is told apart by what it did."""

    async def waits_or_is_done() -> bool:
        return task.done() or await somebody_waits(db)

    await wait_until(waits_or_is_done, what="the other waits")
