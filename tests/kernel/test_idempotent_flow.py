"""A flow's key: claimed in its first transaction, kept with its answer, forgotten on an error."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from sokoni.kernel import clock as clocks
from sokoni.kernel.db import Database
from sokoni.kernel.idempotency import RequestInProgress, claim
from sokoni.kernel.idempotent_flow import conclude, idempotent
from sokoni.kernel.ids import new_id
from sokoni.kernel.keyed import Keyed

KEYED = Keyed(
    scope="guest",
    method="POST",
    path="/things",
    key="k1",
    fingerprint=b"body",
    worker=1 << 40,
    now=clocks.SystemClock().now(),
)


async def states(db: Database) -> list[str]:
    async with db.reading() as reading:
        rows = await reading.scalars(text("SELECT state FROM kernel.idempotency_keys"))
        return list(rows.all())


async def begin(db: Database, keyed: Keyed = KEYED) -> None:
    """Another process claims the key and stops there."""
    async with db.transaction() as tx:
        await claim(tx, keyed, order_id=new_id())


async def test_the_answer_is_kept_and_given_again(db: Database) -> None:
    async with idempotent(db, KEYED) as attempt:
        async with db.transaction() as tx:
            await attempt.claim(tx)
        first = await conclude(db, attempt, status=201, body=b'{"id": 1}')

    async with idempotent(db, KEYED) as again:
        assert again.answer is not None
        assert (again.answer.status, again.answer.body) == (201, first.body)


async def test_a_flow_that_fails_leaves_no_key_behind(db: Database) -> None:
    async def fail() -> None:
        async with idempotent(db, KEYED) as attempt:
            async with db.transaction() as tx:
                await attempt.claim(tx)
            raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        await fail()

    assert await states(db) == []
    async with idempotent(db, KEYED) as again:
        assert (again.answer, again.is_resumed) == (None, False)


async def test_a_try_that_a_crash_interrupted_is_resumed_with_its_order(db: Database) -> None:
    await begin(db)

    async with idempotent(db, replace(KEYED, worker=KEYED.worker + 1)) as attempt:
        assert attempt.is_resumed
        assert attempt.order_id is not None
        await conclude(db, attempt, status=200, body=b"{}")

    assert await states(db) == ["done"]


async def test_a_twin_that_claims_first_wins_and_the_other_is_told(db: Database) -> None:
    async def lose() -> None:
        async with idempotent(db, KEYED) as attempt:
            await begin(db, replace(KEYED, worker=KEYED.worker + 1))
            async with db.transaction() as tx:
                await attempt.claim(tx)

    with pytest.raises(RequestInProgress):
        await lose()

    assert await states(db) == ["in_progress"]  # the twin's, untouched


async def test_without_a_key_nothing_is_kept(db: Database) -> None:
    async with idempotent(db, None) as attempt:
        async with db.transaction() as tx:
            await attempt.claim(tx)
        await conclude(db, attempt, status=200, body=b"{}")

    assert await states(db) == []
