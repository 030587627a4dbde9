"""Buy something as a guest: product → cart → checkout → paid order, seen again by its token.

Only with test money: the mock provider, or Stripe with a test key. The order stays in the shop,
under the address `smoke@example.com`.
"""

import asyncio
from typing import Any
from uuid import uuid4

from sokoni.apps.smoke.visiting import SmokeFailed, Visitor, insist
from sokoni.kernel.money import Money

EMAIL = "smoke@example.com"
MOCK = {"provider": "mock", "mode": "intent", "card_number": "4242424242424242"}
STRIPE = {"provider": "stripe", "mode": "intent", "payment_method": "pm_card_visa"}
UNDECIDED = ("pending", "requires_action")
TRIES, PAUSE_SECONDS = 40, 0.5


async def buy(visitor: Visitor) -> None:
    """Raises SmokeFailed at the first thing that is not right."""
    config = await visitor.get("/store/config")
    payment = _test_payment(config)
    insist(config["regions"], "The shop sells in no region.")
    region = config["regions"][0]
    variant = await _something_in_stock(visitor, currency=region["currency"])

    cart = await visitor.post("/cart", {"region_id": region["id"]})
    mine = {"X-Cart-Token": cart["token"]}
    filled = await visitor.post(
        "/cart/items", {"variant_id": variant["id"], "quantity": 1}, headers=mine
    )
    visitor.say(f"Put 1 × {filled['lines'][0]['title']} into a cart.")

    body = {"email": EMAIL, "shipping_address": _address(region), "payment": payment}
    bought = await visitor.post(
        "/checkout", body, headers={**mine, "Idempotency-Key": str(uuid4())}
    )
    order, token = bought["order"], {"X-Order-Token": bought["order_token"]}
    total = Money(**order["totals"]["grand_total"])
    visitor.say(f"Order {order['number']} of {total} was placed.")

    status = await _paid(visitor, bought["payment"], token)
    insist(status == "succeeded", f"The payment is {status}: {bought['payment'].get('failure')}.")
    seen = await visitor.get(f"/orders/{order['id']}", headers=token)
    states = (seen["status"], seen["payment_status"])
    insist(states == ("confirmed", "paid"), f"The order is {states}, not confirmed and paid.")
    visitor.say(f"It was paid by {payment['provider']}, and is confirmed.")

    again = {"number": order["number"], "email": EMAIL}
    looked_up = await visitor.post("/orders/lookup", again, expect=200)
    insist(looked_up["order"]["id"] == order["id"], "The look-up shows another order.")
    visitor.say("The buyer finds it by its number and e-mail address.")


def _test_payment(config: Any) -> dict[str, str]:
    """How to pay without real money. Raises SmokeFailed when there is no way."""
    if config["features"]["test_cards"]:
        return MOCK
    if str(config["publishable_key"]).startswith("pk_test_"):
        return STRIPE
    raise SmokeFailed(
        "This shop takes real money (neither the mock provider nor a Stripe test key): "
        "nothing is bought."
    )


async def _something_in_stock(visitor: Visitor, *, currency: str) -> Any:
    """The first variant that can be bought."""
    wanted = {"currency": currency, "in_stock": "true", "limit": "5"}
    page = await visitor.get("/products", params=wanted)
    for card in page["items"]:
        product = await visitor.get(f"/products/{card['slug']}", params={"currency": currency})
        for variant in product["variants"]:
            if variant["in_stock"] and variant["price"]:
                return variant
    raise SmokeFailed(f"Nothing is in stock with a price in {currency}.")


async def _paid(visitor: Visitor, payment: Any, token: dict[str, str]) -> str:
    """The payment's final status; a provider may take a moment."""
    status = str(payment["status"])
    for _ in range(TRIES):
        if status not in UNDECIDED:
            break
        await asyncio.sleep(PAUSE_SECONDS)
        session = await visitor.get(f"/payments/sessions/{payment['id']}", headers=token)
        status = str(session["status"])
    return status


def _address(region: Any) -> dict[str, str]:
    return {
        "name": "Smoke Test",
        "line1": "1 Chimney Lane",
        "city": "Smokeville",
        "state": "NY",
        "postal_code": "10115",
        "country": region["countries"][0],
    }
