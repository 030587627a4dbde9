"""Sends events to the shop: signed, repeated until taken, and as badly as a test wants.

By default each event goes out at once, in one copy and in order, and a copy that is not answered
with 2xx is sent again with growing pauses. `Behaviour` makes it worse, repeatably by its seed.
"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from random import Random

import httpx

from tools.stripe_server.errors import Json

REORDER_WINDOW = 0.05  # seconds within which events change places when no delay is set
LONGEST_PAUSE = 3600.0
PARALLEL = 16


@dataclass(slots=True)
class Behaviour:
    seed: int = 0
    min_copies: int = 1
    max_copies: int = 1
    min_delay: float = 0.0  # seconds
    max_delay: float = 0.0
    reorder: bool = False  # else delays keep the order
    drop: float = 0.0  # share of the events that are kept back until flush()
    silent: bool = False  # all of them are
    attempts: int = 16  # tries per copy
    pause: float = 0.2  # seconds before the second try; doubles each time
    timeout: float = 10.0
    signature_age: int = 0  # seconds by which the signature is too old


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver; `status` is None when nobody answered."""

    event_id: str
    event_type: str
    status: int | None


@dataclass(order=True, slots=True)
class _Copy:
    due: float
    number: int
    event: Json = field(compare=False)
    tried: int = field(default=0, compare=False)


class Sender:
    def __init__(
        self,
        *,
        url: str | None,
        secret: str,
        behaviour: Behaviour,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.url, self.secret = url, secret
        self.attempts: list[Attempt] = []
        self.given_up: list[Json] = []
        self._transport = transport
        self._queue: list[_Copy] = []
        self._kept: list[Json] = []
        self._last_due = 0.0
        self._numbers = count()
        self._woken, self._idle = asyncio.Event(), asyncio.Event()
        self._idle.set()
        self._sending: set[asyncio.Task[None]] = set()
        self.behave(behaviour)

    def behave(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self._random = Random(behaviour.seed)  # noqa: S311 - repeatable, not secret

    @property
    def kept(self) -> tuple[Json, ...]:
        """Events that wait for `flush()`, oldest first."""
        return tuple(self._kept)

    def announce(self, event: Json) -> None:
        if self.url is None:
            return
        if self.behaviour.silent or self._random.random() < self.behaviour.drop:
            self._kept.append(event)
            return
        for _ in range(self._copies()):
            self._push(event, due=self._due())

    def flush(self, *, newest_first: bool = False) -> int:
        """Send what was kept back, in one go, and be silent no longer. Returns how many."""
        self.behaviour.silent = False
        events, self._kept = self._kept, []
        for event in reversed(events) if newest_first else events:
            self.send(event, copies=self._copies())
        return len(events)

    def send(self, event: Json, *, copies: int = 1) -> None:
        """Send now, whatever the behaviour says."""
        for _ in range(copies):
            self._push(event, due=time.monotonic())

    async def delivered(self, *, seconds: float = 10.0) -> None:
        """Wait until every copy that is not kept back was taken or given up."""
        await asyncio.wait_for(self._idle.wait(), seconds)

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with httpx.AsyncClient(transport=self._transport, trust_env=False) as client:
            try:
                await self._dispatch(client)
            finally:
                for task in self._sending:
                    task.cancel()
                await asyncio.gather(*self._sending, return_exceptions=True)

    async def _dispatch(self, client: httpx.AsyncClient) -> None:
        while True:
            self._woken.clear()
            wait = self._queue[0].due - time.monotonic() if self._queue else None
            if wait is None or wait > 0 or len(self._sending) >= PARALLEL:
                await self._sleep(wait if wait is None or wait > 0 else None)
                continue
            task = asyncio.create_task(self._deliver(client, heappop(self._queue)))
            self._sending.add(task)
            task.add_done_callback(self._sent)
            if not self.behaviour.reorder:
                await asyncio.wait([task])

    async def _sleep(self, seconds: float | None) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def _deliver(self, client: httpx.AsyncClient, copy: _Copy) -> None:
        body = json.dumps(copy.event).encode()
        status = None
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "stripe-signature": self.signature(body),
        }
        try:
            answer = await client.post(
                self.url or "", content=body, headers=headers, timeout=self.behaviour.timeout
            )
            status = answer.status_code
        except Exception:  # noqa: BLE001 - an app in this process may raise anything
            status = None  # nobody answered: recorded below, and tried again
        self.attempts.append(Attempt(copy.event["id"], copy.event["type"], status))
        if status is not None and 200 <= status < 300:
            return
        copy.tried += 1
        if copy.tried >= self.behaviour.attempts:
            self.given_up.append(copy.event)
            return
        pause = min(self.behaviour.pause * 2 ** (copy.tried - 1), LONGEST_PAUSE)
        copy.due = time.monotonic() + pause
        heappush(self._queue, copy)

    def signature(self, body: bytes) -> str:
        """The `Stripe-Signature` header. By wall time, which is what receivers compare it to."""
        at = int(time.time()) - self.behaviour.signature_age
        digest = hmac.new(self.secret.encode(), b"%d.%s" % (at, body), hashlib.sha256)
        return f"t={at},v1={digest.hexdigest()}"

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if not self._queue and not self._sending:
            self._idle.set()
        self._woken.set()

    def _push(self, event: Json, *, due: float) -> None:
        heappush(self._queue, _Copy(due=due, number=next(self._numbers), event=event))
        self._idle.clear()
        self._woken.set()

    def _copies(self) -> int:
        return self._random.randint(self.behaviour.min_copies, self.behaviour.max_copies)

    def _due(self) -> float:
        behaviour = self.behaviour
        longest = behaviour.max_delay or (REORDER_WINDOW if behaviour.reorder else 0.0)
        due = time.monotonic() + self._random.uniform(
            behaviour.min_delay, max(behaviour.min_delay, longest)
        )
        if not behaviour.reorder:
            due = self._last_due = max(due, self._last_due)
        return due
