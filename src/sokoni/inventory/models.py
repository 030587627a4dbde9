"""Locations, stock levels, their movements, and the holds placed on them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id


class Location(Base):
    """A place that stock lies at; the lowest `priority` is served from first."""

    __tablename__ = "locations"
    __table_args__ = ({"schema": "inventory"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    priority: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)


class StockLevel(Base):
    """Units of one variant at one location."""

    __tablename__ = "stock_levels"
    __table_args__ = (
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
        CheckConstraint("low_stock_threshold >= 0", name="low_stock_threshold"),
        Index("stock_levels_by_location", "location_id"),
        Index(
            "stock_levels_watched",
            "variant_id",
            "location_id",
            postgresql_where=text("low_stock_threshold is not null"),
        ),
        {"schema": "inventory"},
    )

    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.variants.id", ondelete="CASCADE"), primary_key=True
    )
    location_id: Mapped[UUID] = mapped_column(
        ForeignKey("inventory.locations.id"), primary_key=True
    )
    initial: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    on_hand: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    reserved: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    low_stock_threshold: Mapped[int | None] = mapped_column(BigInteger)


class MovementReason(StrEnum):
    SALE = "sale"
    RESTOCK = "restock"
    RECEIVE = "receive"
    ADJUST = "adjust"
    HOLD = "hold"
    RELEASE = "release"


class Movement(Base):
    """One change of one level; rows are added and never changed.

    `cause` is the word staff chose for an adjustment (`count`, `damage`), `owner` whom a hold was
    for, `actor` who did it.
    """

    __tablename__ = "movements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["variant_id", "location_id"],
            ["inventory.stock_levels.variant_id", "inventory.stock_levels.location_id"],
            name="movements_level_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint("d_on_hand <> 0 or d_reserved <> 0", name="moves"),
        Index("movements_by_variant", "variant_id", "id"),
        Index("movements_by_order", "order_id", postgresql_where=text("order_id is not null")),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    variant_id: Mapped[UUID]
    location_id: Mapped[UUID]
    d_on_hand: Mapped[int] = mapped_column(BigInteger)
    d_reserved: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[MovementReason]
    order_id: Mapped[UUID | None]
    owner: Mapped[str] = mapped_column(default="", server_default="")
    cause: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="", server_default="")
    actor: Mapped[str] = mapped_column(default="", server_default="")
    at: Mapped[datetime]


class ReservationState(StrEnum):
    """held → committed | released; both are final."""

    HELD = "held"
    COMMITTED = "committed"
    RELEASED = "released"


class Reservation(Base):
    """A promise of units to one owner: an order, or whoever asked over HTTP, until it expires."""

    __tablename__ = "reservations"
    __table_args__ = (
        Index(
            "reservations_one_live_per_order",
            "order_id",
            unique=True,
            postgresql_where=text("order_id is not null and state <> 'released'"),
        ),
        Index("reservations_of_order", "order_id", postgresql_where=text("order_id is not null")),
        Index(
            "held_reservations_by_owner",
            "owner",
            postgresql_where=text("state = 'held' and owner <> ''"),
        ),
        Index(
            "reservations_by_expiry",
            "expires_at",
            postgresql_where=text("state = 'held' and order_id is null"),
        ),
        Index("held_reservations", "id", postgresql_where=text("state = 'held'")),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(default="", server_default="")
    order_id: Mapped[UUID | None]
    state: Mapped[ReservationState]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]


class HoldState(StrEnum):
    """held → committed → returned, or held → released. Only `held` counts as reserved."""

    HELD = "held"
    COMMITTED = "committed"
    RELEASED = "released"
    RETURNED = "returned"


class Hold(Base):
    """The part of a reservation that one level promises; `returned` units came back later."""

    __tablename__ = "holds"
    __table_args__ = (
        ForeignKeyConstraint(
            ["variant_id", "location_id"],
            ["inventory.stock_levels.variant_id", "inventory.stock_levels.location_id"],
            name="holds_level_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("returned between 0 and quantity", name="returned"),
        UniqueConstraint("reservation_id", "variant_id", name="holds_one_per_variant"),
        Index("holds_by_variant", "variant_id"),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reservation_id: Mapped[UUID] = mapped_column(
        ForeignKey("inventory.reservations.id", ondelete="CASCADE")
    )
    variant_id: Mapped[UUID]
    location_id: Mapped[UUID]
    quantity: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    state: Mapped[HoldState]
