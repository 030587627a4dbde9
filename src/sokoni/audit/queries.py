"""Reading the audit log, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_

from sokoni.audit.models import Entry
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

KIND = "audit.log"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: None means any. `since` is included, `until` is not."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def entries(
    db: ReadSession, *, wanted: Wanted, limit: int, cursor: str | None = None
) -> Rows[Entry]:
    """One page of the log. Raises Invalid for a cursor of another list."""
    query = select(Entry).order_by(Entry.at.desc(), Entry.id.desc()).limit(limit + 1)
    for column, value in (
        (Entry.actor, wanted.actor),
        (Entry.action, wanted.action),
        (Entry.subject, wanted.subject),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.since is not None:
        query = query.where(Entry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(Entry.at < wanted.until)
    if cursor is not None:
        last = decode_cursor(KIND, cursor, of=tuple[datetime, UUID])
        query = query.where(tuple_(Entry.at, Entry.id) < last)
    found = list(await db.scalars(query))
    items = found[:limit]
    more = len(found) > limit
    after = encode_cursor(KIND, (items[-1].at, items[-1].id)) if more else None
    return Rows(items=items, next_cursor=after)
