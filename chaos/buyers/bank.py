"""How a buyer pays at the provider, past the shop: its hosted page, its API, the bank's page.

Asked straight, not through the faulty wire; but faults that the provider makes itself strike here
as well, so everything is asked for a few times, under one key.
"""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

import httpx

SECRET = "sk_test_local"  # noqa: S105 - of the local server
TRIES = 8
VISA = "4242424242424242"
METHODS = {VISA: "pm_card_visa", "4000000000000002": "pm_card_visa_chargeDeclined"}


class Outcome(StrEnum):
    PAID = "paid"
    DECLINED = "declined"
    BANK_ASKS = "bank asks"
    CLOSED = "closed"  # expired, cancelled, or paid before
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bank:
    http: httpx.AsyncClient
    url: str

    async def pay(self, reference: str, *, number: str = VISA, passes: bool = True) -> Outcome:
        """Pay a hosted page (`cs_…`) or an intent (`pi_…`); `passes` answers the bank's page."""
        if reference.startswith("cs_"):
            return await self._pay_page(reference, number=number, passes=passes)
        return await self._pay_intent(reference, number=number, passes=passes)

    async def keep_open(self, reference: str, *, times: int = 4) -> None:
        """Let the shop's next tries to close this payment fail, so that money can come late."""
        closing = (
            f"/v1/checkout/sessions/{reference}/expire"
            if reference.startswith("cs_")
            else f"/v1/payment_intents/{reference}/cancel"
        )
        await self._ask(
            "POST",
            "/_control/faults",
            json={"kind": "error_before", "path": closing, "times": times, "status": 503},
        )

    async def authenticate(self, intent: str, *, passes: bool) -> Outcome:
        """What the buyer does on the bank's page."""
        answer = await self._ask(
            "POST", f"/_control/intents/{intent}/authenticate", json={"passed": passes}
        )
        if answer is None:
            return Outcome.UNKNOWN
        if answer.status_code != 200:
            return Outcome.CLOSED
        return Outcome.PAID if passes else Outcome.DECLINED

    async def _pay_page(self, reference: str, *, number: str, passes: bool) -> Outcome:
        answer = await self._ask("POST", f"/c/pay/{reference}", data={"number": number})
        if answer is None:
            return Outcome.UNKNOWN
        if answer.status_code == 303:
            place = answer.headers["location"]
            if "/3ds/" in place:
                return await self.authenticate(place.rpartition("/")[2], passes=passes)
            return Outcome.PAID
        # The page again says what was wrong with the card; any other says that it is over.
        return Outcome.DECLINED if "<form" in answer.text else Outcome.CLOSED

    async def _pay_intent(self, reference: str, *, number: str, passes: bool) -> Outcome:
        answer = await self._ask(
            "POST",
            f"/v1/payment_intents/{reference}/confirm",
            data={"payment_method": METHODS[number], "return_url": "http://127.0.0.1/thanks"},
            headers={"Authorization": f"Bearer {SECRET}", "Idempotency-Key": str(uuid4())},
        )
        if answer is None:
            return Outcome.UNKNOWN
        if answer.status_code == 402:
            return Outcome.DECLINED
        if answer.status_code != 200:
            return Outcome.CLOSED
        status = answer.json()["status"]
        if status == "requires_action":
            return await self.authenticate(reference, passes=passes)
        return Outcome.PAID if status == "succeeded" else Outcome.UNKNOWN

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        data: dict[str, str] | None = None,
        json: object = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response | None:
        for attempt in range(TRIES):
            try:
                answer = await self.http.request(
                    method, self.url + path, data=data, json=json, headers=headers, timeout=10
                )
            except httpx.HTTPError:
                answer = None
            in_flight = answer is not None and answer.status_code == 409
            if answer is not None and answer.status_code < 500 and not in_flight:
                return answer
            await asyncio.sleep(0.1 * 2**attempt)
        return None
