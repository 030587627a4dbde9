"""Mark the listings that stand in front, and index their words and shelves on their own."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only what stands in front is written: a large shop's other listings stay as they lie."""
    op.execute("ALTER TABLE catalog.listings ADD COLUMN is_front BOOLEAN DEFAULT false NOT NULL")
    op.execute(
        """
        UPDATE catalog.listings AS l SET is_front = true
          FROM (SELECT DISTINCT currency FROM catalog.listings) AS c
         CROSS JOIN LATERAL (
               SELECT currency, product_id FROM catalog.listings WHERE currency = c.currency
                ORDER BY popularity DESC, product_id DESC LIMIT 10000) AS best
         WHERE l.currency = best.currency AND l.product_id = best.product_id
        """
    )
    op.execute("ALTER TABLE catalog.listings ALTER COLUMN is_front SET DEFAULT true")
    op.execute(
        """
        CREATE INDEX listings_front
            ON catalog.listings (currency, popularity DESC, product_id DESC) WHERE is_front
        """
    )
    op.execute(
        """
        CREATE INDEX listings_front_by_word
            ON catalog.listings USING gin (document) WHERE is_front
        """
    )
    op.execute(
        """
        CREATE INDEX listings_front_by_category
            ON catalog.listings USING gin (category_ids) WHERE is_front
        """
    )


def downgrade() -> None:
    """The indexes go with the column."""
    op.execute("ALTER TABLE catalog.listings DROP COLUMN is_front")
