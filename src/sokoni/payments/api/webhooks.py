"""The providers' webhooks: checked, stored once, acted on afterwards by a job."""

from typing import Annotated

from fastapi import Depends, Request

from sokoni.kernel.access import Public
from sokoni.kernel.db import Tx, WriteSession
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.payments import errors, service
from sokoni.payments.port import BadSignature
from sokoni.payments.providers import Providers
from sokoni.payments.schemas import ReceivedOut

router = Api(
    prefix="/webhooks/payments", tags=["webhooks"], dependencies=[Depends(Public("webhook"))]
)

WithProviders = Annotated[Providers, resource(Providers)]
SIGNED_BODY = {
    "requestBody": {
        "required": True,
        "description": "The event as the provider sent and signed it.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}
RECEIVED = problem_responses(errors.WebhookRefused, errors.NoSuchProvider)


@router.post("", responses=RECEIVED, openapi_extra=SIGNED_BODY)
async def receive(request: Request, tx: Tx, providers: WithProviders, now: Now) -> ReceivedOut:
    """Take an event of the configured payment provider."""
    return await _receive(request, tx, providers, providers.configured, now)


@router.post("/{provider}", responses=RECEIVED, openapi_extra=SIGNED_BODY)
async def receive_from(
    request: Request, provider: str, tx: Tx, providers: WithProviders, now: Now
) -> ReceivedOut:
    """Take an event of a payment provider.

    The signature over the raw body is checked, the event is stored once, and acted on afterwards.
    """
    return await _receive(request, tx, providers, provider, now)


async def _receive(
    request: Request, tx: WriteSession, providers: Providers, name: str, now: Now
) -> ReceivedOut:
    provider = providers.by_name.get(name)
    if provider is None:
        raise errors.NoSuchProvider
    try:
        event = provider.read_webhook(await request.body(), request.headers)
    except BadSignature as error:
        raise errors.WebhookRefused(str(error)) from error
    await service.receive(tx, provider=name, event=event, now=now)
    return ReceivedOut()
