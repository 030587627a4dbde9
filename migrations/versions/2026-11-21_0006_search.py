"""Create the search vocabulary."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA search")


def downgrade() -> None:
    op.execute("DROP SCHEMA search CASCADE")
