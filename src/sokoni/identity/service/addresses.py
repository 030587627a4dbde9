"""A customer's address book. One lock per customer keeps one default and the limit."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from sokoni.identity import queries
from sokoni.identity.errors import TooManyAddresses
from sokoni.identity.models import SavedAddress, User
from sokoni.kernel.db import WriteSession, lock
from sokoni.kernel.errors import NotFound, check_version
from sokoni.kernel.ids import new_id

MOST = 50


@dataclass(frozen=True, slots=True)
class AddressFields:
    """A postal address."""

    name: str
    line1: str
    city: str
    country: str
    company: str | None = None
    line2: str | None = None
    state: str | None = None
    postal_code: str | None = None
    phone: str | None = None


async def lock_addresses(tx: WriteSession, *, user_id: UUID) -> None:
    """Queue behind anybody who changes this customer's address book."""
    await lock(tx, "identity.addresses", user_id)


async def add_address(
    tx: WriteSession, *, user_id: UUID, fields: AddressFields, is_default: bool, now: datetime
) -> SavedAddress:
    """Put an address into the book; the first is the default.

    Raises TooManyAddresses, and NotFound when the account has just been deleted.
    """
    await lock_addresses(tx, user_id=user_id)
    count = await tx.scalar(
        select(func.count(SavedAddress.id))
        .select_from(User)
        .outerjoin(SavedAddress, SavedAddress.user_id == User.id)
        .where(User.id == user_id, User.is_active)
        .group_by(User.id)
    )
    if count is None:
        raise NotFound
    if count >= MOST:
        raise TooManyAddresses
    if is_default:
        await _no_default(tx, user_id=user_id)
    address = SavedAddress(
        id=new_id(),
        user_id=user_id,
        is_default=is_default or count == 0,
        created_at=now,
        version=1,
        **asdict(fields),
    )
    tx.add(address)
    await tx.flush()
    return address


async def change_address(
    tx: WriteSession,
    *,
    user_id: UUID,
    address_id: UUID,
    changes: dict[str, Any],
    version: int | None,
) -> SavedAddress:
    """Set these columns of an address. Raises NotFound and Stale."""
    await lock_addresses(tx, user_id=user_id)
    address = await queries.address(tx, user_id=user_id, address_id=address_id)
    check_version(version, address.version)
    if changes.get("is_default"):
        await _no_default(tx, user_id=user_id)
    await tx.execute(
        update(SavedAddress)
        .where(SavedAddress.id == address_id)
        .values(version=SavedAddress.version + 1, **changes)
    )
    await tx.refresh(address)
    return address


async def delete_address(
    tx: WriteSession, *, user_id: UUID, address_id: UUID, version: int | None
) -> None:
    """Take an address out of the book. Raises NotFound and Stale."""
    await lock_addresses(tx, user_id=user_id)
    address = await queries.address(tx, user_id=user_id, address_id=address_id)
    check_version(version, address.version)
    gone = await tx.scalar(
        delete(SavedAddress).where(SavedAddress.id == address_id).returning(SavedAddress.id)
    )
    if gone is None:
        raise NotFound


async def _no_default(tx: WriteSession, *, user_id: UUID) -> None:
    await tx.execute(
        update(SavedAddress)
        .where(SavedAddress.user_id == user_id, SavedAddress.is_default)
        .values(is_default=False, version=SavedAddress.version + 1)
    )
