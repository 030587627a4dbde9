"""Registering, staying signed in, signing out.

None of these keeps an `Idempotency-Key`'s answer: it would store tokens. A repeated registration
answers 409, a repeated exchange of a refresh token too.
"""

import hmac
from typing import Annotated

from fastapi import Cookie, Depends, Form, Header, Query, Response

from sokoni.identity import flows, service
from sokoni.identity.api.device import FromDevice, Keys
from sokoni.identity.errors import (
    AdministratorExists,
    EmailTaken,
    InvalidCredentials,
    InvalidRefreshToken,
    RefreshTokenUsed,
    WrongAdminSecret,
)
from sokoni.identity.flows import Newcomer
from sokoni.identity.schemas import AdminRegistration, Logout, PasswordForm, Refresh, Registration
from sokoni.identity.service import COOKIE, Handed, Signed, Tokens
from sokoni.kernel.access import PUBLIC, AsBuyer
from sokoni.kernel.db import Db, Tx
from sokoni.kernel.errors import Unauthorized
from sokoni.kernel.limits import limited
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.settings import Settings

router = Api(prefix="/auth", tags=["auth"])

FetchSite = Annotated[str | None, Header(alias="Sec-Fetch-Site", include_in_schema=False)]
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, max_length=200)]


@router.post(
    "/register",
    status_code=201,
    dependencies=[Depends(PUBLIC), limited("register", times=10, per=60)],
    responses=problem_responses(EmailTaken),
)
async def register(
    *,
    body: Registration,
    response: Response,
    db: Db,
    keys: Keys,
    device: FromDevice,
    now: Now,
    fetch_site: FetchSite = None,
) -> Tokens:
    """Open an account and sign in."""
    newcomer = Newcomer(email=body.email, password=body.password, name=body.name or None)
    signed = await flows.register(db, keys, newcomer=newcomer, device=device, now=now)
    return _answer(response, signed, fetch_site)


@router.post(
    "/admin/register",
    status_code=201,
    dependencies=[Depends(PUBLIC), limited("admin-register", times=5, per=60)],
    responses=problem_responses(WrongAdminSecret, AdministratorExists, EmailTaken),
)
async def register_admin(
    *,
    body: AdminRegistration,
    response: Response,
    db: Db,
    keys: Keys,
    settings: Annotated[Settings, resource(Settings)],
    device: FromDevice,
    now: Now,
    fetch_site: FetchSite = None,
) -> Tokens:
    """Make the first administrator, with the shop's secret."""
    wanted = settings.admin_secret.get_secret_value() if settings.admin_secret else ""
    if not wanted or not hmac.compare_digest(body.admin_secret.encode(), wanted.encode()):
        raise WrongAdminSecret
    newcomer = Newcomer(email=body.email, password=body.password, name=body.name or None)
    signed = await flows.claim_shop(db, keys, newcomer=newcomer, device=device, now=now)
    return _answer(response, signed, fetch_site)


@router.post(
    "/token",
    dependencies=[Depends(PUBLIC), limited("login", times=10, per=60)],
    responses=problem_responses(InvalidCredentials),
)
async def token(
    *,
    form: Annotated[PasswordForm, Form()],
    response: Response,
    db: Db,
    keys: Keys,
    device: FromDevice,
    now: Now,
    fetch_site: FetchSite = None,
) -> Tokens:
    """Sign in by OAuth2's password form; `username` is the e-mail address."""
    signed = await flows.login(
        db, keys, email=form.username, password=form.password, device=device, now=now
    )
    return _answer(response, signed, fetch_site)


@router.post(
    "/refresh",
    dependencies=[Depends(PUBLIC), limited("refresh", times=60, per=60)],
    responses=problem_responses(InvalidRefreshToken, RefreshTokenUsed),
)
async def refresh(
    *,
    body: Refresh | None = None,
    cookie: RefreshCookie = None,
    response: Response,
    db: Db,
    keys: Keys,
    now: Now,
    fetch_site: FetchSite = None,
) -> Tokens:
    """Exchange the refresh token, from the body or else from the cookie.

    Each works once. Of two exchanges at the same time one answers 409, and goes on with the tokens
    of the other. A later second use ends the session.
    """
    sent = body.refresh_token if body is not None else cookie
    if sent is None:
        raise InvalidRefreshToken
    signed = await flows.refresh(db, keys, refresh_token=sent, now=now)
    return _answer(response, signed, fetch_site)


@router.post("/logout", status_code=204, responses=problem_responses(InvalidRefreshToken))
async def logout(
    *,
    caller: AsBuyer,
    everywhere: Annotated[bool, Query(description="End all sessions of the user.")] = False,
    body: Logout | None = None,
    cookie: RefreshCookie = None,
    response: Response,
    tx: Tx,
    now: Now,
) -> None:
    """Sign out, by the access token or else by the refresh token."""
    asked = body or Logout()
    everywhere = everywhere or asked.everywhere
    refresh_token = asked.refresh_token or cookie
    response.headers["Set-Cookie"] = service.refresh_cookie("", seconds=0)
    if caller.user_id is not None and caller.session_id is not None:
        if everywhere:
            await service.revoke_sessions(tx, user_id=caller.user_id, now=now)
        else:
            await service.revoke_session(
                tx, user_id=caller.user_id, session_id=caller.session_id, now=now
            )
    elif refresh_token is not None:
        await service.revoke_by_token(
            tx, refresh_token=refresh_token, everywhere=everywhere, now=now
        )
    else:
        raise Unauthorized


def _answer(response: Response, signed: Signed, fetch_site: str | None) -> Tokens:
    handed: Handed = service.hand_over(signed, fetch_site=fetch_site)
    response.headers.update(handed.headers)
    return handed.tokens
