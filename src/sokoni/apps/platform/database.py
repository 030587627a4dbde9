"""The database of a command: the configured server, or the embedded one.

A command that needs the database opens it here. Nothing configured means the embedded server: a
running one (of a demo, say) is shared, else it is started and stopped again with the command.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sokoni.kernel.embedded import EmbeddedPostgres
from sokoni.kernel.embedded.home import DATABASE, embedded_server
from sokoni.kernel.settings import Settings, export


@dataclass(frozen=True, slots=True)
class OpenDatabase:
    """The database of a command. `embedded` is None when somebody else runs the server."""

    url: str
    embedded: EmbeddedPostgres | None
    created: bool = False


@contextmanager
def opened(
    settings: Settings, *, die_with_parent: bool = False, even_if_shared: bool = False
) -> Iterator[OpenDatabase]:
    """Open the database, and name it to this process and its children as DATABASE_URL.

    `even_if_shared` stops the embedded server at the end although others still use it.
    Raises `EmbeddedError`.
    """
    if settings.external_database:
        yield OpenDatabase(url=settings.external_database, embedded=None)
        return
    server = embedded_server(settings, die_with_parent=die_with_parent).start()
    try:
        created = server.ensure_database(DATABASE)
        url = server.url(DATABASE)
        export({"DATABASE_URL": url})
        yield OpenDatabase(url=url, embedded=server, created=created)
    finally:
        server.stop(even_if_shared=even_if_shared)


def knock(opened: OpenDatabase) -> None:
    """Find out at once whether somebody else's server answers. Raises OperationalError."""
    if opened.embedded is None:
        import psycopg  # noqa: PLC0415 - long-running processes do without

        psycopg.connect(opened.url, connect_timeout=5).close()


def lost(error: BaseException) -> bool:
    """Whether it says that a server is not there; asks without loading the driver."""
    driver = sys.modules.get("psycopg")
    return driver is not None and isinstance(error, driver.OperationalError)


def unreachable(error: BaseException) -> str:
    """The driver's several lines as one sentence."""
    return f"The database cannot be reached: {' '.join(str(error).split())}"
