"""The tables of carts.

Users, regions, variants, shipping options and orders are plain ids: a cart outlives them, and
says so (`unavailable`) instead of keeping staff from deleting a product that nobody bought.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id

MAX_QUANTITY = 10_000


class CartState(StrEnum):
    """Open carts can be changed; merged and completed ones never open again."""

    OPEN = "open"
    MERGED = "merged"
    COMPLETED = "completed"


class Cart(Base):
    """One cart. `token_hash`: SHA-256 of the guest's token; it opens the cart while no user has it.

    A merged cart's user is the one whose cart took its items. `order_id` is the order that paid.
    `express`: made by one checkout for the items in its body, and not what an account keeps.
    """

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("(state = 'completed') = (order_id is not null)", name="paid_by_order"),
        CheckConstraint("token_hash is not null or user_id is not null", name="has_owner"),
        Index(
            "carts_one_open_per_user",
            "user_id",
            unique=True,
            postgresql_where=text("state = 'open' and not express"),
        ),
        {"schema": "cart"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes | None] = mapped_column(unique=True)
    user_id: Mapped[UUID | None]
    state: Mapped[CartState] = mapped_column(default=CartState.OPEN)
    express: Mapped[bool] = mapped_column(default=False)
    order_id: Mapped[UUID | None]
    currency: Mapped[str]
    region_id: Mapped[UUID]
    country: Mapped[str | None]
    email: Mapped[str | None]
    shipping_address: Mapped[dict[str, str | None] | None] = mapped_column(JSONB(none_as_null=True))
    billing_address: Mapped[dict[str, str | None] | None] = mapped_column(JSONB(none_as_null=True))
    shipping_option_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CartItem(Base):
    """Some units of one variant. `seen_unit_price`: minor units that the buyer was last told."""

    __tablename__ = "items"
    __table_args__ = (
        CheckConstraint(f"quantity between 1 and {MAX_QUANTITY}", name="quantity"),
        CheckConstraint("seen_unit_price >= 0", name="seen_unit_price"),
        UniqueConstraint("cart_id", "variant_id", name="items_cart_id_variant_id_key"),
        {"schema": "cart"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cart_id: Mapped[UUID] = mapped_column(ForeignKey(Cart.id, ondelete="CASCADE"))
    variant_id: Mapped[UUID]
    quantity: Mapped[int]
    seen_unit_price: Mapped[int] = mapped_column(BigInteger)
    seen_currency: Mapped[str]
    added_at: Mapped[datetime]
