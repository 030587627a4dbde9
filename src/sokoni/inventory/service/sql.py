"""Pieces of the statements of this package."""

import re
from typing import Any

from sqlalchemy import DateTime, TextClause, bindparam, text

from sokoni.kernel import writes

NEW_ID = """(left(overlay(encode(int8send(
        (extract(epoch FROM clock_timestamp()) * 4096000)::bigint << 4), 'hex') PLACING '7' FROM 13
        FOR 0), 16) || right(replace(gen_random_uuid()::text, '-', ''), 16))::uuid"""
"""A UUIDv7 with twelve bits of the millisecond's fraction (RFC 9562, 6.2, method 3), made once the
locks are held: movements sort as they happened, also those of one millisecond."""

MOVEMENT = f"""INSERT INTO inventory.movements
        (id, variant_id, location_id, d_on_hand, d_reserved, reason, order_id, owner, cause,
         note, actor, at)
    SELECT {NEW_ID}, """


def statement(sql: str, *times: str) -> TextClause:
    """The SQL, with these parameters taken as times with their zone."""
    found: Any = text(sql).bindparams(
        *(bindparam(name, type_=DateTime(timezone=True)) for name in times)
    )
    made: TextClause = found
    return made


def busy_statement(sql: str, *times: str) -> writes.Statement:
    """As `statement`, for what each purchase sends: it goes straight to the driver."""
    for name in times:
        sql = re.sub(rf"(?<!:):{name}\b", f"CAST(:{name} AS timestamptz)", sql)
    return writes.Statement(sql)
