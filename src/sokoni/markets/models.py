"""Tables of the front desk. A country is in one region at most: it is that table's primary key."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id

REGION = "markets.regions.id"


class Store(Base):
    """The shop itself: one row. `country` is where it is, not where it ships."""

    __tablename__ = "store"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        {"schema": "markets"},
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=1)
    name: Mapped[str]
    default_currency: Mapped[str]
    country: Mapped[str | None]
    support_email: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class Region(Base):
    """Countries that share a currency and a way of showing prices (with their tax or without)."""

    __tablename__ = "regions"
    __table_args__ = (
        Index(
            "regions_one_default", "is_default", unique=True, postgresql_where=text("is_default")
        ),
        {"schema": "markets"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    currency: Mapped[str]
    tax_inclusive: Mapped[bool]
    is_default: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class RegionCountry(Base):
    """A country that a region serves."""

    __tablename__ = "region_countries"
    __table_args__ = (
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        {"schema": "markets"},
    )

    country: Mapped[str] = mapped_column(primary_key=True)
    region_id: Mapped[UUID] = mapped_column(ForeignKey(REGION, ondelete="CASCADE"), index=True)


class TaxRate(Base):
    """One tax of a region, of one country of it, or of one state of that country."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        CheckConstraint("rate_bp between 0 and 10000", name="rate_bp"),
        CheckConstraint("state is null or country is not null", name="state_has_country"),
        {"schema": "markets"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    region_id: Mapped[UUID] = mapped_column(ForeignKey(REGION, ondelete="CASCADE"), index=True)
    country: Mapped[str | None]
    state: Mapped[str | None]
    name: Mapped[str]
    rate_bp: Mapped[int]
    applies_to_shipping: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class ShippingOption(Base):
    """A way to ship within a region, in its currency; bounds are inclusive, null is none."""

    __tablename__ = "shipping_options"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("0 <= min_days and min_days <= max_days", name="days"),
        CheckConstraint("min_weight_g >= 0 and max_weight_g >= 0", name="weight_sign"),
        CheckConstraint("min_weight_g <= max_weight_g", name="weight"),
        CheckConstraint("min_total >= 0 and max_total >= 0", name="total_sign"),
        CheckConstraint("min_total <= max_total", name="total"),
        {"schema": "markets"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    region_id: Mapped[UUID] = mapped_column(ForeignKey(REGION, ondelete="CASCADE"), index=True)
    name: Mapped[str]
    carrier: Mapped[str | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    min_days: Mapped[int]
    max_days: Mapped[int]
    min_weight_g: Mapped[int | None] = mapped_column(BigInteger)
    max_weight_g: Mapped[int | None] = mapped_column(BigInteger)
    min_total: Mapped[int | None] = mapped_column(BigInteger)
    max_total: Mapped[int | None] = mapped_column(BigInteger)
    is_active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
