"""Keep the listings of each shelf in the orders of lists, and drop an index nobody reads.

Triggers keep them: whatever writes a listing, in whatever version of the program, keeps its
places on the shelves in the same transaction. The next revision fills them with what is there.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE catalog.shelved (
            product_id UUID NOT NULL,
            currency VARCHAR NOT NULL,
            category_id UUID NOT NULL,
            price BIGINT NOT NULL,
            published_at TIMESTAMP WITH TIME ZONE NOT NULL,
            sort_name TEXT COLLATE "C" NOT NULL,
            CONSTRAINT shelved_pkey PRIMARY KEY (product_id, currency, category_id)
        )
        """
    )
    op.execute(
        """
        CREATE INDEX shelved_newest
            ON catalog.shelved (category_id, currency, published_at DESC, product_id DESC)
        """
    )
    op.execute(
        """
        CREATE INDEX shelved_by_price
            ON catalog.shelved (category_id, currency, price, product_id)
        """
    )
    op.execute(
        """
        CREATE INDEX shelved_by_name
            ON catalog.shelved (category_id, currency, sort_name, product_id)
        """
    )
    op.execute("DROP INDEX catalog.listings_by_rating")
    # by hand
    # New listings and lost ones are dealt with by statement, as a load brings thousands at once;
    # a changed one by row, because most changes (stock, popularity) leave the shelves alone.
    op.execute(
        """
        CREATE FUNCTION catalog.shelve_new() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO catalog.shelved
                   (product_id, currency, category_id, price, published_at, sort_name)
            SELECT product_id, currency, unnest(category_ids), price, published_at, sort_name
              FROM fresh;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION catalog.shelve_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM catalog.shelved
             WHERE product_id = OLD.product_id AND currency = OLD.currency
               AND category_id <> ALL (NEW.category_ids);
            INSERT INTO catalog.shelved
                   (product_id, currency, category_id, price, published_at, sort_name)
            SELECT NEW.product_id, NEW.currency, unnest(NEW.category_ids), NEW.price,
                   NEW.published_at, NEW.sort_name
                ON CONFLICT (product_id, currency, category_id) DO UPDATE
               SET price = excluded.price, published_at = excluded.published_at,
                   sort_name = excluded.sort_name;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION catalog.unshelve() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM catalog.shelved AS s USING gone
             WHERE s.product_id = gone.product_id AND s.currency = gone.currency;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER new_listings_are_shelved AFTER INSERT ON catalog.listings
            REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
            EXECUTE FUNCTION catalog.shelve_new()
        """
    )
    op.execute(
        """
        CREATE TRIGGER changed_listings_are_shelved
            AFTER UPDATE OF category_ids, price, published_at, sort_name ON catalog.listings
            FOR EACH ROW WHEN (
                (OLD.category_ids, OLD.price, OLD.published_at, OLD.sort_name)
                IS DISTINCT FROM (NEW.category_ids, NEW.price, NEW.published_at, NEW.sort_name)
            )
            EXECUTE FUNCTION catalog.shelve_changed()
        """
    )
    op.execute(
        """
        CREATE TRIGGER lost_listings_leave_their_shelves AFTER DELETE ON catalog.listings
            REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
            EXECUTE FUNCTION catalog.unshelve()
        """
    )
    # end by hand


def downgrade() -> None:
    """The triggers go first, then what they wrote."""
    for trigger in (
        "new_listings_are_shelved",
        "changed_listings_are_shelved",
        "lost_listings_leave_their_shelves",
    ):
        op.execute(f"DROP TRIGGER {trigger} ON catalog.listings")
    for function in ("shelve_new", "shelve_changed", "unshelve"):
        op.execute(f"DROP FUNCTION catalog.{function}()")
    op.execute("DROP TABLE catalog.shelved")
    op.execute(
        "CREATE INDEX listings_by_rating"
        " ON catalog.listings (currency, rating DESC NULLS LAST, product_id DESC)"
    )
