"""Webhooks: signed, in order by default, and as badly as a test asks; the same over HTTP."""

import asyncio
import json
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
from tools.stripe_server import Behaviour, StripeServer

from tests.support.waiting import wait_until
from tests.tools.conftest import QUIET, SECRET, Inbox, connected
from tests.tools.test_stripe_server import BACK, paid

pytestmark = pytest.mark.filterwarnings(QUIET)
USUAL = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]


async def test_events_arrive_once_in_order_and_signed(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    intent = await paid(sdk)
    await stripe_server.delivered()

    assert inbox.types == USUAL
    assert (inbox.events[2].data.object.id, inbox.refused) == (intent.id, [])
    listed = await sdk.v1.events.list_async()
    assert [event.id for event in listed.data] == [event.id for event in inbox.events][::-1]
    assert await sdk.v1.events.retrieve_async(inbox.events[0].id) == listed.data[2]


async def test_an_event_shows_the_object_as_it_was(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    intent = await sdk.v1.payment_intents.create_async({"amount": 500, "currency": "usd"})
    await sdk.v1.payment_intents.confirm_async(
        intent.id, {"payment_method": "pm_card_authenticationRequired", "return_url": BACK}
    )
    await sdk.v1.payment_intents.cancel_async(intent.id)
    await stripe_server.delivered()
    assert [(event.type, event.data.object.status) for event in inbox.events] == [
        ("payment_intent.created", "requires_payment_method"),
        ("payment_intent.requires_action", "requires_action"),
        ("payment_intent.canceled", "canceled"),
    ]


async def test_a_refused_event_is_sent_again_until_it_is_taken(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    stripe_server.behave(Behaviour(pause=0.01))
    inbox.answers = [500, 404, 503]
    await paid(sdk)
    await stripe_server.delivered()
    assert sorted(inbox.types) == sorted(USUAL)
    assert Counter(attempt.status for attempt in stripe_server.deliveries) == {
        200: 3,
        500: 1,
        404: 1,
        503: 1,
    }


async def test_an_event_that_nobody_takes_is_given_up(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    stripe_server.behave(Behaviour(attempts=2, pause=0.01))
    stripe_server.sender.url = "http://127.0.0.1:9/closed"
    await paid(sdk)
    await stripe_server.delivered()
    assert [attempt.status for attempt in stripe_server.deliveries] == [None] * 6
    assert [event["type"] for event in stripe_server.sender.given_up] == USUAL


async def test_copies_delays_and_disorder_are_repeatable(inbox: Inbox) -> None:
    async def run(seed: int) -> list[str]:
        inbox.events.clear()
        worse = Behaviour(seed=seed, max_copies=3, max_delay=0.2, reorder=True)
        async with StripeServer(
            webhook_url=inbox.url, webhook_secret=SECRET, behaviour=worse
        ) as other:
            async with connected(other.url) as sdk:
                await paid(sdk)
            await other.delivered()
        return inbox.types

    first = list(await run(5))
    assert set(first) == set(USUAL)
    assert len(first) > 3
    copies = Counter(first)
    assert Counter(await run(5)) == copies


async def test_disorder_changes_the_order(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    stripe_server.behave(Behaviour(seed=3, reorder=True))
    for _ in range(4):
        await paid(sdk)
    await stripe_server.delivered()
    made = [event["id"] for event in stripe_server.events]
    arrived = [event.id for event in inbox.events]
    assert arrived != made
    assert sorted(arrived) == sorted(made)


async def test_delays_alone_keep_the_order(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    stripe_server.behave(Behaviour(max_delay=0.05))
    for _ in range(3):
        await paid(sdk)
    await stripe_server.delivered()
    assert inbox.types == USUAL * 3


async def test_after_silence_everything_comes_newest_first(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    stripe_server.silence()
    await paid(sdk)
    await stripe_server.delivered()
    assert inbox.events == []
    assert stripe_server.flush(newest_first=True) == 3
    await stripe_server.delivered()
    await paid(sdk)
    await stripe_server.delivered()
    assert inbox.types == USUAL[::-1] + USUAL


async def test_dropped_events_wait_for_a_flush(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    stripe_server.behave(Behaviour(seed=2, drop=0.5))
    for _ in range(4):
        await paid(sdk)
    await stripe_server.delivered()
    kept = len(stripe_server.sender.kept)
    assert 0 < kept < 12
    assert len(inbox.events) == 12 - kept
    stripe_server.flush()
    await stripe_server.delivered()
    assert Counter(inbox.types) == Counter(USUAL * 4)


async def test_a_shop_refuses_old_and_foreign_signatures(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    stripe_server.behave(Behaviour(attempts=1, signature_age=301))
    await paid(sdk)
    await stripe_server.delivered()
    stripe_server.behave(Behaviour(attempts=1))
    stripe_server.sender.secret = "whsec_other"
    stripe_server.send_again(stripe_server.events[0]["id"], copies=2)
    await stripe_server.delivered()
    assert (inbox.events, len(inbox.refused)) == ([], 5)
    assert sum("tolerance" in str(error) for error in inbox.refused) == 3


async def test_the_levers_work_over_http(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    session: Any = await sdk.v1.checkout.sessions.create_async(
        {
            "mode": "payment",
            "success_url": BACK,
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "eur",
                        "unit_amount": 900,
                        "product_data": {"name": "Lamp"},
                    },
                }
            ],
        }
    )
    async with httpx.AsyncClient(base_url=f"{stripe_server.url}/_control") as lever:
        await lever.put("/behaviour", json={"silent": True, "max_copies": 1})
        bad = await lever.post("/faults", json={"kind": "nonsense"})
        await lever.post("/faults", json={"kind": "error_before", "path": "/v1/events"})
        with pytest.raises(stripe.APIError):
            await sdk.v1.events.list_async()
        await lever.post("/faults", json={"kind": "error_before", "times": None})
        await lever.delete("/faults")
        declined = await lever.post(
            f"/sessions/{session.id}/pay", json={"number": "4000000000000002"}
        )
        asked = await lever.post(f"/sessions/{session.id}/pay", json={"number": "4000002760003184"})
        intent = asked.json()["redirect"].rpartition("/")[2]
        done = await lever.post(f"/intents/{intent}/authenticate", json={"passed": True})
        ledger = (await lever.get("/ledger")).json()
        kept = (await lever.get("/state")).json()
        sent = await lever.post("/flush", json={"newest_first": True})
        moved = await lever.post("/clock", json={"advance": 60})
        await lever.put("/webhook", json={"secret": SECRET})
        again = await lever.post(f"/events/{kept['kept'][0]}/send", json={"copies": 2})
        await stripe_server.delivered()

    assert (bad.status_code, declined.status_code, again.status_code) == (400, 402, 200)
    assert done.json() == {"redirect": BACK}
    assert [(entry["kind"], entry["amount"]) for entry in ledger["entries"]] == [("capture", 900)]
    assert (kept["faults"], kept["struck"], sent.json()) == ([], 1, {"sent": len(kept["kept"])})
    assert moved.json()["now"] == pytest.approx(stripe_server.now, abs=2)
    assert inbox.types[0] == "checkout.session.completed"
    assert len(inbox.events) == len(kept["kept"]) + 2


async def test_it_runs_from_a_shell_and_keeps_its_ledger_in_a_file(
    tmp_path: Path, inbox: Inbox
) -> None:
    ledger = tmp_path / "ledger.jsonl"
    arguments = ["--port", "0", "--webhook-url", inbox.url, "--webhook-secret", SECRET]

    async def all_arrived() -> bool:
        return len(inbox.events) == 3

    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tools.stripe_server", *arguments, "--ledger", str(ledger)),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    async with connected(line.split()[3].rstrip(","), key="sk_test_shell") as sdk:
        intent = await paid(sdk)
    await wait_until(all_arrived)
    process.send_signal(signal.SIGTERM)

    assert await process.wait() == 0
    assert inbox.types == USUAL
    [entry] = [json.loads(text) for text in ledger.read_text().splitlines()]
    assert (entry["kind"], entry["payment_intent"], entry["amount"]) == ("capture", intent.id, 1999)
