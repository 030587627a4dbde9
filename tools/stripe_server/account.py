"""The one Stripe account that the server owns: its objects, clock, promises for later.

Invariants: an object is in `objects` once and is changed in place; nothing is removed. All
changes happen in synchronous functions on the server's event loop.
"""

import heapq
import itertools
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tools.stripe_server.cards import Decline, Instrument
from tools.stripe_server.errors import Json, missing_object
from tools.stripe_server.ledger import Entry, EntryKind, Ledger

API_VERSION = "2026-10-28.endive"


@dataclass(slots=True)
class Clock:
    """Wall time plus an offset that only grows."""

    offset: float = 0.0

    def now(self) -> int:
        return int(time.time() + self.offset)


@dataclass(frozen=True, slots=True)
class Caller:
    """The request being served; events name it."""

    request_id: str
    idempotency_key: str | None


@dataclass(slots=True)
class Account:
    ledger: Ledger
    announce: Callable[[Json], None]  # takes each new event
    url: str = ""  # where the hosted pages are
    async_delay: float = 5.0  # seconds until pending refunds and bank debits are known
    clock: Clock = field(default_factory=Clock)
    objects: dict[str, Json] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)  # by payment method
    line_items: dict[str, list[Json]] = field(default_factory=dict)  # by checkout session
    session_of: dict[str, str] = field(default_factory=dict)  # payment intent -> its session
    drafts: dict[str, Json] = field(default_factory=dict)  # intent data, by session
    followers: list[Callable[["Account", Json], None]] = field(default_factory=list)
    caller: Caller | None = None
    next_decline: Decline | None = None  # set by a fault, for the request being served
    _by_kind: dict[str, list[Json]] = field(default_factory=dict)
    _later: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def add(self, thing: Json) -> Json:
        self.objects[thing["id"]] = thing
        self._by_kind.setdefault(thing["object"], []).append(thing)
        return thing

    def all(self, kind: str) -> list[Json]:
        """Every object of a kind, oldest first."""
        return self._by_kind.get(kind, [])

    def find(self, kind: str, object_id: str, *, param: str = "id", status: int = 404) -> Json:
        found = self.objects.get(object_id)
        if found is None or found["object"] != kind:
            raise missing_object(kind, object_id, param=param, status=status)
        return found

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do this when the account's clock has moved on by so much."""
        heapq.heappush(self._later, (self.clock.now() + seconds, next(self._numbers), action))

    def tick(self) -> None:
        """Do whatever has become due."""
        while self._later and self._later[0][0] <= self.clock.now():
            heapq.heappop(self._later)[2]()

    def advance(self, seconds: float) -> None:
        self.clock.offset += seconds
        self.tick()

    def moved(self, kind: EntryKind, charge: Json, amount: int, refund: str | None = None) -> None:
        """Write to the ledger."""
        intent = self.objects[charge["payment_intent"]]
        self.ledger.write(
            Entry(
                kind=kind,
                at=self.clock.now(),
                payment_intent=intent["id"],
                charge=charge["id"],
                amount=amount,
                currency=charge["currency"],
                refund=refund,
                metadata=dict(intent["metadata"]),
            )
        )

    def follow(self, intent: Json) -> None:
        """Tell whoever depends on a payment intent that it has come to an end or a stop."""
        for follower in self.followers:
            follower(self, intent)


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"
