"""The log of what the harness did and saw: append-only JSONL, and the same in memory.

A fault is recorded twice, as `<kind>` with `phase: start` and `phase: end`; what happens in an
instant (a kill, a recovery, a broken expectation) is recorded once.
"""

import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is monotonic, `wall` Unix time; both in seconds."""

    at: float
    wall: float
    kind: str
    detail: dict[str, Any] = field(default_factory=dict)


class FaultLog:
    def __init__(self, path: Path) -> None:
        self.events: list[Event] = []
        self._file = path.open("a", buffering=1, encoding="utf-8")

    def record(self, kind: str, detail: dict[str, Any] | None = None) -> Event:
        event = Event(time.monotonic(), time.time(), kind, detail or {})
        self.events.append(event)
        self._file.write(json.dumps(asdict(event), default=str) + "\n")
        return event

    @asynccontextmanager
    async def during(self, kind: str, detail: dict[str, Any] | None = None) -> AsyncIterator[None]:
        """Record the start of something, and its end however it ends."""
        self.record(kind, {**(detail or {}), "phase": "start"})
        try:
            yield
        finally:
            self.record(kind, {**(detail or {}), "phase": "end"})

    def count(self, kind: str) -> int:
        """How often something began or happened."""
        return sum(e.kind == kind and e.detail.get("phase") != "end" for e in self.events)

    def spans(self, kind: str, name: str = "") -> Iterator[tuple[float, float]]:
        """From when to when each lasted that has ended; only those of this name, if given."""
        start = None
        for event in self.events:
            if event.kind != kind or (name and event.detail.get("name") != name):
                continue
            if event.detail.get("phase") == "start":
                start = event.at
            elif start is not None:
                yield start, event.at
                start = None

    def close(self) -> None:
        self._file.close()
