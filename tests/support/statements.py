"""Counting SQL statements: what services and queries send, and nothing of the frame around them.

Not counted: transaction control, settings, NOTIFY, rate limits, and the look-up of credentials.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from sokoni.kernel import writes
from sokoni.kernel.db import Database

FRAME = re.compile(
    r"\s*(begin|commit|rollback|savepoint|release|set|show|notify|listen)\b"
    r"|\s*select\s+pg_notify\(",
    re.IGNORECASE,
)
FRAME_TABLES = re.compile(
    r"\b(kernel\.rate_limits|kernel\.jobs|kernel\.schedules"
    r"|identity\.(sessions|api_keys|users|roles|user_roles|refresh_tokens))\b",
    re.IGNORECASE,
)


class Statements:
    """The counted statements since the block began, oldest first."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __len__(self) -> int:
        return len(self.texts)

    def __str__(self) -> str:
        return "\n---\n".join(self.texts)

    def hear(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.hear_read(statement)

    def hear_read(self, statement: str, *_rest: Any) -> None:
        if not FRAME.match(statement) and not FRAME_TABLES.search(statement):
            self.texts.append(statement)


@contextmanager
def counted(db: Database) -> Iterator[Statements]:
    """`with counted(db) as statements: …; assert len(statements) == 1, statements`."""
    heard = Statements()
    event.listen(db.engine.sync_engine, "before_cursor_execute", heard.hear)
    db.reads.heard.append(heard.hear_read)
    writes.heard.append(heard.hear_read)
    try:
        yield heard
    finally:
        writes.heard.remove(heard.hear_read)
        db.reads.heard.remove(heard.hear_read)
        event.remove(db.engine.sync_engine, "before_cursor_execute", heard.hear)
