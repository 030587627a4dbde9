"""Keep the words and categories of the front in order at once, not in a list to be sorted later.

Each count of popularity writes listings anew. Their entries waited in a list, which every search
reads whole, and which made the planner prefer the index of all words: 2 ms became 30. The
indexes of the whole shop are larger, and dear to write: their lists stay, but stay short.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FRONT = ("catalog.listings_front_by_word", "catalog.listings_front_by_category")
WHOLE = ("catalog.listings_by_word", "catalog.listings_by_category", "catalog.listings_by_attr")


def upgrade() -> None:
    for index in FRONT:
        op.execute(f"ALTER INDEX {index} SET (fastupdate = off)")
    for index in WHOLE:
        op.execute(f"ALTER INDEX {index} SET (gin_pending_list_limit = 256)")  # kB, of 4096
    for index in FRONT + WHOLE:
        op.execute(f"SELECT gin_clean_pending_list('{index}')")


def downgrade() -> None:
    for index in FRONT:
        op.execute(f"ALTER INDEX {index} RESET (fastupdate)")
    for index in WHOLE:
        op.execute(f"ALTER INDEX {index} RESET (gin_pending_list_limit)")
