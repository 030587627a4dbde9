"""Create the views for auditors."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA audit_views")


def downgrade() -> None:
    op.execute("DROP SCHEMA audit_views CASCADE")
