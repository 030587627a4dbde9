"""Writes on the bare driver: statements of the busiest paths, in their session's transaction.

Through SQLAlchemy a statement costs this process about 160 µs, of which the driver takes 50; and
each trip to the database costs both sides some more. So on the paths that a shop earns its money
with, statements go to the driver as they are (`Statement`), and what several modules write at the
same moment goes as one (`together`): each module says its part, and still nobody else knows its
tables.

    placed, draft = orders.placing(order, …), payments.opening(…)
    row = await writes.together(tx, placed, draft.part)

A part is one or more CTEs. A later part may build on the CTEs of an earlier one, which its
docstring says; whatever has no such order happens in any. Parameters are written `:name`, each
part has its own. JSON goes in by `json_text`, and comes out as objects.
"""

from asyncio import CancelledError
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import asyncpg
import msgspec

from sokoni.kernel.db import ReadSession, WriteSession
from sokoni.kernel.held import HELD, Held
from sokoni.kernel.reads import numbered

DRIVER = "driver"

heard: list[Callable[[str, list[Any]], None]] = []
"""Called with each statement and its values, for those who count or record them."""


class Row(asyncpg.Record):  # type: ignore[misc]
    """A row whose columns are attributes too, unless a record has something else of that name."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Statement:
    """SQL that is prepared once per connection."""

    def __init__(self, sql: str) -> None:
        self.sql, self.names = numbered(sql)

    async def rows(self, tx: ReadSession, values: Mapping[str, Any]) -> list[Row]:
        """Raises the driver's errors (see `db.violated`)."""
        return await _fetch(tx, self.sql, [values[name] for name in self.names])

    async def row(self, tx: ReadSession, values: Mapping[str, Any]) -> Row | None:
        """The first row, or None."""
        rows = await self.rows(tx, values)
        return rows[0] if rows else None


@dataclass(frozen=True, slots=True)
class Part:
    """What one module writes: its CTEs, their values, and what it wants to know of them.

    `tells` is a column of the answer such as `(SELECT count(*) FROM claimed) AS claimed`.
    """

    ctes: str
    values: Mapping[str, Any]
    tells: str = ""


async def together(tx: WriteSession, *parts: Part) -> Row:
    """Write all parts by one statement. Answers what they tell."""
    sql, names = _composed(tuple((part.ctes, part.tells) for part in parts))
    values = [
        part.values[name] for part, wanted in zip(parts, names, strict=True) for name in wanted
    ]
    rows = await _fetch(tx, sql, values)
    return rows[0]


def json_text(value: Any) -> str | None:
    """A parameter for a JSON column; None stays NULL."""
    return None if value is None else msgspec.json.encode(value).decode()


@lru_cache(maxsize=256)
def _composed(parts: tuple[tuple[str, str], ...]) -> tuple[str, list[tuple[str, ...]]]:
    ctes, names, first = [], [], 1
    for written, _ in parts:
        sql, wanted = numbered(written, first=first)
        ctes.append(sql.strip())
        names.append(wanted)
        first += len(wanted)
    tells = ", ".join(told for _, told in parts if told) or "1 AS done"
    return f"WITH {', '.join(ctes)} SELECT {tells}", names


async def _fetch(tx: ReadSession, sql: str, values: list[Any]) -> list[Row]:
    driver = tx.info.get(DRIVER)
    if driver is None:
        driver = tx.info[DRIVER] = await _driver(tx)
    for hear in heard:
        hear(sql, values)
    try:
        found: list[Row] = await driver.fetch(sql, *values, record_class=Row)
    except CancelledError:
        await _invalidate(tx)  # as SQLAlchemy does with statements of its own
        raise
    return found


async def _driver(tx: ReadSession) -> Any:
    """The session's own connection at the driver, in the session's transaction if it has one."""
    held: Held | None = tx.info.get(HELD)
    if held is not None:
        return await held.driver()
    raw = await (await tx.connection()).get_raw_connection()
    return raw.driver_connection


async def _invalidate(tx: ReadSession) -> None:
    held: Held | None = tx.info.get(HELD)
    if held is not None:
        await held.invalidate()
    else:
        await (await tx.connection()).invalidate()
