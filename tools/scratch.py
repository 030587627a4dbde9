"""Throw-away databases on an embedded server, for the tools that need one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sokoni.kernel.embedded import TEST, EmbeddedPostgres


@contextmanager
def scratch_database() -> Iterator[str]:
    """The URL of an empty database; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sokoni-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "pg", profile=TEST)
        server.start()
        try:
            server.ensure_database("scratch")
            yield server.url("scratch")
        finally:
            server.stop()
