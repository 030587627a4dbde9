"""The worker: how fast it drains events of real orders, alone and with a second one beside it.

The orders are those of `sokoni seed load --orders`; each gets some `order.placed` and `order.paid`
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
from bench.measuring import Bound, Finding, Side, none_of
from bench.plan import Plan
from bench.shop import Bench

Connection = psycopg.Connection[tuple[object, ...]]

NAME = "worker drain"
PLACE = 50
FULL_ONLY = False

ORDERS = 3000
TIMES, TIMES_QUICK = 4, 3  # each order has its two events so often
ROUNDS = 2
PATIENCE_SECONDS = 120
STARTED_CPU = 0.5  # seconds that no worker starts without
IDLE_CPU = 0.1  # seconds of CPU in a second
COMMAND = ("sokoni.apps.cli", "worker")

PUBLISH = """
    INSERT INTO kernel.outbox (event_id, dedup_key, topic, aggregate_id, shard, order_id,
                               payload, state, attempts)
    SELECT gen_random_uuid(), concat_ws(':', 'bench', %(round)s::text, time, topic, o.id), topic,
           o.id, ('x' || right(o.id::text, 1))::bit(4)::integer, o.id,
           jsonb_build_object('order_id', o.id), 'pending', 0
      FROM (SELECT id FROM orders.orders WHERE number LIKE 'L-%%'
             ORDER BY number LIMIT %(orders)s) AS o,
           generate_series(1, %(times)s) AS time,
           unnest(ARRAY['order.placed', 'order.paid']) AS topic
     ORDER BY time, o.id, topic DESC
"""
IS_PENDING = "SELECT EXISTS (SELECT FROM kernel.outbox WHERE state = 'pending')"
LATER = """
    UPDATE kernel.schedules SET next_run_at = now() + interval '5 minutes'
     WHERE name = 'catalog.popularity'
"""
NOW = "UPDATE kernel.schedules SET next_run_at = now() WHERE name = 'catalog.popularity'"
IS_UNCOUNTED = "SELECT EXISTS (SELECT FROM catalog.sold)"
UNITS = """
    SELECT sum(quantity) FROM orders.lines WHERE order_id IN (
        SELECT id FROM orders.orders WHERE number LIKE 'L-%%' ORDER BY number LIMIT %(orders)s)
"""
POPULARITY = """
    SELECT (SELECT sum(popularity) FROM catalog.products)
           + (SELECT coalesce(sum(units), 0) FROM catalog.sold)
"""
EFFECTS = "SELECT count(*) FROM kernel.effects WHERE starts_with(dedup_key, 'bench:')"


@dataclass(frozen=True, slots=True)
class Drained:
    """One round: events per second, and milliseconds of CPU of worker and PostgreSQL per event."""

    per_second: float
    cpu: float


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    times = TIMES_QUICK if plan.is_quick else TIMES
    bench.command("seed", "load", "--products", str(plan.products), "--orders", str(ORDERS))
    with (
        bench.without("worker"),
        psycopg.connect(bench.url, autocommit=True) as db,
    ):
        sold_before = bench.number(POPULARITY)
        one, two = await _rounds(bench, db, times=times)
        drains = (len(one) + len(two) + 1) * times
        wrong = abs(
            bench.number(POPULARITY) - sold_before - bench.number(UNITS, orders=ORDERS) * drains
        )
        wrong += abs(bench.number(EFFECTS) - ORDERS * 2 * drains)
    return _findings(one, two, wrong=wrong, events=ORDERS * 2 * drains)


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
        none_of("worker: effects missing or done twice", wrong, note=f"of {events:,} events"),
    ]


async def _rounds(
    bench: Bench, db: Connection, *, times: int
) -> tuple[list[Drained], list[Drained]]:
    one, two = [], []
    try:
        await _start(bench, "drain")
        await _drain(bench, db, ["drain"], times=times, round_="warm-up")
        for number in range(ROUNDS):
            one.append(await _drain(bench, db, ["drain"], times=times, round_=f"{number} one "))
            await _start(bench, "drain-2")
            both = ["drain", "drain-2"]
            two.append(await _drain(bench, db, both, times=times, round_=f"{number} two "))
            bench.end("drain-2")
    finally:
        bench.end("drain")
    return one, two


async def _drain(
    bench: Bench, db: Connection, workers: Sequence[str], *, times: int, round_: str
) -> Drained:
    processes = [bench.processes[name].pid for name in workers] + [bench.postmaster]
    db.execute(LATER)
    db.execute(PUBLISH, {"round": round_, "orders": ORDERS, "times": times})
    cpu, began = machine.cpu_seconds(processes), time.perf_counter()
    db.execute("SELECT pg_notify('sokoni_wake', '')")
    await _until(db, f"SELECT NOT ({IS_PENDING})")
    seconds = time.perf_counter() - began
    db.execute(NOW)
    await _until(db, f"SELECT NOT ({IS_UNCOUNTED})")
    events = ORDERS * 2 * times
    taken = machine.cpu_seconds(processes) - cpu
    return Drained(per_second=events / seconds, cpu=taken * 1000 / events)


async def _start(bench: Bench, name: str) -> None:
    """Start a worker; back when it has nothing to do any more."""
    bench.start(name, *COMMAND)
    process, before = bench.processes[name].pid, -1.0
    while (now := machine.cpu_seconds([process])) < STARTED_CPU or now - before > IDLE_CPU:
        before = now
        await asyncio.sleep(1)


async def _until(db: Connection, question: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _truth(db, question):
        if time.monotonic() > deadline:
            raise TimeoutError(question)
        await asyncio.sleep(0.02)


def _truth(db: Connection, question: str) -> bool:
    row = db.execute(question).fetchone()
    return row is not None and bool(row[0])
