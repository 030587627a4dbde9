"""Index orders by their total, for staff's list in that order."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None of these columns changes once the order is placed."""
    op.execute("CREATE INDEX orders_by_total ON orders.orders (currency, grand_total, id)")


def downgrade() -> None:
    op.execute("DROP INDEX orders.orders_by_total")
