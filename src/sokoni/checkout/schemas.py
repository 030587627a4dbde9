"""Bodies of checkout and orders on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from sokoni.checkout.flows import CheckedOut
from sokoni.kernel.ids import (
    CartId,
    OrderId,
    OrderLineId,
    ProductId,
    RegionId,
    ShippingOptionId,
    VariantId,
    encode,
)
from sokoni.kernel.schemas import Address, Body, Email, Line, Out, Text
from sokoni.kernel.wire import MoneyOut, TotalsOut
from sokoni.orders.queries import Line as StoredLine
from sokoni.orders.queries import Order, TimelineEntry
from sokoni.orders.states import LogState, status_of
from sokoni.orders.tokens import order_token
from sokoni.payments.port import PaymentMode
from sokoni.payments.returning import WebUrl
from sokoni.payments.service import Session
from sokoni.payments.shapes import PaymentSessionOut

MOST_LINES = 200


class ItemIn(Body):
    variant_id: VariantId
    quantity: int = Field(ge=1, le=10_000)
    configuration: dict[str, Any] | None = Field(default=None, max_length=0)


class PaymentIn(Body):
    """How to pay. `card_number` is for the mock provider's test cards alone."""

    provider: Line | None = None
    mode: Annotated[PaymentMode, Field(strict=False)] = PaymentMode.INTENT
    card_number: Annotated[str, Field(pattern=r"^[0-9 ]{12,23}$")] | None = None
    payment_method: Line | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.card_number is not None and self.payment_method is not None:
            raise ValueError("send card_number or payment_method, not both")
        return self


class OrderIn(Body):
    """A purchase of items, without a cart."""

    items: Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_LINES)]
    email: Email
    shipping_address: Address
    billing_address: Address | None = None
    shipping_option_id: ShippingOptionId | None = None
    payment: PaymentIn = PaymentIn()
    success_url: WebUrl | None = None
    cancel_url: WebUrl | None = None


class CheckoutIn(Body):
    """A purchase of a cart, or of items."""

    cart_id: CartId | None = None
    items: Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_LINES)] | None = None
    cart_version: int | None = Field(default=None, ge=1)
    email: Email
    shipping_address: Address
    billing_address: Address | None = None
    shipping_option_id: ShippingOptionId | None = None
    payment: PaymentIn = PaymentIn()
    success_url: WebUrl | None = None
    cancel_url: WebUrl | None = None

    @model_validator(mode="after")
    def _cart_or_items(self) -> Self:
        if self.cart_id is not None and self.items is not None:
            raise ValueError("send cart_id or items, not both")
        return self


class OrderPatch(Body):
    """What a customer may still change."""

    shipping_address: Address | None = None
    note: Text | None = None


class CancelIn(Body):
    note: Text | None = None


class LookupIn(Body):
    number: Line
    email: Email


class StatusIn(Body):
    """The next status, by hand."""

    status: Annotated[str, Field(pattern="^(processing|shipped|delivered|cancelled)$")]
    note: Text | None = None
    notify: bool = False


class NoteIn(Body):
    note: Annotated[Text, Field(min_length=1)]


class TaxOut(Out):
    name: str
    rate_bp: int
    amount: MoneyOut
    included: bool


class ShippingOut(Out):
    id: str
    name: str
    carrier: str | None
    price: MoneyOut
    min_days: int
    max_days: int


class ThumbnailOut(Out):
    url: str
    width: int
    height: int
    alt: str


class OrderLineOut(Out):
    id: OrderLineId
    variant_id: VariantId
    product_id: ProductId
    sku: str
    title: str
    variant_title: str | None
    thumbnail: ThumbnailOut | None
    quantity: int
    unit_price: MoneyOut
    line_total: MoneyOut
    discount: MoneyOut
    tax: MoneyOut

    @classmethod
    def of_line(cls, line: StoredLine, currency: str) -> Self:
        def money(amount: int) -> MoneyOut:
            return MoneyOut(amount=amount, currency=currency)

        return cls(
            id=line.id,
            variant_id=line.variant_id,
            product_id=line.product_id,
            sku=line.sku,
            title=line.title,
            variant_title=line.variant_title,
            thumbnail=ThumbnailOut(**line.thumbnail) if line.thumbnail else None,
            quantity=line.quantity,
            unit_price=money(line.unit_price),
            line_total=money(line.line_total),
            discount=money(line.discount),
            tax=money(line.tax),
        )


class OrderOut(Out):
    """An order. `status` is a projection of payment and fulfilment."""

    id: OrderId
    number: str
    status: str
    payment_status: str
    fulfillment_status: str
    cancel_reason: str | None
    email: str
    currency: str
    region_id: RegionId
    tax_inclusive: bool
    lines: list[OrderLineOut]
    totals: TotalsOut
    taxes: list[TaxOut]
    shipping_option: ShippingOut | None
    shipping_address: Address
    billing_address: Address
    note: str | None
    payments: list[PaymentSessionOut]
    shipments: list[dict[str, Any]] = Field(default_factory=list)
    placed_at: datetime
    updated_at: datetime
    expires_at: datetime | None
    version: int

    @classmethod
    def of(cls, order: Order, sessions: list[Session], *, secrets: bool = True) -> Self:
        """`secrets`: whether the caller is the one who pays."""

        def money(amount: int) -> MoneyOut:
            return MoneyOut(amount=amount, currency=order.currency)

        pending = order.state == "pending"
        shipping = order.shipping
        return cls(
            id=order.id,
            number=order.number,
            status=order.status,
            payment_status=order.payment_status,
            fulfillment_status=order.fulfillment_status,
            cancel_reason=order.cancel_reason,
            email=order.email,
            currency=order.currency,
            region_id=order.region_id,
            tax_inclusive=order.tax_inclusive,
            lines=[OrderLineOut.of_line(line, order.currency) for line in order.lines],
            totals=TotalsOut(
                items=money(order.items_total),
                discount=money(order.discount_total),
                shipping=money(order.shipping_total),
                tax=money(order.tax_total),
                tax_included=money(order.tax_included),
                gift_card=money(order.gift_card_total),
                grand_total=money(order.grand_total),
            ),
            taxes=[
                TaxOut(
                    name=tax["name"],
                    rate_bp=tax["rate_bp"],
                    amount=money(tax["amount"]),
                    included=tax["included"],
                )
                for tax in order.taxes
            ],
            shipping_option=ShippingOut(
                id=shipping["id"],
                name=shipping["name"],
                carrier=shipping["carrier"],
                price=money(shipping["amount"]),
                min_days=shipping["min_days"],
                max_days=shipping["max_days"],
            )
            if shipping
            else None,
            shipping_address=Address(**order.shipping_address),
            billing_address=Address(**order.billing_address),
            note=order.note,
            payments=[
                PaymentSessionOut.of(session, secrets=secrets and pending) for session in sessions
            ],
            placed_at=order.placed_at,
            updated_at=order.updated_at,
            expires_at=order.expires_at if pending else None,
            version=order.version,
        )


class CheckoutOut(Out):
    """The order, the token by which its buyer finds it again, and the payment to make."""

    order: OrderOut
    order_token: str
    payment: PaymentSessionOut

    @classmethod
    def of(cls, found: CheckedOut, *, secret: str) -> Self:
        current = found.sessions[-1]
        return cls(
            order=OrderOut.of(found.order, found.sessions),
            order_token=order_token(found.order.id, secret=secret),
            payment=PaymentSessionOut.of(current, secrets=found.order.state == "pending"),
        )


class TimelineOut(Out):
    """One line of an order's history."""

    seq: int
    kind: str
    from_status: str | None
    to_status: str | None
    by: str
    note: str | None
    data: dict[str, Any]
    at: datetime

    @classmethod
    def of(cls, entry: TimelineEntry) -> Self:
        return cls(
            seq=entry.seq,
            kind=entry.kind,
            from_status=_status(entry.from_state),
            to_status=_status(entry.to_state),
            by=entry.actor.partition(":")[0],
            note=entry.note,
            data={
                name: encode(PREFIXES[name], UUID(value)) if name in PREFIXES else value
                for name, value in entry.data.items()
            },
            at=entry.at,
        )


class StaffTimelineOut(TimelineOut):
    """The same for staff, with the name of the person who did it."""

    by_name: str | None = None

    @classmethod
    def named(cls, entry: TimelineEntry, names: Mapping[UUID, str]) -> Self:
        person = entry.user_id
        told = TimelineOut.of(entry)
        return cls(**dict(told), by_name=names.get(person) if person else None)


PREFIXES = {"payment_id": "pay", "refund_id": "rfd"}


def _status(state: LogState | None) -> str | None:
    return None if state is None or state is LogState.NEW else status_of(state)
