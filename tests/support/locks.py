"""Who waits for whom in the database."""

from sqlalchemy import text

from sokoni.kernel.db import Database


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
