"""Remember the addresses that categories had before, so that old links lead on."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "category_redirects",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["catalog.categories.id"],
            name="category_redirects_category_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name="category_redirects_pkey"),
        schema="catalog",
    )
    op.create_index(
        "category_redirects_by_category", "category_redirects", ["category_id"], schema="catalog"
    )


def downgrade() -> None:
    op.drop_table("category_redirects", schema="catalog")
