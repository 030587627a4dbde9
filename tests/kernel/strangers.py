"""A stranger's server on loopback, and a name server that answers as told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network

import pytest

from sokoni.kernel import outgoing
from sokoni.kernel.outgoing import Fetched, fetch

LOOPBACK = [ip_network("127.0.0.0/8")]

PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png; q=1\r\nContent-Length: 7\r\n\r\npicture"

Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server on loopback that answers each path with fixed bytes, and remembers what it saw."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.seen: list[bytes] = []
        self.port = 0

    def url(self, path: str, *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            self.seen.append(request)
            answer = self.answers[request.split(b" ")[1].decode()]
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client hung up, which several tests are about
        finally:
            writer.close()


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server()
    listener = await asyncio.start_server(server.talk, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    yield server
    listener.close()


async def get(url: str, *, seconds: float = 5, accept: str = "image/*") -> Fetched:
    return await fetch(url, max_bytes=1000, timeout=seconds, accept={accept}, allow=LOOPBACK)


def answers(monkeypatch: pytest.MonkeyPatch, *turns: str) -> list[str]:
    """Make the name server give these answers one after the other; says who was asked for."""
    asked: list[str] = []
    waiting = list(turns)

    async def resolve(host: str, _port: int) -> list[object]:
        asked.append(host)
        return [ip_address(text) for text in waiting.pop(0).split()]

    monkeypatch.setattr(outgoing, "_resolve", resolve)
    return asked


def redirect(to: str, *, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
