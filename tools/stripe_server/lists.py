"""Lists with cursors, and `expand[]`."""

import copy

from tools.stripe_server.account import Account
from tools.stripe_server.errors import Json, StripeError, bad_parameter, missing_object
from tools.stripe_server.forms import Params

COMPARISONS = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}
EXPANDABLE = frozenset(
    {
        *("latest_charge", "balance_transaction", "payment_intent", "payment_method", "customer"),
        *("charge", "source", "line_items", "refunds", "failure_balance_transaction"),
    }
)
MAX_DEPTH = 4


def page(things: list[Json], params: Params, *, url: str) -> Json:
    """One page, newest first. Takes `limit`, `starting_after`, `ending_before`, `created`."""
    limit = params.integer("limit") or 10
    after, before = params.text("starting_after"), params.text("ending_before")
    bounds = _created(params)
    params.done()
    if not 1 <= limit <= 100:
        raise bad_parameter("Limit must be between 1 and 100", param="limit")
    found = [
        thing
        for thing in reversed(things)
        if all(COMPARISONS[how](thing["created"], bound) for how, bound in bounds.items())
    ]
    if before:
        rest = found[: _place(found, before, param="ending_before")]
        shown = rest[-limit:]
    else:
        rest = found[_place(found, after, param="starting_after") + 1 :] if after else found
        shown = rest[:limit]
    return as_list(shown, url=url, has_more=len(rest) > limit)


def as_list(things: list[Json], *, url: str, has_more: bool = False) -> Json:
    return {"object": "list", "data": things, "has_more": has_more, "url": url}


def _created(params: Params) -> dict[str, int]:
    if not isinstance(params.tree.get("created"), dict):
        exact = params.integer("created")
        return {} if exact is None else {"gte": exact, "lte": exact}
    span = params.child("created")
    bounds = {how: span.integer(how) for how in COMPARISONS}
    return {how: bound for how, bound in bounds.items() if bound is not None}


def _place(things: list[Json], object_id: str, *, param: str) -> int:
    for place, thing in enumerate(things):
        if thing["id"] == object_id:
            return place
    raise missing_object("object", object_id, param=param, status=400)


def paths(params: Params) -> list[str]:
    """The `expand[]` of a request, checked before any work is done."""
    wanted = params.strings("expand")
    for path in wanted:
        parts = [part for part in path.split(".") if part != "data"]
        if len(parts) > MAX_DEPTH:
            message = f"You cannot expand more than {MAX_DEPTH} levels of a property"
            raise bad_parameter(message, param="expand")
        if not set(parts) <= EXPANDABLE or path.endswith("data"):
            raise bad_parameter(f"This property cannot be expanded ({path}).", param="expand")
    return wanted


def expanded(account: Account, answer: Json, paths: list[str]) -> Json:
    """A copy of the answer in which the named references are whole objects."""
    answer = copy.deepcopy(answer)
    for path in paths:
        _expand(account, answer, path.split("."), path)
    return answer


def _expand(account: Account, thing: Json, parts: list[str], path: str) -> None:
    name, *rest = parts
    if name == "data" and thing.get("object") == "list":
        for item in thing["data"]:
            _expand(account, item, rest, path)
        return
    _include(account, thing, name)
    if name not in thing:
        raise StripeError(f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(thing[name], str):
        thing[name] = copy.deepcopy(account.objects[thing[name]])
    if rest and thing[name] is not None:
        _expand(account, thing[name], rest, path)


def _include(account: Account, thing: Json, name: str) -> None:
    """Lists that Stripe leaves out of an object unless they are asked for."""
    if name in thing:
        return
    object_id = thing.get("id", "")
    if (thing.get("object"), name) == ("checkout.session", "line_items"):
        url = f"/v1/checkout/sessions/{object_id}/line_items"
        thing[name] = as_list(copy.deepcopy(account.line_items[object_id]), url=url)
    elif (thing.get("object"), name) == ("charge", "refunds"):
        refunds = [item for item in account.all("refund") if item["charge"] == object_id]
        url = f"/v1/charges/{object_id}/refunds"
        thing[name] = as_list(copy.deepcopy(refunds[::-1]), url=url)
