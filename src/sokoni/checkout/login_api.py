"""HTTP of signing in with a password: here, because the guest's cart comes along."""

from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import Field

from sokoni.cart import service as carts
from sokoni.cart.errors import CartCompleted
from sokoni.identity import flows as identity_flows
from sokoni.identity import service as identity
from sokoni.identity.errors import InvalidCredentials
from sokoni.identity.service import Device, Locksmith, Signed, Tokens
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.db import Db, WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.limits import client_address, limited
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Body, Email

router = Api(
    prefix="/auth",
    tags=["auth"],
    dependencies=[Depends(PUBLIC), limited("login", times=10, per=60)],
)


class Login(Body):
    """E-mail address and password."""

    email: Email
    password: str = Field(min_length=1, max_length=128, json_schema_extra={"format": "password"})


@router.post("/login", responses=problem_responses(InvalidCredentials))
async def login(
    *,
    body: Login,
    request: Request,
    response: Response,
    db: Db,
    keys: Annotated[Locksmith, resource(Locksmith)],
    now: Now,
    x_cart_token: Annotated[str | None, Header(description="A guest's cart to merge.")] = None,
    sec_fetch_site: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Tokens:
    """Sign in. The cart of a sent `X-Cart-Token` is merged into the account's.

    A token of no open cart is no reason to stay outside: it is ignored.
    """
    device = Device(user_agent=request.headers.get("user-agent"), ip=client_address(request))
    proven = await identity_flows.prove(db, keys, email=body.email, password=body.password)

    async def sign_in(tx: WriteSession) -> Signed:
        if x_cart_token:
            with suppress(NotFound, CartCompleted):
                await carts.merge(tx, guest_token=x_cart_token, user_id=proven.user_id, now=now)
        return await identity.sign_in(tx, keys, proven=proven, device=device, now=now)

    handed = identity.hand_over(await db.run(sign_in), fetch_site=sec_fetch_site)
    response.headers.update(handed.headers)
    return handed.tokens
