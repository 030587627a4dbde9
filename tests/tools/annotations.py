"""Compares JSON that claims to be Stripe's with the types that the official SDK declares for it."""

import ast
import importlib
import inspect
import types
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import stripe
from stripe._stripe_object import UntypedStripeObject

OBJECTS: dict[str, type] = {
    found.OBJECT_NAME: found
    for found in (
        *(stripe.PaymentIntent, stripe.Charge, stripe.Refund, stripe.Event, stripe.Customer),
        *(stripe.PaymentMethod, stripe.BalanceTransaction, stripe.Dispute, stripe.LineItem),
        *(stripe.ShippingRate, stripe.Price, stripe.checkout.Session),
    )
}


def problems(value: Any, *, path: str = "") -> list[str]:
    """What the SDK does not know, or misses, in one API object; empty when all is well."""
    found = list(_differences(value, OBJECTS[value["object"]], path or value["object"]))
    if value["object"] == "event":
        found += problems(value["data"]["object"], path=f"{value['type']}: data.object")
    return found


def error_problems(body: Any) -> list[str]:
    """The same for the body of an error."""
    return list(_differences(body["error"], stripe.ErrorObject, "error"))


def _differences(value: Any, hint: Any, path: str) -> Iterator[str]:
    origin = get_origin(hint)
    if hint is Any:
        return
    if origin in {Union, types.UnionType}:
        yield from _in_union(value, get_args(hint), path)
    elif origin is Literal:
        if value not in get_args(hint):
            yield f"{path}: {value!r} is none of {get_args(hint)[:6]}…"
    elif origin is list:
        yield from _in_list(value, get_args(hint)[0], path)
    elif origin is stripe.ListObject:
        yield from _in_page(value, get_args(hint)[0], path)
    elif UntypedStripeObject in {origin, hint}:
        yield from () if isinstance(value, dict) else (f"{path}: {value!r} is no hash",)
    elif inspect.isclass(hint) and issubclass(hint, stripe.StripeObject):
        yield from _in_object(value, hint, path)
    else:
        yield from _of_type(value, str if hint is Decimal else hint, path)


def _of_type(value: Any, kind: type, path: str) -> Iterator[str]:
    if type(value) is not kind:  # bool is an int to isinstance
        yield f"{path}: {value!r} is no {kind.__name__}"


def _in_page(value: Any, hint: Any, path: str) -> Iterator[str]:
    yield from _in_list(value["data"], hint, f"{path}.data")
    if (value["object"], type(value["has_more"]), type(value["url"])) != ("list", bool, str):
        yield f"{path}: is no list object"


def _in_union(value: Any, options: tuple[Any, ...], path: str) -> Iterator[str]:
    if value is None:
        if type(None) not in options:
            yield f"{path}: must not be null"
        return
    closed = [option for option in options if get_origin(option) is Literal]
    wanted = closed or [option for option in options if option is not type(None)]
    if isinstance(value, dict) and "object" in value:
        wanted = [
            option for option in wanted if getattr(option, "OBJECT_NAME", "") == value["object"]
        ] or [option for option in wanted if get_origin(option) is stripe.ListObject]
    outcomes = [list(_differences(value, option, path)) for option in wanted]
    if all(outcomes):
        yield from min(outcomes, key=len) if outcomes else [f"{path}: {value!r} fits nothing"]


def _in_list(value: Any, hint: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: {value!r} is no list"
        return
    for number, item in enumerate(value):
        yield from _differences(item, hint, f"{path}[{number}]")


def _in_object(value: Any, declared: type, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: {value!r} is no object"
        return
    hints = _fields(declared)
    for name, item in value.items():
        if name not in hints:
            yield f"{path}.{name}: unknown to the SDK"
        else:
            yield from _differences(item, hints[name], f"{path}.{name}")
    for name in hints.keys() - value.keys():
        if type(None) not in get_args(hints[name]):
            yield f"{path}.{name}: missing"


@cache
def _fields(declared: type) -> dict[str, Any]:
    hints = get_type_hints(declared, localns=_names(declared))
    own = inspect.get_annotations(declared).keys() - {"OBJECT_NAME"}
    return {name: hints[name] for name in own}


@cache
def _names(declared: type) -> dict[str, Any]:
    """The names that the class's module imports for type checkers only."""
    module = inspect.getmodule(declared)
    assert module is not None
    names: dict[str, Any] = dict(vars(declared))
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stripe."):
            source = importlib.import_module(node.module or "")
            names |= {item.asname or item.name: getattr(source, item.name) for item in node.names}
    return names
