"""The journal: every movement of money as one balanced entry, debits positive, credits negative.

Accounts: `provider:<name>` (what the provider owes the shop), `sales` and `shipping` (revenue
without tax), `tax` (owed to the state), `deposits` (money that is not ours to keep), `fees`.
Amounts are minor units; the database refuses an entry that does not add up to zero.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel.db import WriteSession
from sokoni.kernel.ids import new_id
from sokoni.orders.queries import Order


async def book_sale(tx: WriteSession, *, order: Order, provider: str, now: datetime) -> None:
    """The order is paid: revenue and tax, each by its own."""
    await _book(
        tx,
        kind="sale",
        subject_id=order.id,
        order_id=order.id,
        currency=order.currency,
        amounts=sale(order, provider=provider),
        now=now,
    )


def sale(order: Order, *, provider: str) -> dict[str, int]:
    """The accounts that a sale moves, and by how much; they add up to zero."""
    tax = order.tax_total + order.tax_included
    shipping_tax = int((order.shipping or {}).get("tax", 0))
    shipping = order.shipping_total - (shipping_tax if order.tax_inclusive else 0)
    moved = {
        f"provider:{provider}": order.grand_total,
        "sales": -(order.grand_total - shipping - tax),
        "shipping": -shipping,
        "tax": -tax,
    }
    return {account: amount for account, amount in moved.items() if amount}


async def book_deposit(
    tx: WriteSession,
    *,
    session_id: UUID,
    order_id: UUID,
    provider: str,
    amount: int,
    currency: str,
    now: datetime,
) -> None:
    """Money came that the shop will not keep."""
    await _book(
        tx,
        kind="deposit",
        subject_id=session_id,
        order_id=order_id,
        currency=currency,
        amounts={f"provider:{provider}": amount, "deposits": -amount},
        now=now,
    )


async def book_fee(
    tx: WriteSession,
    *,
    session_id: UUID,
    order_id: UUID,
    provider: str,
    fee: int,
    currency: str,
    now: datetime,
) -> None:
    """The provider keeps its fee."""
    await _book(
        tx,
        kind="fee",
        subject_id=session_id,
        order_id=order_id,
        currency=currency,
        amounts={"fees": fee, f"provider:{provider}": -fee},
        now=now,
    )


REVERSE = text(
    """
    INSERT INTO payments.journal
           (id, kind, subject_id, order_id, currency, accounts, amounts, at)
    SELECT :id, 'refund', :refund_id, order_id, currency, accounts,
           ARRAY(SELECT -amount FROM unnest(amounts) WITH ORDINALITY AS a(amount, nth)
                 ORDER BY nth), :now
      FROM payments.journal
     WHERE kind = :kind AND subject_id = :subject_id
    """
)


async def reverse(
    tx: WriteSession, *, refund_id: UUID, kind: str, subject_id: UUID, now: datetime
) -> None:
    """All of a sale or deposit goes back."""
    await tx.execute(
        REVERSE,
        {
            "id": new_id(),
            "refund_id": refund_id,
            "kind": kind,
            "subject_id": subject_id,
            "now": now,
        },
    )


BOOK = text(
    """
    INSERT INTO payments.journal (id, kind, subject_id, order_id, currency, accounts, amounts, at)
    VALUES (:id, :kind, :subject_id, :order_id, :currency, :accounts, :amounts, :now)
    """
)


async def _book(
    tx: WriteSession,
    *,
    kind: str,
    subject_id: UUID,
    order_id: UUID,
    currency: str,
    amounts: dict[str, int],
    now: datetime,
) -> None:
    moved = {account: amount for account, amount in amounts.items() if amount}
    if not moved:
        return
    await tx.execute(
        BOOK,
        {
            "id": new_id(),
            "kind": kind,
            "subject_id": subject_id,
            "order_id": order_id,
            "currency": currency,
            "accounts": list(moved),
            "amounts": list(moved.values()),
            "now": now,
        },
    )
