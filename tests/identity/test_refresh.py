"""Staying signed in: a refresh token is exchanged once, and a second use ends the session."""

import asyncio
from datetime import timedelta

import pytest
from httpx import AsyncClient
from sqlalchemy import text, update

from sokoni.identity import service
from sokoni.identity.errors import InvalidCredentials
from sokoni.identity.models import User
from sokoni.identity.service import Device, Locksmith, Proven
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.kernel.worker import Worker
from tests.identity.factories import NOW, PASSWORD, administrator, person

AUTH = "/api/v1/auth"


async def refresh(client: AsyncClient, token: str) -> tuple[int, dict[str, str]]:
    answer = await client.post(f"{AUTH}/refresh", json={"refresh_token": token})
    client.cookies.clear()
    return answer.status_code, answer.json()


async def is_signed_in(client: AsyncClient, access_token: str) -> bool:
    answer = await client.get(f"{AUTH}/me", headers={"Authorization": f"Bearer {access_token}"})
    return answer.status_code == 200


async def test_each_refresh_token_gives_the_next(client: AsyncClient) -> None:
    asha = await person(client)

    status, second = await refresh(client, asha.refresh_token)
    assert status == 200
    status, third = await refresh(client, second["refresh_token"])

    assert status == 200
    assert len({asha.refresh_token, second["refresh_token"], third["refresh_token"]}) == 3
    assert await is_signed_in(client, third["access_token"])


async def test_a_token_used_again_later_ends_the_session(
    client: AsyncClient, clock: ShiftedClock, db: Database
) -> None:
    asha = await person(client)
    _, second = await refresh(client, asha.refresh_token)
    clock.advance(timedelta(seconds=11))

    status, problem = await refresh(client, asha.refresh_token)

    assert (status, problem["type"]) == (401, "/problems/invalid-refresh-token")
    assert (await refresh(client, second["refresh_token"]))[0] == 401
    assert not await is_signed_in(client, second["access_token"])
    async with db.reading() as reading:
        logged = await reading.scalars(text("SELECT action FROM audit.log"))
        assert list(logged) == ["session.revoked"]


async def test_a_stolen_token_leaves_other_sessions_alone(
    client: AsyncClient, clock: ShiftedClock
) -> None:
    asha = await person(client)
    credentials = {"email": asha.email, "password": PASSWORD}
    other = (await client.post(f"{AUTH}/login", json=credentials)).json()
    client.cookies.clear()
    await refresh(client, asha.refresh_token)
    clock.advance(timedelta(seconds=11))

    await refresh(client, asha.refresh_token)

    assert await is_signed_in(client, other["access_token"])


async def test_of_eight_exchanges_at_once_exactly_one_wins(
    client: AsyncClient, clock: ShiftedClock
) -> None:
    asha = await person(client)

    answers = await asyncio.gather(*(refresh(client, asha.refresh_token) for _ in range(8)))

    assert sorted(status for status, _ in answers) == [200] + [409] * 7
    assert {body["type"] for status, body in answers if status == 409} == {
        "/problems/refresh-token-used"
    }
    winner = next(body for status, body in answers if status == 200)
    assert await is_signed_in(client, winner["access_token"])
    assert (await refresh(client, winner["refresh_token"]))[0] == 200


async def test_this_bench_exchanges_twice_without_the_condition(
    client: AsyncClient, db: Database
) -> None:
    await person(client)
    both_looked = asyncio.Barrier(2)

    async def naive() -> bool:
        async with db.transaction() as tx:
            used = await tx.scalar(text("SELECT used_at FROM identity.refresh_tokens"))
            await both_looked.wait()
            await tx.execute(text("UPDATE identity.refresh_tokens SET used_at = now()"))
            return used is None

    assert all(await asyncio.gather(naive(), naive()))


async def test_a_browser_refreshes_by_its_cookie(client: AsyncClient) -> None:
    asha = await person(client)
    headers = {"Cookie": f"refresh_token={asha.refresh_token}", "Sec-Fetch-Site": "same-origin"}

    answer = await client.post(f"{AUTH}/refresh", headers=headers)

    assert answer.status_code == 200
    assert answer.json()["refresh_token"] is None
    assert asha.refresh_token not in answer.headers["set-cookie"]


async def test_no_token_or_an_unknown_one_is_refused(client: AsyncClient) -> None:
    missing = await client.post(f"{AUTH}/refresh")

    assert missing.status_code == 401
    assert (await refresh(client, "made-up"))[0] == 401


async def test_a_refresh_token_expires(client: AsyncClient, clock: ShiftedClock) -> None:
    asha = await person(client)

    clock.advance(timedelta(days=30, seconds=1))

    assert (await refresh(client, asha.refresh_token))[0] == 401


@pytest.mark.parametrize("by", ["access token", "refresh token", "cookie"])
async def test_somebody_signs_out(client: AsyncClient, by: str) -> None:
    asha = await person(client)

    match by:
        case "access token":
            answer = await client.post(f"{AUTH}/logout", headers=asha.headers)
        case "refresh token":
            body = {"refresh_token": asha.refresh_token}
            answer = await client.post(f"{AUTH}/logout", json=body)
        case _:
            cookie = {"Cookie": f"refresh_token={asha.refresh_token}"}
            answer = await client.post(f"{AUTH}/logout", headers=cookie)

    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert not await is_signed_in(client, asha.access_token)
    assert (await refresh(client, asha.refresh_token))[0] == 401


async def test_nobody_cannot_sign_out(client: AsyncClient) -> None:
    assert (await client.post(f"{AUTH}/logout")).status_code == 401


@pytest.mark.parametrize(
    ("query", "body", "others_stay"),
    [
        ("", None, True),
        ("?everywhere=false", {"everywhere": False}, True),
        ("?everywhere=true", None, False),
        ("", {"everywhere": True}, False),
    ],
)
async def test_signing_out_everywhere_ends_all_sessions(
    client: AsyncClient, query: str, body: dict[str, bool] | None, others_stay: object
) -> None:
    asha, juma = await person(client), await person(client)
    credentials = {"email": asha.email, "password": PASSWORD}
    other = (await client.post(f"{AUTH}/login", json=credentials)).json()
    client.cookies.clear()

    await client.post(f"{AUTH}/logout{query}", json=body, headers=asha.headers)

    assert not await is_signed_in(client, asha.access_token)
    assert await is_signed_in(client, other["access_token"]) is others_stay
    assert await is_signed_in(client, juma.access_token)


async def test_a_deactivated_user_is_out_at_once(client: AsyncClient, db: Database) -> None:
    owner, asha = await administrator(client, db), await person(client)

    await client.patch(
        f"/api/v1/admin/users/{asha.wire_id}", json={"is_active": False}, headers=owner.headers
    )

    assert not await is_signed_in(client, asha.access_token)
    assert (await refresh(client, asha.refresh_token))[0] == 401
    credentials = {"email": asha.email, "password": PASSWORD}
    assert (await client.post(f"{AUTH}/login", json=credentials)).status_code == 401


async def test_a_password_proven_before_its_change_opens_nothing(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    asha = await person(client)
    resources: Resources = worker.work.resources
    locksmith = resources.get(Locksmith)
    async with db.reading() as reading:
        old_hash = await reading.scalar(text("SELECT password_hash FROM identity.users"))
    proven = Proven(user_id=asha.id, password_hash=old_hash)
    async with db.transaction() as tx:
        await tx.execute(update(User).values(password_hash="another"))

    with pytest.raises(InvalidCredentials):
        async with db.transaction() as tx:
            await service.sign_in(tx, locksmith, proven=proven, device=Device(None, None), now=NOW)


async def test_sessions_that_nothing_can_continue_are_forgotten(
    client: AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    await person(client)
    clock.advance(timedelta(days=20))
    kept = await person(client)
    clock.advance(timedelta(days=11))

    async with db.transaction() as tx:
        await service.forget_old_sessions(tx, now=clock.now(), life=timedelta(days=30))

    async with db.reading() as reading:
        left = await reading.scalars(text("SELECT user_id FROM identity.sessions"))
        assert list(left) == [kept.id]
        assert await reading.scalar(text("SELECT count(*) FROM identity.refresh_tokens")) == 1
