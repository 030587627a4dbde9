"""One buyer: who they are, what they carry, and the few things every story is made of."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from chaos.buyers.bank import VISA, Bank, Outcome
from chaos.buyers.door import Answer, Door
from chaos.buyers.shelf import Shelf
from chaos.journal import Journal, Json

PASSWORD = "a long enough secret of chaos"  # noqa: S105 - of made-up people
ADDRESS = {"name": "Asha Mrema", "line1": "12 Long Road", "city": "Somewhere"}
PLACES: tuple[dict[str, str], ...] = (
    {"country": "DE", "postal_code": "10119"},
    {"country": "US", "state": "CA", "postal_code": "94016"},
    {"country": "US", "state": "NY", "postal_code": "10001"},
    {"country": "FR", "postal_code": "75001"},
)


@dataclass(slots=True)
class Bought:
    """A checkout's answer, as far as the buyer needs it."""

    order_id: str
    status: str  # of the order
    headers: dict[str, str]  # which open the order
    payment_id: str
    payment_status: str
    reference: str | None  # the provider's name of the payment, if the answer shows it


@dataclass(slots=True)
class Buyer:
    """A guest, or a customer once `headers` carry a token."""

    name: str
    dice: Random
    door: Door
    bank: Bank
    shelf: Shelf
    journal: Journal
    headers: dict[str, str] = field(default_factory=dict)

    def new_key(self) -> str:
        return str(UUID(int=self.dice.getrandbits(128), version=4))

    @property
    def email(self) -> str:
        return f"{self.name}@example.com"

    # At the shop

    async def sign_in(self) -> None:
        """Register, or log in where a lost answer had registered already. Raises GaveUp."""
        who = {"email": self.email, "password": PASSWORD}
        answer = await self.door.post("/auth/register", headers={}, json=who)
        if not answer.is_good:
            answer = await self.door.post("/auth/login", headers={}, json=who)
        if answer.is_good:
            self.headers = {"Authorization": f"Bearer {answer.body['access_token']}"}

    async def fill_cart(self, units: Mapping[str, int]) -> dict[str, str] | None:
        """Put these into the buyer's cart; the headers that open it, None if nothing got in."""
        headers = dict(self.headers)
        filled = False
        for variant_id, quantity in units.items():
            answer = await self.door.post(
                "/cart/items",
                headers=headers,
                json={"variant_id": variant_id, "quantity": quantity},
                key=None if filled else self.new_key(),
            )
            if answer.is_good:
                filled = True
                if answer.body.get("token"):
                    headers["X-Cart-Token"] = answer.body["token"]
        return headers if filled else None

    async def check_out(
        self,
        *,
        units: Mapping[str, int] | None = None,
        headers: Mapping[str, str] | None = None,
        mode: str = "intent",
        method: str | None = None,
        key: str | None = None,
    ) -> Bought | None:
        """Buy `units`, or the cart that `headers` open; None when the shop refuses."""
        payment: Json = {"provider": "stripe", "mode": mode}
        if method:
            payment["payment_method"] = method
        body: Json = {
            "email": self.email,
            "shipping_address": ADDRESS | self.dice.choice(PLACES),
            "payment": payment,
        }
        if units is not None:
            body["items"] = [{"variant_id": v, "quantity": n} for v, n in units.items()]
        return await self._order(
            body, headers=dict(headers if headers is not None else self.headers), key=key
        )

    async def _order(
        self, body: Json, *, headers: dict[str, str], key: str | None = None
    ) -> Bought | None:
        key = key or self.new_key()
        impatient = self.dice.random() < 0.1
        asking = [self._ask_for_order(body, headers=headers, key=key, impatient=impatient)]
        if self.dice.random() < 0.05:  # a double click
            asking.append(self._ask_for_order(body, headers=headers, key=key, impatient=False))
        answers = await asyncio.gather(*asking)
        answer = answers[0]
        if not answer.is_good:
            return None
        payment = answer.body["payment"]
        return Bought(
            order_id=answer.body["order"]["id"],
            status=answer.body["order"]["status"],
            headers={**headers, "X-Order-Token": answer.body["order_token"]},
            payment_id=payment["id"],
            payment_status=payment["status"],
            reference=_reference(payment),
        )

    async def _ask_for_order(
        self, body: Json, *, headers: dict[str, str], key: str, impatient: bool
    ) -> Answer:
        answer = await self.door.post(
            "/checkout", headers=headers, json=body, key=key, impatient=impatient
        )
        if answer.is_good:
            self.journal.told(buyer=self.name, order=answer.body["order"], key=key)
            if answer.body["payment"]["status"] == "failed":
                self.journal.declined(buyer=self.name, order_id=answer.body["order"]["id"])
        else:
            self.journal.refused(
                buyer=self.name, key=key, status=answer.status, problem=answer.problem
            )
            if answer.problem == "insufficient-stock":
                short = answer.body.get("lines", ())
                self.shelf.gone.update(line["variant_id"] for line in short)
        return answer

    async def look(self, bought: Bought) -> Json:
        """The order as the shop shows it now; {} when it shows none."""
        answer = await self.door.get(f"/orders/{bought.order_id}", headers=bought.headers)
        if not answer.is_good:
            return {}
        self.journal.told(buyer=self.name, order=answer.body)
        bought.status = answer.body["status"]
        return answer.body

    async def cancel(self, bought: Bought) -> bool:
        """Cancel the order; False when it is too late for that.

        One that has expired already answers so: it was not the buyer who ended it, and money that
        comes late may still buy it.
        """
        self.journal.asked_to_cancel(buyer=self.name, order_id=bought.order_id)
        answer = await self.door.post(
            f"/orders/{bought.order_id}/cancel",
            headers=bought.headers,
            json={},
            key=self.new_key(),
        )
        if answer.is_good and answer.body["cancel_reason"] != "expired":
            self.journal.told_cancelled(buyer=self.name, order_id=bought.order_id)
            return True
        return False

    async def confirm(self, bought: Bought, method: str) -> str | None:
        """Try a card on the open payment; the payment's status, None when refused."""
        answer = await self.door.post(
            f"/payments/sessions/{bought.payment_id}/confirm",
            headers=bought.headers,
            json={"payment_method": method},
            key=self.new_key(),
        )
        if not answer.is_good:
            return None
        bought.payment_status = answer.body["status"]
        return bought.payment_status

    async def pay_otherwise(self, bought: Bought, *, mode: str) -> bool:
        """Open another payment of the order; False when the shop refuses."""
        answer = await self.door.post(
            "/payments/sessions",
            headers=bought.headers,
            json={"order_id": bought.order_id, "provider": "stripe", "mode": mode},
            key=self.new_key(),
        )
        if not answer.is_good:
            return False
        bought.payment_id = answer.body["id"]
        bought.payment_status = answer.body["status"]
        bought.reference = _reference(answer.body) or bought.reference
        return True

    async def return_page(self, bought: Bought) -> None:
        """What the shop's page does when the buyer comes back from the provider's."""
        await self.door.post(
            f"/payments/sessions/{bought.payment_id}/refresh", headers=bought.headers
        )

    # At the provider

    async def pay(
        self, bought: Bought, *, number: str = VISA, passes: bool = True, is_over: bool = False
    ) -> Outcome:
        """Pay past the shop; `is_over`: as far as the buyer knows, the order is over."""
        if bought.reference is None:
            return Outcome.UNKNOWN
        outcome = await self.bank.pay(bought.reference, number=number, passes=passes)
        if outcome is Outcome.PAID:
            self.journal.paid(
                buyer=self.name,
                order_id=bought.order_id,
                reference=bought.reference,
                is_over=is_over,
            )
        elif outcome is Outcome.DECLINED:
            self.journal.declined(buyer=self.name, order_id=bought.order_id)
        return outcome


def _reference(payment: Json) -> str | None:
    """`cs_…` of a hosted page's address, `pi_…` of a client secret."""
    if payment["mode"] == "checkout":
        return str(payment["url"]).rpartition("/")[2] if payment.get("url") else None
    secret = payment.get("client_secret")
    return str(secret).partition("_secret_")[0] if secret else None
