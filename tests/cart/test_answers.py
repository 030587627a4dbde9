"""Answers are written from plain documents; here they are held against the models."""

from dataclasses import replace

from fastapi import FastAPI
from httpx import AsyncClient, Response
from pydantic import BaseModel
from sqlalchemy import text

from sokoni.cart import queries, service
from sokoni.cart.api.answers import shown
from sokoni.cart.schemas import CartOut, ExplanationOut, SummaryOut
from sokoni.catalog.queries import Picture
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.storage import Storage
from tests.cart import factories as carts
from tests.identity import factories as people

CART = "/api/v1/cart"
BILLING = {
    **carts.BERLIN,
    "name": 'Änne "Ann" O\\Neill \U0001f9fa',
    "company": "Kanga & Söhne",
    "line2": "",
    "state": "Berlin",
    "phone": "+49 30 1",
}


def by_model(model: type[BaseModel], content: bytes) -> bytes:
    """What the model says when it has read the answer."""
    return model.model_validate_json(content).model_dump_json().encode()


def check(answer: Response, model: type[BaseModel], *, status: int = 200) -> None:
    assert answer.status_code == status, answer.text
    assert answer.content == by_model(model, answer.content)
    assert answer.headers["content-type"] == "application/json"
    version = answer.json().get("version")
    assert answer.headers.get("etag") == (None if version is None else f'"{version}"')


async def test_each_answer_is_what_its_model_would_have_said(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, kinds=3)
    dearer, scarce, gone = made.variant_ids
    guest, item = made.headers, f"{CART}/items/{made.line_ids[0]}"
    units = {"variant_id": encode("var", dearer), "quantity": 1}
    address = {"shipping_address": carts.BERLIN, "billing_address": BILLING}
    option = made.answer["shipping_options"][0]["id"]

    check(await client.post(CART), CartOut, status=201)
    check(await client.post(CART, json={"country": "DE"}), CartOut, status=201)
    check(await client.post(f"{CART}/items", json=units), CartOut, status=201)
    check(await client.post(f"{CART}/items", json=units, headers=guest), CartOut, status=201)
    check(await client.put(item, json={"quantity": 4}, headers=guest), CartOut)
    check(await client.patch(item, json={"quantity": 5}, headers=guest), CartOut)
    check(await client.patch(CART, json=address, headers=guest), CartOut)
    check(
        await client.patch(
            CART, json={"shipping_option_id": option, "email": "a@example.com"}, headers=guest
        ),
        CartOut,
    )
    await carts.reprice(db, dearer, amount=2500)
    await carts.leave(db, scarce, units=1)
    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM catalog.prices WHERE variant_id = :id"), {"id": gone})
    told = await client.get(CART, headers=guest)
    check(told, CartOut)
    assert all(line["notices"] for line in told.json()["lines"])
    check(await client.get(f"{CART}/explain", headers=guest), ExplanationOut)
    check(await client.post(f"{CART}/summary", json={"items": [units]}), SummaryOut)
    check(await client.delete(item, headers=guest), CartOut)
    check(await client.delete(CART, headers=guest), CartOut)


async def test_so_are_those_to_a_user_and_one_that_is_replayed(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=60)
    alice = await people.signed_in(client)
    units = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 60}
    once = alice | {"Idempotency-Key": "once"}

    first = await client.post(f"{CART}/items", json=units, headers=once)
    again = await client.post(f"{CART}/items", json=units, headers=once)
    check(first, CartOut, status=201)
    check(again, CartOut, status=201)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    check(await client.post(CART, headers=alice), CartOut)
    merged = await client.post(f"{CART}/merge", headers=alice | made.headers)
    check(merged, CartOut)
    assert [notice["code"] for notice in merged.json()["notices"]] == ["quantity-capped"]


async def test_pictures_and_all_that_texts_may_contain_are_told_alike(
    app: FastAPI, client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)
    storage = app.state.resources.get(Storage)
    async with db.reading() as reading:
        basket = await queries.basket(reading, cart_id=made.id)
        assert basket is not None
        addressed = replace(basket, billing_address=dict(reversed(BILLING.items())))
        priced = await service.priced(reading, basket=addressed)
    (line,) = priced.lines
    assert line.sellable is not None
    seen = replace(
        line.sellable,
        title='A "kanga"\\ \u2028 \x7f\t\x1f</script> \U0001f9fa',
        picture=Picture("0" * 64, 900, 1100, "Ä"),
    )
    pictured = replace(priced, lines=(replace(line, sellable=seen),))

    answer = shown(pictured, storage, token="t")

    assert answer.body == by_model(CartOut, bytes(answer.body))
    assert b'"thumbnail":{"url":' in answer.body
