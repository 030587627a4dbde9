"""Growth: how much longer a request takes in a shop a hundred times as large.

Two shops side by side, each with its own PostgreSQL, both seeded here: one with the products of
this run and a thousand orders (the run's own shop has sold tens of thousands by now), and one with
a million of each (about a quarter of an hour, 13 GB). Requests go one at a time, so what is timed
is work and not waiting; rounds alternate between the shops. Every request is another one to the
cache of reads, and the products asked for are spread over the whole shop. The files of both
databases are read through once beforehand: 13 GB are otherwise asked of the disk bit by bit, and
how long that takes says something of the disk.
"""

import random
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path as Place

import msgspec
import psycopg

from bench import client, pressing, shop
from bench.measuring import Bound, Finding, Side, measurement
from bench.paths import ADDRESS, API, MARK, WORDS, Ask, Path
from bench.plan import Plan
from bench.shop import Bench
from sokoni.kernel.ids import encode

NAME = "growth"
PLACE = 80
FULL_ONLY = True

SMALL_ORDERS = 1_000
LARGE = 1_000_000
MOST_MINUTES_OF_SEEDING = 10
MOST = 2.0
ROUNDS, SECONDS, WARM_UP = 5, 2.0, 0.4
ORDERS_OF_ONE = 40
BLOCK_BYTES = 4 * 1024 * 1024
LOGIN = {"email": "growth@example.com", "password": "a password of the bench"}
COLORS = ("red", "blue", "green", "white")
_random = random.Random(11)


@dataclass(frozen=True, slots=True)
class Goods:
    """Some of what a shop has: products by slug, variants by wire id, the load categories."""

    slugs: tuple[str, ...]
    variants: tuple[str, ...]
    categories: tuple[str, ...]


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    """The shop of the run stays as it is."""
    with (
        _seeded("small", products=plan.products, orders=SMALL_ORDERS, plan=plan) as (small, _),
        _seeded("large", products=LARGE, orders=LARGE, plan=plan) as (large, seconds),
    ):
        seeding = Bound(
            name=f"sokoni seed load: {LARGE:,} products",
            value=seconds / 60,
            unit="min",
            side=Side.AT_MOST,
            limit=MOST_MINUTES_OF_SEEDING,
            note=f"{LARGE / seconds:,.0f} per second",
        )
        brief = replace(plan, seconds=SECONDS, warm_up=WARM_UP)
        return [seeding, *await compared(small, large, plan=brief)]


@contextmanager
def _seeded(name: str, *, products: int, orders: int, plan: Plan) -> Iterator[tuple[Bench, float]]:
    """A shop of this size that answers, and the seconds that its products took."""
    with shop.opened(name=name) as bench:
        began = time.perf_counter()
        bench.command("seed", "load", "--products", str(products))
        seconds = time.perf_counter() - began
        print(f"{products:,} products: seeded in {seconds:.0f} s", flush=True)
        began = time.perf_counter()
        bench.command("seed", "load", "--products", str(products), "--orders", str(orders))
        print(f"{orders:,} orders: seeded in {time.perf_counter() - began:.0f} s", flush=True)
        _read_through(bench.server.data_dir)
        shop.serve(bench, workers=plan.workers)
        yield bench, seconds


def _read_through(place: Place) -> None:
    """Leave what is in these files in the machine's memory, as far as there is room."""
    for path in place.glob("base/*/*"):
        with path.open("rb", buffering=0) as file:
            while file.read(BLOCK_BYTES):
                pass


async def compared(small: Bench, large: Bench, *, plan: Plan) -> list[Finding]:
    """The p50 of each path in both shops, and how much longer it is in the large one."""
    asked = [(small, await paths(small)), (large, await paths(large))]
    found: dict[str, tuple[list[float], list[float]]] = {}
    for _, chosen in asked:
        found |= {path.name: ([], []) for path in chosen if plan.only in (NAME, path.name, "")}
    for round_ in range(ROUNDS + 1):
        for nth, (bench, chosen) in enumerate(asked):
            for path in chosen:
                if path.name in found:
                    p50 = await _p50(bench, path, plan=plan)
                    if round_:  # the first one fills caches and prepares statements
                        found[path.name][nth].append(p50)
    return [_bound(name, *both) for name, both in found.items()]


def _bound(name: str, small: Sequence[float], large: Sequence[float]) -> Bound:
    before, after = statistics.median(small), statistics.median(large)
    return Bound(
        name=f"growth: {name}",
        value=after / before,
        unit="×",
        side=Side.AT_MOST,
        limit=MOST,
        note=f"p50 {before:.2f} ms in the small shop, {after:.2f} ms in the large one",
    )


async def _p50(bench: Bench, path: Path, *, plan: Plan) -> float:
    pressed = await pressing.drive(
        bench,
        path,
        name="api",
        port=bench.port,
        seconds=plan.seconds,
        warm_up=plan.warm_up,
        connections=1,
    )
    found = measurement(
        pressed.latencies, seconds=pressed.seconds, cpu_front=0.0, cpu_database=0.0
    ).p50
    assert found is not None
    return found


async def paths(bench: Bench) -> list[Path]:
    """The same requests for either shop, about its own goods."""
    goods = _goods(bench)
    customer = {"Authorization": f"Bearer {await _customer(bench)}"}
    staff = {"Authorization": f"Bearer {await _staff(bench)}"}
    orders = f"{API}/admin/orders"
    return [
        _reads("listing", _listings(goods)),
        _reads("listing, filtered and sorted", _narrowed(goods)),
        _reads("search with facets", (f"/products/search?q={word}" for word in WORDS)),
        _reads("search, sorted", (f"/products/search?sort=price&q={word}" for word in WORDS)),
        _reads("search, two words", _pairs()),
        _reads("facets of a category", _facets(goods)),
        _reads("suggestions", (f"/products/suggest?q={word[:3]}" for word in WORDS)),
        _reads("product page", (f"/products/{slug}?" for slug in goods.slugs)),
        _path("checkout", _checkouts(goods)),
        _path("order list of a customer", [Ask(f"{API}/orders?bench={MARK}", headers=customer)]),
        _path("order list of staff", [Ask(f"{orders}?bench={MARK}", headers=staff)]),
        _path(
            "orders of a status", [Ask(f"{orders}?status=confirmed&bench={MARK}", headers=staff)]
        ),
    ]


def _path(name: str, asks: Iterable[Ask]) -> Path:
    return Path(name, tuple(asks), limit="", goal=0)


def _reads(name: str, places: Iterable[str]) -> Path:
    """Public reads in dollars, each with a parameter that means nothing."""
    return _path(name, [Ask(f"{API}{place}&currency=USD&bench={MARK}") for place in places])


def _listings(goods: Goods) -> Iterator[str]:
    return (f"/products?category={slug}" for slug in goods.categories)


def _narrowed(goods: Goods) -> Iterator[str]:
    for nth, slug in enumerate(goods.categories):
        place = f"/products?category={slug}&attr[color]={COLORS[nth % len(COLORS)]}"
        yield f"{place}&in_stock=true&price_min=2000&sort={('price', 'name')[nth % 2]}"


def _facets(goods: Goods) -> Iterator[str]:
    for nth, slug in enumerate(goods.categories):
        color = COLORS[nth % len(COLORS)]
        yield f"/products/search?category={slug}&attr[color]={color}"


def _pairs() -> Iterator[str]:
    for nth, word in enumerate(WORDS):
        yield f"/products/search?q={word}+{WORDS[(nth + 3) % len(WORDS)]}"


def _checkouts(goods: Goods) -> Iterator[Ask]:
    for one, other in zip(goods.variants[::2], goods.variants[1::2], strict=False):
        yield Ask(
            path=f"{API}/checkout",
            method="POST",
            headers={"Idempotency-Key": f"growth-{MARK}"},
            body={
                "email": "asha@example.com",
                "items": [{"variant_id": each, "quantity": 1} for each in (one, other)],
                "shipping_address": ADDRESS,
                "payment": {
                    "provider": "mock",
                    "mode": "intent",
                    "card_number": "4242424242424242",
                },
            },
        )


def _goods(bench: Bench) -> Goods:
    """Spread over the whole shop; the load products are numbered."""
    with psycopg.connect(bench.url) as db:
        (count,) = db.execute("SELECT count(*) FROM catalog.products").fetchone() or (0,)
        numbers = [_random.randrange(count) for _ in range(2000)]
        slugs = [f"load-{number}" for number in numbers]
        variants = db.execute(
            "SELECT min(v.id::text)::uuid FROM catalog.variants AS v"
            " JOIN catalog.products AS p ON p.id = v.product_id"
            " WHERE p.slug = ANY(%s) GROUP BY p.id",
            [slugs],
        ).fetchall()
        categories = db.execute(
            "SELECT slug FROM catalog.categories AS c WHERE EXISTS (SELECT FROM"
            " catalog.product_categories AS p WHERE p.category_id = c.id) ORDER BY slug"
        ).fetchall()
    return Goods(
        slugs=tuple(slugs),
        variants=tuple(encode("var", row[0]) for row in variants),
        categories=tuple(row[0] for row in categories),
    )


async def _customer(bench: Bench) -> str:
    """Somebody who has bought some of the load orders, and their access token."""
    registered = client.request("POST", f"{API}/auth/register", body=LOGIN)
    await client.ask(bench.port, registered)  # refused when this shop knows them already
    with psycopg.connect(bench.url) as db:
        db.execute(
            "UPDATE orders.orders SET user_id ="
            " (SELECT id FROM identity.users WHERE email = %s) WHERE id IN"
            " (SELECT id FROM orders.orders WHERE number LIKE 'L-%%' ORDER BY number LIMIT %s)",
            [LOGIN["email"], ORDERS_OF_ONE],
        )
    return await _token(bench, LOGIN)


async def _staff(bench: Bench) -> str:
    login = {**LOGIN, "email": "staff@example.com"}
    with psycopg.connect(bench.url) as db:
        known = db.execute("SELECT FROM identity.users WHERE email = %s", [login["email"]])
        is_known = known.fetchone() is not None
    if not is_known:
        words = [f"--{name}={value}" for name, value in login.items()]
        bench.command("create-admin", *words)
    return await _token(bench, login)


async def _token(bench: Bench, login: dict[str, str]) -> str:
    answer = await client.ask(bench.port, client.request("POST", f"{API}/auth/login", body=login))
    if answer.status != 200:
        raise client.Refused(answer.body.decode())
    token: str = msgspec.json.decode(answer.body)["access_token"]
    return token
