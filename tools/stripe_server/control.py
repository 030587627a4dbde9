"""The control API, `/_control/…`: the same levers as `StripeServer`, over HTTP, in JSON.

GET    /_control/state             clock, faults, behaviour, deliveries, events kept back
GET    /_control/ledger            every amount that moved
POST   /_control/faults            {kind, path?, method?, times?, share?, status?, seconds?, …}
DELETE /_control/faults
PUT    /_control/behaviour         {silent?, max_copies?, max_delay?, reorder?, drop?, …}
POST   /_control/flush             {newest_first?}: send what was kept back
POST   /_control/clock             {advance: seconds}
PUT    /_control/webhook           {url?, secret?}
POST   /_control/events/{id}/send  {copies?}: deliver an event again
POST   /_control/sessions/{id}/pay {number? | iban?, email?}: what the hosted page does
POST   /_control/intents/{id}/authenticate {passed}: what the bank's page does
"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tools.stripe_server.errors import Json, StripeError
from tools.stripe_server.faults import Fault, FaultKind

if TYPE_CHECKING:
    from tools.stripe_server.server import StripeServer

Action = Callable[["StripeServer", Json, Json], object]  # (server, path parameters, body)


def state(server: "StripeServer", _path: Json, _body: Json) -> object:
    return {
        "now": server.now,
        "faults": [asdict(fault) for fault in server.faults.planned],
        "struck": server.faults.struck,
        "behaviour": asdict(server.sender.behaviour),
        "kept": [event["id"] for event in server.sender.kept],
        "deliveries": [asdict(attempt) for attempt in server.deliveries],
        "given_up": [event["id"] for event in server.sender.given_up],
    }


def ledger(server: "StripeServer", _path: Json, _body: Json) -> object:
    return {"entries": [asdict(entry) for entry in server.ledger.entries]}


def add_fault(server: "StripeServer", _path: Json, body: Json) -> object:
    server.fail(Fault(**{**body, "kind": FaultKind(body["kind"])}))
    return {"faults": len(server.faults.planned)}


def clear_faults(server: "StripeServer", _path: Json, _body: Json) -> object:
    server.faults.clear()
    return {"faults": 0}


def behave(server: "StripeServer", _path: Json, body: Json) -> object:
    server.behave(replace(server.sender.behaviour, **body))
    return asdict(server.sender.behaviour)


def flush(server: "StripeServer", _path: Json, body: Json) -> object:
    return {"sent": server.flush(newest_first=bool(body.get("newest_first")))}


def set_clock(server: "StripeServer", _path: Json, body: Json) -> object:
    server.advance(float(body["advance"]))
    return {"now": server.now}


def set_webhook(server: "StripeServer", _path: Json, body: Json) -> object:
    server.sender.url = body.get("url", server.sender.url)
    server.sender.secret = body.get("secret", server.sender.secret)
    return {"url": server.sender.url}


def send_event(server: "StripeServer", path: Json, body: Json) -> object:
    server.send_again(path["id"], copies=int(body.get("copies", 1)))
    return {"sent": path["id"]}


def pay(server: "StripeServer", path: Json, body: Json) -> object:
    return {"redirect": server.pay_session(path["id"], **body)}


def authenticate(server: "StripeServer", path: Json, body: Json) -> object:
    return {"redirect": server.authenticate(path["id"], passed=bool(body["passed"]))}


ACTIONS: tuple[tuple[str, str, Action], ...] = (
    ("GET", "/_control/state", state),
    ("GET", "/_control/ledger", ledger),
    ("POST", "/_control/faults", add_fault),
    ("DELETE", "/_control/faults", clear_faults),
    ("PUT", "/_control/behaviour", behave),
    ("POST", "/_control/flush", flush),
    ("POST", "/_control/clock", set_clock),
    ("PUT", "/_control/webhook", set_webhook),
    ("POST", "/_control/events/{id}/send", send_event),
    ("POST", "/_control/sessions/{id}/pay", pay),
    ("POST", "/_control/intents/{id}/authenticate", authenticate),
)


def routes(server: "StripeServer") -> list[Route]:
    def endpoint(action: Action) -> Callable[[Request], object]:
        async def serve(request: Request) -> Response:
            raw = await request.body()
            try:
                answer = action(server, request.path_params, json.loads(raw) if raw else {})
            except StripeError as error:
                return JSONResponse(error.body(), error.status)
            except (KeyError, TypeError, ValueError) as error:
                return JSONResponse({"error": {"message": repr(error)}}, 400)
            return JSONResponse(answer)

        return serve

    return [Route(path, endpoint(action), methods=[method]) for method, path, action in ACTIONS]
