"""Create orders and their timeline."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA orders")


def downgrade() -> None:
    op.execute("DROP SCHEMA orders CASCADE")
