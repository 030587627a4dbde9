"""One hot SKU: 64 buyers of the same thing, beside the same purchases spread over many.

Each purchase takes one unit. Afterwards what was sold has to be what left the shelf, and a last
rush at less stock than buyers has to end with an empty shelf and every other buyer refused.
"""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import psycopg

from bench import client, pressing
from bench.client import Answer
from bench.measuring import Finding, Measurement, Row, median, none_of
from bench.paths import API, MARK, Ask, Path, checkout_of, goods
from bench.plan import Plan
from bench.shop import Bench

NAME = "one hot SKU"
PLACE = 20
FULL_ONLY = False

BUYERS = 64
LAST_UNITS = 40
PLENTY = 1_000_000
GOAL = 0.50
ROUNDS, ROUNDS_QUICK = 5, 2
# The shelf is filled by what it began with, so that the books stay balanced.
FILL = """
    UPDATE inventory.stock_levels SET initial = initial + %(units)s - on_hand, on_hand = %(units)s
     WHERE variant_id = %(variant_id)s
       AND location_id = (SELECT location_id FROM inventory.stock_levels
                           WHERE variant_id = %(variant_id)s ORDER BY location_id LIMIT 1)
"""
EMPTY = """
    UPDATE inventory.stock_levels SET initial = initial - on_hand, on_hand = 0
     WHERE variant_id = %(variant_id)s
"""
LEFT = "SELECT sum(on_hand) FROM inventory.stock_levels WHERE variant_id = %(variant_id)s"
HELD = "SELECT sum(reserved) FROM inventory.stock_levels WHERE variant_id = %(variant_id)s"
SOLD = """
    SELECT sum(l.quantity) FROM orders.lines AS l JOIN orders.orders AS o
        ON o.id = l.order_id WHERE l.variant_id = %(variant_id)s AND o.status = 'confirmed'
"""


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    many = goods(bench).variants
    hot = many[0]
    _fill(bench, hot, units=PLENTY)
    sold_before = bench.number(SOLD, variant_id=hot)
    one, spread = _purchases("one hot SKU", [hot]), _purchases("many SKUs", many[1:])
    ours: list[Measurement] = []
    limit: list[Measurement] = []
    for _ in range(min(plan.rounds, ROUNDS_QUICK if plan.is_quick else ROUNDS)):
        limit.append(await pressing.shop(bench, plan, spread, connections=BUYERS))
        ours.append(await pressing.shop(bench, plan, one, connections=BUYERS))
    await _quiet(bench, hot)
    sold = bench.number(SOLD, variant_id=hot) - sold_before
    wrong = abs(PLENTY - bench.number(LEFT, variant_id=hot) - sold)
    _fill(bench, hot, units=LAST_UNITS)
    answers = await asyncio.gather(
        *(client.ask(bench.port, one.asks[0].numbered().encoded()) for _ in range(BUYERS))
    )
    wrong += _wrong_in_rush(bench, hot, answers)
    await asyncio.to_thread(bench.command, "check")
    _fill(bench, hot, units=PLENTY)  # later rows sell it too
    return [
        Row(
            name=f"{NAME}, {BUYERS} buyers",
            limit_name="many SKUs",
            goal=GOAL,
            ours=median(ours),
            limit=median(limit),
        ),
        none_of(
            "units sold and not moved, or sold once too often",
            wrong,
            note=f"{sold} sold under load; then {BUYERS} buyers for {LAST_UNITS} units",
        ),
    ]


def _wrong_in_rush(bench: Bench, hot: UUID, answers: Sequence[Answer]) -> int:
    """How many of the rush were served or refused wrongly, and what is left of nothing."""
    served = sum(answer.status == 201 for answer in answers)
    refused = sum(answer.status == 409 for answer in answers)
    return (
        abs(served - LAST_UNITS)
        + abs(refused - (BUYERS - LAST_UNITS))
        + bench.number(LEFT, variant_id=hot)
    )


def _purchases(name: str, variants: Sequence[UUID]) -> Path:
    asks = tuple(
        Ask(
            path=f"{API}/checkout",
            method="POST",
            headers={"Idempotency-Key": f"hot-{MARK}"},
            body=checkout_of(variant),
        )
        for variant in variants
    )
    return Path(name=name, asks=asks, limit="many SKUs", goal=GOAL)


def _fill(bench: Bench, variant_id: UUID, *, units: int) -> None:
    with psycopg.connect(bench.url) as db:
        db.execute(EMPTY, {"variant_id": variant_id})
        db.execute(FILL, {"variant_id": variant_id, "units": units})


async def _quiet(bench: Bench, variant_id: UUID) -> None:
    """Wait for the purchases that were under way when the round ended."""
    for _ in range(200):
        if not bench.number(HELD, variant_id=variant_id):
            return
        await asyncio.sleep(0.05)
    raise RuntimeError("purchases do not end")
