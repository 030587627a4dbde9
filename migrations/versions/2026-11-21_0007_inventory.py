"""Create locations, levels, movements and reservations."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA inventory")


def downgrade() -> None:
    op.execute("DROP SCHEMA inventory CASCADE")
