"""A bank that takes its time: a payment during which other things happen."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx import Response

from sokoni.payments.mock import MockProvider
from sokoni.payments.port import CardDetails, ProviderPayment


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> "Bank":
    """The mock provider, made to wait between taking the money and saying so."""
    return Bank(monkeypatch)


class Bank:
    """`await bank.took` until the money is taken; `bank.says.set()` lets the shop hear of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.took, self.says = asyncio.Event(), asyncio.Event()
        confirm = MockProvider.confirm

        async def slow_confirm(
            provider: MockProvider, reference: str, card: CardDetails, **how: Any
        ) -> ProviderPayment:
            found = await confirm(provider, reference, card, **how)
            self.took.set()
            await self.says.wait()
            return found

        monkeypatch.setattr(MockProvider, "confirm", slow_confirm)

    async def meanwhile(
        self, payment: Awaitable[Response], happens: Callable[[], Awaitable[object]]
    ) -> Response:
        """Let something happen while the money is at the bank."""
        paying = asyncio.ensure_future(payment)
        await self.took.wait()
        await happens()
        self.says.set()
        return await paying
