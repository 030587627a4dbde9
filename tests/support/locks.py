"""Who waits for whom in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import text

from sokoni.kernel.db import Database, WriteSession
from tests.support.waiting import wait_until

First = TypeVar("First")


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


async def one_before_the_other(
    db: Database,
    first: Callable[[WriteSession], Awaitable[First]],
    second: Callable[[WriteSession], Awaitable[object]],
) -> First:
    """Begin `second` in a transaction of its own while that of `first` is still open; both end.

    Where they share a lock `second` waits for it; else it has ended before. What `first` made is
    given back, what `second` raises is raised.
    """

    async def other() -> None:
        async with db.transaction() as tx:
            await second(tx)

    async with db.transaction() as tx:
        made = await first(tx)
        task = asyncio.create_task(other())

        async def waits_or_is_done() -> bool:
            return task.done() or await somebody_waits(db)

        await wait_until(waits_or_is_done, what="the other waits")
    await task
    return made
