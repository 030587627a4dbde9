"""Somebody of the shop's staff: moves paid orders along by hand, and now and then cancels one.

So that orders change under their buyers' hands, and refunds are also asked for by the shop.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from chaos.buyers.door import Door, GaveUp
from chaos.journal import Journal, Json
from sokoni.apps.platform import administrators
from sokoni.kernel.errors import Conflict

EMAIL, PASSWORD = "staff@example.com", "a long enough secret of staff"
PAUSE = 1.5  # seconds between two orders, on average
CANCELS = 0.15  # share of the orders
NEXT = {"confirmed": "processing", "processing": "shipped", "shipped": "delivered"}


@dataclass(slots=True)
class Staff:
    door: Door
    journal: Journal
    headers: dict[str, str] = field(default_factory=dict)

    async def work(self, stop: asyncio.Event) -> None:
        """Until `stop`."""
        while not stop.is_set():
            with suppress(GaveUp):
                await self._look_after_one()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.door.dice.expovariate(1 / PAUSE))

    async def _look_after_one(self) -> None:
        if not self.headers and not await self._sign_in():
            return
        answer = await self.door.get(
            "/admin/orders?payment_status=paid&limit=40", headers=self.headers
        )
        if answer.status == 401:
            self.headers = {}
        orders = [one for one in answer.body.get("items", ()) if one["status"] in NEXT]
        if orders:
            await self._move(self.door.dice.choice(orders))

    async def _move(self, order: Json) -> None:
        to = NEXT[order["status"]]
        if order["status"] != "shipped" and self.door.dice.random() < CANCELS:
            to = "cancelled"
            self.journal.asked_to_cancel(buyer="staff", order_id=order["id"])
        await self.door.post(
            f"/admin/orders/{order['id']}/status",
            headers={**self.headers, "If-Match": f'"{order["version"]}"'},
            json={"status": to},
        )

    async def _sign_in(self) -> bool:
        who = {"email": EMAIL, "password": PASSWORD}
        answer = await self.door.post("/auth/login", headers={}, json=who)
        if answer.is_good:
            self.headers = {"Authorization": f"Bearer {answer.body['access_token']}"}
        return answer.is_good


async def hired(database_url: str) -> None:
    """Make the administrator's account, straight at the database."""
    with suppress(Conflict):  # hired before
        await administrators.create(database_url, email=EMAIL, password=PASSWORD, name="Staff")
