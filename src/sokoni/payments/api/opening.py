"""HTTP of another try to pay for an order: as a payment session, or below the order."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from sokoni.kernel.access import AsBuyer, Caller
from sokoni.kernel.db import Database, Db, WriteSession
from sokoni.kernel.idempotent_flow import Attempt, conclude, idempotent
from sokoni.kernel.ids import OrderId
from sokoni.kernel.keyed import RequiredKey
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
from sokoni.payments.providers import Providers
from sokoni.payments.returning import return_pages
from sokoni.payments.schemas import AnotherTryIn, SessionIn
from sokoni.payments.shapes import PaymentSessionOut

router = Api(prefix="/payments/sessions", tags=["payments"])
of_orders = Api(prefix="/orders", tags=["orders"])

WithSettings = Annotated[Settings, resource(Settings)]
WithProviders = Annotated[Providers, resource(Providers)]
REFUSALS = problem_responses(
    OrderNotFound,
    errors.AlreadyPaid,
    errors.PaymentClosed,
    errors.PaymentUnderWay,
    errors.PaymentRefused,
    errors.ProviderUnknown,
    errors.AmountTooSmall,
    errors.AmountNotChargeable,
    errors.ProviderUnavailable,
)


@router.post("", status_code=201, response_model=PaymentSessionOut, responses=REFUSALS)
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
    seen = await _seen(db, caller, body.order_id, settings)
    return await _open(db, providers, settings, seen, body, key, now)


@of_orders.post(
    "/{order_id}/payment", status_code=201, response_model=PaymentSessionOut, responses=REFUSALS
)
async def pay(
    caller: AsBuyer,
    order_id: OrderId,
    body: AnotherTryIn,
    key: RequiredKey,
    db: Db,
    providers: WithProviders,
    settings: WithSettings,
    now: Now,
) -> Response:
    """Try again to pay for this order: the same as opening a payment session for it."""
    seen = await _seen(db, caller, order_id, settings)
    return await _open(db, providers, settings, seen, body, key, now)


async def _seen(
    db: Database, caller: Caller, order_id: UUID, settings: Settings
) -> tuple[orders.Order, bool]:
    """The order, and whether the caller is the one who pays."""
    async with db.reading() as reading:
        order = await orders.order(reading, order_id)
        if order is None or not await seeing.may_see(reading, order, caller, settings):
            raise OrderNotFound
        return order, await seeing.may_act(reading, order, caller, settings)


async def _open(
    db: Database,
    providers: Providers,
    settings: Settings,
    seen: tuple[orders.Order, bool],
    body: AnotherTryIn,
    key: RequiredKey,
    now: Now,
) -> Response:
    order, is_buyer = seen
    back = return_pages(settings, success_url=body.success_url, cancel_url=body.cancel_url)
    async with idempotent(db, key) as attempt:
        if attempt.answer is not None:
            return replayed(attempt.answer)

        async def claim(tx: WriteSession) -> None:
            await attempt.claim(tx, order_id=order.id)

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
                success_url=back.success,
                cancel_url=back.cancel,
                now=now,
                claim=claim,
            )
        asked = await flows.open_at_provider(db, providers, session=session, order=order, now=now)
        return await keep(db, attempt, asked, status=201, secrets=is_buyer)


async def keep(
    db: Database, attempt: Attempt, asked: Asked, *, status: int = 200, secrets: bool
) -> Response:
    """Answer, and keep it under the key unless the provider still owes us the outcome."""
    body = PaymentSessionOut.of(asked.session, secrets=secrets).model_dump_json().encode()
    if not asked.known:
        return Response(body, status_code=status, media_type="application/json")
    return await conclude(db, attempt, status=status, body=body)
