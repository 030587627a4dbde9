"""One's own account: who am I, password, sessions."""

from fastapi import Depends

from sokoni.identity import flows, queries, service
from sokoni.identity.api.device import Keys
from sokoni.identity.errors import LastAdministrator, WrongPassword
from sokoni.identity.queries import Profile
from sokoni.identity.schemas import Erasure, MeChange, PasswordChange, SessionOut
from sokoni.kernel.access import USER, AsUser
from sokoni.kernel.db import Db, Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import SessionId
from sokoni.kernel.limits import limited
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

router = Api(prefix="/auth", tags=["auth"])


@router.get("/me")
async def me(*, caller: AsUser, db: Read) -> Versioned[Profile]:
    """Show the signed-in user's account."""
    return await queries.user(db, caller.own_id)


@router.patch("/me", responses=problem_responses(Stale))
async def change_me(
    *, caller: AsUser, body: MeChange, version: IfMatch, tx: Tx
) -> Versioned[Profile]:
    """Change one's name."""
    if "name" in body.model_fields_set:
        return await service.rename_user(
            tx, user_id=caller.own_id, name=body.name or None, version=version
        )
    return await queries.user(tx, caller.own_id)


@router.delete(
    "/me",
    status_code=204,
    dependencies=[Depends(USER), limited("password", times=10, per=60)],
    responses=problem_responses(WrongPassword, LastAdministrator),
)
async def delete_me(*, caller: AsUser, body: Erasure, db: Db, keys: Keys, now: Now) -> None:
    """Delete one's account: sign out everywhere, and forget name, e-mail and addresses."""
    await flows.erase_account(db, keys, user_id=caller.own_id, password=body.password, now=now)


@router.post(
    "/change-password",
    status_code=204,
    dependencies=[Depends(USER), limited("password", times=10, per=60)],
    responses=problem_responses(WrongPassword),
)
async def change_password(
    *, caller: AsUser, body: PasswordChange, db: Db, keys: Keys, now: Now
) -> None:
    """Change one's password; all other sessions end."""
    await flows.change_password(
        db,
        keys,
        user_id=caller.own_id,
        session_id=caller.session_id,
        current=body.current_password,
        new=body.new_password,
        now=now,
    )


@router.get("/sessions")
async def list_sessions(*, caller: AsUser, db: Read, keys: Keys, now: Now) -> Listed[SessionOut]:
    """List where one is signed in."""
    found = await queries.sessions(db, user_id=caller.own_id, since=now - keys.signing.refresh)
    return Listed(
        items=[
            SessionOut(
                id=session.id,
                user_agent=session.user_agent,
                ip=session.ip,
                created_at=session.created_at,
                last_used_at=session.last_used_at,
                is_current=session.id == caller.session_id,
            )
            for session in found
        ]
    )


@router.delete("/sessions/{session_id}", status_code=204, responses=problem_responses(NotFound))
async def end_session(*, caller: AsUser, session_id: SessionId, tx: Tx, now: Now) -> None:
    """Sign out one device."""
    await service.revoke_session(tx, user_id=caller.own_id, session_id=session_id, now=now)
