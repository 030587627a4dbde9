"""The database server of the world: PostgreSQL with fsync on, killed and started again.

The shop logs in as an ordinary role that owns its database, so that the connections which
PostgreSQL keeps for its superuser are left for those who watch.
"""

import asyncio
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import psycopg
from psycopg.sql import SQL, Identifier

from chaos.world.disk import Disk, small_disk
from chaos.world.faultlog import FaultLog
from chaos.world.processes import TICK_SECONDS
from sokoni.kernel.embedded import DEV, EmbeddedError, EmbeddedPostgres
from sokoni.kernel.embedded.creation import SUPERUSER
from sokoni.kernel.embedded.home import DATABASE

ROLE = "shop"
DISK_MEGABYTES = 640
MAX_CONNECTIONS = 80
READY_SECONDS = 30.0
PROFILE = replace(
    DEV,
    name="chaos",
    settings=MappingProxyType(
        {
            **DEV.settings,
            "max_connections": str(MAX_CONNECTIONS),
            "shared_buffers": "128MB",
            "min_wal_size": "64MB",
            "max_wal_size": "128MB",  # all of it has to fit on the small disk
            "checkpoint_timeout": "30s",
            "log_min_messages": "warning",
            "log_statement_sample_rate": "0",
            "log_min_duration_statement": "3s",
            "autovacuum_naptime": "10s",
        }
    ),
)


class Server:
    """Started and started again by one thread of its own: the server lives as long as that."""

    def __init__(self, home: Path, log: FaultLog) -> None:
        self.embedded = EmbeddedPostgres(
            home / "database" / "postgres", PROFILE, die_with_parent=True
        )
        self.disk: Disk = small_disk(self.embedded.data_dir.parent, megabytes=DISK_MEGABYTES)
        self._home = home
        self._log = log
        self._wanted = True
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgres")

    @property
    def url(self) -> str:
        """Straight to the database, as the superuser."""
        return self.embedded.url(DATABASE)

    @property
    def owner_url(self) -> str:
        """Straight to the database, as the shop."""
        return self.url.replace(f"{SUPERUSER}@", f"{ROLE}@", 1)

    async def start(self) -> None:
        """Raises EmbeddedError."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, lambda: self.embedded.start(timeout=READY_SECONDS))

    async def create(self) -> None:
        """Start for the first time, with an empty database that the shop owns."""
        await self.start()
        self.embedded.ensure_database(DATABASE)
        with psycopg.connect(self.embedded.url("postgres"), autocommit=True) as connection:
            connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(ROLE)))
            connection.execute(
                SQL("ALTER DATABASE {} OWNER TO {}").format(Identifier(DATABASE), Identifier(ROLE))
            )

    async def keep(self) -> None:
        """Start the server again whenever it is gone, until cancelled."""
        while True:
            if self._wanted and not self.embedded.is_alive():
                try:
                    await self.start()
                except EmbeddedError as error:
                    said = str(error).splitlines()[-1]
                    self._log.record("database did not start", {"error": said})
                    await asyncio.sleep(0.5)
            await asyncio.sleep(TICK_SECONDS)

    def signal(self, number: signal.Signals) -> bool:
        """To the postmaster: SIGKILL, SIGINT (fast shutdown), SIGQUIT (immediate)."""
        pid = self.postmaster()
        if pid is None:
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        return True

    def postmaster(self) -> int | None:
        try:
            return int((self.embedded.data_dir / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    async def stop(self) -> None:
        self._wanted = False
        self.disk.free()
        loop = asyncio.get_running_loop()
        with suppress(EmbeddedError):
            await loop.run_in_executor(
                self._thread, lambda: self.embedded.stop(even_if_shared=True)
            )
        self._thread.shutdown()
        with suppress(OSError):
            shutil.copy(self.embedded.log_file, self._home)
        self.disk.remove()
