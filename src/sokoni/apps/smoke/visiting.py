"""A visitor of a shop: asks over HTTP, insists on the expected answer, tells what happened."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from sokoni.kernel.settings import Settings

TIMEOUT_SECONDS = 30.0
V1 = "/api/v1"


class SmokeFailed(Exception):
    """The shop did not do what it should; the message says where and what it answered."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """`say` takes one sentence per thing that went well."""

    http: httpx.AsyncClient
    say: Callable[[str], None]

    async def get(self, path: str, **how: Any) -> Any:
        return (await self.ask("GET", path, **how)).json()

    async def post(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        headers: Mapping[str, str] | None = None,
        expect: int = 201,
    ) -> Any:
        sent = dict(headers or {})
        return (await self.ask("POST", path, json=body, headers=sent, expect=expect)).json()

    async def ask(self, method: str, path: str, *, expect: int = 200, **how: Any) -> httpx.Response:
        """The answer, if its status is the expected one. Raises SmokeFailed."""
        try:
            response = await self.http.request(method, V1 + path, **how)
        except httpx.HTTPError as error:
            raise SmokeFailed(f"{method} {path}: nobody answers ({error!r}).") from error
        if response.status_code != expect:
            raise SmokeFailed(
                f"{method} {path} answered {response.status_code} instead of {expect}: "
                f"{response.text[:500]}"
            )
        return response


def insist(holds: object, complaint: str) -> None:
    """Raises SmokeFailed with the complaint unless it holds."""
    if not holds:
        raise SmokeFailed(complaint)


@asynccontextmanager
async def at_url(
    base_url: str, *, say: Callable[[str], None], api_key: str | None = None
) -> AsyncGenerator[Visitor]:
    """Visit the shop at an address."""
    async with httpx.AsyncClient(
        base_url=base_url.rstrip("/"), timeout=TIMEOUT_SECONDS, headers=_key(api_key)
    ) as http:
        yield Visitor(http, say)


@asynccontextmanager
async def in_process(
    settings: Settings, *, database_url: str, say: Callable[[str], None]
) -> AsyncGenerator[Visitor]:
    """Visit an application of our own on this database, without a port."""
    from sokoni.apps.api import create_app  # noqa: PLC0415 - a second of imports

    app = create_app(settings, database_url=database_url, access_log=False)
    key = settings.checkout_api_key
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url=settings.public_url,
            headers=_key(key.get_secret_value() if key else None),
        ) as http,
    ):
        yield Visitor(http, say)


def _key(api_key: str | None) -> dict[str, str]:
    return {"X-API-Key": api_key} if api_key else {}
