"""What a process of the shop consists of, opened in order and closed in reverse.

API, worker and command line open the same runtime; a module adds its own resources here, so that
this file is the one place where adapters are chosen.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sokoni.apps import registry
from sokoni.apps.platform.home import media_dir
from sokoni.kernel import crash
from sokoni.kernel.clock import Clock, SystemClock
from sokoni.kernel.db import Database
from sokoni.kernel.observability import logs
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings, asyncpg_url
from sokoni.kernel.signals import Signals
from sokoni.kernel.storage import Storage, open_storage


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    database_url: str,
    clock: Clock | None = None,
    pool_size: int | None = None,
) -> AsyncGenerator[Resources]:
    """Open everything a process needs. `database_url` is `postgresql://…`."""
    settings.check()
    logs.configure(settings)
    crash.arm(settings.crash_at)
    resources = Resources()
    try:
        resources.put(Settings, settings)
        resources.put(Clock, clock or SystemClock())
        db = Database(asyncpg_url(database_url), pool_size=pool_size or settings.db_pool_size)
        resources.put(Database, db, close=db.close)
        signals = Signals(db, settings.database_direct_url or database_url)
        resources.put(Signals, signals, close=signals.stop)
        resources.put(Storage, _storage(settings))
        await registry.open_resources(resources)
        await signals.start()
        yield resources
    finally:
        await resources.close()


def _storage(settings: Settings) -> Storage:
    secret = settings.s3_secret_access_key
    return open_storage(
        provider=settings.file_storage_provider,
        base_url=settings.public_url,
        directory=media_dir(settings),
        bucket=settings.s3_bucket,
        region=settings.s3_region,
        endpoint=settings.s3_endpoint,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=secret.get_secret_value() if secret else None,
        public_url=settings.s3_public_url,
        addressing=settings.s3_addressing,
    )
