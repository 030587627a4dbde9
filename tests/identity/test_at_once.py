"""Two who change people, roles or passwords at once: the second one sees what the first one did."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.identity import queries, service
from sokoni.identity.errors import AdministratorExists, LastAdministrator, RoleInUse
from sokoni.identity.service import Device, Locksmith, Proven, Signed
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.errors import Invalid
from sokoni.kernel.resources import Resources
from sokoni.kernel.worker import Worker
from tests.identity.factories import NOW, OWNER, Person, administrator, member, person
from tests.support.locks import one_before_the_other


async def password_hash(db: Database, who: Person) -> str:
    async with db.reading() as reading:
        return str(
            await reading.scalar(
                text("SELECT password_hash FROM identity.users WHERE id = :id"), {"id": who.id}
            )
        )


async def only_role(db: Database, who: Person) -> UUID:
    async with db.reading() as reading:
        found = await reading.scalars(
            text("SELECT role_id FROM identity.user_roles WHERE user_id = :id"), {"id": who.id}
        )
        return UUID(str(found.one()))


async def empty_role(tx: WriteSession, role_id: UUID) -> None:
    await service.change_role(
        tx, caller=OWNER, role_id=role_id, name=None, permissions=[], version=None, now=NOW
    )


async def give(tx: WriteSession, who: Person, *role_ids: UUID) -> None:
    await service.change_user(
        tx,
        caller=OWNER,
        user_id=who.id,
        is_active=None,
        role_ids=role_ids,
        version=None,
        now=NOW,
    )


async def test_a_change_of_password_ends_a_session_that_is_just_being_opened(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    asha = await person(client)
    resources: Resources = worker.work.resources
    old_hash = await password_hash(db, asha)

    async def sign_in(tx: WriteSession) -> Signed:
        return await service.sign_in(
            tx,
            resources.get(Locksmith),
            proven=Proven(user_id=asha.id, password_hash=old_hash),
            device=Device(None, None),
            now=NOW,
        )

    async def change(tx: WriteSession) -> None:
        await service.change_password(
            tx, user_id=asha.id, old_hash=old_hash, new_hash="another", keep=None, now=NOW
        )

    signed = await one_before_the_other(db, sign_in, change)

    again = await client.post("/api/v1/auth/refresh", json={"refresh_token": signed.refresh_token})
    assert again.status_code == 401


async def test_two_who_empty_the_last_two_roles_with_everything_leave_one(
    client: AsyncClient, db: Database
) -> None:
    first, second = [
        await only_role(db, await member(client, db, Permission.ALL)) for _ in range(2)
    ]

    with pytest.raises(LastAdministrator):
        await one_before_the_other(
            db, lambda tx: empty_role(tx, first), lambda tx: empty_role(tx, second)
        )
    async with db.reading() as reading:
        assert await queries.administrator_exists(reading)


async def test_two_administrators_who_erase_themselves_leave_one(
    client: AsyncClient, db: Database
) -> None:
    first, second = await administrator(client, db), await administrator(client, db)
    hashes = {who.id: await password_hash(db, who) for who in (first, second)}

    async def erase(tx: WriteSession, who: Person) -> None:
        await service.erase_user(tx, user_id=who.id, old_hash=hashes[who.id], now=NOW)

    with pytest.raises(LastAdministrator):
        await one_before_the_other(db, lambda tx: erase(tx, first), lambda tx: erase(tx, second))
    async with db.reading() as reading:
        assert await queries.administrator_exists(reading)


async def test_two_administrators_who_are_deactivated_leave_one(
    client: AsyncClient, db: Database
) -> None:
    first, second = await administrator(client, db), await administrator(client, db)

    async def deactivate(tx: WriteSession, who: Person) -> None:
        await service.change_user(
            tx,
            caller=OWNER,
            user_id=who.id,
            is_active=False,
            role_ids=None,
            version=None,
            now=NOW,
        )

    with pytest.raises(LastAdministrator):
        await one_before_the_other(
            db, lambda tx: deactivate(tx, first), lambda tx: deactivate(tx, second)
        )
    async with db.reading() as reading:
        assert await queries.administrator_exists(reading)


async def test_a_shop_that_is_just_being_claimed_is_claimed_once(db: Database) -> None:
    async def claim(tx: WriteSession, email: str) -> None:
        await service.claim_shop(tx, email=email, password_hash="hash", name=None, now=NOW)

    with pytest.raises(AdministratorExists):
        await one_before_the_other(
            db, lambda tx: claim(tx, "asha@example.com"), lambda tx: claim(tx, "juma@example.com")
        )


async def test_a_role_that_is_just_being_deleted_is_given_to_nobody(
    client: AsyncClient, db: Database
) -> None:
    asha = await person(client)
    async with db.transaction() as tx:
        role = await service.create_role(tx, caller=OWNER, name="Desk", permissions=[], now=NOW)

    with pytest.raises(Invalid, match="no such role"):
        await one_before_the_other(
            db,
            lambda tx: service.delete_role(tx, caller=OWNER, role_id=role.id, now=NOW),
            lambda tx: give(tx, asha, role.id),
        )


async def test_a_role_that_is_just_being_given_is_not_deleted(
    client: AsyncClient, db: Database
) -> None:
    asha = await person(client)
    async with db.transaction() as tx:
        role = await service.create_role(tx, caller=OWNER, name="Desk", permissions=[], now=NOW)

    with pytest.raises(RoleInUse):
        await one_before_the_other(
            db,
            lambda tx: give(tx, asha, role.id),
            lambda tx: service.delete_role(tx, caller=OWNER, role_id=role.id, now=NOW),
        )
    assert await only_role(db, asha) == role.id
