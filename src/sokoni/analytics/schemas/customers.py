"""Customers on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field

from sokoni.analytics.queries.customers import Customer, CustomerKind
from sokoni.kernel.ids import AddressId, OrderId, encode
from sokoni.kernel.schemas import Out
from sokoni.kernel.wire import MoneyOut

PREFIXES = {CustomerKind.ACCOUNT: "usr", CustomerKind.GUEST: "ord"}


class CustomerOut(Out):
    """A customer. Of guests, `id` is their newest order, `created_at` when they first bought.

    `orders` were paid; `spent` is what was captured and not given back, by currency.
    """

    id: Annotated[str, Field(examples=["usr_01j4vg0000e0080000000000g1"])]
    kind: CustomerKind
    email: str
    name: str | None
    is_active: bool
    email_verified_at: datetime | None
    created_at: datetime
    orders: int
    spent: list[MoneyOut]
    first_order_at: datetime | None
    last_order_at: datetime | None
    last_order_id: OrderId | None

    @classmethod
    def of(cls, customer: Customer) -> Self:
        return cls(**_fields(customer))


class CustomerAddress(Out):
    """An address of theirs: from an account's book, or where a guest's orders went."""

    id: AddressId | None
    is_default: bool
    name: str
    company: str | None
    line1: str
    line2: str | None
    city: str
    state: str | None
    postal_code: str | None
    country: str
    phone: str | None


class CustomerDetail(CustomerOut):
    """A customer with their addresses."""

    addresses: list[CustomerAddress]

    @classmethod
    def with_book(cls, customer: Customer, book: Sequence[Any]) -> Self:
        addresses = [CustomerAddress.model_validate(address) for address in book]
        return cls(**_fields(customer), addresses=addresses)

    @classmethod
    def with_used(cls, customer: Customer, used: Sequence[dict[str, Any]]) -> Self:
        names = CustomerAddress.model_fields
        addresses = [
            CustomerAddress(
                **{
                    **dict.fromkeys(names),
                    **{name: value for name, value in address.items() if name in names},
                    "id": None,
                    "is_default": False,
                }
            )
            for address in used
        ]
        return cls(**_fields(customer), addresses=addresses)


def _fields(customer: Customer) -> dict[str, Any]:
    names = CustomerOut.model_fields.keys() - {"id", "spent"}
    return {
        **{name: getattr(customer, name) for name in names},
        "id": encode(PREFIXES[customer.kind], customer.id),
        "spent": [
            MoneyOut(amount=spent.amount, currency=spent.currency) for spent in customer.spent
        ],
    }
