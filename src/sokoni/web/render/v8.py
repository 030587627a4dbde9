"""The adapter that runs the shop's own bundle in V8, inside this process.

Isolates are made in the threads that use them, when the first page is asked for: long after the
process has forked, which V8 would not survive. A page that throws or takes too long is given up;
one that takes too much memory costs its isolate.
"""

import asyncio
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from py_mini_racer import (
    JSEvalException,
    JSOOMException,
    JSTimeoutException,
    MiniRacer,
)

from sokoni.web.render.port import RenderFailed

PRELUDE = Path(__file__).with_name("prelude.js")
ISOLATES = 2
MOST_SECONDS = 3.0
FIRST_SECONDS = 6.0  # an isolate compiles what a page needs when it first needs it
MOST_WAITING_SECONDS = 1.0
MOST_BYTES = 256 * 1024 * 1024
START_SECONDS = 10.0
LAST_WORD_SECONDS = 0.25  # an isolate that was stopped says so to the loop that closing ends
CALL = "globalThis.SSR_render"


def isolate(bundle: str) -> MiniRacer:
    """A fresh isolate with the bundle in it. Raises the engine's errors."""
    made = MiniRacer()
    try:
        made.set_hard_memory_limit(MOST_BYTES)
        made.eval(PRELUDE.read_text(encoding="utf-8"))
        made.eval(f"{bundle}\n;{CALL} = SSR.render; 0", timeout_sec=START_SECONDS)
    except BaseException:
        made.close()
        raise
    return made


class V8Renderer:
    """`bundle` is a script that leaves `SSR.render(url, state)` behind."""

    name = "v8"

    def __init__(
        self,
        bundle: str,
        *,
        isolates: int = ISOLATES,
        most_seconds: float = MOST_SECONDS,
        first_seconds: float = FIRST_SECONDS,
    ) -> None:
        self._bundle = bundle
        self._most_seconds = most_seconds
        self._first_seconds = first_seconds
        self._threads = ThreadPoolExecutor(isolates, thread_name_prefix="v8")
        self._own = threading.local()
        self._made: set[MiniRacer] = set()
        self._cold: set[MiniRacer] = set()

    async def warm(self) -> None:
        """Make an isolate now, so that the first page need not wait for it."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._isolate)

    async def render(self, url: str, state: str) -> str:
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, self._render, url, state)
        try:
            async with asyncio.timeout(self._first_seconds + MOST_WAITING_SECONDS):
                return await work
        except TimeoutError as error:
            raise RenderFailed("all isolates are busy") from error

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
        await asyncio.sleep(LAST_WORD_SECONDS if self._made else 0)
        while self._made:
            await asyncio.to_thread(self._made.pop().close)

    def _render(self, url: str, state: str) -> str:
        """In a thread of the pool. The arguments are JSON texts, which are JavaScript's too."""
        call = f"{CALL}({json.dumps(url)},{json.dumps(state)})"
        seconds = self._most_seconds
        try:
            engine = self._isolate()
            if engine in self._cold:
                self._cold.discard(engine)
                seconds = self._first_seconds
            markup = engine.eval(call, timeout_sec=seconds)
        except JSTimeoutException as error:
            raise RenderFailed(f"it took more than {seconds:g} s") from error
        except JSOOMException as error:
            self._forget()
            raise RenderFailed("it took too much memory") from error
        except JSEvalException as error:
            raise RenderFailed(str(error).partition("\n")[0][:500]) from error
        except Exception as error:
            self._forget()
            raise RenderFailed(repr(error)) from error
        if not isinstance(markup, str):
            raise RenderFailed("the bundle did not return a text")
        return markup

    def _isolate(self) -> MiniRacer:
        found: MiniRacer | None = getattr(self._own, "isolate", None)
        if found is None:
            found = self._own.isolate = isolate(self._bundle)
            self._made.add(found)
            self._cold.add(found)
        return found

    def _forget(self) -> None:
        found: MiniRacer | None = getattr(self._own, "isolate", None)
        if found is not None:
            self._own.isolate = None
            self._made.discard(found)
            time.sleep(LAST_WORD_SECONDS)
            found.close()
