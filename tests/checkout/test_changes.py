"""What changes while somebody checks out: prices, the cart, the account, the product, the staff."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.catalog import service as catalog
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode, encode
from sokoni.kernel.worker import Worker
from tests.cart.factories import add, filled, filled_at_once, goods, reprice
from tests.checkout.factories import bought, broken_laws, buy, problems, rows, states, statuses
from tests.identity.factories import signed_in, staff
from tests.inventory.factories import available
from tests.markets import factories as markets
from tests.payments.factories import now
from tests.support.waiting import wait_until

OLD, NEW = 1999, 2500
LOG = (
    "INSERT INTO orders.timeline (order_id, seq, kind, from_state, to_state, actor, data, at)"
    " SELECT id, last_seq, 'status', 'paid', :to_state, 'user:staff', '{}', now()"
    " FROM orders.orders WHERE id = :id"
)


async def put(client: AsyncClient, variant_id: UUID, headers: dict[str, str]) -> Response:
    body = {"variant_id": encode("var", variant_id), "quantity": 1}
    return await client.post("/api/v1/cart/items", json=body, headers=headers)


async def test_a_price_that_changes_among_thirty_checkouts_is_the_price_that_was_seen(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=30)
    carts = [await filled_at_once(db, [variant_id]) for _ in range(30)]
    checkouts = [
        buy(client, headers={"X-Cart-Token": cart.token or ""}, cart_version=1) for cart in carts
    ]

    *answers, _ = await asyncio.gather(
        *checkouts[:15], reprice(db, variant_id, amount=NEW), *checkouts[15:], asyncio.sleep(0)
    )

    said = [answer for answer in answers if isinstance(answer, Response)]
    assert len(said) == 30
    assert problems(said).keys() <= {"/problems/cart-changed"}
    for answer in said:
        if answer.status_code == 201:
            assert answer.json()["order"]["lines"][0]["unit_price"]["amount"] == OLD
        else:
            assert answer.json()["cart"]["lines"][0]["unit_price"]["amount"] == NEW
    captured = await rows(db, "SELECT DISTINCT amount FROM payments.entries")
    assert set(captured) <= {(OLD + 490,)}
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_a_changed_cart_is_shown_with_no_shipping_but_what_was_asked_for(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, quantity=1)
    chosen = cart.answer["shipping_options"][0]["id"]

    by_default = await buy(client, cart, cart_version=7)
    asked = await buy(client, cart, cart_version=7, shipping_option_id=chosen)

    assert problems([by_default, asked]) == {"/problems/cart-changed": 2}
    assert by_default.json()["cart"] == cart.answer | {"token": None}
    assert asked.json()["cart"]["shipping_option_id"] == chosen


async def test_this_bench_charges_the_new_price_unseen_without_the_version(
    client: AsyncClient, db: Database
) -> None:
    """The control: who does not say what they saw pays the price of now."""
    cart = await filled(client, db, quantity=1)
    await reprice(db, cart.variant_ids[0], amount=NEW)

    unseen = await bought(client, cart)

    assert cart.answer["lines"][0]["unit_price"]["amount"] == OLD
    assert unseen["order"]["lines"][0]["unit_price"]["amount"] == NEW


async def test_a_paid_cart_takes_nothing_more_and_a_pending_one_is_ordered_as_it_was(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=1, units=50)

    answer, *added = await asyncio.gather(
        buy(client, cart), *(put(client, cart.variant_ids[0], cart.headers) for _ in range(10))
    )

    assert answer.status_code == 201, answer.text
    taken = answer.json()["order"]["lines"][0]["quantity"]
    assert answer.json()["order"]["status"] == "confirmed"
    assert statuses(added).keys() <= {201, 409}
    assert problems(added).keys() <= {"/problems/cart-completed"}
    assert await available(db, cart.variant_ids[0]) == 50 - taken
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_a_cart_that_is_merged_while_it_is_bought_is_bought_once(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=1, units=50)
    user = await signed_in(client)
    await add(client, cart.variant_ids[0], quantity=2, headers=user)

    merging = client.post("/api/v1/cart/merge", headers={**user, **cart.headers})
    answer, merged = await asyncio.gather(buy(client, cart), merging)
    theirs = await client.get("/api/v1/cart", headers=user)
    ordered = sum(quantity for (quantity,) in await rows(db, "SELECT quantity FROM orders.lines"))

    assert (answer.status_code, merged.status_code) in {(201, 409), (404, 200), (201, 200)}
    kept = theirs.json()["lines"][0]["quantity"]
    if answer.status_code == 404:
        assert (kept, ordered) == (3, 0)
    else:
        assert ordered == 1
    assert await available(db, cart.variant_ids[0]) == 50 - ordered
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_a_product_that_is_deleted_among_checkouts_is_sold_and_kept_or_refused(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    await markets.shop(db)
    variants = [(await goods(db, units=5))[0] for _ in range(8)]
    products = [await product_of(db, variant_id) for variant_id in variants]
    carts = [await filled_at_once(db, [variant_id]) for variant_id in variants]

    acts: list[Any] = []
    for cart, product_id in zip(carts, products, strict=True):
        acts += [buy(client, headers={"X-Cart-Token": cart.token or ""}), delete(db, product_id)]
    done = await asyncio.gather(*acts)
    answers, deleted = done[::2], done[1::2]

    assert problems(answers).keys() <= {"/problems/product-unavailable", "/problems/cart-empty"}
    for answer, is_gone in zip(answers, deleted, strict=True):
        assert (answer.status_code == 201) == (not is_gone), answer.text
    sold = statuses(answers).get(201, 0)
    assert await states(db) == ({"confirmed": sold} if sold else {})
    kept = await rows(db, "SELECT status FROM catalog.products")
    assert Counter(kept) == ({("archived",): sold} if sold else {})
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_a_product_that_is_deleted_after_pricing_is_refused_and_not_a_crash(
    client: AsyncClient, db: Database
) -> None:
    """The deletion commits between the price and the line: the foreign key sees it first."""
    cart = await filled(client, db, quantity=1)
    product_id = await product_of(db, cart.variant_ids[0])
    async with db.transaction() as tx:
        gone = await catalog.delete_product(
            tx, product_id=product_id, actor="user:staff", now=now()
        )
        buying = asyncio.ensure_future(buy(client, cart))
        await waits_for_a_lock(db)
    refused = await buying

    assert gone
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/product-unavailable"
    assert await states(db) == {}


async def test_of_two_admins_who_read_the_same_order_one_moves_it(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    answer = await bought(client, await filled(client, db))
    path = f"/api/v1/admin/orders/{answer['order']['id']}/status"
    admins = [await staff(client, db, Permission.ORDERS_WRITE) for _ in range(2)]
    read = {"If-Match": f'"{answer["order"]["version"]}"'}

    said = await asyncio.gather(
        *(
            client.post(path, json={"status": status}, headers={**admin, **read})
            for admin, status in zip(admins, ["processing", "cancelled"], strict=True)
        )
    )

    assert sorted(response.status_code for response in said) == [200, 412]
    await worker.until_idle()
    moves = await rows(db, "SELECT to_state FROM audit_views.audit_state_log ORDER BY seq")
    assert len(moves) == 3
    assert await broken_laws(db) == {}


async def test_this_bench_cancels_what_is_being_packed_without_the_version(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    """The control: both admins read a paid order; one lets it be packed, the other cancels it."""
    answer = await bought(client, await filled(client, db))
    await worker.until_idle()
    order_id = decode("ord", answer["order"]["id"])
    slow_has_read, quick_has_written = asyncio.Event(), asyncio.Event()

    async def naively(change: str, to_state: str, *, until: asyncio.Event) -> None:
        async with db.transaction() as tx:
            find = text("SELECT status FROM orders.orders WHERE id = :id")
            read = await tx.scalar(find, {"id": order_id})
            slow_has_read.set()
            await until.wait()
            if read == "confirmed":
                write = f"UPDATE orders.orders SET {change}, last_seq = last_seq + 1 WHERE id = :id"
                await tx.execute(text(write), {"id": order_id})
                await tx.execute(text(LOG), {"id": order_id, "to_state": to_state})

    async def quick() -> None:
        await slow_has_read.wait()
        await naively("fulfillment_status = 'processing'", "processing", until=slow_has_read)
        quick_has_written.set()

    cancelling = "state = 'cancelled', cancel_reason = 'staff'"
    await asyncio.gather(naively(cancelling, "cancelled", until=quick_has_written), quick())

    assert await states(db) == {"cancelled": 1}
    assert (await broken_laws(db))["only-legal-moves"] == (
        f"{answer['order']['id']} 4 paid cancelled",
    )


async def test_admins_who_do_not_say_what_they_read_still_make_legal_moves_only(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    answer = await bought(client, await filled(client, db))
    path = f"/api/v1/admin/orders/{answer['order']['id']}/status"
    admin = await staff(client, db, Permission.ORDERS_WRITE)
    wanted = ["delivered", "shipped", "cancelled", "processing"] * 4

    said = await asyncio.gather(
        *(client.post(path, json={"status": status}, headers=admin) for status in wanted)
    )

    assert statuses(said).keys() == {200, 409}
    assert problems(said).keys() == {"/problems/illegal-transition"}
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_of_two_admins_who_read_the_same_product_one_changes_it(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db)
    product_id = encode("prod", await product_of(db, cart.variant_ids[0]))
    admins = [
        await staff(client, db, Permission.CATALOG_READ, Permission.CATALOG_WRITE) for _ in range(2)
    ]
    path = f"/api/v1/admin/products/{product_id}"
    etag = (await client.get(path, headers=admins[0])).headers["etag"]

    said = await asyncio.gather(
        *(
            client.patch(path, json={"title": title}, headers={**admin, "If-Match": etag})
            for admin, title in zip(admins, ["Kitenge", "Leso"], strict=True)
        )
    )

    assert sorted(response.status_code for response in said) == [200, 412]
    winner = next(response for response in said if response.status_code == 200)
    assert (await client.get(path, headers=admins[0])).json()["title"] == winner.json()["title"]


async def test_this_bench_loses_an_admins_title_without_the_version(
    client: AsyncClient, db: Database
) -> None:
    """The control: who read before the other wrote puts the old title back with a new text."""
    cart = await filled(client, db)
    product_id = await product_of(db, cart.variant_ids[0])
    slow_has_read, quick_has_written = asyncio.Event(), asyncio.Event()

    async def naively(change: dict[str, str], *, until: asyncio.Event) -> None:
        async with db.transaction() as tx:
            find = text("SELECT id, title, description FROM catalog.products WHERE id = :id")
            read = (await tx.execute(find, {"id": product_id})).mappings().one()
            slow_has_read.set()
            await until.wait()
            write = (
                "UPDATE catalog.products SET title = :title, description = :description"
                " WHERE id = :id"
            )
            await tx.execute(text(write), {**read, **change})

    async def quick() -> None:
        await slow_has_read.wait()
        await naively({"title": "Kitenge"}, until=slow_has_read)
        quick_has_written.set()

    ((old, _),) = await rows(db, "SELECT title, description FROM catalog.products")
    await asyncio.gather(naively({"description": "Wax"}, until=quick_has_written), quick())

    assert old != "Kitenge"
    assert await rows(db, "SELECT title, description FROM catalog.products") == [(old, "Wax")]


async def test_a_cart_may_have_what_its_own_pending_order_holds(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=1, units=2)
    await bought(client, cart, card=None)
    stranger = await put(client, cart.variant_ids[0], {})
    greedy = await put(client, cart.variant_ids[0], {})

    shown = await client.get("/api/v1/cart", headers=cart.headers)
    more = await put(client, cart.variant_ids[0], cart.headers)
    too_much = await put(client, cart.variant_ids[0], cart.headers)
    second = await bought(client, cart)

    assert stranger.status_code == greedy.status_code == 201
    assert shown.json()["lines"][0]["notices"] == []
    assert more.status_code == 201
    assert (too_much.status_code, too_much.json()["available"]) == (409, 2)
    assert second["order"]["lines"][0]["quantity"] == 2
    assert await available(db, cart.variant_ids[0]) == 0
    await worker.until_idle()
    assert await states(db) == {"cancelled": 1, "confirmed": 1}
    assert await broken_laws(db) == {}


async def product_of(db: Database, variant_id: UUID) -> UUID:
    query = "SELECT product_id FROM catalog.variants WHERE id = :id"
    ((product_id,),) = await rows(db, query, id=variant_id)
    return UUID(str(product_id))


async def delete(db: Database, product_id: UUID) -> bool:
    """Whether it is gone; else it is archived, because somebody bought it."""

    async def work(tx: Any) -> bool:
        return await catalog.delete_product(tx, product_id=product_id, actor="x", now=now())

    return await db.run(work)


async def waits_for_a_lock(db: Database) -> None:
    """Wait until some statement waits for a lock."""

    async def waiting() -> bool:
        return await rows(db, "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)") == [(True,)]

    await wait_until(waiting, what="a lock that is waited for")
