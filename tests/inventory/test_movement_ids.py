"""Movements sort by their ids as they happened."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from sokoni.inventory.service.sql import NEW_ID
from sokoni.kernel.db import Database


async def test_ids_sort_within_a_millisecond_and_tell_the_time(db: Database) -> None:
    # The sum takes some ten microseconds, so that there are many ids to a millisecond.
    asked = text(
        f"SELECT {NEW_ID} AS id, clock_timestamp() AS at,"
        " (SELECT sum(a) FROM generate_series(1, 200) AS a WHERE a <> n)"
        " FROM generate_series(1, 300) AS n"
    )
    async with db.reading() as reading:
        made = [(row.id, row.at) for row in await reading.execute(asked)]

    ids: list[UUID] = [id_ for id_, _ in made]
    assert ids == sorted(ids)
    assert len(set(ids)) == 300
    assert {(id_.version, id_.variant) for id_ in ids} == {(7, "specified in RFC 4122")}
    for id_, at in made:
        told = datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)
        assert abs(told - at) < timedelta(milliseconds=5)
