"""The faulty TCP wire: forwards connections, and breaks them the ways networks do.

`python -m chaos.wire` runs any number of wires in a process of its own, because a wire that waits
for buyers to get their turn would measure us. `Wires` is the lever, over a control port that takes
one JSON object per line.

What the ways of breaking taught us:
- A reset is SO_LINGER 0 and a close: the peer gets RST at once, not an orderly end.
- In a hang nothing passes, ends of connections neither: the server does not learn that its client
  gave up until the wire heals, as when a switch dies.
- `drop` is the cruel one: the request arrives, its reply never does. With a marker (`COMMIT`) only
  the exchanges that say it are struck: the work is done and nobody is told.
"""

import argparse
import asyncio
import json
import random
import socket
import struct
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

_LINGER_ZERO = struct.pack("ii", 1, 0)
_SWALLOW_SECONDS = 0.3  # from the marked request to the reset
_HIGH_WATER = 1 << 20


class Mode(StrEnum):
    OK = "ok"
    RESET = "reset"  # everything that is open, and everything that is opened
    HANG = "hang"
    DELAY = "delay"  # each piece by `seconds`, in order
    DROP = "drop"  # replies after a marked request, then a reset


@dataclass(slots=True)
class Wire:
    """One listening port and where it leads; the upstreams share new connections by chance."""

    name: str
    upstreams: Sequence[str]  # `127.0.0.1:5432` or a socket's path
    mode: Mode = Mode.OK
    seconds: float = 0.0
    marker: bytes = b""
    share: float = 1.0  # of the marked requests that are struck
    dice: random.Random = field(default_factory=random.Random)
    open: set["_End"] = field(default_factory=set)
    accepted: int = 0
    resets: int = 0
    dropped: int = 0

    def set(self, order: dict[str, Any]) -> None:
        self.mode = Mode(order.get("mode", "ok"))
        self.seconds = float(order.get("seconds", 0.0))
        self.marker = str(order.get("marker", "")).encode()
        self.share = float(order.get("share", 1.0))
        for end in list(self.open):
            if self.mode is Mode.RESET:
                end.reset()
            else:
                end.pump()

    def state(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "mode": self.mode,
            "open": len(self.open) // 2,
            "accepted": self.accepted,
            "resets": self.resets,
            "dropped": self.dropped,
        }

    def strikes(self, data: bytes) -> bool:
        return self.mode is Mode.DROP and self.marker in data and self.dice.random() < self.share

    async def connect(self, client: "_End") -> "_End":
        """Open the way on: the first upstream, by chance, that answers. Raises OSError."""
        order = self.dice.sample(self.upstreams, len(self.upstreams))
        loop = asyncio.get_running_loop()
        for at, upstream in enumerate(order):
            try:
                if upstream.startswith("/"):
                    _, end = await loop.create_unix_connection(
                        lambda: _End(self, peer=client, is_client=False), upstream
                    )
                else:
                    host, _, port = upstream.rpartition(":")
                    _, end = await loop.create_connection(
                        lambda: _End(self, peer=client, is_client=False), host, int(port)
                    )
            except OSError:
                if at == len(order) - 1:
                    raise
            else:
                return end
        raise AssertionError("unreachable")


class _End(asyncio.Protocol):
    """One end of a connection; what it receives is queued and leaves by the other end."""

    def __init__(self, wire: Wire, *, peer: "_End | None" = None, is_client: bool = True) -> None:
        self.wire, self.peer, self.is_client = wire, peer, is_client
        self.transport: asyncio.Transport | None = None
        self._queue: deque[tuple[float, bytes]] = deque()  # received here, due at
        self._queued = 0
        self._ended = False  # nothing more will be received here
        self.swallows = False  # replies of a struck request
        self._timer: asyncio.TimerHandle | None = None
        self._opening: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=_HIGH_WATER)
        self.wire.open.add(self)
        if not self.is_client:
            return
        self.wire.accepted += 1
        if self.wire.mode is Mode.RESET:
            self.reset()
            return
        self._opening = asyncio.create_task(self._open())

    async def _open(self) -> None:
        try:
            self.peer = await self.wire.connect(self)
        except OSError:
            self.reset()
            return
        if self.transport is None:
            self.peer.reset()
            return
        self.pump()

    def data_received(self, data: bytes) -> None:
        if not self.is_client and self.swallows:
            self.wire.dropped += 1
            return
        if self.is_client and self.peer is not None and self.wire.strikes(data):
            self.peer.swallows = True
            asyncio.get_running_loop().call_later(_SWALLOW_SECONDS, self.reset)
        wait = self.wire.seconds if self.wire.mode is Mode.DELAY else 0.0
        self._queue.append((asyncio.get_running_loop().time() + wait, data))
        self._queued += len(data)
        if self._queued > _HIGH_WATER and self.transport is not None:
            self.transport.pause_reading()
        self.pump()

    def pump(self) -> None:
        """Send on what is due."""
        if self.wire.mode is Mode.HANG or self.peer is None or self.peer.transport is None:
            return
        now = asyncio.get_running_loop().time()
        while self._queue and (self._queue[0][0] <= now or self.wire.mode is not Mode.DELAY):
            data = self._queue.popleft()[1]
            self._queued -= len(data)
            self.peer.transport.write(data)
        if self._queue and self._timer is None:
            self._timer = asyncio.get_running_loop().call_at(self._queue[0][0], self._due)
        if self._queued <= _HIGH_WATER and self.transport is not None:
            self.transport.resume_reading()
        if self._ended and not self._queue:
            self.peer.transport.close()

    def _due(self) -> None:
        self._timer = None
        self.pump()

    def pause_writing(self) -> None:
        if self.peer is not None and self.peer.transport is not None:
            self.peer.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.peer is not None and self.peer.transport is not None:
            self.peer.transport.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        self._ended = True
        if error is not None and self.wire.mode is not Mode.HANG and self.peer is not None:
            self.peer.reset()
        self.pump()
        if self.peer is None or self.peer.transport is None:
            self.wire.open.discard(self)
            if self.peer is not None:
                self.wire.open.discard(self.peer)

    def reset(self) -> None:
        """Cut both directions with RST."""
        for end in (self, self.peer):
            if end is None or end.transport is None:
                continue
            raw = end.transport.get_extra_info("socket")
            if raw is not None and raw.family == socket.AF_INET:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
            end.transport.abort()
            self.wire.resets += 1


async def _obey(
    wires: dict[str, Wire], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    while line := await reader.readline():
        order = json.loads(line)
        wire = wires[order["wire"]]
        if "mode" in order:
            wire.set(order)
        writer.write(json.dumps(wire.state()).encode() + b"\n")
        await writer.drain()
    writer.close()


async def serve(*, control: int, seed: int, wires: Sequence[tuple[str, int, list[str]]]) -> None:
    """Run until cancelled. Each wire is its name, its port, and where it leads."""
    loop = asyncio.get_running_loop()
    strung = {}
    for name, port, upstreams in wires:
        wire = Wire(name, upstreams, dice=random.Random(f"{seed}/{name}"))
        strung[name] = wire
        await loop.create_server(lambda wire=wire: _End(wire), "127.0.0.1", port, backlog=4096)  # type: ignore[misc]
    server = await asyncio.start_server(lambda r, w: _obey(strung, r, w), "127.0.0.1", control)
    print("strung", flush=True)
    await server.serve_forever()


class Wires:
    """The lever of a process of wires; `order` waits until it is obeyed."""

    def __init__(self, control: int) -> None:
        self._control = control

    async def order(self, wire: str, mode: Mode | None = None, **how: Any) -> dict[str, Any]:
        """Change a wire (without a mode only ask); answers its state."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._control)
        try:
            said = {"wire": wire, **({"mode": mode} if mode else {}), **how}
            writer.write(json.dumps(said).encode() + b"\n")
            return cast("dict[str, Any]", json.loads(await reader.readline()))
        finally:
            writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m chaos.wire", description=__doc__)
    parser.add_argument("--control", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("wires", nargs="+", help="NAME=PORT=UPSTREAM[,UPSTREAM…]")
    asked = parser.parse_args()
    wires = []
    for word in asked.wires:
        name, port, upstreams = word.split("=")
        wires.append((name, int(port), upstreams.split(",")))
    import uvloop  # noqa: PLC0415 - the process is nothing but its loop

    uvloop.run(serve(control=asked.control, seed=asked.seed, wires=wires))


if __name__ == "__main__":
    main()
