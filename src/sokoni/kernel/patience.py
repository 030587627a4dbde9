"""Nobody waits for ever: after nine seconds a request is cancelled, and told to come back.

A database or a network that stops answering without a word would otherwise hold a request, and its
connection, for as long as it likes. Cancelling ends the work where a crash would have ended it,
which every flow survives: what was committed stays, and a repeated key goes on from there. The
answer does not wait for the cleaning up, which may find the same silence.

A timer and not a task per request: it costs a microsecond. What is `unhurried` may take its time:
the exports and checks of staff.
"""

import asyncio
from contextlib import suppress
from typing import Any

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sokoni.kernel.errors import Unavailable
from sokoni.kernel.problems import render

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 9.0


class TooSlow(Unavailable):
    """The shop is too slow right now; try again"""


class Patience:
    """The middleware; the innermost, so that every answer goes out as all others do."""

    def __init__(
        self, app: ASGIApp, *, seconds: float = PATIENCE_SECONDS, unhurried: str | None = None
    ) -> None:
        """`unhurried`: how the paths begin that are left alone."""
        self.app = app
        self.seconds = seconds
        self.unhurried = unhurried

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (
            self.unhurried is not None and scope["path"].startswith(self.unhurried)
        ):
            await self.app(scope, receive, send)
            return
        waited = _Waited(scope, receive, send)
        timer = asyncio.get_running_loop().call_later(self.seconds, waited.give_up)
        try:
            await self.app(scope, receive, waited)
        except asyncio.CancelledError:
            if waited.telling is None:
                raise
            waited.working.uncancel()
        except Exception as error:
            if waited.telling is None:
                raise
            log.info("failed while being cancelled", error=repr(error))
        finally:
            timer.cancel()
        if waited.telling is not None:
            with suppress(asyncio.CancelledError):  # asked for just when the work had ended
                await asyncio.wait({waited.telling})


class _Waited:
    """One request: either its work answers, or we do."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        working: asyncio.Task[Any] | None = asyncio.current_task()
        assert working is not None
        self.working = working
        self.telling: asyncio.Task[None] | None = None
        self._scope, self._receive, self._send = scope, receive, send
        self._started = False

    async def __call__(self, message: Message) -> None:
        if self.telling is None:
            self._started = True
            await self._send(message)

    def give_up(self) -> None:
        """Answer in place of the work, unless it has begun to."""
        if self._started:
            return
        log.warning("cancelled a request that was too slow")
        answer = render(TooSlow(retry_after=2), Request(self._scope))
        self.telling = asyncio.create_task(answer(self._scope, self._receive, self._send))
        self.working.cancel()
