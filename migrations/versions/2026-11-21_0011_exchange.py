"""Create imports and exports."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA exchange")


def downgrade() -> None:
    op.execute("DROP SCHEMA exchange CASCADE")
