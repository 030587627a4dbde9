"""A small HTTP/1.1 server for one ASGI app, in the event loop that starts it.

It exists because tests need what servers are built to prevent: connections that are reset in the
middle of an exchange.
"""

import asyncio
import socket
import struct
import traceback
from http import HTTPStatus

import h11
from starlette.types import ASGIApp, Message, Scope

READ_BYTES = 65536
LONGEST_BODY = 4 * 1024 * 1024


class ConnectionReset(Exception):
    """Raised by the app to cut the connection without an answer."""


class Listener:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self, host: str, port: int) -> int:
        """Listen; port 0 takes a free one. Returns the port."""
        self._server = await asyncio.start_server(self._accept, host, port)
        name: tuple[str, int] = self._server.sockets[0].getsockname()[:2]
        return name[1]

    async def stop(self) -> None:
        """Close the door and cut what is open."""
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        try:
            while await self._exchange(connection, reader, writer):
                connection.start_next_cycle()
        except ConnectionReset:
            linger = struct.pack("ii", 1, 0)  # close at once, with a reset
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
        except (h11.RemoteProtocolError, ConnectionError):
            return
        finally:
            writer.close()

    async def _exchange(
        self,
        connection: h11.Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """One request and its answer; False when the connection is at its end."""
        request = await _next(connection, reader)
        if not isinstance(request, h11.Request):
            return False
        body = bytearray()
        while isinstance(event := await _next(connection, reader), h11.Data):
            body += event.data
            if len(body) > LONGEST_BODY:
                return False
        if not isinstance(event, h11.EndOfMessage):
            return False
        messages = await self._ask(_scope(request), bytes(body))
        for item in _answer(messages, head=request.method == b"HEAD"):
            writer.write(connection.send(item) or b"")
        await writer.drain()
        return connection.our_state is h11.DONE and connection.their_state is h11.DONE

    async def _ask(self, scope: Scope, body: bytes) -> list[Message]:
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        try:
            await self._app(scope, receive, send)
        except ConnectionReset:
            raise
        except Exception:  # noqa: BLE001 - a fault of ours must not look like a planned one
            traceback.print_exc()
            return [{"type": "http.response.start", "status": 500, "headers": []}]
        return messages


async def _next(connection: h11.Connection, reader: asyncio.StreamReader) -> object:
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(READ_BYTES))
    return event


def _scope(request: h11.Request) -> Scope:
    path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": request.http_version.decode(),
        "method": request.method.decode(),
        "scheme": "http",
        "path": path.decode(),
        "raw_path": path,
        "root_path": "",
        "query_string": query,
        "headers": list(request.headers),
        "client": None,
        "server": None,
    }


def _answer(messages: list[Message], *, head: bool) -> list[h11.Event]:
    start = messages[0]
    status = start["status"]
    body = b"".join(message.get("body", b"") for message in messages[1:])
    headers = [item for item in start["headers"] if item[0].lower() != b"content-length"]
    headers.append((b"content-length", str(len(body)).encode()))
    reason = HTTPStatus(status).phrase.encode()
    response = h11.Response(status_code=status, headers=headers, reason=reason)
    return [response, *([] if head else [h11.Data(data=body)]), h11.EndOfMessage()]
