"""Tables of orders: the order with its totals and addresses, its lines, its timeline."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.orders.states import (
    CancelReason,
    FulfillmentStatus,
    LogState,
    OrderState,
    PaymentStatus,
)

SCHEMA = {"schema": "orders"}

STATUS = (
    "CASE WHEN state = 'cancelled' THEN 'cancelled'"
    " WHEN payment_status = 'refunded' THEN 'refunded'"
    " WHEN fulfillment_status <> 'unfulfilled' THEN fulfillment_status"
    " ELSE state END"
)
TOTAL = "items_total - discount_total + shipping_total + tax_total - gift_card_total"


class Order(Base):
    """A purchase. Amounts are minor units of `currency`; `tax_included` is contained in the rest.

    `content` is a hash of what was checked out, by which a repeated checkout of the same cart is
    told from a changed one.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint(f"grand_total = {TOTAL}", name="total"),
        CheckConstraint(
            "least(items_total, discount_total, shipping_total, tax_total, tax_included,"
            " gift_card_total, grand_total) >= 0",
            name="no_negative_part",
        ),
        CheckConstraint(
            "(state = 'cancelled') = (cancel_reason is not null)", name="cancelled_for_a_reason"
        ),
        CheckConstraint(
            "state <> 'confirmed' or payment_status in ('paid', 'partially_refunded', 'refunded')",
            name="confirmed_is_paid",
        ),
        CheckConstraint(
            "fulfillment_status = 'unfulfilled' or state = 'confirmed' or state = 'cancelled'",
            name="nothing_ships_unpaid",
        ),
        Index(
            "one_living_order_per_cart",
            "cart_id",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("orders_by_user", "user_id", text("placed_at DESC"), text("id DESC")),
        Index("orders_by_time", text("placed_at DESC"), text("id DESC")),
        Index("orders_by_total", "currency", "grand_total", "id"),
        Index("orders_by_status", "status", text("placed_at DESC"), text("id DESC")),
        Index(
            "orders_by_email",
            "email",
            text("placed_at DESC"),
            postgresql_ops={"email": "text_pattern_ops"},
        ),
        Index(
            "paid_orders_by_time",
            "currency",
            "placed_at",
            postgresql_include=["id", "email", "grand_total"],
            postgresql_where=text("payment_status in ('paid', 'partially_refunded', 'refunded')"),
        ),
        Index("pending_orders_by_expiry", "expires_at", postgresql_where=text("state = 'pending'")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    cart_id: Mapped[UUID]
    user_id: Mapped[UUID | None]
    email: Mapped[str]
    state: Mapped[OrderState] = mapped_column(default=OrderState.PENDING)
    payment_status: Mapped[PaymentStatus] = mapped_column(default=PaymentStatus.PENDING)
    fulfillment_status: Mapped[FulfillmentStatus] = mapped_column(
        default=FulfillmentStatus.UNFULFILLED
    )
    status: Mapped[str] = mapped_column(String(32), Computed(STATUS, persisted=True))
    cancel_reason: Mapped[CancelReason | None]
    region_id: Mapped[UUID]
    currency: Mapped[str] = mapped_column(String(3))
    tax_inclusive: Mapped[bool]
    items_total: Mapped[int] = mapped_column(BigInteger)
    discount_total: Mapped[int] = mapped_column(BigInteger, default=0)
    shipping_total: Mapped[int] = mapped_column(BigInteger)
    tax_total: Mapped[int] = mapped_column(BigInteger)
    tax_included: Mapped[int] = mapped_column(BigInteger)
    gift_card_total: Mapped[int] = mapped_column(BigInteger, default=0)
    grand_total: Mapped[int] = mapped_column(BigInteger)
    shipping: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    taxes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    shipping_address: Mapped[dict[str, Any]] = mapped_column(JSONB)
    billing_address: Mapped[dict[str, Any]] = mapped_column(JSONB)
    note: Mapped[str | None]
    content: Mapped[bytes]
    last_seq: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    expires_at: Mapped[datetime]
    placed_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class OrderLine(Base):
    """A copy of what was bought, as it was called and priced then."""

    __tablename__ = "lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("line_total = unit_price * quantity", name="line_total"),
        CheckConstraint("least(unit_price, discount, tax) >= 0", name="no_negative_part"),
        Index("lines_by_order", "order_id", "position", unique=True),
        Index("lines_by_variant", "variant_id"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.variants.id"))
    product_id: Mapped[UUID]
    sku: Mapped[str]
    title: Mapped[str]
    variant_title: Mapped[str | None]
    thumbnail: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    quantity: Mapped[int]
    unit_price: Mapped[int] = mapped_column(BigInteger)
    line_total: Mapped[int] = mapped_column(BigInteger)
    discount: Mapped[int] = mapped_column(BigInteger, default=0)
    tax: Mapped[int] = mapped_column(BigInteger)
    weight_g: Mapped[int] = mapped_column(default=0)


class TimelineEntry(Base):
    """What happened to an order; only ever added to. `seq` counts from 1 without gaps."""

    __tablename__ = "timeline"
    __table_args__ = (
        CheckConstraint("(kind = 'status') = (to_state is not null)", name="status_has_states"),
        SCHEMA,
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    from_state: Mapped[LogState | None]
    to_state: Mapped[LogState | None]
    actor: Mapped[str]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    at: Mapped[datetime]
