"""The OpenAPI document: what FastAPI gathers, with what the contract promises added.

Who may call each operation, an example for every JSON body and answer, problems under their own
media type, tags in the order in which one reads them.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sokoni.apps.examples import example
from sokoni.kernel.problems import MEDIA_TYPE

JSON = "application/json"
METHODS = ("get", "put", "post", "patch", "delete")
Operation = dict[str, Any]

DESCRIPTION = """
The commerce engine's API: catalogue, cart, checkout, orders, payments, stock.

- **Bodies** are JSON with `snake_case` fields; unknown fields and `"2"` for a number are refused.
- **Money** is `{"amount": 1999, "currency": "EUR"}` in minor units by ISO 4217: never a float.
- **Ids** are typed (`prod_…`, `ord_…`). An unknown id and somebody else's answer the same 404.
- **Times** are RFC 3339 in UTC, in fields that end in `_at`.
- **Lists** answer `{"items": […], "next_cursor": …}`; pass the cursor back, with the same filters.
- **Problems** are `application/problem+json` (RFC 9457); `type` is stable, 422 lists `errors`.
- **Versions**: what can be changed has an `ETag`; send it as `If-Match`, and an old one gets 412.
- **Retries**: a POST takes `Idempotency-Key`; the same request again gets the same answer.
- **Limits**: `RateLimit-*` headers tell what is left; 429 and 503 say when in `Retry-After`.
- **Who**: `Authorization: Bearer`, `X-API-Key` for servers, `X-Cart-Token` and `X-Order-Token` for
  guests. `x-access` of each operation says who may call it.
"""

TAGS = {
    "products": "What is for sale: browse, search, look closer.",
    "categories": "The tree that products hang in.",
    "brands": "Who makes it.",
    "store": "Name, currencies, languages and features of this shop.",
    "regions": "Where the shop sells, in which currency and with which taxes.",
    "shipping-options": "Ways to the buyer, and what they cost.",
    "inventory": "What is in stock; holds for servers.",
    "cart": "The basket of a guest or customer, and its exact price.",
    "checkout": "From a basket to an order that waits for its money.",
    "payments": "Tries to pay an order.",
    "orders": "What was bought.",
    "auth": "Accounts, sign-in and tokens.",
    "addresses": "A customer's addresses.",
    "webhooks": "What payment providers tell us.",
    "health": "Whether the shop is well.",
}

SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of a signed-in user.",
    },
    "password": {
        "type": "oauth2",
        "description": "Sign in here, in this page, by e-mail address and password.",
        "flows": {"password": {"tokenUrl": "/api/v1/auth/token", "scopes": {}}},
    },
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A server."},
    "cartToken": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Cart-Token",
        "description": "A guest's cart; given when the cart is made.",
    },
    "orderToken": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Order-Token",
        "description": "A guest's order; given by checkout.",
    },
}


def install(app: FastAPI) -> None:
    """Publish our document at /openapi.json."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = build(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def build(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary="The open commerce engine, on PostgreSQL alone.",
        description=DESCRIPTION.strip(),
        routes=app.routes,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    document["servers"] = [{"url": "/"}]
    components = document.setdefault("components", {})
    components["securitySchemes"] = SCHEMES
    schemas = components.setdefault("schemas", {})
    operations = list(operations_of(document))
    for operation in operations:
        _say_once(operation)
        _say_who(operation)
        _name_problems(operation, components.setdefault("responses", {}))
        _give_examples(operation, schemas)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    used = {tag for operation in operations for tag in operation.get("tags", ())}
    document["tags"] = [
        *({"name": tag, "description": TAGS[tag]} for tag in TAGS if tag in used),
        *(
            {"name": tag, "description": f"For staff: {tag.removeprefix('admin.')}."}
            for tag in sorted(used - TAGS.keys())
        ),
    ]
    return document


def operations_of(document: dict[str, Any]) -> Iterator[Operation]:
    for item in document["paths"].values():
        yield from (item[method] for method in METHODS if method in item)


def _say_once(operation: Operation) -> None:
    """A description of one line is the summary again."""
    if operation.get("description", "").strip().rstrip(".") == operation["summary"].rstrip("."):
        del operation["description"]


def _say_who(operation: Operation) -> None:
    """A user may also sign in by the form of /docs; the public needs nothing."""
    asked = operation.get("security", [])
    operation["security"] = [
        *asked,
        *({"password": []} for scheme in asked if "bearer" in scheme),
    ]


def _name_problems(operation: Operation, shared: dict[str, Any]) -> None:
    """Problems under their media type; what many operations may answer is said once."""
    responses = operation["responses"]
    for status in [status for status in responses if int(status) >= 400]:
        content = responses[status].setdefault("content", {})
        problem = content.setdefault(MEDIA_TYPE, {})
        plain = content.pop(JSON, {"schema": {"$ref": "#/components/schemas/Problem"}})
        problem["schema"] = plain["schema"]
        name = ".".join([status, *sorted(problem.get("examples", {}))])
        if shared.setdefault(name, responses[status]) == responses[status]:
            responses[status] = {"$ref": f"#/components/responses/{name}"}


def _give_examples(operation: Operation, schemas: dict[str, Any]) -> None:
    bodies = [operation.get("requestBody", {})]
    bodies += [r for status, r in operation["responses"].items() if int(status) < 400]
    for body in bodies:
        content = body.get("content", {}).get(JSON)
        if content is None or not content.get("schema"):
            continue
        if "example" not in content and "examples" not in content:
            content["example"] = example(content["schema"], schemas)
