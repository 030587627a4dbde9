"""Server keys for staff."""

from typing import Annotated

from fastapi import Depends, Response

from sokoni.identity import flows, queries, service
from sokoni.identity.errors import MoreThanYours
from sokoni.identity.schemas import ApiKeyOut, IssuedKeyOut, NewApiKey
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Db, Read, Tx
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import ApiKeyId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api

STAFF_WRITER = Staff(Permission.STAFF_WRITE)
AsStaffWriter = Annotated[Caller, Depends(STAFF_WRITER)]

router = Api(
    prefix="/admin/api-keys", tags=["admin.api_keys"], dependencies=[Depends(STAFF_WRITER)]
)


@router.get("")
async def list_keys(*, db: Read) -> Listed[ApiKeyOut]:
    """List all server keys, revoked ones too."""
    return Listed(items=[ApiKeyOut.model_validate(key) for key in await queries.api_keys(db)])


@router.post("", status_code=201, responses=problem_responses(MoreThanYours))
async def issue(
    *, caller: AsStaffWriter, body: NewApiKey, response: Response, db: Db, now: Now
) -> IssuedKeyOut:
    """Make a server key, of permissions that you have yourself. Its text is shown this once.

    An `Idempotency-Key` is not kept here: the stored answer would hold the key.
    """
    issued = await flows.issue_key(db, caller=caller, name=body.name, scopes=body.scopes, now=now)
    response.headers["Cache-Control"] = "no-store"
    shown = ApiKeyOut.model_validate(issued.stored)
    return IssuedKeyOut(**shown.model_dump(), key=issued.key)


@router.delete("/{key_id}", status_code=204, responses=problem_responses(NotFound))
async def revoke(*, caller: AsStaffWriter, key_id: ApiKeyId, tx: Tx, now: Now) -> None:
    """Revoke a server key at once."""
    await service.revoke_key(tx, caller=caller, key_id=key_id, now=now)
