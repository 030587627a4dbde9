"""Run the API with granian: one listening socket, as many worker processes as asked."""

import shutil
import signal
import tempfile
from collections.abc import Callable
from typing import Any

from sokoni.apps.platform.services import Service
from sokoni.kernel.processes import die_with_parent, starting
from sokoni.kernel.settings import export

_PATIENCE_SECONDS = 20  # for requests in flight, when we are told to stop
Asgi = Callable[..., Any]


def serve(*, service: Service, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; requests in flight are finished."""
    from granian import Granian  # noqa: PLC0415 - only this command needs it
    from granian.constants import Interfaces, Loops  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    counters = tempfile.mkdtemp(prefix="sokoni-metrics-") if workers > 1 else None
    if counters:  # /metrics adds up the counters of all workers
        export({"PROMETHEUS_MULTIPROC_DIR": counters})
    server = Granian(
        f"{__name__}:{service.name.lower()}",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        loop=Loops.uvloop,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE_SECONDS,
    )
    try:
        server.serve()
    finally:
        if counters:
            shutil.rmtree(counters, ignore_errors=True)


def all() -> Asgi:  # noqa: A001 - the names of the services are the names of their factories
    return _application(Service.ALL)


def catalog() -> Asgi:
    return _application(Service.CATALOG)


def commerce() -> Asgi:
    return _application(Service.COMMERCE)


def _application(service: Service) -> Asgi:
    """Runs in a worker process."""
    # Nobody is left to answer through an orphan, and it would keep the port from the next one.
    die_with_parent(signal.SIGKILL)
    with starting():
        from sokoni.apps import api, tables  # noqa: PLC0415 - a second of imports for workers only

        return api.create_app(modules=service.modules(tables.MODULES))
