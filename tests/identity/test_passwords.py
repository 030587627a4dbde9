"""Hashing: the parameters in production, the same work for everybody, better ones over time."""

import asyncio
from threading import Event

import pytest
from httpx import AsyncClient
from sqlalchemy import text, update

from sokoni.identity import passwords
from sokoni.identity.models import User
from sokoni.identity.passwords import UNUSABLE, PasswordHasher, Verdict
from sokoni.kernel.db import Database
from sokoni.kernel.errors import Unavailable
from tests.identity.factories import PASSWORD, person


async def test_a_shop_hashes_as_owasp_advises() -> None:
    hasher = PasswordHasher()

    stored = await hasher.hash(PASSWORD)

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await hasher.verify(PASSWORD, stored) == Verdict(is_right=True)
    assert await hasher.verify("wrong", stored) == Verdict(is_right=False)
    await hasher.close()


@pytest.mark.parametrize("stored", [None, UNUSABLE, "", "plain", "$argon2id$broken"])
async def test_no_password_fits_what_is_no_hash(stored: str | None) -> None:
    hasher = PasswordHasher(time_cost=1, memory_kib=8)

    for password in ("nobody has this password", "", "!", "plain"):
        assert not (await hasher.verify(password, stored)).is_right
    await hasher.close()


@pytest.mark.parametrize("stored", [None, UNUSABLE])
async def test_an_unknown_user_costs_as_much_as_a_known_one(
    stored: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = PasswordHasher(time_cost=1, memory_kib=8)
    compared: list[str] = []
    monkeypatch.setattr(hasher, "_argon2", _Counting(hasher._argon2, compared))

    await hasher.verify("x", stored)
    await hasher.verify("x", await hasher.hash("y"))

    unknown, known = compared
    assert unknown.rsplit("$", 2)[0] == known.rsplit("$", 2)[0]
    await hasher.close()


async def test_a_sign_in_renews_a_hash_of_older_parameters(
    client: AsyncClient, db: Database
) -> None:
    asha = await person(client)
    older = PasswordHasher(time_cost=2, memory_kib=8)
    async with db.transaction() as tx:
        await tx.execute(update(User).values(password_hash=await older.hash(PASSWORD)))
    await older.close()

    credentials = {"email": asha.email, "password": PASSWORD}
    for _ in range(2):
        assert (await client.post("/api/v1/auth/login", json=credentials)).status_code == 200

    async with db.reading() as reading:
        stored = await reading.scalar(text("SELECT password_hash FROM identity.users"))
        assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")


async def test_a_crowd_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAITING", 3)
    hasher = PasswordHasher(time_cost=1, memory_kib=8, threads=1)
    go = Event()
    hasher._pool.submit(go.wait)

    first = [asyncio.ensure_future(hasher.hash("x")) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await hasher.hash("x")
    go.set()
    await asyncio.gather(*first)

    assert (await hasher.hash("x")).startswith("$argon2id$")
    await hasher.close()


class _Counting:
    """argon2 that notes which hashes it was asked to compare with."""

    def __init__(self, real: object, compared: list[str]) -> None:
        self._real = real
        self._compared = compared

    def verify(self, stored: str, password: str) -> object:
        self._compared.append(stored)
        return self._real.verify(stored, password)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)
