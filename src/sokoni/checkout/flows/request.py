"""What a buyer asks for at checkout."""

from dataclasses import dataclass
from uuid import UUID

from sokoni.cart.queries import Owner, PostalAddress
from sokoni.payments.port import CardDetails, PaymentMode


@dataclass(frozen=True, slots=True)
class RequestedItem:
    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """One checkout. Neither `cart_id` nor `items`: the owner's cart."""

    owner: Owner
    actor: str
    cart_id: UUID | None
    items: tuple[RequestedItem, ...]
    cart_version: int | None
    email: str
    shipping_address: PostalAddress
    billing_address: PostalAddress | None
    shipping_option_id: UUID | None
    provider: str | None
    mode: PaymentMode
    card: CardDetails | None
    success_url: str
    cancel_url: str

    @property
    def country(self) -> str:
        return str(self.shipping_address["country"])

    @property
    def state(self) -> str | None:
        return self.shipping_address.get("state")
