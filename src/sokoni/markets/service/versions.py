"""Changing and deleting one versioned row of the front desk, with its entry in the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from sokoni.audit import service as audit
from sokoni.kernel import ids, signals
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound, check_version
from sokoni.markets.models import Region, ShippingOption, TaxRate

Row = TypeVar("Row", Region, TaxRate, ShippingOption)

NOUNS: dict[type, tuple[str, str]] = {
    Region: ("region", "reg"),
    TaxRate: ("tax-rate", "tax"),
    ShippingOption: ("shipping-option", "shp"),
}


async def take(tx: WriteSession, kind: type[Row], row_id: UUID, *, version: int | None) -> Row:
    """The row, locked. Raises NotFound, or Stale when `version` is an older one."""
    row = await tx.scalar(select(kind).where(kind.id == row_id).with_for_update())
    if row is None:
        raise NotFound
    check_version(version, row.version)
    return row


async def apply(
    tx: WriteSession, row: Row, *, fields: Mapping[str, object], actor: str, now: datetime
) -> None:
    """Set the fields of a locked row, and raise its version if anything differs."""
    before = {name: getattr(row, name) for name in fields}
    if all(before[name] == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    await tx.flush()
    await note(tx, row, "changed", before=before, after=fields, actor=actor, now=now)


async def add(tx: WriteSession, row: Row, *, actor: str, now: datetime) -> None:
    """Store a new row."""
    tx.add(row)
    await tx.flush()
    await note(tx, row, "created", after=columns(row), actor=actor, now=now)


async def remove(tx: WriteSession, row: Row, *, actor: str, now: datetime) -> None:
    """Delete a locked row."""
    before = columns(row)
    await tx.delete(row)
    await tx.flush()
    await note(tx, row, "deleted", before=before, actor=actor, now=now)


async def note(
    tx: WriteSession,
    row: Region | TaxRate | ShippingOption,
    verb: str,
    *,
    actor: str,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write the audit log, and let cached reads of the markets go stale."""
    noun, prefix = NOUNS[type(row)]
    await audit.record(
        tx,
        actor=actor,
        action=f"{noun}.{verb}",
        subject=ids.encode(prefix, row.id),
        before=before,
        after=after,
        now=now,
    )
    signals.changed(tx, "markets")


def columns(row: Region | TaxRate | ShippingOption) -> dict[str, Any]:
    """All values of the row but its id and version."""
    names = type(row).__table__.columns.keys()
    return {name: getattr(row, name) for name in names if name not in {"id", "version"}}
