"""The store's own settings: one row."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from sokoni.audit import service as audit
from sokoni.kernel import signals
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import check_version
from sokoni.markets.models import Store

DEFAULT_NAME = "Sokoni"


async def ensure_store(
    tx: WriteSession,
    *,
    default_currency: str,
    name: str = DEFAULT_NAME,
    country: str | None = None,
    support_email: str | None = None,
) -> bool:
    """Set the store up unless it is; says whether it did."""
    made = await tx.scalar(
        insert(Store)
        .values(
            id=1,
            name=name,
            default_currency=default_currency,
            country=country,
            support_email=support_email,
            version=1,
        )
        .on_conflict_do_nothing()
        .returning(Store.id)
    )
    if made is not None:
        signals.changed(tx, "markets", "products")
    return made is not None


async def change_store(
    tx: WriteSession,
    *,
    fields: Mapping[str, object],
    version: int | None,
    actor: str,
    now: datetime,
) -> None:
    """Change some of name, default_currency, country and support_email of a store that is set up.

    Raises Stale when `version` is an older one.
    """
    store = (await tx.scalars(select(Store).with_for_update())).one()
    check_version(version, store.version)
    before = {name: getattr(store, name) for name in fields}
    if all(before[name] == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(store, name, value)
    store.version += 1
    await tx.flush()
    await audit.record(
        tx,
        actor=actor,
        action="store.changed",
        subject="store",
        before=before,
        after=fields,
        now=now,
    )
    signals.changed(tx, "markets")
    if before.get("default_currency", store.default_currency) != store.default_currency:
        signals.changed(tx, "products")
