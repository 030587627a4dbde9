"""A small HTTP/1.1 client that takes little CPU: raw keep-alive connections, ready requests.

It shares the machine with what it measures, so each microsecond of its own is one that the server
does not get; the limits are measured with the same client.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import dumps
from typing import Any, cast

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


class Refused(Exception):
    """The server answered something else than success; the measurement would mean nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a round: seconds per request, and of the round."""

    latencies: list[float]
    seconds: float
    cpu: tuple[float, float]


def request(
    method: str,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
) -> bytes:
    """The bytes of a request."""
    content = b"" if body is None else dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join(lines).encode() + HEAD_END + content


def split(received: bytes) -> tuple[bytes, int] | None:
    """The head and the length of the whole answer; None while that is not known."""
    end = received.find(HEAD_END)
    if end < 0:
        return None
    head = received[:end]
    at = head.lower().find(LENGTH)
    if at < 0:
        return head, end + len(HEAD_END)
    stop = head.find(b"\r\n", at)
    length = int(head[at + len(LENGTH) : stop if stop >= 0 else len(head)])
    return head, end + len(HEAD_END) + length


async def ask(port: int, sent: bytes) -> Answer:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    received = b""
    while (found := split(received)) is None or len(received) < found[1]:
        more = await reader.read(65536)
        if not more:
            raise ConnectionError("the server closed the connection")
        received += more
    writer.close()
    return Answer(int(received[9:12]), found[0], received[len(found[0]) + len(HEAD_END) :])


class _Connection(asyncio.Protocol):
    """Sends the next request as soon as the last one is answered."""

    def __init__(self, round_: "_Round") -> None:
        self._round = round_
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        received = self._received + data if self._received else data
        found = split(received)
        if found is None or len(received) < found[1]:
            self._received = received
            return
        self._received = b""
        now = time.perf_counter()
        if received[9:10] != b"2":
            self._round.fail(Refused(received[:2000].decode(errors="replace")))
        elif self._round.note(self._sent_at, now):
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._round.fail(ConnectionError(f"the server closed the connection: {exc}"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _send(self) -> None:
        assert self._transport is not None
        sent = self._round.next_request()
        self._sent_at = time.perf_counter()
        self._transport.write(sent)


class _Round:
    """Which answers count: those asked after the warm-up and before the end."""

    def __init__(self, requests: Callable[[], bytes]) -> None:
        self.next_request = requests
        self.latencies: list[float] = []
        self.failure: BaseException | None = None
        self.counts = False
        self.is_over = False

    def note(self, sent_at: float, now: float) -> bool:
        if self.counts:
            self.latencies.append(now - sent_at)
        return not self.is_over

    def fail(self, error: BaseException) -> None:
        if not self.is_over and self.failure is None:
            self.failure = error


async def press(
    port: int,
    requests: Callable[[], bytes],
    *,
    connections: int,
    seconds: float,
    warm_up: float,
    cpu: Callable[[], tuple[float, float]],
) -> Pressed:
    """Keep `connections` busy with `requests`; `cpu` is read when counting begins and ends.

    Raises Refused for an answer that is no success.
    """
    round_ = _Round(requests)
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: _Connection(round_), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    await asyncio.sleep(warm_up)
    began, before = time.perf_counter(), cpu()
    round_.counts = True
    await asyncio.sleep(seconds)
    round_.counts = False
    took, after = time.perf_counter() - began, cpu()
    round_.is_over = True
    await asyncio.sleep(0.05)
    for connection in made:
        connection.close()
    if round_.failure is not None:
        raise round_.failure
    return Pressed(round_.latencies, took, (after[0] - before[0], after[1] - before[1]))
