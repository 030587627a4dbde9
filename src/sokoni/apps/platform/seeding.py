"""Demo data once per database: a note beside the data says which database has them."""

import asyncio
from pathlib import Path

import psycopg

import sokoni

_NOTE_NAME = "seeded"


def is_seeded(url: str, *, home: Path) -> bool:
    note = home / _NOTE_NAME
    return note.exists() and note.read_text() == _identity(url)


def seed_demo(url: str, *, home: Path) -> None:
    """Load reference data and the demo shop. Safe to repeat: what is there stays."""
    asyncio.run(_seed(url))
    (home / _NOTE_NAME).write_text(_identity(url))


async def _seed(url: str) -> None:
    from sokoni.apps import seed  # noqa: PLC0415 - a second of imports that later starts do without
    from sokoni.apps.runtime import running  # noqa: PLC0415
    from sokoni.kernel.settings import load_settings  # noqa: PLC0415

    async with running(load_settings(), database_url=url) as resources:
        await seed.seed_demo(resources)


def _identity(url: str) -> str:
    """Which database this is, however it is reached; another version of us seeds it again."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(
            "select system_identifier, (select oid from pg_database "
            "where datname = current_database()) from pg_control_system()"
        ).fetchone()
    assert row is not None
    return f"{row[0]}/{row[1]}/{sokoni.__version__}"
