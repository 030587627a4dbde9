"""Making administrators from the command line."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pydantic import TypeAdapter, ValidationError

from sokoni.identity import flows, queries, service
from sokoni.identity.flows import Newcomer
from sokoni.kernel.clock import SystemClock
from sokoni.kernel.db import Database
from sokoni.kernel.errors import Invalid, NotFound
from sokoni.kernel.schemas import Email
from sokoni.kernel.settings import asyncpg_url


def checked_email(text: str) -> str:
    """The address in lower case. Raises Invalid."""
    try:
        return TypeAdapter[str](Email).validate_python(text)
    except ValidationError as error:
        raise Invalid(f"{text!r} is not an e-mail address.") from error


async def create(url: str, *, email: str, password: str, name: str | None) -> None:
    """Make an administrator's account. Raises EmailTaken, and Invalid for a bad password."""
    newcomer = Newcomer(email=email, password=password, name=name)
    async with _database(url) as db:
        try:
            await flows.create_account(
                db, newcomer=newcomer, is_administrator=True, now=SystemClock().now()
            )
        except Invalid as error:
            raise Invalid(f"The password {error.detail}.") from error


async def promote(url: str, *, email: str) -> None:
    """Make an existing, active account an administrator. Raises NotFound."""
    async with _database(url) as db, db.transaction() as tx:
        user = await queries.user_by_email(tx, email)
        if user is None or not user.is_active:
            raise NotFound(f"There is no active account with the address {email}.")
        await service.make_administrator(tx, user_id=user.id, now=SystemClock().now())


@asynccontextmanager
async def _database(url: str) -> AsyncGenerator[Database]:
    db = Database(asyncpg_url(url), pool_size=1, application="sokoni create-admin")
    try:
        yield db
    finally:
        await db.close()
