"""HTTP of payment sessions: try again, look, ask, confirm, cancel."""

from typing import Annotated

from fastapi import Response

from sokoni.kernel.access import AsBuyer
from sokoni.kernel.db import Database, Db, WriteSession
from sokoni.kernel.idempotency import RequiredKey
from sokoni.kernel.idempotent_flow import Attempt, conclude, idempotent
from sokoni.kernel.ids import PaymentId
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api, replayed
from sokoni.kernel.settings import Settings
from sokoni.orders import queries as orders
from sokoni.orders.errors import OrderNotFound
from sokoni.payments import errors, flows, queries
from sokoni.payments.api import seeing
from sokoni.payments.flows import Asked
from sokoni.payments.port import CardDetails
from sokoni.payments.providers import Providers
from sokoni.payments.schemas import ConfirmIn, SessionIn
from sokoni.payments.shapes import PaymentSessionOut
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

router = Api(prefix="/payments/sessions", tags=["payments"])

WithSettings = Annotated[Settings, resource(Settings)]
WithProviders = Annotated[Providers, resource(Providers)]


@router.post(
    "",
    status_code=201,
    response_model=PaymentSessionOut,
    responses=problem_responses(
        OrderNotFound,
        errors.AlreadyPaid,
        errors.PaymentClosed,
        errors.PaymentUnderWay,
        errors.PaymentRefused,
        errors.ProviderUnknown,
        errors.AmountTooSmall,
        errors.AmountNotChargeable,
        errors.ProviderUnavailable,
    ),
)
async def open_session(
    caller: AsBuyer,
    body: SessionIn,
    key: RequiredKey,
    db: Db,
    providers: WithProviders,
    settings: WithSettings,
    now: Now,
) -> Response:
    """Try again to pay for an order.

    An earlier session is cancelled at its provider first; if it turns out paid, it is settled
    instead, and the answer is 409 `already-paid`.
    """
    async with db.reading() as reading:
        order = await orders.order(reading, body.order_id)
        if order is None or not await seeing.may_see(reading, order, caller, settings):
            raise OrderNotFound
        secrets = await seeing.may_act(reading, order, caller, settings)
    async with idempotent(db, key) as attempt:
        if attempt.answer is not None:
            return replayed(attempt.answer)

        async def claim(tx: WriteSession) -> None:
            await attempt.claim(tx, order_id=body.order_id)

        if attempt.is_resumed:
            async with db.reading() as reading:
                session = (await queries.sessions_of(reading, [order.id]))[order.id][-1]
        else:
            session = await flows.open_another(
                db,
                providers,
                order_id=order.id,
                provider=body.provider,
                mode=body.mode,
                success_url=body.success_url or f"{settings.shop_url}/checkout/success",
                cancel_url=body.cancel_url or f"{settings.shop_url}/checkout/cancelled",
                now=now,
                claim=claim,
            )
        asked = await flows.open_at_provider(db, providers, session=session, order=order, now=now)
        return await _answer(db, attempt, asked, status=201, secrets=secrets)


@router.get("/{payment_id}", responses=problem_responses(errors.PaymentNotFound))
async def get(
    caller: AsBuyer, payment_id: PaymentId, db: Db, settings: WithSettings
) -> PaymentSessionOut:
    """Show a payment as it was last heard of."""
    found = await seeing.seen(db, caller, payment_id, settings)
    return PaymentSessionOut.of(found.session, secrets=found.is_buyer)


@router.post(
    "/{payment_id}/refresh",
    responses=problem_responses(
        errors.PaymentNotFound, errors.PaymentRefused, errors.ProviderUnavailable
    ),
)
async def refresh(
    caller: AsBuyer,
    payment_id: PaymentId,
    db: Db,
    providers: WithProviders,
    settings: WithSettings,
    now: Now,
) -> PaymentSessionOut:
    """Ask the provider where the payment stands, and settle it if it is paid."""
    found = await seeing.seen(db, caller, payment_id, settings)
    asked = await flows.refresh(db, providers, session=found.session, now=now)
    return PaymentSessionOut.of(asked.session, secrets=found.is_buyer)


@router.post(
    "/{payment_id}/confirm",
    response_model=PaymentSessionOut,
    responses=problem_responses(
        errors.PaymentNotFound,
        errors.PaymentClosed,
        errors.PaymentRefused,
        errors.CardRefused,
        errors.ProviderUnavailable,
    ),
)
async def confirm(
    caller: AsBuyer,
    payment_id: PaymentId,
    body: ConfirmIn,
    key: RequiredKey,
    db: Db,
    providers: WithProviders,
    settings: WithSettings,
    now: Now,
) -> Response:
    """Take the money now. A decline is an answer: status `failed`, with the bank's reason."""
    found = await seeing.seen(db, caller, payment_id, settings, to_act=True)
    number = body.card_number.replace(" ", "") if body.card_number else None
    card = CardDetails(card_number=number, payment_method=body.payment_method)
    async with idempotent(db, key) as attempt:
        if attempt.answer is not None:
            return replayed(attempt.answer)
        session = found.session
        if attempt.is_resumed and session.status is not SessionStatus.PENDING:
            return await _answer(db, attempt, Asked(session), secrets=found.is_buyer)
        if not attempt.is_resumed:
            async with db.transaction() as tx:
                await attempt.claim(tx, order_id=session.order_id)
        asked = await flows.confirm(db, providers, session=session, card=card, now=now)
        return await _answer(db, attempt, asked, secrets=found.is_buyer)


@router.post(
    "/{payment_id}/cancel",
    responses=problem_responses(
        errors.PaymentNotFound,
        errors.AlreadyPaid,
        errors.PaymentUnderWay,
        errors.PaymentRefused,
        errors.ProviderUnavailable,
    ),
)
async def cancel(
    caller: AsBuyer,
    payment_id: PaymentId,
    db: Db,
    providers: WithProviders,
    settings: WithSettings,
    now: Now,
) -> PaymentSessionOut:
    """Make sure that this can no longer be paid; the order stays. Safe to repeat."""
    found = await seeing.seen(db, caller, payment_id, settings, to_act=True)
    session = found.session
    if session.status in STILL_PAYABLE:
        session = (await flows.cancel(db, providers, session=session, now=now)).session
    if session.status is SessionStatus.SUCCEEDED:
        raise errors.AlreadyPaid
    if session.status in STILL_PAYABLE:
        raise errors.PaymentUnderWay("The bank is working on it right now.")
    return PaymentSessionOut.of(session, secrets=found.is_buyer)


async def _answer(
    db: Database, attempt: Attempt, asked: Asked, *, status: int = 200, secrets: bool
) -> Response:
    """Answer, and keep it under the key unless the provider still owes us the outcome."""
    body = PaymentSessionOut.of(asked.session, secrets=secrets).model_dump_json().encode()
    if not asked.known:
        return Response(body, status_code=status, media_type="application/json")
    return await conclude(db, attempt, status=status, body=body)
