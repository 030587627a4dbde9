"""Webhooks: how soon the shop says that it has one, while nobody acts on any.

Orders are placed for a payment page of `tools.stripe_server`, which is then paid on each page: so
there is one real event per open payment. With every worker stopped they are sent at 50 per second,
each signed and on a connection of its own, whether earlier ones are answered or not. Afterwards a
worker acts on all of them, and each payment has to be settled once.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from tools.stripe_server import StripeServer

from bench import client, pressing
from bench.measuring import Bound, Finding, Side, none_of, percentile
from bench.paths import API, checkout_of, goods
from bench.plan import Plan
from bench.shop import Bench, free_port

NAME = "webhook acknowledgement"
PLACE = 40
FULL_ONLY = False

PER_SECOND = 50
SECONDS, SECONDS_QUICK = 8, 3
SIDE_BY_SIDE = 8
SECRET = "whsec_of_the_bench"  # noqa: S105 - of a server that lives for a minute
EVENT = "checkout.session.completed"
SETTLED = """
    SELECT count(*) FROM payments.inbox AS i JOIN orders.orders AS o ON o.id = i.order_id
      JOIN payments.entries AS e ON e.order_id = o.id AND e.kind = 'capture'
     WHERE i.provider = 'stripe' AND i.done AND o.status = 'confirmed'
"""


@dataclass
class StripeBench(Bench):
    """The same shop, with Stripe for a provider, on a port of its own."""

    api_base: str = ""

    def environment(self) -> dict[str, str]:
        return super().environment() | {
            "PAYMENT_PROVIDER": "stripe",
            "STRIPE_SECRET_KEY": StripeServer.key,
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "STRIPE_API_BASE": self.api_base,
        }


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    count = PER_SECOND * (SECONDS_QUICK if plan.is_quick else SECONDS)
    with bench.without("worker"):
        async with StripeServer(webhook_secret=SECRET) as stripe:
            shop = StripeBench(
                bench.home, bench.server, bench.url, free_port(), api_base=stripe.url
            )
            shop.start("api", "sokoni.apps.cli", "serve", "--workers", str(plan.workers))
            try:
                await pressing.until_it_listens(shop.port)
                await _place(shop, count=count)
                for session in stripe.account.all("checkout.session"):
                    stripe.pay_session(session["id"])
                events = [event for event in stripe.events if event["type"] == EVENT]
                latencies = await _send(shop, stripe, events)
                await asyncio.to_thread(shop.command, "worker", "--until-idle")
            finally:
                await asyncio.to_thread(shop.stop)
    return _findings(bench, latencies, count=count)


def _findings(bench: Bench, latencies: Sequence[float], *, count: int) -> list[Finding]:
    settled = bench.number(SETTLED)
    p50, p99 = (percentile(latencies, share) * 1000 for share in (0.50, 0.99))
    return [
        Bound(
            name="webhook acknowledged, worker stopped: p99",
            value=p99,
            unit="ms",
            side=Side.AT_MOST,
            limit=1000,
            note=f"p50 {p50:.1f} ms; {len(latencies)} events, {PER_SECOND} per second",
        ),
        none_of(
            "webhooks without their one settlement",
            abs(count - settled),
            note=f"of {count}, once a worker ran",
        ),
    ]


async def _place(shop: StripeBench, *, count: int) -> None:
    """Place so many orders, each with a payment page that is open."""
    numbers = iter(range(count))
    variants = list(islice(cycle(goods(shop).variants), count))

    async def place() -> None:
        for number in numbers:
            asked = client.request(
                "POST",
                f"{API}/checkout",
                headers={"Idempotency-Key": f"webhook-{number}"},
                body=checkout_of(
                    variants[number], payment={"provider": "stripe", "mode": "checkout"}
                ),
            )
            answer = await client.ask(shop.port, asked)
            if answer.status not in {200, 201}:
                raise client.Refused(answer.body.decode())

    await asyncio.gather(*(place() for _ in range(SIDE_BY_SIDE)))


async def _send(
    shop: StripeBench, stripe: StripeServer, events: Sequence[dict[str, object]]
) -> list[float]:
    """Seconds until each event was acknowledged; the pace does not wait for answers."""

    async def send(event: dict[str, object], at: float) -> float:
        await asyncio.sleep(at - time.perf_counter())
        signature = stripe.sender.signature(json.dumps(event).encode())
        headers = {"Stripe-Signature": signature}
        sent = client.request("POST", f"{API}/webhooks/payments", headers=headers, body=event)
        began = time.perf_counter()
        answer = await client.ask(shop.port, sent)
        if answer.status != 200:
            raise client.Refused(answer.body.decode())
        return time.perf_counter() - began

    start = time.perf_counter() + 0.1
    return await asyncio.gather(
        *(send(event, start + number / PER_SECOND) for number, event in enumerate(events))
    )
