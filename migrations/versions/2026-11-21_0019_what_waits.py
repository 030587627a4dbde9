"""Index what staff looks after: dead letters, failed refunds, low stock, units on hold."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All of them are small: few letters die, few levels are watched, few holds live."""
    op.execute("CREATE INDEX jobs_dead ON kernel.jobs (id) WHERE state = 'dead'")
    op.execute("CREATE INDEX failed_refunds ON payments.refunds (id) WHERE status = 'failed'")
    op.execute("CREATE INDEX outbox_dead ON kernel.outbox (id) WHERE state = 'dead'")
    op.execute(
        """
        CREATE INDEX stock_levels_watched
            ON inventory.stock_levels (variant_id, location_id)
         WHERE low_stock_threshold is not null
        """
    )
    op.execute("CREATE INDEX held_reservations ON inventory.reservations (id) WHERE state = 'held'")


def downgrade() -> None:
    op.execute("DROP INDEX inventory.held_reservations")
    op.execute("DROP INDEX inventory.stock_levels_watched")
    op.execute("DROP INDEX kernel.outbox_dead")
    op.execute("DROP INDEX payments.failed_refunds")
    op.execute("DROP INDEX kernel.jobs_dead")
