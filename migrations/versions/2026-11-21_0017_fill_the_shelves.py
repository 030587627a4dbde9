"""Put the listings there are on their shelves, a few thousand in each transaction.

Nobody waits for long: a writer waits for the batch its listing is in. What is written meanwhile
is shelved by the triggers, and a fill that was broken off goes through all of it again.
"""

from alembic import op
from sqlalchemy import text

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BATCH = 5_000

# The share lock lets no listing be lost, with its places, between being read and being shelved.
FILL = text(
    """
    WITH batch AS MATERIALIZED (
        SELECT product_id, currency, category_ids, price, published_at, sort_name
          FROM catalog.listings
         WHERE (currency, product_id) > (:currency, CAST(:product_id AS uuid))
         ORDER BY currency, product_id
         LIMIT :batch
           FOR SHARE
    ), filled AS (
        INSERT INTO catalog.shelved
               (product_id, currency, category_id, price, published_at, sort_name)
        SELECT product_id, currency, unnest(category_ids), price, published_at, sort_name
          FROM batch
            ON CONFLICT DO NOTHING
    )
    SELECT product_id, currency FROM batch ORDER BY currency DESC, product_id DESC LIMIT 1
    """
)


def upgrade() -> None:
    last = {"product_id": "00000000-0000-0000-0000-000000000000", "currency": ""}
    with op.get_context().autocommit_block():
        while row := op.get_bind().execute(FILL, {**last, "batch": BATCH}).one_or_none():
            last = {"product_id": str(row.product_id), "currency": row.currency}


def downgrade() -> None:
    """What was filled goes with the table."""
