"""Create the store, regions, taxes and shipping options."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA markets")


def downgrade() -> None:
    op.execute("DROP SCHEMA markets CASCADE")
