"""Who is calling, and who may call what.

Each route takes exactly one of the `Access` values below as a dependency (on its router or as a
parameter); `routing.Route` refuses to be built without one, so nothing is open by accident. What
a caller may do to *this* order or cart is decided in the service, by owner or token.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Protocol
from uuid import UUID

from fastapi import Depends, Request

from sokoni.kernel.errors import Forbidden, Unauthorized
from sokoni.kernel.resources import Resources


class Permission(StrEnum):
    """What a role may contain. `*` contains them all."""

    ALL = "*"
    CATALOG_READ = "catalog:read"
    CATALOG_WRITE = "catalog:write"
    INVENTORY_READ = "inventory:read"
    INVENTORY_WRITE = "inventory:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    ORDERS_CREATE = "orders:create"
    ORDERS_REFUND = "orders:refund"
    PAYMENTS_READ = "payments:read"
    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    ANALYTICS_READ = "analytics:read"
    MARKETS_WRITE = "markets:write"
    STAFF_WRITE = "staff:write"
    AUDIT_READ = "audit:read"
    OPERATIONS_READ = "operations:read"
    OPERATIONS_WRITE = "operations:write"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at the door: a user, a server with a key, or a guest with tokens."""

    user_id: UUID | None = None
    session_id: UUID | None = None
    api_key_id: UUID | None = None
    email: str | None = None
    permissions: frozenset[str] = field(default=frozenset())
    cart_token: str | None = None
    order_token: str | None = None

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions or Permission.ALL in self.permissions

    @property
    def is_known(self) -> bool:
        return self.user_id is not None or self.api_key_id is not None

    @property
    def own_id(self) -> UUID:
        """The user's id, behind `AsUser`, which lets only users in."""
        assert self.user_id is not None
        return self.user_id

    @property
    def actor(self) -> str:
        """Who did it, for the timeline and the audit log."""
        if self.user_id is not None:
            return f"user:{self.user_id}"
        return f"key:{self.api_key_id}" if self.api_key_id is not None else "guest"


class Authenticator(Protocol):
    """Implemented by `identity`: turns credentials into callers, None when they are not good."""

    async def user(self, access_token: str) -> Caller | None: ...

    async def server(self, api_key: str) -> Caller | None: ...


class Access:
    """One answer to "who may call this?"; also a FastAPI dependency that gives the caller."""

    security: ClassVar[list[dict[str, list[str]]]] = []

    def __init__(self, label: str) -> None:
        self.label = label

    async def __call__(self, request: Request) -> Caller:
        caller = await self.identify(request)
        self.check(request, caller)
        request.state.caller = caller
        return caller

    async def identify(self, request: Request) -> Caller:
        found = await _credentials(request)
        headers = request.headers
        return Caller(
            user_id=found.user_id,
            session_id=found.session_id,
            api_key_id=found.api_key_id,
            email=found.email,
            permissions=found.permissions,
            cart_token=headers.get("x-cart-token"),
            order_token=headers.get("x-order-token"),
        )

    def check(self, request: Request, caller: Caller) -> None:
        """Raise when this caller may not use the route at all."""


class Public(Access):
    """Anybody; credentials are not even looked at, so answers may be shared and cached."""

    async def identify(self, request: Request) -> Caller:
        return Caller()


class Buyer(Access):
    """Anybody, as themselves: the service decides by owner, cart token or order token."""

    security: ClassVar = [{}, {"bearer": []}, {"cartToken": []}, {"orderToken": []}]


class User(Access):
    """A signed-in user."""

    security: ClassVar = [{"bearer": []}]

    def check(self, request: Request, caller: Caller) -> None:
        if caller.user_id is None:
            raise Unauthorized


class Staff(Access):
    """A signed-in user with the permission."""

    security: ClassVar = [{"bearer": []}]

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"staff:{permission}")
        self.permission = permission

    def check(self, request: Request, caller: Caller) -> None:
        if not caller.is_known:
            raise Unauthorized
        if not caller.may(self.permission):
            raise Forbidden(f"This needs the permission {self.permission}.")


class AnyStaff(Access):
    """A signed-in user with any permission at all; what is answered depends on which."""

    security: ClassVar = [{"bearer": []}]

    def check(self, request: Request, caller: Caller) -> None:
        if not caller.is_known:
            raise Unauthorized
        if not caller.permissions:
            raise Forbidden("This is for staff.")


class Server(Staff):
    """A server key or a signed-in user with the permission."""

    security: ClassVar = [{"apiKey": []}, {"bearer": []}]

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission)
        self.label = f"server:{permission}"


class Purchaser(Buyer):
    """Anybody who may check out: with `CHECKOUT_API_KEY` set, only its holders and users."""

    security: ClassVar = [{}, {"bearer": []}, {"cartToken": []}, {"apiKey": []}]

    async def identify(self, request: Request) -> Caller:
        wanted = request.app.state.settings.checkout_api_key
        sent = request.headers.get("x-api-key")
        if (
            wanted
            and sent
            and hmac.compare_digest(sent.encode(), wanted.get_secret_value().encode())
        ):
            request.state.checkout_key = True
        return await super().identify(request)

    def check(self, request: Request, caller: Caller) -> None:
        wanted = request.app.state.settings.checkout_api_key
        if caller.api_key_id is not None and not caller.may(Permission.ORDERS_CREATE):
            raise Forbidden(f"This needs the permission {Permission.ORDERS_CREATE}.")
        if wanted and not caller.is_known and not getattr(request.state, "checkout_key", False):
            raise Unauthorized("Checking out here needs an API key or a signed-in user.")


class ServerOrUser(Purchaser):
    """A signed-in user or a server with a key: no guests."""

    security: ClassVar = [{"bearer": []}, {"apiKey": []}]

    def check(self, request: Request, caller: Caller) -> None:
        super().check(request, caller)
        if not caller.is_known and not getattr(request.state, "checkout_key", False):
            raise Unauthorized


PUBLIC = Public("public")
BUYER = Buyer("buyer")
USER = User("user")
ANY_STAFF = AnyStaff("staff")
PURCHASER = Purchaser("purchaser")
SERVER_OR_USER = ServerOrUser("server-or-user")

AsBuyer = Annotated[Caller, Depends(BUYER)]
AsUser = Annotated[Caller, Depends(USER)]
AsAnyStaff = Annotated[Caller, Depends(ANY_STAFF)]
AsPurchaser = Annotated[Caller, Depends(PURCHASER)]
AsServerOrUser = Annotated[Caller, Depends(SERVER_OR_USER)]


async def _credentials(request: Request) -> Caller:
    """The caller behind `Authorization` or `X-API-Key`; a bad credential is never ignored."""
    resources: Resources = request.app.state.resources
    authenticator = resources.get(Authenticator)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        found = await authenticator.user(token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise Unauthorized("The access token is not valid (any more): refresh it or sign in.")
        return found
    api_key = request.headers.get("x-api-key")
    if api_key and not getattr(request.state, "checkout_key", False):
        found = await authenticator.server(api_key)
        if found is None:
            raise Unauthorized("The API key is not valid.")
        return found
    return Caller()


def declared(dependencies: Iterable[Any]) -> Access | None:
    """The access that a route's dependency tree declares, if any."""
    for dependency in dependencies:
        if isinstance(dependency.call, Access):
            return dependency.call
    return None
