"""A database per test worker: a copy of a migrated template, emptied by DELETE after each test."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokoni.kernel.embedded import EmbeddedPostgres

ROOT = Path(__file__).parent.parent.parent


def template(server: EmbeddedPostgres) -> str:
    """The name of a migrated template, made once per state of the migrations."""
    files = sorted((ROOT / "migrations").rglob("*.py"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    name = f"template_{digest}"
    with _exclusive(server), psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        if _exists(admin, name):
            return name
        draft = f"draft_{digest}"
        admin.execute(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {draft}")
        config = Config(str(ROOT / "alembic.ini"))
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["url"] = server.url(draft)
        command.upgrade(config, "head")
        admin.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


@contextmanager
def clone(server: EmbeddedPostgres, source: str, name: str) -> Iterator[str]:
    """The URL of a fresh copy of the template; dropped afterwards."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        with _exclusive(server):
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
        try:
            yield server.url(name)
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def empty(connection: AsyncConnection) -> None:
    """Delete every row of every table of ours; constraints and triggers are left out for speed."""
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    rows = await connection.execute(
        text(
            "SELECT format('DELETE FROM %I.%I', schemaname, relname) FROM pg_stat_user_tables"
            " WHERE schemaname <> 'public'"
        )
    )
    statements = [row[0] for row in rows]
    await connection.exec_driver_sql("DO $$ BEGIN " + ";".join(statements) + "; END $$")


def _exists(admin: psycopg.Connection, name: str) -> bool:
    row = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    return row is not None


@contextmanager
def _exclusive(server: EmbeddedPostgres) -> Iterator[None]:
    """One test process at a time makes templates or copies them."""
    lock = Path(server.url("x").partition("host=")[2].partition("&")[0]).name
    with (Path("/tmp") / f"sokoni-tests-{lock}.lock").open("w") as file:  # noqa: S108
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
