"""What is measured: the paths, the requests that go along them, and what each shall reach."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from bench import client
from bench.shop import Bench
from sokoni.kernel.ids import encode

BARE, PGBENCH = "bare ASGI", "pgbench"
API = "/api/v1"
CARTS = 48
MARK = "@n@"  # in a path or header: another number in each request
ADDRESS = {
    "name": "Asha Mrema",
    "line1": "Torstraße 1",
    "city": "Berlin",
    "postal_code": "10119",
    "country": "DE",
}
TEST_CARD = {"provider": "mock", "mode": "intent", "card_number": "4242424242424242"}
WORDS = ("amber", "basket", "kanga", "lantern", "willow", "teak", "olive", "zebra")
_numbers = count(1)
_random = random.Random(7)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request; MARK in path and headers becomes a number that no other request has."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None

    def numbered(self) -> "Ask":
        number = str(next(_numbers))
        return Ask(
            path=self.path.replace(MARK, number),
            method=self.method,
            headers={name: value.replace(MARK, number) for name, value in self.headers.items()},
            body=self.body,
        )

    def encoded(self) -> bytes:
        return client.request(self.method, self.path, headers=self.headers, body=self.body)


@dataclass(frozen=True, slots=True)
class Path:
    """A row of the table. `goal` is the share of the limit that it shall reach.

    `most_cpu`: milliseconds of CPU, of API and PostgreSQL together, that one request may take.
    """

    name: str
    asks: tuple[Ask, ...]
    limit: str
    goal: float
    most_cpu: float | None = None

    def requests(self) -> Callable[[], bytes]:
        """Gives ready requests, one after another, in a mixed order."""
        ready = [ask.encoded() for ask in self.asks]
        _random.shuffle(ready)
        places = count(_random.randrange(len(ready)))
        mark = MARK.encode()
        if mark not in ready[0]:
            return lambda: ready[next(places) % len(ready)]
        return lambda: ready[next(places) % len(ready)].replace(mark, b"%d" % next(_numbers))


@dataclass(frozen=True, slots=True)
class Goods:
    """What the seeded shop has, in part."""

    slugs: tuple[str, ...]
    categories: tuple[str, ...]
    variants: tuple[UUID, ...]


def goods(bench: Bench) -> Goods:
    """Some products and variants, spread over the catalogue."""
    with psycopg.connect(bench.url) as connection:
        slugs = connection.execute("SELECT slug FROM catalog.products ORDER BY md5(slug) LIMIT 512")
        variants = connection.execute("SELECT id FROM catalog.variants ORDER BY md5(sku) LIMIT 512")
        categories = connection.execute(
            "SELECT c.slug FROM catalog.categories AS c WHERE EXISTS ("
            " SELECT FROM catalog.product_categories AS p WHERE p.category_id = c.id)"
            " ORDER BY md5(c.slug) LIMIT 16"
        )
        return Goods(
            slugs=tuple(row[0] for row in slugs),
            categories=tuple(row[0] for row in categories),
            variants=tuple(row[0] for row in variants),
        )


async def paths(bench: Bench) -> list[Path]:
    """All paths, with carts opened for the one that fills them."""
    found = goods(bench)
    listing = [f"{API}/products?currency=USD&category={slug}" for slug in found.categories]
    pages = [f"{API}/products/{slug}?currency=USD" for slug in found.slugs]
    search = [f"{API}/products/search?currency=USD&q={word}" for word in WORDS]
    suggest = [f"{API}/products/suggest?currency=USD&q={word[:3]}" for word in WORDS]
    return [
        Path("listing, cached", _cached(listing), BARE, 0.5),
        Path("product page, cached", _cached(pages[:16]), BARE, 0.5),
        Path("category tree, cached", _cached([f"{API}/categories"]), BARE, 0.5),
        Path("listing", _uncached(listing), PGBENCH, 0.25),
        Path("product page", _uncached(pages), PGBENCH, 0.25),
        Path("search with facets", _uncached(search), PGBENCH, 0.25),
        Path("suggestions", _uncached(suggest), PGBENCH, 0.25),
        Path("add to cart", await _additions(bench, found), PGBENCH, 0.25),
        Path("purchase", _purchases(found), PGBENCH, 0.30, most_cpu=8.0),
    ]


def _cached(places: list[str]) -> tuple[Ask, ...]:
    return tuple(Ask(place) for place in places)


def _uncached(places: list[str]) -> tuple[Ask, ...]:
    """A parameter that means nothing makes each request another one to the cache."""
    return tuple(Ask(f"{place}&bench={MARK}") for place in places)


async def _additions(bench: Bench, found: Goods) -> tuple[Ask, ...]:
    """One more unit of a line in a cart of three."""
    asks = []
    for number in range(CARTS):
        variants = [found.variants[(number * 3 + each) % len(found.variants)] for each in range(3)]
        made = await client.ask(
            bench.port, client.request("POST", f"{API}/cart", body={"country": "DE"})
        )
        token = msgspec.json.decode(made.body)["token"]
        added = [
            Ask(
                path=f"{API}/cart/items",
                method="POST",
                headers={"X-Cart-Token": token},
                body={"variant_id": encode("var", variant), "quantity": 1},
            )
            for variant in variants
        ]
        for ask in added:
            answer = await client.ask(bench.port, ask.encoded())
            if answer.status != 201:
                raise client.Refused(answer.body.decode())
        asks.append(added[number % 3])
    return tuple(asks)


def _purchases(found: Goods) -> tuple[Ask, ...]:
    """Two lines each, one unit of each, paid by a test card."""
    pairs = [
        (found.variants[at * 2 % len(found.variants)], found.variants[at * 2 + 1])
        for at in range(len(found.variants) // 2)
    ]
    return tuple(
        Ask(
            path=f"{API}/checkout",
            method="POST",
            headers={"Idempotency-Key": f"bench-{MARK}"},
            body=checkout_of(*pair),
        )
        for pair in pairs
    )


def checkout_of(*variants: UUID, payment: Mapping[str, str] = TEST_CARD) -> dict[str, Any]:
    """The body of a checkout of one unit of each."""
    return {
        "email": "asha@example.com",
        "items": [{"variant_id": encode("var", variant), "quantity": 1} for variant in variants],
        "shipping_address": ADDRESS,
        "payment": payment,
    }
