"""The database itself refuses rows that the books could not bear, whatever the code would write.

These are the guards below the code's own: a conditional update that is one day forgotten ends in
an error here, and not in wrong money.
"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sokoni.checkout import service as checkout
from sokoni.kernel.db import Database, violated
from sokoni.kernel.worker import Worker
from sokoni.orders.states import CancelReason
from tests.payments import factories as make

NEW_ID = "'id', gen_random_uuid()"
PENDING = "(SELECT id FROM orders.orders WHERE state = 'pending')"
TAKEN = (
    "UPDATE payments.sessions SET {0} = (SELECT s.{0} FROM payments.sessions AS s"
    " WHERE s.status = 'succeeded' LIMIT 1) WHERE status = 'pending'"
)


def copied(table: str, changes: str, where: str = "true") -> str:
    """A statement that writes rows of a table again, with some columns changed."""
    return (
        f"INSERT INTO {table} OVERRIDING SYSTEM VALUE"
        f" SELECT (jsonb_populate_record(r, jsonb_build_object({changes}))).* FROM {table} AS r"
        f" WHERE {where}"
    )


FORBIDDEN = (
    # ---- Orders
    ("orders_total_check", "UPDATE orders.orders SET grand_total = grand_total + 1"),
    (
        "orders_no_negative_part_check",
        "UPDATE orders.orders SET discount_total = -1, grand_total = grand_total + 1",
    ),
    (
        "orders_confirmed_is_paid_check",
        "UPDATE orders.orders SET payment_status = 'pending' WHERE state = 'confirmed'",
    ),
    (
        "orders_nothing_ships_unpaid_check",
        "UPDATE orders.orders SET fulfillment_status = 'shipped' WHERE state = 'pending'",
    ),
    (
        "orders_cancelled_for_a_reason_check",
        "UPDATE orders.orders SET state = 'cancelled' WHERE state = 'pending'",
    ),
    # ---- Money
    ("journal_balances_check", "UPDATE payments.journal SET amounts[1] = amounts[1] + 1"),
    ("journal_amount_per_account_check", "UPDATE payments.journal SET accounts = accounts[1:1]"),
    ("journal_kind_subject_id_key", copied("payments.journal", NEW_ID)),
    (
        "one_capture_per_order",
        copied("payments.entries", f"{NEW_ID}, 'reference', 'another'", "kind = 'capture'"),
    ),
    (
        "entries_provider_kind_reference_key",
        copied("payments.entries", f"{NEW_ID}, 'order_id', {PENDING}", "kind = 'capture'"),
    ),
    (
        "one_open_session_per_order",
        copied("payments.sessions", f"{NEW_ID}, 'key', 'another'", "status = 'pending'"),
    ),
    (
        "sessions_captured_in_full_check",
        "UPDATE payments.sessions SET captured = captured - 1 WHERE captured > refunded",
    ),
    (
        "sessions_refunded_within_captured_check",
        "UPDATE payments.sessions SET refunded = captured + 1 WHERE captured > 0",
    ),
    (
        "sessions_succeeded_is_settled_check",
        "UPDATE payments.sessions SET settled_at = NULL WHERE status = 'succeeded'",
    ),
    ("sessions_provider_reference_key", TAKEN.format("reference")),
    ("sessions_provider_capture_reference_key", TAKEN.format("capture_reference")),
    ("refunds_key_key", copied("payments.refunds", f"{NEW_ID}, 'reference', 'another'")),
    ("refunds_provider_reference_key", copied("payments.refunds", f"{NEW_ID}, 'key', 'another'")),
    # ---- Stock
    (
        "stock_levels_reserved_within_on_hand_check",
        "UPDATE inventory.stock_levels SET reserved = on_hand + 1",
    ),
    (
        "stock_levels_reserved_not_negative_check",
        "UPDATE inventory.stock_levels SET reserved = -1",
    ),
    ("holds_one_per_variant", copied("inventory.holds", NEW_ID)),
    ("holds_returned_check", "UPDATE inventory.holds SET returned = quantity + 1"),
    # ---- Events
    (
        "outbox_dedup_key_key",
        copied("kernel.outbox", "'id', -r.id, 'event_id', gen_random_uuid()"),
    ),
    ("effects_pkey", copied("kernel.effects", "'at', now()")),
)


@pytest.fixture
async def shop(db: Database, worker: Worker) -> None:
    """A paid order, a pending one, and one that was paid, cancelled and refunded."""
    paid, pending, cancelled = [await make.unpaid(db) for _ in range(3)]
    await make.settle(db, paid)
    await make.settle(db, cancelled)
    async with db.transaction() as tx:
        await checkout.end_order(
            tx,
            order_id=cancelled.order_id,
            reason=CancelReason.STAFF,
            actor="shop",
            now=make.now(),
        )
    await worker.until_idle()
    assert (await make.order(db, pending)).state == "pending"


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("guard", "statement"), FORBIDDEN, ids=[name for name, _ in FORBIDDEN])
async def test_what_the_books_could_not_bear_is_refused(
    db: Database, guard: str, statement: str
) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with db.transaction() as tx:
            await tx.execute(text(statement))

    assert violated(caught.value, guard)
