"""Orders with something to pay, made through the doors; and what providers may say about them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from tools.stripe_server import StripeServer

from sokoni.inventory import service as inventory
from sokoni.kernel import outbox, writes
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.orders import queries as order_queries
from sokoni.orders import service as orders
from sokoni.orders.queries import Order
from sokoni.orders.service import NewLine, NewOrder
from sokoni.orders.states import CancelReason, LogState
from sokoni.payments import flows, queries, service
from sokoni.payments.port import (
    CardDetails,
    PaymentMode,
    PaymentRequest,
    ProviderPayment,
    ProviderStatus,
)
from sokoni.payments.providers import Providers
from sokoni.payments.queries import Session
from sokoni.payments.service import Settled
from sokoni.payments.states import SessionStatus
from tests.cart.factories import BERLIN, goods
from tests.inventory.factories import available

SECRET = "whsec_test"
VISA = CardDetails(payment_method="pm_card_visa")
DECLINED = CardDetails(payment_method="pm_card_chargeDeclined")
UNIT, SHIPPING, TAX = 1999, 490, 748
QUANTITY = 2
TOTAL = QUANTITY * UNIT + SHIPPING
SKU = text("SELECT sku FROM catalog.variants WHERE id = :id")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A pending order of two units with its stock held and one session."""

    order_id: UUID
    session_id: UUID
    cart_id: UUID
    variant_id: UUID


async def unpaid(
    db: Database,
    *,
    provider: str = "mock",
    mode: PaymentMode = PaymentMode.INTENT,
    units: int = 10,
    hold: timedelta = timedelta(minutes=30),
    variant_id: UUID | None = None,
    cart_id: UUID | None = None,
) -> Unpaid:
    """Place an order over 44.88 EUR, 7.48 of it tax, and open a session for it."""
    found = variant_id or (await goods(db, units=units))[0]
    made = Unpaid(
        order_id=new_id(),
        session_id=new_id(),
        cart_id=cart_id or new_id(),
        variant_id=found,
    )
    at = now()
    async with db.transaction() as tx:
        sku = await tx.scalar(SKU, {"id": found})
        await place(tx, made, sku=sku, until=at + hold, at=at)
        await service.open_session(
            tx,
            session_id=made.session_id,
            order_id=made.order_id,
            provider=provider,
            mode=mode,
            amount=Money(TOTAL, "EUR"),
            success_url="http://shop.test/thanks",
            cancel_url="http://shop.test/back",
            expires_at=at + hold,
            now=at,
        )
        await tx.flush()
        await inventory.reserve(
            tx, order_id=made.order_id, lines={found: QUANTITY}, until=at + hold, now=at
        )
    return made


async def place(tx: WriteSession, made: Unpaid, *, sku: str, until: datetime, at: datetime) -> None:
    """Write the order alone; the shop writes it beside the cart, the payment and the key."""
    order = _order(made, sku=sku, until=until)
    placing = orders.prepare(tx, order=order, actor="guest", now=at)
    with orders.lost_races():
        await writes.together(tx, placing.part, outbox.publishing(tx))


async def another_session(db: Database, made: Unpaid, *, provider: str = "mock") -> UUID:
    """A second try for the same order, as if the first had failed."""
    session_id, at = new_id(), now()
    async with db.transaction() as tx:
        await service.apply(
            tx, session=await session(db, made.session_id), payment=declined(made), now=at
        )
        await service.open_session(
            tx,
            session_id=session_id,
            order_id=made.order_id,
            provider=provider,
            mode=PaymentMode.INTENT,
            amount=Money(TOTAL, "EUR"),
            success_url=None,
            cancel_url=None,
            expires_at=at + timedelta(minutes=30),
            now=at,
        )
    return session_id


async def end(db: Database, made: Unpaid, *, reason: CancelReason) -> None:
    """Cancel the pending order: its sessions are closed and its stock is free again."""
    expired = reason is CancelReason.EXPIRED
    status = SessionStatus.EXPIRED if expired else SessionStatus.CANCELLED
    async with db.transaction() as tx:
        await orders.cancel(
            tx,
            order_id=made.order_id,
            reason=reason,
            came_from=LogState.PENDING,
            actor="shop",
            now=now(),
        )
        await service.close_all(tx, order_id=made.order_id, status=status, now=now())
        await inventory.release(tx, order_id=made.order_id, now=now())


def paid(made: Unpaid, **changes: Any) -> ProviderPayment:
    """What a provider says when the money is there."""
    said = ProviderPayment(
        reference=f"pi_{made.session_id.hex}",
        status=ProviderStatus.SUCCEEDED,
        amount=Money(TOTAL, "EUR"),
        session_id=made.session_id,
        order_id=made.order_id,
        capture_reference=f"ch_{made.session_id.hex}",
    )
    return replace(said, **changes)


def declined(made: Unpaid, *, attempt: str = "ch_declined_1") -> ProviderPayment:
    return paid(
        made,
        status=ProviderStatus.FAILED,
        capture_reference=None,
        failure_code="insufficient_funds",
        failure_message="Your card has insufficient funds.",
        attempt_reference=attempt,
    )


async def settle(db: Database, made: Unpaid, payment: ProviderPayment | None = None) -> Settled:
    """Settle as a webhook, a confirm call or the reconciler would."""
    said = payment or paid(made)
    assert said.session_id is not None
    found = await session(db, said.session_id)

    async def work(tx: Any) -> Settled:
        return await service.settle(tx, session=found, payment=said, now=now())

    return await db.run(work)


async def session(db: Database, session_id: UUID) -> Session:
    async with db.reading() as reading:
        found = await queries.session(reading, session_id)
    assert found is not None
    return found


async def order(db: Database, made: Unpaid) -> Order:
    async with db.reading() as reading:
        found = await order_queries.order(reading, made.order_id)
    assert found is not None
    return found


async def rows(db: Database, statement: str, **values: Any) -> list[Any]:
    async with db.reading() as reading:
        return [tuple(row) for row in await reading.execute(text(statement), values)]


async def entries(db: Database) -> list[tuple[str, int]]:
    """Every movement of an order's money: kind and minor units."""
    found = await rows(db, "SELECT kind, amount FROM payments.entries ORDER BY at, kind")
    return [(kind, amount) for kind, amount in found]


async def balances(db: Database) -> dict[str, int]:
    """The trial balance: every account that is not at zero. Its sum is always zero."""
    found = await rows(
        db,
        "SELECT account, sum(amount)::bigint FROM payments.journal,"
        " unnest(accounts, amounts) AS booked (account, amount)"
        " GROUP BY account HAVING sum(amount) <> 0 ORDER BY account",
    )
    assert sum(amount for _, amount in found) == 0
    return dict(found)


async def left(db: Database, made: Unpaid) -> int:
    """Units of the order's variant that another buyer could have."""
    return await available(db, made.variant_id)


def request(
    *, mode: PaymentMode = PaymentMode.INTENT, amount: Money | None = None, **changes: Any
) -> PaymentRequest:
    """A payment to be opened at a provider, of an order that nobody has placed."""
    session_id, at = new_id(), now()
    wanted = PaymentRequest(
        session_id=session_id,
        order_id=new_id(),
        order_number="S-7K3M-9Q2X",
        mode=mode,
        amount=amount or Money(TOTAL, "EUR"),
        email="asha@example.com",
        key=f"sokoni-{session_id}",
        created_at=at,
        expires_at=at + timedelta(minutes=30),
        success_url="http://shop.test/thanks?from=mail",
        cancel_url="http://shop.test/back",
    )
    return replace(wanted, **changes)


@dataclass(frozen=True, slots=True)
class Payments:
    """The shop's payments with a Stripe server behind them."""

    db: Database
    providers: Providers
    server: StripeServer

    async def unpaid(self, *, mode: PaymentMode = PaymentMode.INTENT, **how: Any) -> Unpaid:
        """A pending order whose session Stripe has opened."""
        made = await unpaid(self.db, provider="stripe", mode=mode, **how)
        await self.open(made)
        return made

    async def open(self, made: Unpaid) -> flows.Asked:
        return await flows.open_at_provider(
            self.db,
            self.providers,
            session=await session(self.db, made.session_id),
            order=await order(self.db, made),
            now=now(),
        )

    async def confirm(self, made: Unpaid, card: CardDetails = VISA) -> flows.Asked:
        found = await session(self.db, made.session_id)
        return await flows.confirm(self.db, self.providers, session=found, card=card, now=now())

    async def refresh(self, made: Unpaid) -> flows.Asked:
        found = await session(self.db, made.session_id)
        return await flows.refresh(self.db, self.providers, session=found, now=now())

    async def cancel(self, made: Unpaid) -> flows.Asked:
        found = await session(self.db, made.session_id)
        return await flows.cancel(self.db, self.providers, session=found, now=now())

    async def reference(self, made: Unpaid) -> str:
        found = (await session(self.db, made.session_id)).reference
        assert found is not None
        return found

    async def reconcile(self, *, after: timedelta = timedelta(minutes=1)) -> int:
        """One round of asking, some time from now."""
        return await flows.reconcile(self.db, self.providers, now=now() + after)


def _order(made: Unpaid, *, sku: str, until: datetime) -> NewOrder:
    line = NewLine(
        variant_id=made.variant_id,
        product_id=new_id(),
        sku=sku,
        title="Kanga",
        variant_title=None,
        thumbnail=None,
        quantity=QUANTITY,
        unit_price=UNIT,
        line_total=QUANTITY * UNIT,
        discount=0,
        tax=666,
        weight_g=500,
    )
    return NewOrder(
        id=made.order_id,
        cart_id=made.cart_id,
        user_id=None,
        email="asha@example.com",
        region_id=new_id(),
        currency="EUR",
        tax_inclusive=True,
        items_total=QUANTITY * UNIT,
        discount_total=0,
        shipping_total=SHIPPING,
        tax_total=0,
        tax_included=TAX,
        gift_card_total=0,
        grand_total=TOTAL,
        shipping={"name": "Standard", "amount": SHIPPING, "tax": 82},
        taxes=[{"name": "VAT", "rate_bp": 2000, "base": 3740, "amount": TAX, "included": True}],
        shipping_address=BERLIN,
        billing_address=BERLIN,
        content=b"content",
        expires_at=until,
        lines=[line],
    )
