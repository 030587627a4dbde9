"""HTTP for operators: the books, jobs with their dead letters, the event log."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Query
from sqlalchemy import text

from sokoni.apps.books import checking
from sokoni.apps.books.checking import State
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.ids import EventId
from sokoni.kernel.paging import Limit
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Out

router = Api(tags=["operations"])

Operator = Annotated[Caller, Depends(Staff(Permission.OPERATIONS_READ))]


class LawOut(Out):
    """A law with its state: `holds`, `broken`, or `not yet` where nothing could break it."""

    name: str
    about: str
    says: str
    state: State
    broken: int
    examples: list[str]


class BooksOut(Out):
    """All laws, checked now."""

    clean: bool
    items: list[LawOut]


class EventOut(Out):
    """Something that happened. `sequence` is what `after` takes."""

    sequence: int
    id: EventId
    topic: str
    payload: dict[str, Any]
    created_at: datetime


class EventsOut(Out):
    items: list[EventOut]
    next_after: int | None


@router.get("/admin/invariants")
async def invariants(caller: Operator, db: Read) -> BooksOut:
    """Check every law of the books, now."""
    findings = await checking.check(db)
    items = [
        LawOut(
            name=finding.law.name,
            about=finding.law.about,
            says=finding.law.says,
            state=finding.state,
            broken=finding.broken,
            examples=list(finding.examples),
        )
        for finding in findings
    ]
    return BooksOut(clean=all(item.state is not State.BROKEN for item in items), items=items)


EVENTS = text(
    """
    SELECT id AS sequence, event_id AS id, topic, payload, created_at
      FROM kernel.outbox WHERE id > :after ORDER BY id LIMIT :limit
    """
)


@router.get("/events")
async def events(
    caller: Operator,
    db: Read,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Limit = 24,
) -> EventsOut:
    """Read the event log, oldest first; ask again with `next_after`.

    Events of transactions that are still open may appear behind ones already read: to be sure of
    each, subscribe, or read again from a little before.
    """
    rows = (await db.execute(EVENTS, {"after": after, "limit": limit})).all()
    items = [EventOut.model_validate(row) for row in rows]
    return EventsOut(items=items, next_after=items[-1].sequence if len(items) == limit else None)
