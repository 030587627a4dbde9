"""One purchase: place the order, talk to the provider, settle, answer.

    first transaction    idempotency key, cart, price, order, session, stock hold   → commit
    outside              the provider opens the payment, and takes it if there is a card
    last transaction     what the provider said, the answer under the key           → commit

After a crash in between, a replay of the key finds the order and goes on with the provider under
the session's stored key; so does another checkout of the same cart.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from asyncpg.exceptions import UniqueViolationError

from sokoni.cart import queries as cart_queries
from sokoni.cart import service as carts
from sokoni.cart.service import PricedCart
from sokoni.checkout import service
from sokoni.checkout.errors import CartChanged
from sokoni.checkout.flows.outcome import CheckedOut, Render, checked_out
from sokoni.checkout.flows.placing import Placed, Replace, SeenOtherwise, Terms, place
from sokoni.checkout.flows.request import CheckoutRequest
from sokoni.inventory import service as inventory
from sokoni.kernel import crash, idempotency, outbox, writes
from sokoni.kernel.db import Database, WriteSession, violated
from sokoni.kernel.idempotency import Answer
from sokoni.kernel.keyed import Keyed
from sokoni.kernel.storage import Storage
from sokoni.orders import service as orders
from sokoni.orders.errors import OrderNotFound
from sokoni.orders.queries import Order
from sokoni.orders.states import CancelReason
from sokoni.payments import flows as payment_flows
from sokoni.payments import queries as payment_queries
from sokoni.payments import service as payments
from sokoni.payments.errors import AlreadyPaid
from sokoni.payments.port import (
    OutcomeUnknown,
    PaymentProvider,
    PaymentRequest,
    ProviderPayment,
    ProviderRefused,
    ProviderStatus,
)
from sokoni.payments.providers import FREE, Providers
from sokoni.payments.service import Session
from sokoni.payments.states import STILL_PAYABLE

log = structlog.get_logger(__name__)

TRIES = 4


@dataclass(frozen=True, slots=True)
class Shop:
    """What the flows of checkout work with."""

    db: Database
    providers: Providers
    storage: Storage
    hold: timedelta


@dataclass(frozen=True, slots=True)
class Said:
    """What the provider said: how it opened the payment, and what came of the card.

    None: it did not answer, or was not asked.
    """

    opening: ProviderPayment | None = None
    outcome: ProviderPayment | None = None
    known: bool = True


async def checkout(
    shop: Shop, *, request: CheckoutRequest, keyed: Keyed, render: Render, now: datetime
) -> tuple[Answer, bool]:
    """Buy the cart. Returns the answer, and whether it is an old one replayed."""
    provider = shop.providers.get(request.provider)
    if request.card is not None:
        provider.check_card(request.card)
    placed = await _place(shop, request=request, provider=provider, keyed=keyed, now=now)
    if isinstance(placed, Answer):
        return placed, True
    crash.point("after-commit")
    try:
        return await _pay(shop, request, placed, keyed=keyed, render=render, now=now), False
    except BaseException:
        await asyncio.shield(_let_go(shop.db, keyed))
        raise


async def _place(
    shop: Shop,
    *,
    request: CheckoutRequest,
    provider: PaymentProvider,
    keyed: Keyed,
    now: datetime,
) -> Placed | Answer:
    terms = Terms(provider=provider, storage=shop.storage, hold=shop.hold, now=now, keyed=keyed)

    async def first(tx: WriteSession) -> Placed | Replace | Answer:
        found = await idempotency.recall(tx, keyed)
        if isinstance(found, Answer):
            return found
        if found is not None and found.order_id is not None:
            await idempotency.reclaim(tx, keyed)
            return Placed(found.order_id)
        return await place(tx, request=request, terms=terms)

    for _ in range(TRIES):
        try:
            step = await shop.db.run(first)
        except SeenOtherwise as error:
            raise await _tell(shop, error.cart, now=now) from None
        if not isinstance(step, Replace):
            return step
        await _replace(shop, step.order, actor=request.actor, now=now)
    raise OrderNotFound("The cart keeps changing; try again.")


async def _tell(shop: Shop, seen: PricedCart, *, now: datetime) -> CartChanged:
    """Show the buyer the cart as it is; from then on they have seen its prices."""

    async def see(tx: WriteSession) -> PricedCart:
        basket = await cart_queries.basket_for_checkout(tx, cart_id=seen.basket.id)
        if basket is None or not seen.prices_changed:
            return seen
        cart = await carts.priced(tx, basket=basket, market=seen.market, country=seen.country)
        return await carts.see_prices(tx, priced=cart, now=now)

    cart = await shop.db.run(see)
    return CartChanged(
        "Look at the cart again, then check out.",
        cart=carts.cart_document(cart, storage=shop.storage),
    )


async def _replace(shop: Shop, order: Order, *, actor: str, now: datetime) -> None:
    """End the cart's older pending order, its sessions first; a paid one is settled instead."""
    async with shop.db.reading() as reading:
        found = await payment_queries.sessions_of(reading, [order.id])
    for session in found[order.id]:
        if session.status in STILL_PAYABLE:
            await payment_flows.cancel(shop.db, shop.providers, session=session, now=now)
    reason = CancelReason.EXPIRED if order.expires_at <= now else CancelReason.REPLACED

    async def end(tx: WriteSession) -> None:
        await service.end_order(
            tx, order_id=order.id, reason=reason, actor=actor, now=now, only_pending=True
        )

    await shop.db.run(end)


async def _pay(
    shop: Shop,
    request: CheckoutRequest,
    placed: Placed,
    *,
    keyed: Keyed,
    render: Render,
    now: datetime,
) -> Answer:
    session, number = placed.session, placed.order.number if placed.order else ""
    if session is None:
        session, number = await _session_to_pay(shop, request, placed.order_id, now=now)
    said = Said()
    if session.status in STILL_PAYABLE:
        said = await _ask(shop, request, session, number)
    if placed.order is not None and said.outcome and payments.can_settle(session, said.outcome):
        settle = _at_once(placed.order, session, said.outcome, keyed=keyed, render=render, now=now)
        with suppress(payments.NotAtOnce):
            return await shop.db.run(settle)

    async def last(tx: WriteSession) -> Answer:
        await _follow(tx, session=session, said=said, now=now)
        found = await checked_out(tx, placed.order_id)
        if said.opening is not None and found.order.state == "cancelled":
            await service.close_later(tx, session)
        answer = render(found)
        if said.known:
            await idempotency.finish(tx, keyed, answer)
        else:
            await idempotency.let_go(tx, keyed)
        return answer

    return await shop.db.run(last)


def _at_once(
    order: Order,
    session: Session,
    payment: ProviderPayment,
    *,
    keyed: Keyed,
    render: Render,
    now: datetime,
) -> Callable[[WriteSession], Awaitable[Answer]]:
    """The last transaction where nobody touched the order since the first: two statements."""

    async def work(tx: WriteSession) -> Answer:
        settling = payments.settling(tx, order=order, session=session, payment=payment, now=now)
        answer = render(CheckedOut(order=settling.order, sessions=[settling.session]))
        finishing = idempotency.finishing(keyed, answer)
        try:
            told = await writes.together(tx, *settling.parts, finishing, outbox.publishing(tx))
        except UniqueViolationError as error:
            if violated(error, "outbox_dedup_key_key"):  # a twin has said that it is paid
                raise payments.NotAtOnce from error
            raise
        payments.check_settled(told)
        await inventory.commit(tx, order_id=order.id, now=now)
        return answer

    return work


async def _session_to_pay(
    shop: Shop, request: CheckoutRequest, order_id: UUID, *, now: datetime
) -> tuple[Session, str]:
    """The living order's last session, or another try if that one is of another kind or over."""
    async with shop.db.reading() as reading:
        found = await checked_out(reading, order_id)
    last = found.sessions[-1]
    wanted = shop.providers.get(request.provider).name
    fits = last.provider in {wanted, FREE} and last.mode is request.mode
    if found.order.state != "pending" or (fits and last.status in STILL_PAYABLE):
        return last, found.order.number
    try:
        another = await payment_flows.open_another(
            shop.db,
            shop.providers,
            order_id=order_id,
            provider=request.provider,
            mode=request.mode,
            success_url=request.success_url,
            cancel_url=request.cancel_url,
            now=now,
        )
    except AlreadyPaid:  # settled since it was read: by then its last session is what paid it
        async with shop.db.reading() as reading:
            found = await checked_out(reading, order_id)
        return found.sessions[-1], found.order.number
    return another, found.order.number


async def _ask(shop: Shop, request: CheckoutRequest, session: Session, number: str) -> Said:
    """Open the payment at its provider, and take it if there is a card. Nothing raises here."""
    if session.provider == FREE:
        reference = f"free_{session.id.hex}"
        return Said(
            outcome=ProviderPayment(reference, ProviderStatus.SUCCEEDED, amount=session.money)
        )
    provider = shop.providers.get(session.provider)
    opening = None
    try:
        opening = await provider.open(_payment_request(request, session, number))
        if request.card is None:
            crash.point("after-provider-call")
            return Said(opening=opening)
        key = payment_flows.confirm_key(session, request.card)
        outcome = await provider.confirm(
            opening.reference, request.card, key=key, return_url=session.success_url
        )
    except OutcomeUnknown as error:
        log.warning("outcome unknown", session=str(session.id), error=str(error))
        return Said(opening=opening, known=False)
    except ProviderRefused as error:
        return Said(opening=opening, outcome=_refusal(session, error))
    crash.point("after-provider-call")
    return Said(opening=opening, outcome=outcome)


async def _follow(tx: WriteSession, *, session: Session, said: Said, now: datetime) -> None:
    """The order is locked before its session, as everywhere."""
    succeeded = said.outcome is not None and said.outcome.status is ProviderStatus.SUCCEEDED
    if said.outcome is not None and not succeeded:
        await orders.current_state(tx, order_id=session.order_id)
    if said.opening is not None and not succeeded:
        await payments.opened(tx, session_id=session.id, payment=said.opening, now=now)
    if said.outcome is not None:
        await payments.apply(tx, session=session, payment=said.outcome, now=now)


async def _let_go(db: Database, keyed: Keyed) -> None:
    async with db.transaction() as tx:
        await idempotency.let_go(tx, keyed)


def _payment_request(request: CheckoutRequest, session: Session, number: str) -> PaymentRequest:
    return PaymentRequest(
        session_id=session.id,
        order_id=session.order_id,
        order_number=number,
        mode=session.mode,
        amount=session.money,
        email=request.email,
        key=session.key,
        created_at=session.created_at,
        expires_at=session.expires_at,
        success_url=session.success_url or "",
        cancel_url=session.cancel_url or "",
    )


def _refusal(session: Session, error: ProviderRefused) -> ProviderPayment:
    """A refusal counts as a decline: the order stays, and the buyer may try otherwise."""
    return ProviderPayment(
        reference=session.reference or "",
        status=ProviderStatus.FAILED,
        amount=session.money,
        failure_code=error.code,
        failure_message=error.message,
    )
