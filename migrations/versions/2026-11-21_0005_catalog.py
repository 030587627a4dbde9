"""Create products and their read model."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA catalog")


def downgrade() -> None:
    op.execute("DROP SCHEMA catalog CASCADE")
