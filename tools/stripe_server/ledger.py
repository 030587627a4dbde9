"""The provider's own books: every amount captured or given back, append-only.

A witness in tests: what the shop believes was paid must equal what is written here.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class EntryKind(StrEnum):
    CAPTURE = "capture"
    REFUND = "refund"
    REFUND_FAILED = "refund_failed"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement: `amount` in the currency's minor unit, `at` in seconds of the account."""

    kind: EntryKind
    at: int
    payment_intent: str
    charge: str
    amount: int
    currency: str
    refund: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)  # the payment intent's


class Ledger:
    def __init__(self, path: Path | None = None) -> None:
        """With a path, each entry is also one line of JSON there before the answer is sent."""
        self._entries: list[Entry] = []
        self._path = path

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def write(self, entry: Entry) -> None:
        self._entries.append(entry)
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(entry)) + "\n")

    def captured(self, payment_intent: str) -> int:
        return self._sum(payment_intent, EntryKind.CAPTURE)

    def refunded(self, payment_intent: str) -> int:
        given = self._sum(payment_intent, EntryKind.REFUND)
        return given - self._sum(payment_intent, EntryKind.REFUND_FAILED)

    def net(self, payment_intent: str) -> int:
        """What the shop keeps of a payment, disputes apart."""
        return self.captured(payment_intent) - self.refunded(payment_intent)

    def _sum(self, payment_intent: str, kind: EntryKind) -> int:
        return sum(
            entry.amount
            for entry in self._entries
            if entry.payment_intent == payment_intent and entry.kind is kind
        )
