"""Throw-away databases on an embedded server, for the tools that need one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sokoni.kernel.embedded import TEST, EmbeddedPostgres


@contextmanager
def scratch_server() -> Iterator[EmbeddedPostgres]:
    """A server of its own in a temporary directory; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sokoni-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "pg", profile=TEST)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def scratch_database() -> Iterator[str]:
    """The URL of an empty database; it is gone afterwards."""
    with scratch_server() as server:
        server.ensure_database("scratch")
        yield server.url("scratch")
