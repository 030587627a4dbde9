"""Place orders and move them along.

Each move is one conditional UPDATE that names the states it may start from and writes its line of
the timeline; nothing moves an order that somebody else has moved meanwhile.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError

from sokoni.kernel import outbox
from sokoni.kernel.db import RetryTransaction, WriteSession, violated
from sokoni.kernel.ids import ALPHABET, new_id
from sokoni.orders import events
from sokoni.orders.errors import IllegalTransition, OrderCannotChange, OrderNotFound
from sokoni.orders.models import OrderLine
from sokoni.orders.states import (
    BY_HAND,
    TRANSITIONS,
    CancelReason,
    LogState,
    OrderState,
    legal_by_hand,
    log_state,
    status_of,
)

NUMBER_LETTERS = 8


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be bought; amounts in minor units of the order's currency."""

    variant_id: UUID
    product_id: UUID
    sku: str
    title: str
    variant_title: str | None
    thumbnail: dict[str, Any] | None
    quantity: int
    unit_price: int
    line_total: int
    discount: int
    tax: int
    weight_g: int


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to be placed; amounts in minor units of `currency`."""

    id: UUID
    cart_id: UUID
    user_id: UUID | None
    email: str
    region_id: UUID
    currency: str
    tax_inclusive: bool
    items_total: int
    discount_total: int
    shipping_total: int
    tax_total: int
    tax_included: int
    gift_card_total: int
    grand_total: int
    shipping: dict[str, Any] | None
    taxes: list[dict[str, Any]]
    shipping_address: dict[str, Any]
    billing_address: dict[str, Any]
    content: bytes
    expires_at: datetime
    lines: Sequence[NewLine]


@dataclass(frozen=True, slots=True)
class Moved:
    """An order after a move."""

    id: UUID
    number: str
    cart_id: UUID
    version: int


PLACE = text(
    """
    WITH placed AS (
        INSERT INTO orders.orders (
            id, number, cart_id, user_id, email, state, payment_status, fulfillment_status,
            region_id, currency, tax_inclusive, items_total, discount_total, shipping_total,
            tax_total, tax_included, gift_card_total, grand_total, shipping, taxes,
            shipping_address, billing_address, content, last_seq, version,
            expires_at, placed_at, updated_at)
        VALUES (
            :id, :number, :cart_id, :user_id, :email, 'pending', 'pending', 'unfulfilled',
            :region_id, :currency, :tax_inclusive, :items_total, :discount_total, :shipping_total,
            :tax_total, :tax_included, :gift_card_total, :grand_total, :shipping, :taxes,
            :shipping_address, :billing_address, :content, 1, 1,
            :expires_at, :now, :now)
        RETURNING id)
    INSERT INTO orders.timeline (order_id, seq, kind, from_state, to_state, actor, data, at)
    SELECT id, 1, 'status', 'new', 'pending', :actor, '{}', :now FROM placed
    """
).bindparams(
    *(
        bindparam(name, type_=JSONB)
        for name in ("shipping", "taxes", "shipping_address", "billing_address")
    )
)


async def place(tx: WriteSession, *, order: NewOrder, actor: str, now: datetime) -> str:
    """Insert the order with its lines and the first line of its timeline. Returns its number."""
    number = new_number()
    values = {
        name: getattr(order, name) for name in NewOrder.__dataclass_fields__ if name != "lines"
    }
    await tx.execute(PLACE, {**values, "number": number, "actor": actor, "now": now})
    try:
        await tx.execute(
            insert(OrderLine),
            [
                {"id": new_id(), "order_id": order.id, "position": position, **asdict(line)}
                for position, line in enumerate(order.lines, 1)
            ],
        )
    except IntegrityError as error:
        if violated(error, "lines_variant_id_fkey"):
            raise RetryTransaction from error  # deleted since it was priced: look again
        raise
    outbox.publish(tx, events.OrderPlaced(order_id=order.id))
    return number


def new_number() -> str:
    """A number that tells nobody how many orders there are: `S-7K3M-9Q2X`, 40 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LETTERS)).upper()
    return f"S-{letters[:4]}-{letters[4:]}"


MOVE = """
    WITH moved AS (
        UPDATE orders.orders SET {changes}, last_seq = last_seq + 1, version = version + 1,
               updated_at = :now
         WHERE id = :id AND {condition}
        RETURNING id, number, cart_id, version, last_seq),
    logged AS (
        INSERT INTO orders.timeline
               (order_id, seq, kind, from_state, to_state, actor, note, data, at)
        SELECT id, last_seq, :kind, :from_state, :to_state, :actor, :note, :data, :now FROM moved)
    SELECT id, number, cart_id, version FROM moved
"""

CONFIRM = MOVE.format(
    changes="state = 'confirmed', payment_status = 'paid', cancel_reason = NULL",
    condition="""state = :from_order_state AND payment_status = 'pending'
         AND (state = 'pending' OR cancel_reason = 'expired' AND NOT EXISTS (
             SELECT FROM orders.orders AS living
              WHERE living.cart_id = orders.cart_id AND living.state <> 'cancelled'))""",
)
CANCEL = MOVE.format(
    changes="state = 'cancelled', cancel_reason = :reason",
    condition="state = :from_order_state AND status = :from_status",
)
ADVANCE = MOVE.format(
    changes="fulfillment_status = :to_state",
    condition="state = 'confirmed' AND status = :from_status",
)
NOTE = MOVE.format(changes="note = note", condition="true")
REFUND = MOVE.format(
    changes="payment_status = :payment_status", condition="payment_status <> 'refunded'"
)


async def confirm(
    tx: WriteSession, *, order_id: UUID, now: datetime, actor: str, late: bool = False
) -> Moved | None:
    """Paid and stock taken: pending → confirmed; `late`: cancelled by expiry → confirmed.

    None when the order is not in that state (any more), or its cart has another living order.
    """
    came_from = LogState.EXPIRED if late else LogState.PENDING
    moved = await _move(
        tx,
        CONFIRM,
        order_id=order_id,
        came_from=came_from,
        to=LogState.PAID,
        actor=actor,
        now=now,
        from_order_state=OrderState.CANCELLED if late else OrderState.PENDING,
    )
    if moved is not None:
        outbox.publish(tx, events.OrderPaid(order_id=order_id, late=late))
    return moved


async def cancel(
    tx: WriteSession,
    *,
    order_id: UUID,
    reason: CancelReason,
    came_from: LogState,
    actor: str,
    now: datetime,
    note: str | None = None,
) -> Moved | None:
    """Cancel an order that is still where the caller saw it (`came_from`); None when it is not."""
    to = LogState.EXPIRED if reason is CancelReason.EXPIRED else LogState.CANCELLED
    if to not in TRANSITIONS[came_from]:
        raise IllegalTransition(
            f"An order that is {status_of(came_from)} cannot be cancelled.",
            status_now=status_of(came_from),
            legal=legal_by_hand(came_from),
        )
    pending = came_from is LogState.PENDING
    moved = await _move(
        tx,
        CANCEL,
        order_id=order_id,
        came_from=came_from,
        to=to,
        actor=actor,
        now=now,
        note=note,
        reason=reason,
        from_order_state=OrderState.PENDING if pending else OrderState.CONFIRMED,
        from_status=status_of(came_from),
    )
    if moved is not None:
        outbox.publish(tx, events.OrderCancelled(order_id=order_id, reason=reason))
    return moved


async def advance(
    tx: WriteSession,
    *,
    order_id: UUID,
    to: LogState,
    actor: str,
    now: datetime,
    note: str | None = None,
    notify: bool = False,
) -> Moved:
    """Move a paid order along its fulfilment (processing, shipped, delivered).

    Raises IllegalTransition with the legal ones, and OrderNotFound.
    """
    found = await current_state(tx, order_id=order_id)
    moved = None
    if to in BY_HAND and to in TRANSITIONS[found]:
        moved = await _move(
            tx,
            ADVANCE,
            order_id=order_id,
            came_from=found,
            to=to,
            actor=actor,
            now=now,
            note=note,
            from_status=status_of(found),
        )
    if moved is None:
        raise IllegalTransition(
            f"An order that is {status_of(found)} cannot become {status_of(to)}.",
            status_now=status_of(found),
            legal=legal_by_hand(found),
        )
    outbox.publish(
        tx, events.OrderStatusChanged(order_id=order_id, status=status_of(to), notify=notify)
    )
    return moved


async def note(
    tx: WriteSession,
    *,
    order_id: UUID,
    kind: str,
    actor: str,
    now: datetime,
    note: str | None = None,
    data: dict[str, Any] | None = None,
) -> Moved:
    """Add a line to the timeline that is no move: a staff note, a decline, a refund."""
    moved = await _move(
        tx, NOTE, order_id=order_id, actor=actor, now=now, note=note, kind=kind, data=data
    )
    if moved is None:
        raise OrderNotFound
    return moved


async def refunded(
    tx: WriteSession, *, order_id: UUID, whole: bool, data: dict[str, Any], now: datetime
) -> None:
    """Note that money goes back, and whether it is all of it."""
    await _move(
        tx,
        REFUND,
        order_id=order_id,
        actor="shop",
        now=now,
        kind="refund",
        data=data,
        payment_status="refunded" if whole else "partially_refunded",
    )


STATE = text("SELECT status, cancel_reason FROM orders.orders WHERE id = :id FOR UPDATE")


async def current_state(tx: WriteSession, *, order_id: UUID) -> LogState:
    """Where the order is, with its row locked. Raises OrderNotFound."""
    row = (await tx.execute(STATE, {"id": order_id})).one_or_none()
    if row is None:
        raise OrderNotFound
    return log_state(row.status, row.cancel_reason)


CHANGE = text(
    """
    UPDATE orders.orders
       SET shipping_address = coalesce(:shipping_address, shipping_address),
           note = CASE WHEN :sets_note THEN :note ELSE note END,
           version = version + 1, updated_at = :now
     WHERE id = :id AND version = :version AND status IN ('pending', 'confirmed')
    RETURNING version
    """
).bindparams(bindparam("shipping_address", type_=JSONB(none_as_null=True)))


async def change(
    tx: WriteSession,
    *,
    order_id: UUID,
    version: int,
    shipping_address: dict[str, Any] | None,
    sets_note: bool,
    note: str | None,
    now: datetime,
) -> int:
    """The customer corrects address or note, before processing. Raises OrderCannotChange."""
    changed = await tx.scalar(
        CHANGE,
        {
            "id": order_id,
            "version": version,
            "shipping_address": shipping_address,
            "sets_note": sets_note,
            "note": note,
            "now": now,
        },
    )
    if changed is None:
        raise OrderCannotChange("It is being processed, or was changed a moment ago; read it anew.")
    return int(changed)


async def _move(
    tx: WriteSession,
    statement: str,
    *,
    order_id: UUID,
    actor: str,
    now: datetime,
    kind: str = "status",
    came_from: LogState | None = None,
    to: LogState | None = None,
    note: str | None = None,
    data: dict[str, Any] | None = None,
    **conditions: str,
) -> Moved | None:
    row = (
        await tx.execute(
            text(statement).bindparams(bindparam("data", type_=JSONB)),
            {
                "id": order_id,
                "kind": kind,
                "from_state": came_from,
                "to_state": to,
                "actor": actor,
                "note": note,
                "data": data or {},
                "now": now,
                **conditions,
            },
        )
    ).one_or_none()
    return None if row is None else Moved(row.id, row.number, row.cart_id, row.version)
