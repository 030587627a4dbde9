"""Signing in with a password. The cart that comes along is merged where carts are known."""

from typing import Annotated

from fastapi import Depends, Header, Response

from sokoni.identity import flows, service
from sokoni.identity.api.device import FromDevice, Keys
from sokoni.identity.errors import InvalidCredentials
from sokoni.identity.schemas import Login
from sokoni.identity.service import Tokens
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.db import Db
from sokoni.kernel.limits import limited
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api

router = Api(
    prefix="/auth",
    tags=["auth"],
    dependencies=[Depends(PUBLIC), limited("login", times=10, per=60)],
)


@router.post("/login", responses=problem_responses(InvalidCredentials))
async def login(
    *,
    body: Login,
    response: Response,
    db: Db,
    keys: Keys,
    device: FromDevice,
    now: Now,
    sec_fetch_site: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Tokens:
    """Sign in."""
    signed = await flows.login(
        db, keys, email=body.email, password=body.password, device=device, now=now
    )
    handed = service.hand_over(signed, fetch_site=sec_fetch_site)
    response.headers.update(handed.headers)
    return handed.tokens
