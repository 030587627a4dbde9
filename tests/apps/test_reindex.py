"""`sokoni reindex` writes everything derived anew."""

from sqlalchemy import text

from sokoni.apps.platform.reindexing import Reindexed, reindex
from sokoni.kernel.db import Database
from tests.catalog import factories as making
from tests.search.factories import Article, stocked


async def test_what_was_lost_or_spoilt_is_written_anew(db: Database, database_url: str) -> None:
    await stocked(db, [Article("Enamel Mug", colors=("White",)), Article("Oak Chair")])
    before = await making.read_model(db)
    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM catalog.pages"))
        await tx.execute(text("UPDATE catalog.listings SET card = '', document = ''"))

    done = await reindex(database_url)

    assert await making.read_model(db) == before
    assert done == Reindexed(products=2, listings=2, words=5)  # enamel, mug, white, oak, chair


async def test_cards_of_an_older_version_get_what_it_left_out(
    db: Database, database_url: str
) -> None:
    await making.create(db)
    before = await making.read_model(db)
    looks = '"hover_image":null,"swatches":["Terracotta","Sage"],"swatch_count":2,'
    async with db.transaction() as tx:
        older = await tx.scalars(
            text(
                "UPDATE catalog.listings SET card = replace(card, :looks, '')"
                " WHERE currency = 'EUR' AND position(:looks IN card) > 0 RETURNING card"
            ),
            {"looks": looks},
        )
        assert "swatches" not in older.one()

    await reindex(database_url)

    assert await making.read_model(db) == before
