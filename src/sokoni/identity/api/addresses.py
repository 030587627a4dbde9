"""One's own address book."""

from typing import Any
from uuid import UUID

from sokoni.identity import queries, service
from sokoni.identity.errors import TooManyAddresses
from sokoni.identity.schemas import SavedAddressChange, SavedAddressIn, SavedAddressOut
from sokoni.identity.service import AddressFields
from sokoni.kernel.access import AsUser, Caller
from sokoni.kernel.db import Read, Tx, WriteSession
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import AddressId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

router = Api(prefix="/addresses", tags=["addresses"])


@router.get("")
async def list_addresses(*, caller: AsUser, db: Read) -> Listed[SavedAddressOut]:
    """List one's addresses, the default first."""
    found = await queries.addresses(db, user_id=caller.own_id)
    return Listed(items=[SavedAddressOut.model_validate(address) for address in found])


@router.post("", status_code=201, responses=problem_responses(TooManyAddresses))
async def create(
    *, caller: AsUser, body: SavedAddressIn, tx: Tx, now: Now
) -> Versioned[SavedAddressOut]:
    """Save an address; the first one becomes the default."""
    address = await service.add_address(
        tx,
        user_id=caller.own_id,
        fields=AddressFields(**body.model_dump(exclude={"is_default"})),
        is_default=body.is_default,
        now=now,
    )
    return SavedAddressOut.model_validate(address)


@router.get("/{address_id}", responses=problem_responses(NotFound))
async def read(*, caller: AsUser, address_id: AddressId, db: Read) -> Versioned[SavedAddressOut]:
    """Show one address."""
    address = await queries.address(db, user_id=caller.own_id, address_id=address_id)
    return SavedAddressOut.model_validate(address)


@router.put("/{address_id}", responses=problem_responses(NotFound, Stale))
async def replace(
    *, caller: AsUser, address_id: AddressId, body: SavedAddressIn, version: IfMatch, tx: Tx
) -> Versioned[SavedAddressOut]:
    """Replace an address."""
    return await _changed(tx, caller, address_id, changes=body.model_dump(), version=version)


@router.patch("/{address_id}", responses=problem_responses(NotFound, Stale))
async def change(
    *, caller: AsUser, address_id: AddressId, body: SavedAddressChange, version: IfMatch, tx: Tx
) -> Versioned[SavedAddressOut]:
    """Change some fields of an address."""
    return await _changed(tx, caller, address_id, changes=body.sent(), version=version)


@router.delete("/{address_id}", status_code=204, responses=problem_responses(NotFound, Stale))
async def delete(*, caller: AsUser, address_id: AddressId, version: IfMatch, tx: Tx) -> None:
    """Delete an address."""
    await service.delete_address(tx, user_id=caller.own_id, address_id=address_id, version=version)


async def _changed(
    tx: WriteSession,
    caller: Caller,
    address_id: UUID,
    *,
    changes: dict[str, Any],
    version: int | None,
) -> SavedAddressOut:
    address = await service.change_address(
        tx, user_id=caller.own_id, address_id=address_id, changes=changes, version=version
    )
    return SavedAddressOut.model_validate(address)
