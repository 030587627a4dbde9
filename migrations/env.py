"""Alembic's entry: one history, one transaction per migration, short lock waits.

A migration that cannot get its lock in four seconds gives up instead of stopping the shop.
"""

import os

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text

from sokoni.apps import tables
from sokoni.kernel.settings import psycopg_url

SCHEMAS = tables.SCHEMAS


def include_name(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    """Compare our schemas only; the audit views are no tables."""
    return name in SCHEMAS if kind == "schema" else True


def run(connection: Connection) -> None:
    connection.execute(text("SET lock_timeout = '4s'"))
    connection.execute(text("SET statement_timeout = '10min'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        include_schemas=True,
        include_name=include_name,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = context.config.attributes.get("url") or os.environ["DATABASE_URL"]
    engine = create_engine(psycopg_url(url), poolclass=NullPool)
    with engine.connect() as opened:
        run(opened)
    engine.dispose()
