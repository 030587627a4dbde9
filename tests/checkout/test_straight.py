"""The straight way to a route leads where FastAPI's does, and says the same of what is wrong."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgi_lifespan import LifespanManager
from fastapi import Request
from httpx import ASGITransport, AsyncClient, Response

from sokoni.apps import api
from sokoni.kernel import straight
from sokoni.kernel.settings import Settings

CHECKOUT, ITEMS = "/api/v1/checkout", "/api/v1/cart/items"
AS_JSON = {"Content-Type": "application/json"}
KEY = {"Idempotency-Key": "k-1"}
ITEM = {"variant_id": "var_01jf000000000000000000000", "quantity": 1}
WRONG: list[tuple[str, dict[str, str], bytes]] = [
    (CHECKOUT, AS_JSON, b"{}"),
    (CHECKOUT, {**AS_JSON, **KEY}, b"{}"),
    (CHECKOUT, {**AS_JSON, **KEY}, b""),
    (CHECKOUT, {**AS_JSON, **KEY}, b"null"),
    (CHECKOUT, {**AS_JSON, **KEY}, b"[1]"),
    (CHECKOUT, {**AS_JSON, **KEY}, b'{"email": NaN'),
    (CHECKOUT, {**AS_JSON, **KEY}, b"[" * 100_000),
    (CHECKOUT, {**AS_JSON, **KEY}, b"\xff{}"),
    (CHECKOUT, {**KEY, "Content-Type": "text/plain"}, b"{}"),
    (CHECKOUT, {**KEY, "Content-Type": "application/json; charset=utf-8"}, b'{"a": 1}'),
    (CHECKOUT, {**AS_JSON, **KEY, "Authorization": "Bearer no"}, b"{}"),
    (CHECKOUT, {**AS_JSON, **KEY, "If-Match": "soon"}, b"{}"),
    (ITEMS, AS_JSON, json.dumps(ITEM | {"quantity": "1"}).encode()),
    (ITEMS, {**AS_JSON, "X-Cart-Token": "nobody's"}, json.dumps(ITEM).encode()),
    (ITEMS, {**AS_JSON, "Idempotency-Key": ""}, json.dumps(ITEM).encode()),
]


@pytest.fixture
async def usual(
    settings: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncClient]:
    """A shop in which every request goes FastAPI's way."""
    with monkeypatch.context() as patched:
        patched.setattr(straight, "handler", lambda _route, usual: usual)
        patched.setattr(api, "FoundOnce", lambda routing: routing)
        app = api.create_app(settings, database_url=database_url)
    async with LifespanManager(app):
        transport = ASGITransport(app=app)
        async with AsyncClient(transport=transport, base_url="http://shop.test") as client:
            yield client


async def test_what_is_wrong_is_told_in_the_same_words(
    client: AsyncClient, usual: AsyncClient
) -> None:
    for path, headers, body in WRONG * 2:  # found, and then remembered
        ours = await client.post(path, headers=headers, content=body)
        theirs = await usual.post(path, headers=headers, content=body)
        assert _told(ours) == _told(theirs), (path, headers, body[:50])
        assert ours.status_code >= 400


async def test_another_method_at_a_remembered_path_is_refused(client: AsyncClient) -> None:
    for _ in range(2):
        assert (await client.post(CHECKOUT, headers=AS_JSON, content=b"{}")).status_code == 400
        assert (await client.put(CHECKOUT, headers=AS_JSON, content=b"{}")).status_code == 405


async def test_a_plain_endpoint_is_called_without_fastapi(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    before = straight._json

    async def counted(request: Request) -> Any:
        asked.append(request.url.path)
        return await before(request)

    monkeypatch.setattr(straight, "_json", counted)
    await client.post(CHECKOUT, headers={**AS_JSON, **KEY}, content=b"{}")
    await client.post(ITEMS, headers=AS_JSON, content=b"{}")
    assert asked == [CHECKOUT, ITEMS]


def _told(answer: Response) -> tuple[int, Any, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    headers.pop("content-length", None)  # of the request id
    document = answer.json()
    document.pop("request_id", None)
    return answer.status_code, document, headers
