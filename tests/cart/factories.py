"""Carts for tests, made through doors and HTTP.

`await filled(client, db)` is a whole shop with a guest's cart in it: a product with stock in four
currencies, and two units of it in the cart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.cart import service as cart
from sokoni.cart.service import Wanted
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import PriceDraft, ProductDraft, VariantDraft
from sokoni.inventory import service as stock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode, encode
from tests.catalog import factories as catalog
from tests.inventory import factories as inventory
from tests.markets import factories as markets

PRICES = {"EUR": 1999, "USD": 2199, "TZS": 5_500_000, "JPY": 3200}
ADDRESS = {
    "name": "Asha Mrema",
    "line1": "12 Samora Avenue",
    "city": "Dar es Salaam",
    "postal_code": "11101",
    "country": "TZ",
}
BERLIN = ADDRESS | {
    "line1": "Torstraße 1",
    "city": "Berlin",
    "postal_code": "10119",
    "country": "DE",
}

_titles = count(1)


@dataclass(frozen=True, slots=True)
class FilledCart:
    """A cart as `POST /cart/items` answered it last, and the headers that open it."""

    id: UUID
    wire_id: str
    headers: dict[str, str]
    variant_ids: tuple[UUID, ...]
    shop: markets.Shop
    answer: dict[str, Any]

    @property
    def token(self) -> str:
        return self.headers["X-Cart-Token"]

    @property
    def line_ids(self) -> list[str]:
        return [line["id"] for line in self.answer["lines"]]


async def goods(
    db: Database,
    *,
    kinds: int = 1,
    prices: Mapping[str, int] = PRICES,
    units: int | None = 100,
    weight_g: int | None = 500,
    taxable: bool = True,
) -> tuple[UUID, ...]:
    """The variants of a new product, each with these prices and so many units in stock."""
    sizes = [f"{size:03}" for size in range(kinds)]
    draft = ProductDraft(
        title=f"Kanga {next(_titles)}",
        status=ProductStatus.ACTIVE,
        variants=tuple(
            VariantDraft(
                options={"Size": size} if kinds > 1 else {},
                prices=tuple(PriceDraft(currency, amount) for currency, amount in prices.items()),
                weight_g=weight_g,
                taxable=taxable,
            )
            for size in sizes
        ),
    )
    made = await catalog.create(db, draft)
    variant_ids = tuple(variant.id for variant in made.variants)
    if units is not None:
        async with db.transaction() as tx:
            for variant_id in variant_ids:
                await inventory.stock(tx, variant_id, units=units)
    return variant_ids


async def filled(
    client: AsyncClient,
    db: Database,
    *,
    kinds: int = 1,
    quantity: int = 2,
    units: int = 100,
    prices: Mapping[str, int] = PRICES,
    headers: Mapping[str, str] | None = None,
    shop: markets.Shop | None = None,
) -> FilledCart:
    """A cart with `quantity` of each of so many kinds of goods, in the default region (EUR).

    A guest's, unless `headers` sign somebody in. `shop` is made unless given.
    """
    market = shop or await markets.shop(db)
    variant_ids = await goods(db, kinds=kinds, units=units, prices=prices)
    who = dict(headers or {})
    answer: dict[str, Any] = {}
    for variant_id in variant_ids:
        answer = await add(client, variant_id, quantity=quantity, headers=who)
        if answer["token"]:
            who["X-Cart-Token"] = answer["token"]
    cart_id = decode("cart", answer["id"])
    assert cart_id is not None
    return FilledCart(
        id=cart_id,
        wire_id=answer["id"],
        headers=who,
        variant_ids=variant_ids,
        shop=market,
        answer=answer,
    )


async def filled_at_once(
    db: Database, variant_ids: Sequence[UUID], *, quantity: int = 1, user_id: UUID | None = None
) -> cart.CreatedCart:
    """A cart of these variants, through the service."""
    async with db.transaction() as tx:
        return await cart.create(
            tx,
            user_id=user_id,
            items=[Wanted(variant_id=variant_id, quantity=quantity) for variant_id in variant_ids],
            now=markets.NOW,
        )


async def add(
    client: AsyncClient,
    variant_id: UUID,
    *,
    quantity: int = 1,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Put units of a variant into a cart over HTTP."""
    response = await client.post(
        "/api/v1/cart/items",
        json={"variant_id": encode("var", variant_id), "quantity": quantity},
        headers=dict(headers or {}),
    )
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def leave(db: Database, variant_id: UUID, *, units: int) -> None:
    """Let this many units of a variant be in the warehouse from now on."""
    async with db.transaction() as tx:
        location_id = await inventory.location(tx)
        await stock.set_stock(tx, {(variant_id, location_id): units}, replace=True, now=markets.NOW)


async def reprice(db: Database, variant_id: UUID, *, amount: int, currency: str = "EUR") -> None:
    """Change what a variant costs from now on."""
    async with db.transaction() as tx:
        await tx.execute(
            text(
                "UPDATE catalog.prices SET amount = :amount"
                " WHERE variant_id = :variant_id AND currency = :currency"
            ),
            {"amount": amount, "variant_id": variant_id, "currency": currency},
        )
