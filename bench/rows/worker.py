"""The worker: how fast it drains events of real orders, alone and with a second one beside it.

The orders are those of `sokoni seed load --orders`; each gets an `order.placed` and an `order.paid`
with fresh dedup keys, written into the outbox while the workers run. One process and two take
turns, so that a machine that slows down slows both. The clock stops when nothing is pending; the
CPU is read after the units sold have reached the catalogue, too. Effects are counted in the end.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import psycopg

from bench import machine
from bench.measuring import Bound, Finding, Side
from bench.plan import Plan
from bench.shop import Bench

NAME = "worker drain"
PLACE = 50
FULL_ONLY = False

ORDERS, ORDERS_QUICK = 4000, 1500
ROUNDS, ROUNDS_QUICK = 3, 2
PATIENCE_SECONDS = 120
COMMAND = ("sokoni.apps.cli", "worker")

PUBLISH = """
    INSERT INTO kernel.outbox (event_id, dedup_key, topic, aggregate_id, shard, order_id,
                               payload, state, attempts)
    SELECT gen_random_uuid(), 'bench:' || %(round)s || ':' || topic || ':' || o.id, topic, o.id,
           ('x' || right(o.id::text, 1))::bit(4)::integer, o.id,
           jsonb_build_object('order_id', o.id), 'pending', 0
      FROM (SELECT id FROM orders.orders WHERE number LIKE 'L-%%'
             ORDER BY number LIMIT %(orders)s) AS o,
           unnest(ARRAY['order.placed', 'order.paid']) AS topic
     ORDER BY o.id, topic DESC
"""
IS_PENDING = "SELECT EXISTS (SELECT FROM kernel.outbox WHERE state = 'pending')"
LATER = """
    UPDATE kernel.schedules SET next_run_at = now() + interval '5 minutes'
     WHERE name = 'catalog.popularity'
"""
NOW = "UPDATE kernel.schedules SET next_run_at = now() WHERE name = 'catalog.popularity'"
IS_UNCOUNTED = "SELECT EXISTS (SELECT FROM catalog.sold)"
HAVE_STARTED = "SELECT bool_and(last_run_at IS NOT NULL) AND count(*) > 0 FROM kernel.schedules"
UNITS = """
    SELECT sum(quantity) FROM orders.lines WHERE order_id IN (
        SELECT id FROM orders.orders WHERE number LIKE 'L-%%' ORDER BY number LIMIT %(orders)s)
"""
POPULARITY = "SELECT sum(popularity) FROM catalog.products"
EFFECTS = "SELECT count(*) FROM kernel.effects WHERE starts_with(dedup_key, 'bench:')"


@dataclass(frozen=True, slots=True)
class Drained:
    """One round: events per second, and milliseconds of CPU of worker and PostgreSQL per event."""

    per_second: float
    cpu: float


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    orders = ORDERS_QUICK if plan.is_quick else ORDERS
    rounds = ROUNDS_QUICK if plan.is_quick else ROUNDS
    bench.command("seed", "load", "--products", str(plan.products), "--orders", str(orders))
    with (
        bench.without("worker"),
        psycopg.connect(bench.url, autocommit=True) as db,
    ):
        sold_before = _number(db, POPULARITY)
        one, two = await _rounds(bench, db, orders=orders, rounds=rounds)
        drains = len(one) + len(two) + 1
        units = _number(db, UNITS, orders=orders) * drains
        wrong = abs(_number(db, POPULARITY) - sold_before - units)
        wrong += abs(_number(db, EFFECTS) - orders * 2 * drains)
    return _findings(one, two, wrong=wrong, events=orders * 2 * drains)


def _findings(
    one: Sequence[Drained], two: Sequence[Drained], *, wrong: int, events: int
) -> list[Finding]:
    speed = median(each.per_second for each in one)
    both = median(each.per_second for each in two)
    cpu, cpu_both = median(each.cpu for each in one), median(each.cpu for each in two)
    return [
        Bound(
            name="worker: order events drained by one process",
            value=speed,
            unit="per second",
            side=Side.AT_LEAST,
            limit=1000,
            note=f"{cpu:.2f} ms of CPU per event, worker and PostgreSQL",
        ),
        Bound(
            name="worker: two processes beside one",
            value=both / speed,
            unit="×",
            side=Side.AT_LEAST,
            limit=1.0,
            note=f"{both:,.0f} events per second",
        ),
        Bound(
            name="worker: CPU per event, two processes beside one",
            value=cpu_both / cpu,
            unit="×",
            side=Side.AT_MOST,
            limit=1.1,
            note=f"{cpu_both:.2f} ms per event",
        ),
        Bound(
            name="worker: effects missing or done twice",
            value=wrong,
            unit="",
            side=Side.AT_MOST,
            limit=0,
            note=f"of {events:,} events",
        ),
    ]


async def _rounds(
    bench: Bench, db: "psycopg.Connection[tuple[object, ...]]", *, orders: int, rounds: int
) -> tuple[list[Drained], list[Drained]]:
    one, two = [], []
    db.execute("UPDATE kernel.schedules SET last_run_at = NULL, next_run_at = now()")
    bench.start("drain", *COMMAND)
    await _until(db, HAVE_STARTED)
    await asyncio.sleep(1)
    await _drain(bench, db, ["drain"], orders=orders, round_="warm-up")
    try:
        for number in range(rounds):
            one.append(await _drain(bench, db, ["drain"], orders=orders, round_=f"{number}-one"))
            bench.start("drain-2", *COMMAND)
            await asyncio.sleep(4)
            both = ["drain", "drain-2"]
            two.append(await _drain(bench, db, both, orders=orders, round_=f"{number}-two"))
            _stop(bench, "drain-2")
    finally:
        _stop(bench, "drain")
    return one, two


async def _drain(
    bench: Bench,
    db: "psycopg.Connection[tuple[object, ...]]",
    workers: Sequence[str],
    *,
    orders: int,
    round_: str,
) -> Drained:
    processes = [bench.processes[name].pid for name in workers] + [bench.postmaster]
    db.execute(LATER)
    db.execute(PUBLISH, {"round": round_, "orders": orders})
    cpu, began = machine.cpu_seconds(processes), time.perf_counter()
    db.execute("SELECT pg_notify('sokoni_wake', '')")
    await _until(db, f"SELECT NOT ({IS_PENDING})")
    seconds = time.perf_counter() - began
    db.execute(NOW)
    await _until(db, f"SELECT NOT ({IS_UNCOUNTED})")
    taken = machine.cpu_seconds(processes) - cpu
    print(f"{round_}: {orders * 2 / seconds:.0f}/s, {taken * 1000 / orders / 2:.3f} ms", flush=True)
    return Drained(per_second=orders * 2 / seconds, cpu=taken * 1000 / (orders * 2))


async def _until(db: "psycopg.Connection[tuple[object, ...]]", question: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _truth(db, question):
        if time.monotonic() > deadline:
            raise TimeoutError(question)
        await asyncio.sleep(0.02)


def _truth(db: "psycopg.Connection[tuple[object, ...]]", question: str) -> bool:
    row = db.execute(question).fetchone()
    return row is not None and bool(row[0])


def _number(db: "psycopg.Connection[tuple[object, ...]]", question: str, **values: object) -> int:
    row = db.execute(question, values or None).fetchone()
    return int(str(row[0])) if row is not None and row[0] is not None else 0


def _stop(bench: Bench, name: str) -> None:
    process = bench.processes.pop(name)
    process.terminate()
    process.wait(30)
