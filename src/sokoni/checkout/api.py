"""HTTP of the purchase: checkout of a cart or of items. A buyer's orders are in `orders_api`."""

from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response

from sokoni.cart.errors import CartCompleted, PriceUnavailable
from sokoni.cart.queries import Owner
from sokoni.checkout import errors, flows, login_api, orders_api
from sokoni.checkout.answers import checkout_answer
from sokoni.checkout.flows import CheckoutRequest, RequestedItem, Shop
from sokoni.checkout.schemas import CheckoutIn, CheckoutOut, OrderIn
from sokoni.inventory.errors import InsufficientStock
from sokoni.kernel.access import AsPurchaser, AsServerOrUser, Caller
from sokoni.kernel.db import Database
from sokoni.kernel.keyed import Keyed, RequiredKey
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api, replayed
from sokoni.kernel.schemas import IfMatch
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.orders.errors import OrderNotFound
from sokoni.payments.errors import (
    AmountNotChargeable,
    AmountTooSmall,
    CardRefused,
    ProviderUnknown,
)
from sokoni.payments.port import CardDetails
from sokoni.payments.providers import Providers
from sokoni.payments.returning import return_pages

router = Api(tags=["checkout"])
router.include_router(orders_api.router)
router.include_router(login_api.router)

REFUSALS = problem_responses(
    errors.CartChanged,
    errors.CartEmpty,
    errors.ProductUnavailable,
    errors.CountryNotServed,
    errors.NoShippingOption,
    errors.ShippingOptionUnknown,
    CartCompleted,
    PriceUnavailable,
    InsufficientStock,
    AmountTooSmall,
    AmountNotChargeable,
    CardRefused,
    ProviderUnknown,
    OrderNotFound,
)


async def _shop(request: Request) -> Shop:
    resources = request.app.state.resources
    settings: Settings = resources.get(Settings)
    return Shop(
        db=resources.get(Database),
        providers=resources.get(Providers),
        storage=resources.get(Storage),
        hold=timedelta(seconds=settings.checkout_hold_seconds),
    )


InShop = Annotated[Shop, Depends(_shop)]
WithSettings = Annotated[Settings, resource(Settings)]


@router.post("/checkout", status_code=201, response_model=CheckoutOut, responses=REFUSALS)
async def checkout(
    caller: AsPurchaser,
    body: CheckoutIn,
    key: RequiredKey,
    shop: InShop,
    settings: WithSettings,
    now: Now,
    if_match: IfMatch,
) -> Response:
    """Buy a cart, or items.

    Order, stock hold and payment are one transaction, before any money moves. With a card or
    payment method the payment is taken as well, and the answer is the settled order, or the
    pending one with the reason of the decline.
    """
    request = _request(caller, body, settings, seen=body.cart_version or if_match)
    return await _buy(shop, settings, request, key, now)


@router.post(
    "/orders", status_code=201, response_model=CheckoutOut, responses=REFUSALS, tags=["orders"]
)
async def create_order(
    caller: AsServerOrUser,
    body: OrderIn,
    key: RequiredKey,
    shop: InShop,
    settings: WithSettings,
    now: Now,
) -> Response:
    """Buy items without a cart: the same as checkout, for servers and users."""
    request = _request(caller, body, settings, seen=None)
    return await _buy(shop, settings, request, key, now)


async def _buy(
    shop: Shop, settings: Settings, request: CheckoutRequest, key: Keyed, now: Now
) -> Response:
    render = partial(checkout_answer, secret=settings.jwt_secret.get_secret_value())
    answer, is_replay = await flows.checkout(
        shop, request=request, keyed=key, render=render, now=now
    )
    if is_replay:
        return replayed(answer)
    return Response(answer.body, status_code=answer.status, headers=answer.headers)


def _request(
    caller: Caller, body: CheckoutIn | OrderIn, settings: Settings, *, seen: int | None
) -> CheckoutRequest:
    payment = body.payment
    card = None
    if payment.card_number is not None or payment.payment_method is not None:
        number = payment.card_number.replace(" ", "") if payment.card_number else None
        card = CardDetails(card_number=number, payment_method=payment.payment_method)
    billing = body.billing_address
    back = return_pages(settings, success_url=body.success_url, cancel_url=body.cancel_url)
    return CheckoutRequest(
        owner=Owner(user_id=caller.user_id, cart_token=caller.cart_token),
        actor=caller.actor,
        cart_id=body.cart_id if isinstance(body, CheckoutIn) else None,
        items=tuple(RequestedItem(item.variant_id, item.quantity) for item in body.items or ()),
        cart_version=seen,
        email=body.email,
        shipping_address=body.shipping_address.model_dump(),
        billing_address=billing.model_dump() if billing else None,
        shipping_option_id=body.shipping_option_id,
        provider=payment.provider,
        mode=payment.mode,
        card=card,
        success_url=back.success,
        cancel_url=back.cancel,
    )
