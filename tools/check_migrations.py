"""Prove the migrations: up, down, up gives the same schema, and the schema is what the models say.

The models' own schema is made beside it by `create_all`, and both are dumped: tables, checks,
keys and indexes must be the same text. What models cannot say (views, functions, triggers, their
indexes) is written by hand in a migration, between `# by hand` marks, and only has to survive the
way down and up.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import ProgrammingError

from sokoni.apps import tables
from sokoni.kernel.embedded import EmbeddedPostgres
from sokoni.kernel.settings import psycopg_url
from tools.scratch import scratch_server

ROOT = Path(__file__).parent.parent
DUMPED = ("--schema-only", "--no-owner", "--no-privileges")
COMPARED = re.compile(r"^(CREATE (UNLOGGED )?TABLE|ALTER TABLE|CREATE (UNIQUE )?INDEX)")
BY_HAND = re.compile(r"# by hand\n(.*?)# end by hand", re.DOTALL)
MADE_BY_HAND = re.compile(
    r"CREATE\s+(?:UNLOGGED\s+)?(?:UNIQUE\s+)?(?:INDEX|TABLE)\s+([\w.]+)", re.IGNORECASE
)


def main() -> int:
    problems: list[str] = []
    with scratch_server() as server:
        problems += _up_down_up(server)
        problems += _drift(server)
        problems += _impatience(server)
    print("\n".join(problems) or "Migrations go up, down and up, and say what the models say.")
    return 1 if problems else 0


def _up_down_up(server: EmbeddedPostgres) -> Iterator[str]:
    config = _alembic(server, "migrated")
    command.upgrade(config, "head")
    first = dump(server, "migrated")
    command.downgrade(config, "base")
    left = [line for line in dump(server, "migrated") if "alembic_version" not in line]
    if left:
        yield "The way down leaves something behind:\n" + "\n".join(left)
    command.upgrade(config, "head")
    again = dump(server, "migrated")
    if first != again:
        yield "Up, down, up gives another schema:\n" + _difference(first, again)


def _drift(server: EmbeddedPostgres) -> Iterator[str]:
    server.ensure_database("declared")
    engine = create_engine(psycopg_url(server.url("declared")), poolclass=NullPool)
    with engine.begin() as connection:
        for schema in sorted(tables.SCHEMAS):
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        _create(connection, _functions(server))
        tables.metadata.create_all(connection)
    engine.dispose()
    declared, migrated = dump(server, "declared"), dump(server, "migrated")
    missing = sorted(_compared(declared) - _compared(migrated))
    extra = sorted(_compared(migrated) - _compared(declared) - set(_made_by_hand(migrated)))
    if missing:
        yield "The models say, and no migration makes:\n" + "\n".join(missing)
    if extra:
        yield "The migrations make, and no model says:\n" + "\n".join(extra)


def _impatience(server: EmbeddedPostgres) -> Iterator[str]:
    """A migration that has to wait for a lock gives up, instead of making the shop queue."""
    config = _alembic(server, "migrated")
    with psycopg.connect(server.url("migrated")) as busy:
        busy.execute("LOCK TABLE kernel.outbox IN ACCESS SHARE MODE")
        try:
            command.downgrade(config, "base")
        except Exception as error:  # noqa: BLE001 - any other error is told as it is
            if "lock timeout" not in str(error):
                yield f"A blocked migration ended with: {error}"
        else:
            yield "A migration went through beside an open transaction on its table"
        busy.rollback()


def dump(server: EmbeddedPostgres, database: str) -> list[str]:
    """The schema as statements, without comments and without what differs between dumps."""
    done = subprocess.run(
        [str(server.program("pg_dump")), *DUMPED, "--dbname", server.url(database)],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("--", "\\"))]
    statements = re.split(r";\n", "\n".join(lines) + "\n")
    return [
        part.strip()
        for part in statements
        if part.strip() and not part.strip().startswith(("SET ", "SELECT pg_catalog.set_config"))
    ]


def _compared(statements: list[str]) -> set[str]:
    return {
        statement
        for statement in statements
        if COMPARED.match(statement) and "alembic_version" not in statement
    }


def _made_by_hand(statements: list[str]) -> Iterator[str]:
    """The statements about tables and indexes that a migration makes by hand."""
    names = {name.rpartition(".")[2] for hand in _hands() for name in MADE_BY_HAND.findall(hand)}
    for statement in statements:
        words = set(re.findall(r"\w+", statement.partition("(")[0]))
        if words & names:
            yield statement


def _functions(server: EmbeddedPostgres) -> list[str]:
    """The functions of the migrated database, which checks and indexes of the models call."""
    with psycopg.connect(server.url("migrated")) as connection:
        rows = connection.execute(
            "SELECT pg_get_functiondef(p.oid) FROM pg_proc AS p"
            " JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = ANY(%s)"
            " AND p.prokind = 'f'",
            [sorted(tables.SCHEMAS)],
        )
        return [row[0] for row in rows]


def _create(connection: Connection, functions: list[str]) -> None:
    """Create them in whatever order they need each other; what needs a table is left out."""
    waiting: list[str] = []
    for definition in functions:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(definition.replace("%", "%%"))
        except ProgrammingError:
            waiting.append(definition)
    if len(waiting) < len(functions):
        _create(connection, waiting)


def _hands() -> Iterator[str]:
    for file in sorted((ROOT / "migrations/versions").glob("*.py")):
        yield from BY_HAND.findall(file.read_text(encoding="utf-8"))


def _alembic(server: EmbeddedPostgres, database: str) -> Config:
    server.ensure_database(database)
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = server.url(database)
    return config


def _difference(first: list[str], again: list[str]) -> str:
    return "\n".join(unified_diff(first, again, "first", "again", lineterm="", n=0))


if __name__ == "__main__":
    sys.exit(main())
