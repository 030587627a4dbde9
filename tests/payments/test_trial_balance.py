"""The trial balance adds the ledger up, and comes to zero in each currency."""

from datetime import timedelta

from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from tests.cart.factories import filled
from tests.checkout.factories import bought, cancel
from tests.identity.factories import staff
from tests.markets import factories as markets

PATH = "/api/v1/admin/ledger/trial-balance"


async def test_debits_and_credits_are_equal(
    client: AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    shop = await markets.shop(db)
    await bought(client, await filled(client, db, shop=shop))
    between = clock.now()
    clock.advance(timedelta(minutes=1))
    refunded = await bought(client, await filled(client, db, shop=shop))
    assert (await cancel(client, refunded)).status_code == 200
    headers = await staff(client, db, Permission.PAYMENTS_READ)

    now = (await client.get(PATH, headers=headers)).json()
    earlier = (await client.get(PATH, params={"at": between.isoformat()}, headers=headers)).json()

    (euros,) = now["items"]
    accounts = {each["account"]: each for each in euros["accounts"]}
    assert now["is_balanced"] is True
    assert (euros["currency"], euros["total"]) == ("EUR", 0)
    assert euros["debit"] == euros["credit"]
    assert accounts["provider:mock"]["balance"] == 2 * 1999 + 490
    assert (accounts["provider:mock"]["debit"], accounts["provider:mock"]["credit"]) == (
        2 * (2 * 1999 + 490),
        2 * 1999 + 490,
    )
    assert accounts["tax"]["balance"] == -(666 + 82)
    assert accounts["sales"]["balance"] == -(2 * 1999 - 666)
    then = {each["account"]: each["balance"] for each in earlier["items"][0]["accounts"]}
    assert then == {account: each["balance"] for account, each in accounts.items()}


async def test_an_empty_ledger_balances(client: AsyncClient, db: Database) -> None:
    headers = await staff(client, db, Permission.PAYMENTS_READ)

    assert (await client.get(PATH, headers=headers)).json()["items"] == []
    clerk = await staff(client, db, Permission.ORDERS_READ)
    assert (await client.get(PATH, headers=clerk)).status_code == 403
