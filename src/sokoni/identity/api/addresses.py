"""One's own address book."""

from fastapi import Response

from sokoni.identity import queries, service
from sokoni.identity.errors import TooManyAddresses
from sokoni.identity.schemas import SavedAddressChange, SavedAddressIn, SavedAddressOut
from sokoni.identity.service import AddressFields
from sokoni.kernel.access import AsUser
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import AddressId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, with_version

router = Api(prefix="/addresses", tags=["addresses"])


@router.get("")
async def list_addresses(*, caller: AsUser, db: Read) -> Listed[SavedAddressOut]:
    """List one's addresses, the default first."""
    assert caller.user_id is not None
    found = await queries.addresses(db, user_id=caller.user_id)
    return Listed(items=[SavedAddressOut.model_validate(address) for address in found])


@router.post("", status_code=201, responses=problem_responses(TooManyAddresses))
async def create(
    *, caller: AsUser, body: SavedAddressIn, response: Response, tx: Tx, now: Now
) -> SavedAddressOut:
    """Save an address; the first one becomes the default."""
    assert caller.user_id is not None
    address = await service.add_address(
        tx,
        user_id=caller.user_id,
        fields=AddressFields(**body.model_dump(exclude={"is_default"})),
        is_default=body.is_default,
        now=now,
    )
    with_version(response, address.version)
    return SavedAddressOut.model_validate(address)


@router.get("/{address_id}", responses=problem_responses(NotFound))
async def read(
    *, caller: AsUser, address_id: AddressId, response: Response, db: Read
) -> SavedAddressOut:
    """Show one address."""
    assert caller.user_id is not None
    address = await queries.address(db, user_id=caller.user_id, address_id=address_id)
    with_version(response, address.version)
    return SavedAddressOut.model_validate(address)


@router.put("/{address_id}", responses=problem_responses(NotFound, Stale))
async def replace(
    *,
    caller: AsUser,
    address_id: AddressId,
    body: SavedAddressIn,
    version: IfMatch,
    response: Response,
    tx: Tx,
) -> SavedAddressOut:
    """Replace an address."""
    assert caller.user_id is not None
    address = await service.change_address(
        tx,
        user_id=caller.user_id,
        address_id=address_id,
        changes=body.model_dump(),
        version=version,
    )
    with_version(response, address.version)
    return SavedAddressOut.model_validate(address)


@router.patch("/{address_id}", responses=problem_responses(NotFound, Stale))
async def change(
    *,
    caller: AsUser,
    address_id: AddressId,
    body: SavedAddressChange,
    version: IfMatch,
    response: Response,
    tx: Tx,
) -> SavedAddressOut:
    """Change some fields of an address."""
    assert caller.user_id is not None
    address = await service.change_address(
        tx,
        user_id=caller.user_id,
        address_id=address_id,
        changes=body.model_dump(exclude_unset=True),
        version=version,
    )
    with_version(response, address.version)
    return SavedAddressOut.model_validate(address)


@router.delete("/{address_id}", status_code=204, responses=problem_responses(NotFound, Stale))
async def delete(*, caller: AsUser, address_id: AddressId, version: IfMatch, tx: Tx) -> None:
    """Delete an address."""
    assert caller.user_id is not None
    await service.delete_address(tx, user_id=caller.user_id, address_id=address_id, version=version)
