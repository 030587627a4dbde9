"""Places that stock lies at. Each change is under the row's lock and version, and audited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from sokoni.audit import service as audit
from sokoni.inventory.errors import LocationNameTaken, LocationNotEmpty
from sokoni.inventory.models import Location, StockLevel
from sokoni.inventory.tasks import RefreshLocation
from sokoni.kernel import ids, jobs
from sokoni.kernel.db import WriteSession, violated
from sokoni.kernel.errors import NotFound, check_version
from sokoni.kernel.ids import new_id

FIELDS = ("name", "code", "priority", "is_active", "address")


async def create_location(
    tx: WriteSession,
    *,
    name: str,
    code: str,
    actor: str,
    now: datetime,
    priority: int = 0,
    is_active: bool = True,
    address: Mapping[str, Any] | None = None,
) -> UUID:
    """Open a location; the lowest priority is served from first. Raises LocationNameTaken."""
    location = Location(
        id=new_id(),
        name=name,
        code=code,
        priority=priority,
        is_active=is_active,
        address=dict(address) if address else None,
    )
    tx.add(location)
    await _flush(tx)
    await _note(tx, location, "created", before=None, after=_values(location), actor=actor, now=now)
    return location.id


async def change_location(
    tx: WriteSession,
    location_id: UUID,
    *,
    fields: Mapping[str, object],
    version: int | None,
    actor: str,
    now: datetime,
) -> None:
    """Change some fields. Raises NotFound, Stale, LocationNameTaken.

    Closing or opening one changes what can be bought; a job tells the catalogue.
    """
    location = await _take(tx, location_id, version=version)
    before = {name: getattr(location, name) for name in fields}
    if all(before[name] == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(location, name, value)
    location.version += 1
    await _flush(tx)
    if before.get("is_active", location.is_active) != location.is_active:
        task = RefreshLocation(location_id=location.id)
        await jobs.enqueue(tx, task, dedup_key=f"{task.name}:{location.id}")
    await _note(tx, location, "changed", before=before, after=fields, actor=actor, now=now)


async def delete_location(
    tx: WriteSession, location_id: UUID, *, version: int | None, actor: str, now: datetime
) -> None:
    """Delete a location that never had stock. Raises NotFound, Stale, LocationNotEmpty."""
    location = await _take(tx, location_id, version=version)
    if await tx.scalar(select(exists().where(StockLevel.location_id == location_id))):
        raise LocationNotEmpty
    before = _values(location)
    await tx.delete(location)
    await tx.flush()
    await _note(tx, location, "deleted", before=before, after=None, actor=actor, now=now)


async def _take(tx: WriteSession, location_id: UUID, *, version: int | None) -> Location:
    location = await tx.get(Location, location_id, with_for_update=True)
    if location is None:
        raise NotFound
    check_version(version, location.version)
    return location


async def _flush(tx: WriteSession) -> None:
    try:
        await tx.flush()
    except IntegrityError as error:
        if violated(error, "locations_name_key") or violated(error, "locations_code_key"):
            raise LocationNameTaken from error
        raise


async def _note(
    tx: WriteSession,
    location: Location,
    verb: str,
    *,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    actor: str,
    now: datetime,
) -> None:
    await audit.record(
        tx,
        actor=actor,
        action=f"location.{verb}",
        subject=ids.encode("loc", location.id),
        before=before,
        after=after,
        now=now,
    )


def _values(location: Location) -> dict[str, object]:
    return {name: getattr(location, name) for name in FIELDS}
