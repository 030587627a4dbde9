"""Record the statements of real requests: the shop itself runs in this process for that."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
from asgi_lifespan import LifespanManager
from sqlalchemy import event

from bench.script import Statement
from sokoni.apps.api import create_app
from sokoni.kernel import held, writes
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Environment, Settings

NOT_THE_REQUESTS = "SELECT pg_notify("
CONTROL = {"BEGIN", "COMMIT", "ROLLBACK"}


class Recorder:
    """The shop's application on the bench's database, with an ear on its driver."""

    def __init__(self, db: Database, client: httpx.AsyncClient) -> None:
        self._db = db
        self._client = client

    async def record(
        self, method: str, path: str, *, headers: dict[str, str], body: Any = None
    ) -> list[Statement]:
        """What this request sends to the database, transaction control included."""
        with _listening(self._db) as heard:
            answer = await self._client.request(method, path, headers=headers, json=body)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return _begun_once(heard)


@asynccontextmanager
async def recorder(url: str) -> AsyncIterator[Recorder]:
    settings = Settings(_env_file=None, environment=Environment.TEST, rate_limit_enabled=False)
    app = create_app(settings, database_url=url)
    async with LifespanManager(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bench.test") as client:
            yield Recorder(app.state.db, client)


def _controls(heard: list[Statement]) -> Callable[[str], None]:
    return lambda words: heard.append(Statement(words))


def _begun_once(heard: list[Statement]) -> list[Statement]:
    """Of a transaction that the driver began, SQLAlchemy says once more that it begins."""
    kept: list[Statement] = []
    is_open = False
    for one in heard:
        if one.sql != "BEGIN" or not is_open:
            kept.append(one)
        if one.sql in CONTROL:
            is_open = one.sql == "BEGIN"
    return kept


@contextmanager
def _listening(db: Database) -> Iterator[list[Statement]]:
    heard: list[Statement] = []
    engine = db.engine.sync_engine

    def executed(
        _connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, executemany: Any
    ) -> None:
        if not sql.startswith(NOT_THE_REQUESTS):
            many = tuple(tuple(each) for each in values) if executemany else (tuple(values),)
            heard.append(Statement(sql, many))

    def control(words: str) -> Any:
        def note(connection: Any, *_: Any) -> None:
            if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
                heard.append(Statement(words))

        return note

    def sent(sql: str, values: list[Any]) -> None:
        if not sql.startswith(NOT_THE_REQUESTS):
            heard.append(Statement(sql, (tuple(values),)))

    controlled = _controls(heard)
    ears = {
        "before_cursor_execute": executed,
        "begin": control("BEGIN"),
        "commit": control("COMMIT"),
        "rollback": control("ROLLBACK"),
    }

    db.reads.heard.append(sent)
    writes.heard.append(sent)
    held.begun.append(controlled)
    for name, ear in ears.items():
        event.listen(engine, name, ear)
    try:
        yield heard
    finally:
        db.reads.heard.remove(sent)
        writes.heard.remove(sent)
        held.begun.remove(controlled)
        for name, ear in ears.items():
            event.remove(engine, name, ear)
