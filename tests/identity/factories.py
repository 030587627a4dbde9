"""People for tests: `await signed_in(client)`, `await staff(client, db, Permission.X)`.

Both give request headers. `person` gives the whole: id, e-mail, password, tokens.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from httpx import AsyncClient

from sokoni.identity import service
from sokoni.kernel.access import Caller, Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode

PASSWORD = "seven-wet-mangoes"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
OWNER = Caller(permissions=frozenset({"*"}))

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has registered and is signed in."""

    id: UUID
    wire_id: str
    email: str
    access_token: str
    refresh_token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access_token}"}


async def person(client: AsyncClient, *, email: str | None = None) -> Person:
    """Register somebody over HTTP."""
    address = email or f"person{next(_numbers)}@example.com"
    body = {"email": address, "password": PASSWORD, "name": "Asha Mrema"}
    response = await client.post("/api/v1/auth/register", json=body)
    assert response.status_code == 201, response.text
    client.cookies.clear()
    tokens = response.json()
    user_id = decode("usr", tokens["user"]["id"])
    assert user_id is not None
    return Person(
        id=user_id,
        wire_id=tokens["user"]["id"],
        email=address,
        access_token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
    )


async def signed_in(client: AsyncClient, *, email: str | None = None) -> dict[str, str]:
    """The headers of a new customer."""
    return (await person(client, email=email)).headers


async def staff(
    client: AsyncClient, db: Database, *permissions: Permission, email: str | None = None
) -> dict[str, str]:
    """The headers of a new member of staff with exactly these permissions."""
    return (await member(client, db, *permissions, email=email)).headers


async def member(
    client: AsyncClient, db: Database, *permissions: Permission, email: str | None = None
) -> Person:
    """A new member of staff with exactly these permissions, in a role of their own."""
    made = await person(client, email=email)
    async with db.transaction() as tx:
        role = await service.create_role(
            tx, caller=OWNER, name=f"Role of {made.email}", permissions=permissions, now=NOW
        )
        await service.change_user(
            tx,
            caller=OWNER,
            user_id=made.id,
            is_active=None,
            role_ids=[role.id],
            version=None,
            now=NOW,
        )
    return made


async def administrator(client: AsyncClient, db: Database, *, email: str | None = None) -> Person:
    """A new administrator."""
    made = await person(client, email=email)
    async with db.transaction() as tx:
        await service.make_administrator(tx, user_id=made.id, now=NOW)
    return made


async def server_key(db: Database, *scopes: Permission) -> dict[str, str]:
    """The headers of a server with a new key of exactly these scopes."""
    async with db.transaction() as tx:
        issued = await service.issue_key(
            tx, caller=OWNER, name="Test server", scopes=scopes, now=NOW
        )
    return {"X-API-Key": issued.key}
