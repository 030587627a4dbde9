"""Pieces of the statements of this package."""

import re
from typing import Any

from sqlalchemy import DateTime, TextClause, bindparam, text

from sokoni.kernel import writes

NEW_ID = """encode(
        set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING substring(
            int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid"""
"""A UUIDv7, made once the locks are held, so that movements sort as they happened."""

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
