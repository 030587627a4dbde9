"""HTTP of payment sessions: look, ask, confirm, cancel."""

from fastapi import Response

from sokoni.kernel.access import AsBuyer
from sokoni.kernel.db import Db
from sokoni.kernel.idempotent_flow import idempotent
from sokoni.kernel.ids import PaymentId
from sokoni.kernel.keyed import RequiredKey
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api, replayed
from sokoni.payments import errors, flows
from sokoni.payments.api import seeing
from sokoni.payments.api.opening import WithProviders, WithSettings, keep
from sokoni.payments.flows import Asked
from sokoni.payments.port import CardDetails
from sokoni.payments.schemas import ConfirmIn
from sokoni.payments.shapes import PaymentSessionOut
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

router = Api(prefix="/payments/sessions", tags=["payments"])


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
            return await keep(db, attempt, Asked(session), secrets=found.is_buyer)
        if not attempt.is_resumed:
            async with db.transaction() as tx:
                await attempt.claim(tx, order_id=session.order_id)
        asked = await flows.confirm(db, providers, session=session, card=card, now=now)
        return await keep(db, attempt, asked, secrets=found.is_buyer)


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
