"""The demo's people: how they sign in, and what one of them can prepare through the API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from playwright.async_api import BrowserContext

CARD, DECLINED_CARD = "4242424242424242", "4000000000000002"


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    password: str
    name: str


ADMIN = Person("admin@example.com", "Admin@123", "Amina Administrator")
ALICE = Person("alice@example.com", "Alice@123", "Alice Mwangi")
BOB = Person("bob@example.com", "Bob@123", "Bob Okello")

ADDRESS = {
    "name": "Asha Komba",
    "line1": "12 Ocean Road",
    "city": "Dar es Salaam",
    "country": "TZ",
}


async def enter(context: BrowserContext, person: Person) -> None:
    """Be signed in, as after the form; for tests that are about something else."""
    page = await context.new_page()
    await page.goto("/offline")
    status = await page.evaluate(
        """async ([username, password]) => {
            const body = new URLSearchParams({ grant_type: 'password', username, password });
            const answer = await fetch('/api/v1/auth/token', { method: 'POST', body });
            localStorage.setItem('sokoni.session', 'true');
            return answer.status;
        }""",
        [person.email, person.password],
    )
    assert status == 200, f"{person.email} was not let in: {status}"
    await page.close()


@dataclass(frozen=True, slots=True)
class Order:
    """`token` opens it for a guest."""

    id: str
    number: str
    token: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The API with somebody's token."""

    http: httpx.AsyncClient

    async def get(self, path: str, **query: str) -> Any:
        return _read(await self.http.get(path, params=query))

    async def post(self, path: str, body: object = None, **headers: str) -> Any:
        sent = {"Idempotency-Key": str(uuid4()), **headers}
        return _read(await self.http.post(path, json=body, headers=sent))

    async def patch(self, path: str, body: object, **headers: str) -> Any:
        return _read(await self.http.patch(path, json=body, headers=headers))

    async def upload(self, path: str, files: Any, data: Any = None) -> Any:
        sent = {"Idempotency-Key": str(uuid4())}
        return _read(await self.http.post(path, files=files, data=data, headers=sent))


def _read(answer: httpx.Response) -> Any:
    assert answer.is_success, f"{answer.request.method} {answer.url}: {answer.text}"
    return answer.json() if answer.content else None


@asynccontextmanager
async def desk(shop_url: str, person: Person | None = ADMIN) -> AsyncIterator[Desk]:
    """Somebody at the API, or a stranger."""
    async with httpx.AsyncClient(base_url=f"{shop_url}/api/v1", timeout=30) as http:
        if person is not None:
            form = {"grant_type": "password", "username": person.email, "password": person.password}
            signed = _read(await http.post("/auth/token", data=form))
            http.headers["Authorization"] = f"Bearer {signed['access_token']}"
        yield Desk(http)


async def order(
    buyer: Desk,
    *,
    slug: str = "haven-stoneware-mug",
    email: str = ALICE.email,
    card: str = CARD,
    address: dict[str, str] = ADDRESS,
) -> Order:
    """One piece of a product, ordered; paid, unless the card is declined."""
    product = await buyer.get(f"/products/{slug}")
    variant = next(each for each in product["variants"] if each["in_stock"])
    done = await buyer.post(
        "/checkout",
        {
            "items": [{"variant_id": variant["id"], "quantity": 1}],
            "email": email,
            "shipping_address": address,
            "payment": {"provider": "mock", "mode": "intent", "card_number": card},
        },
    )
    made = done["order"]
    return Order(made["id"], made["number"], done.get("order_token") or "")
