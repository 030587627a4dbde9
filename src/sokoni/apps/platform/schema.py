"""Whether the database schema is what this version of the code expects, and how it gets there.

Asking costs one query and no import of Alembic, so that every start can ask.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sokoni.kernel.embedded.home import schema_root

if TYPE_CHECKING:
    from alembic.config import Config

_REVISION = re.compile(r"^revision\b[^=]*=\s*[\"'](\w+)[\"']", re.MULTILINE)
_DOWN = re.compile(r"^down_revision\b[^=]*=\s*(.+)$", re.MULTILINE)
_NAMES = re.compile(r"[\"'](\w+)[\"']")


def head() -> str | None:
    """The newest revision in the migrations folder; None when there is none."""
    revisions, replaced = _revisions()
    heads = sorted(revisions - replaced)
    if len(heads) > 1:
        raise SystemExit(f"The migrations fork: {', '.join(heads)} all claim to be the newest.")
    return heads[0] if heads else None


def outdated() -> frozenset[str]:
    """The revisions that another one follows: a database at one of them is behind this code."""
    return frozenset(_revisions()[1])


def _revisions() -> tuple[set[str], set[str]]:
    """All revisions, and those that another one follows."""
    revisions: set[str] = set()
    replaced: set[str] = set()
    for file in (schema_root() / "migrations" / "versions").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        revisions.update(_REVISION.findall(text))
        for down in _DOWN.findall(text):
            replaced.update(_NAMES.findall(down))
    return revisions, replaced


def current(url: str) -> str | None:
    """The revision of the database; None for an empty one. Raises `psycopg.OperationalError`."""
    import psycopg  # noqa: PLC0415 - 9 MB that a process which only serves does without

    with psycopg.connect(url, connect_timeout=5) as connection:
        try:
            row = connection.execute("select version_num from alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return str(row[0]) if row else None


def upgrade(url: str, *, revision: str = "head") -> None:
    """Run the migrations that the database has not seen."""
    from alembic import command  # noqa: PLC0415 - half a second that most starts do not need

    command.upgrade(_alembic(url), revision)


def write_revision(url: str, *, message: str) -> Path:
    """Compare models and database, and write the difference as a new migration."""
    from alembic import command  # noqa: PLC0415
    from alembic.script import Script  # noqa: PLC0415

    script = command.revision(_alembic(url), message=message, autogenerate=True)
    assert isinstance(script, Script)
    return Path(script.path)


def _alembic(url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    root = schema_root()
    config = Config(str(root / "alembic.ini"))
    config.set_main_option("script_location", str(root / "migrations"))
    config.attributes["url"] = url
    return config
