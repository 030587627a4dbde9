"""Create carts."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA cart")


def downgrade() -> None:
    op.execute("DROP SCHEMA cart CASCADE")
