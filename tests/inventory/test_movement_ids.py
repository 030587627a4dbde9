"""Movements sort by their ids as they happened."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from sokoni.inventory.service.sql import NEW_ID
from sokoni.kernel.db import Database


async def test_ids_sort_within_a_millisecond_and_tell_the_time(db: Database) -> None:
    # Each turn of the loop takes some microseconds.
    asked = text(
        f"SELECT {NEW_ID} AS id, clock_timestamp() AS at, pg_sleep(0.00002) FROM"
        " generate_series(1, 300)"
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
