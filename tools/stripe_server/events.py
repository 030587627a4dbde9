"""Events: what happened to an object, with a copy of it as it was then."""

import copy

from tools.stripe_server import lists
from tools.stripe_server.account import API_VERSION, Account, new_id
from tools.stripe_server.errors import Json
from tools.stripe_server.forms import Params


def emit(account: Account, kind: str, thing: Json, *, previous: Json | None = None) -> None:
    """Record an event and hand it to the webhook sender. `previous`: the values it replaced."""
    caller = account.caller
    data: Json = {"object": copy.deepcopy(thing)}
    if previous is not None:
        data["previous_attributes"] = previous
    event = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": account.clock.now(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {
            "id": caller.request_id if caller else None,
            "idempotency_key": caller.idempotency_key if caller else None,
        },
        "type": kind,
    }
    account.announce(account.add(event))


def retrieve(account: Account, params: Params, event_id: str) -> Json:
    params.done()
    return account.find("event", event_id)


def listing(account: Account, params: Params) -> Json:
    kind, kinds = params.text("type"), params.strings("types")
    wanted = {*kinds, *([kind] if kind else [])}
    events = [event for event in account.all("event") if not wanted or event["type"] in wanted]
    return lists.page(events, params, url="/v1/events")
