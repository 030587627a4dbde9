"""Writing the audit log: `await audit.record(tx, actor=caller.actor, action="role.changed", …)`.

Secrets never enter the log: a field whose name says that it holds one keeps its name and loses its
value, at any depth.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy import insert

from sokoni.audit.models import Entry
from sokoni.kernel.db import WriteSession

SECRET = re.compile(
    r"password|secret|token|api_?key|key_hash|card_number|authorization", re.IGNORECASE
)
REDACTED = "[redacted]"


async def record(
    tx: WriteSession,
    *,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Add an entry to the transaction of the change.

    `actor` is `caller.actor` (or `system`), `action` a noun and a past verb (`product.archived`),
    `subject` the wire id of what was changed. `before` and `after` hold the changed fields; UUIDs,
    times, enumerations and dataclasses in them are written as JSON.
    """
    await tx.execute(
        insert(Entry).values(
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            before=_redacted(before),
            after=_redacted(after),
            request_id=structlog.contextvars.get_contextvars().get("request_id"),
            note=note,
        )
    )


def _redacted(fields: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if fields is None else without_secrets(msgspec.to_builtins(dict(fields)))


def without_secrets(value: Any) -> Any:
    """The same JSON, without the values of fields whose names say that they hold a secret."""
    if isinstance(value, dict):
        return {
            name: REDACTED if SECRET.search(str(name)) else without_secrets(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    return value
