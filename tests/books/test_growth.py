"""Checking the books takes time in proportion to what is in them, not to its square."""

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.db import Database, WriteSession
from tests.cart.factories import filled_at_once, goods
from tests.checkout.factories import bought, broken_laws
from tests.markets import factories as markets

COPIES = 3000
COLUMNS = text(
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_schema = :schema AND table_name = :table AND is_generated = 'NEVER'"
)


async def multiply(tx: WriteSession, table: str, **fresh: str) -> None:
    """Copy each row of the table; `fresh` are expressions for columns that must differ."""
    schema, _, name = table.partition(".")
    columns = list(await tx.scalars(COLUMNS, {"schema": schema, "table": name}))
    values = [fresh.get(column, f"o.{column}") for column in columns]
    await tx.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM {table} AS o, generate_series(1, {COPIES}) AS n"
        )
    )


async def test_the_books_of_thousands_of_orders_are_checked_within_the_statement_timeout(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    cart = await filled_at_once(db, await goods(db, units=10))
    await bought(client, headers={"X-Cart-Token": cart.token or ""})
    order = "md5(o.order_id::text || n)::uuid"
    async with db.transaction() as tx:
        await tx.execute(text("SET LOCAL session_replication_role = replica"))
        await multiply(
            tx,
            "orders.orders",
            id="md5(o.id::text || n)::uuid",
            cart_id="md5(o.cart_id::text || n)::uuid",
            number="n::text",
        )
        await multiply(tx, "orders.timeline", order_id=order)
        await multiply(
            tx,
            "payments.entries",
            id="md5(o.id::text || n)::uuid",
            order_id=order,
            reference="n::text",
        )

    broken = await broken_laws(db)

    assert "items-are-lines" in broken  # the copies are seen: they have no lines
    assert {"paid-is-captured", "log-ends-where-the-order-is"}.isdisjoint(broken)
