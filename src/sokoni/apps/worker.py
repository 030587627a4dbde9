"""The worker process: the same runtime as the API, and the loops of `kernel.worker`."""

import asyncio
import signal
from contextlib import suppress

import structlog

from sokoni.apps import registry
from sokoni.apps.api import database_of
from sokoni.apps.runtime import running
from sokoni.kernel.jobs import Work
from sokoni.kernel.observability import logs
from sokoni.kernel.settings import Settings
from sokoni.kernel.signals import Signals
from sokoni.kernel.worker import Worker

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 20
POOL_SIZE = 8


async def work(settings: Settings, *, database_url: str, until_idle: bool = False) -> None:
    """Work until SIGTERM or SIGINT, or with `until_idle` until nothing is due.

    What has begun is finished within 20 s; a job that is not is given back to the queue.
    """
    registry.register_handlers()
    async with running(settings, database_url=database_url, pool_size=POOL_SIZE) as resources:
        signals = resources.get(Signals)
        worker = Worker(work=Work(resources), number=signals.number)
        if until_idle:
            await worker.until_idle()
            return
        signals.on_wake(worker.wake)
        task = asyncio.create_task(worker.run())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, _stop, worker, task)
        log.info("worker started", number=signals.number)
        with suppress(asyncio.CancelledError):
            await task
        log.info("worker stopped")


def run(settings: Settings, *, until_idle: bool = False) -> None:
    """`work` with logs and an event loop of its own."""
    logs.configure(settings)
    asyncio.run(work(settings, database_url=database_of(settings), until_idle=until_idle))


def _stop(worker: Worker, task: asyncio.Task[None]) -> None:
    worker.stop()
    task.get_loop().call_later(PATIENCE_SECONDS, task.cancel)
