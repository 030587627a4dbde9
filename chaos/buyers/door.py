"""How a buyer talks to the shop: over HTTP, patiently, and again with the same key.

An answer that promises nothing (5xx, 409 with Retry-After, 429, none at all) is asked for again,
at the other API as well, until patience ends. Whoever never hears has no promise.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx

from chaos.journal import Journal, Json
from chaos.plan import ANSWER_WITHIN

PATIENCE = 45.0  # seconds, for one request with all its repetitions
LONGEST_PAUSE = 5.0
WAITS = 16.0  # seconds for one answer; the shop promises a 503 within 10
AGAIN = frozenset({425, 429, 500, 502, 503, 504})


class GaveUp(Exception):
    """No answer came, however often the buyer asked: what is so is not known."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Json

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def problem(self) -> str:
        """`insufficient-stock`"""
        return str(self.body.get("type", "")).rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Door:
    """One buyer's way into the shop. `urls` are the APIs, with /api/v1."""

    http: httpx.AsyncClient
    urls: tuple[str, ...]
    dice: Random
    journal: Journal
    buyer: str

    async def get(self, path: str, *, headers: Mapping[str, str]) -> Answer:
        return await self.ask("GET", path, headers=headers)

    async def post(
        self,
        path: str,
        *,
        headers: Mapping[str, str],
        json: Json | None = None,
        key: str | None = None,
        impatient: bool = False,
    ) -> Answer:
        """With a `key` each try is noted; `impatient`: the first wait is cut short."""
        sent = {**headers, "Idempotency-Key": key} if key else headers
        return await self.ask("POST", path, headers=sent, json=json, key=key, impatient=impatient)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        json: Json | None = None,
        key: str | None = None,
        impatient: bool = False,
    ) -> Answer:
        """The shop's word, good or bad. Raises GaveUp."""
        place = self.dice.randrange(len(self.urls))
        until, attempt = time.monotonic() + PATIENCE, 0
        while True:
            attempt += 1
            if key:
                self.journal.sent(buyer=self.buyer, key=key, path=path, attempt=attempt)
            waits = self.dice.uniform(0.005, 0.2) if impatient and attempt == 1 else WAITS
            url = self.urls[(place + attempt - 1) % len(self.urls)] + path
            pause = await self._try(method, url, headers=headers, json=json, waits=waits)
            if isinstance(pause, Answer):
                return pause
            if time.monotonic() > until:
                if key:
                    self.journal.given_up(buyer=self.buyer, key=key, path=path)
                raise GaveUp(f"{method} {path}")
            grown = 0.1 * 2 ** min(attempt, 6)
            await asyncio.sleep(min(pause or self.dice.uniform(0.05, grown), LONGEST_PAUSE))

    async def _try(
        self, method: str, url: str, *, headers: Mapping[str, str], json: Any, waits: float
    ) -> Answer | float | None:
        """An answer, or for how long the shop asks to wait, or None."""
        began = time.monotonic()
        try:
            response = await self.http.request(
                method, url, headers=dict(headers), json=json, timeout=waits
            )
        except httpx.HTTPError as error:
            if isinstance(error, httpx.ReadTimeout) and waits == WAITS:
                self.journal.kept_waiting(buyer=self.buyer, path=url, seconds=waits)
            return None
        if (took := time.monotonic() - began) > ANSWER_WITHIN:
            self.journal.kept_waiting(buyer=self.buyer, path=url, seconds=took)
        later = response.headers.get("retry-after")
        if response.status_code in AGAIN or (response.status_code == 409 and later):
            return float(later) if later and later.isdigit() else None
        try:
            body = response.json() if response.content else {}
        except ValueError:
            return None
        return Answer(response.status_code, body if isinstance(body, dict) else {"body": body})
