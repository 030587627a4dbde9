"""The demo shop on a real port: `sokoni serve` in a process of its own, on a database of its own.

Seeding takes long, so it is done once per state of the source, into a template that is copied.
"""

import fcntl
import hashlib
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from sokoni.apps.platform import ports
from sokoni.kernel.embedded import EmbeddedPostgres
from tests.platform.processes import sokoni, start_sokoni
from tests.support import database

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".sokoni" / "test" / "demo"
READY_SECONDS = 60
SEED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Shop:
    """`url` has no slash at its end; with `settings` other commands work on the same shop."""

    url: str
    settings: Mapping[str, str]
    log: Path


@contextmanager
def served(server: EmbeddedPostgres, *, name: str, **more: str) -> Iterator[Shop]:
    """A demo shop of its own, on a free port, with limits off; `more` are settings."""
    with database.clone(server, demo_template(server), name) as url:
        settings = _settings(url) | more
        log = PLACE / f"{name}.log"
        with log.open("w") as output:
            process = start_sokoni("serve", settings=settings, output=output)
        try:
            deadline = time.monotonic() + READY_SECONDS
            while not ports.is_ready(int(settings["PORT"])):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, f"not ready: {log.read_text()}"
                time.sleep(0.05)
            yield Shop(url=settings["BACKEND_URL"], settings=settings, log=log)
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.unlink()


@contextmanager
def working(shop: Shop) -> Iterator[None]:
    """A worker of this shop, for as long as the block lasts."""
    with shop.log.with_suffix(".worker").open("w") as output:
        process = start_sokoni("worker", settings=shop.settings, output=output)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)
            shop.log.with_suffix(".worker").unlink()


def demo_template(server: EmbeddedPostgres) -> str:
    """The name of a database with the demo shop in it, made once per state of the source."""
    files = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.json")])
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    name = f"{database.template(server)}_demo_{digest}"
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            older = admin.execute(
                "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]+_demo_'"
            ).fetchall()
            if (name,) in older:
                return name
            for (old,) in older:
                with suppress(psycopg.errors.ObjectInUse):  # another run is copying it
                    admin.execute(f"DROP DATABASE {old}")
        with database.clone(server, database.template(server), "demo_draft") as url:
            # What seeding has set off is worked off too: a template may be older than the 120 s
            # that `sokoni check` lets an event wait.
            for command in (["seed", "demo"], ["worker", "--until-idle"]):
                done = sokoni(*command, settings=_settings(url), seconds=SEED_SECONDS)
                assert done.returncode == 0, done.stdout
            with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
                admin.execute(f"ALTER DATABASE demo_draft RENAME TO {name}")
    return name


def _settings(url: str) -> dict[str, str]:
    port = free_port()
    return {
        "ENVIRONMENT": "test",
        "DATABASE_URL": url,
        "SOKONI_HOME": str(PLACE),
        "PORT": str(port),
        "BACKEND_URL": f"http://127.0.0.1:{port}",
        "RATE_LIMIT_ENABLED": "false",
        "DB_POOL_SIZE": "5",
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
