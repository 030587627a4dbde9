"""Bodies of inventory. Quantities are whole units."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from sokoni.catalog.queries import Label
from sokoni.inventory.models import MovementReason, ReservationState
from sokoni.inventory.queries import Level, LiveReservation
from sokoni.kernel.ids import (
    LocationId,
    MovementId,
    OrderId,
    ProductId,
    ReservationId,
    VariantId,
    encode,
)
from sokoni.kernel.schemas import Address, Body, FromText, Line, NotNull, OptionalLine, Out, Text

MOST_UNITS = 1_000_000
MOST_LINES = 200
MOST_SECONDS = 7 * 24 * 3600

Sku = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]*$")]
Code = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"),
    Field(examples=["DAR-1"]),
]
Priority = Annotated[
    int, Field(ge=-1_000_000, le=1_000_000, description="The lowest is served from first.")
]


class StockAtLocation(Out):
    """Units at one location; a closed one has none available."""

    id: LocationId
    name: str
    is_active: bool
    on_hand: int
    reserved: int
    available: int
    low_stock_threshold: int | None

    @classmethod
    def of(cls, level: Level) -> "StockAtLocation":
        return cls(
            id=level.location_id,
            name=level.location_name,
            is_active=level.is_active,
            on_hand=level.on_hand,
            reserved=level.reserved,
            available=level.available,
            low_stock_threshold=level.low_stock_threshold,
        )


class Stock(Out):
    """Whether a SKU can be had; the numbers are for staff and server keys, null for others.

    A line is taken whole from one location, so one line can be smaller than `available`.
    """

    sku: str
    variant_id: VariantId
    in_stock: bool
    available: int | None = None
    on_hand: int | None = None
    reserved: int | None = None
    locations: list[StockAtLocation] | None = None

    @classmethod
    def of(cls, sku: str, variant_id: UUID, levels: Sequence[Level], *, numbers: bool) -> "Stock":
        available = sum(level.available for level in levels)
        if not numbers:
            return cls(sku=sku, variant_id=variant_id, in_stock=available > 0)
        return cls(
            sku=sku,
            variant_id=variant_id,
            in_stock=available > 0,
            available=available,
            on_hand=sum(level.on_hand for level in levels),
            reserved=sum(level.reserved for level in levels),
            locations=[StockAtLocation.of(level) for level in levels],
        )


class ReservationLine(Body):
    """Some units of one SKU."""

    sku: Sku
    quantity: Annotated[int, Field(ge=1, le=MOST_UNITS)]


class ReservationRequest(Body):
    """What to hold, for whom (any text of yours), and for how many seconds."""

    owner: OptionalLine = ""
    lines: Annotated[list[ReservationLine], Field(min_length=1, max_length=MOST_LINES)]
    expires_in: Annotated[int, Field(ge=1, le=MOST_SECONDS, description="Seconds.")] = 900


class Reserved(Out):
    """The hold, and when it ends by itself."""

    reservation_id: ReservationId
    state: ReservationState
    expires_at: datetime


class ReservationRef(Body):
    """Which reservation."""

    reservation_id: ReservationId


class Ended(Out):
    """What became of the reservation."""

    reservation_id: ReservationId
    state: ReservationState


class AdjustmentReason(StrEnum):
    RECEIVE = "receive"
    COUNT = "count"
    DAMAGE = "damage"
    RETURN = "return"
    OTHER = "other"

    @property
    def movement(self) -> MovementReason:
        """What it is called in the books."""
        match self:
            case AdjustmentReason.RECEIVE:
                return MovementReason.RECEIVE
            case AdjustmentReason.RETURN:
                return MovementReason.RESTOCK
            case _:
                return MovementReason.ADJUST


def _not_zero(value: int) -> int:
    if value == 0:
        raise ValueError("must not be 0")
    return value


class Adjustment(Body):
    """Units that came or went, and why."""

    location: LocationId
    delta: Annotated[int, Field(ge=-MOST_UNITS, le=MOST_UNITS), AfterValidator(_not_zero)]
    reason: Annotated[AdjustmentReason, FromText]
    note: Text = ""


class ThresholdChange(Body):
    """Warn when this many units or fewer are available at the location; null: never."""

    location: LocationId
    low_stock_threshold: Annotated[int, Field(ge=0, le=MOST_UNITS)] | None


def _shown(actor: str) -> str:
    """`user:<uuid>` in the books is `usr_…` on the wire."""
    noun, _, value = actor.partition(":")
    prefix = {"user": "usr", "key": "key"}.get(noun)
    return encode(prefix, UUID(value)) if prefix else actor


class MovementOut(Out):
    """One change of the stock at one location."""

    id: MovementId
    location_id: LocationId
    d_on_hand: int
    d_reserved: int
    reason: MovementReason
    order_id: OrderId | None
    owner: str
    cause: str
    note: str
    actor: Annotated[str, AfterValidator(_shown)]
    at: datetime


class LevelOut(Out):
    """One SKU at one location."""

    sku: str
    variant_id: VariantId
    variant_title: str
    product_id: ProductId
    title: str
    location: StockAtLocation


class HeldLineOut(Out):
    """Units of one SKU that one location promises."""

    sku: str
    variant_id: VariantId
    variant_title: str
    product_id: ProductId
    title: str
    location_id: LocationId
    location: str
    quantity: int


class LiveReservationOut(Out):
    """Units held for an order, or for whoever asked (`owner`); overdue ones are about to end."""

    id: ReservationId
    owner: str
    order_id: OrderId | None
    created_at: datetime
    expires_at: datetime
    is_overdue: bool
    lines: list[HeldLineOut]

    @classmethod
    def of(
        cls, found: LiveReservation, *, labels: Mapping[UUID, Label], now: datetime
    ) -> "LiveReservationOut":
        lines = [
            HeldLineOut(
                sku=label.sku,
                variant_id=line.variant_id,
                variant_title=label.variant_title,
                product_id=label.product_id,
                title=label.title,
                location_id=line.location_id,
                location=line.location_name,
                quantity=line.quantity,
            )
            for line in found.lines
            if (label := labels.get(line.variant_id)) is not None
        ]
        return cls(
            id=found.id,
            owner=found.owner,
            order_id=found.order_id,
            created_at=found.created_at,
            expires_at=found.expires_at,
            is_overdue=found.expires_at <= now,
            lines=lines,
        )


class LocationOut(Out):
    """A place that stock lies at."""

    id: LocationId
    name: str
    code: str
    priority: int
    is_active: bool
    address: Address | None
    version: int


class LocationWrite(Body):
    """A new location."""

    name: Line
    code: Code
    priority: Priority = 0
    is_active: bool = True
    address: Address | None = None


class LocationChange(Body):
    """Fields left out keep their value."""

    name: Annotated[Line | None, NotNull] = None
    code: Annotated[Code | None, NotNull] = None
    priority: Annotated[Priority | None, NotNull] = None
    is_active: Annotated[bool | None, NotNull] = None
    address: Address | None = None

    def sent(self) -> dict[str, Any]:
        """The fields that were in the request, the address as plain values."""
        return self.model_dump(include=self.model_fields_set)
