"""Note units sold beside the products; find the aggregates held back by events tried in vain."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE catalog.sold (
            product_id UUID NOT NULL,
            id BIGINT GENERATED ALWAYS AS IDENTITY,
            units BIGINT NOT NULL,
            CONSTRAINT sold_pkey PRIMARY KEY (product_id, id)
        )
        """
    )

    op.execute(
        "CREATE INDEX outbox_tried ON kernel.outbox (id) WHERE state = 'pending' AND attempts > 0"
    )
    op.execute("DROP INDEX kernel.outbox_pending_by_aggregate")


def downgrade() -> None:
    """What is noted is counted before it goes."""
    op.execute(
        """
        WITH noted AS (
            SELECT product_id, sum(units) AS units FROM catalog.sold GROUP BY product_id
        ), counted AS (
            UPDATE catalog.products AS p SET popularity = p.popularity + noted.units
              FROM noted WHERE p.id = noted.product_id
            RETURNING p.id, p.popularity
        )
        UPDATE catalog.listings AS l SET popularity = counted.popularity
          FROM counted WHERE l.product_id = counted.id
        """
    )
    op.execute("DROP TABLE catalog.sold")
    op.execute(
        "CREATE INDEX outbox_pending_by_aggregate ON kernel.outbox (aggregate_id, id)"
        " WHERE state = 'pending'"
    )
    op.execute("DROP INDEX kernel.outbox_tried")
