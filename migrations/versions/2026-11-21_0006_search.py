"""Create the search vocabulary."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA search")

    op.execute(
        """
        CREATE TABLE search.words (
            word VARCHAR NOT NULL,
            listings INTEGER NOT NULL,
            number BIGINT GENERATED ALWAYS AS IDENTITY,
            CONSTRAINT words_pkey PRIMARY KEY (word),
            CONSTRAINT words_listings_check CHECK (listings > 0),
            CONSTRAINT words_number_key UNIQUE (number)
        )
        """
    )
    # by hand
    # Words and phrases to a query: all required, none excluded, the last one perhaps going on.
    # Terms are parsed as documents are; what comes to nothing is left out, NULL if all does.
    op.execute(
        r"""
        CREATE FUNCTION search.query(
            required text[], excluded text[], open_ended boolean, weights text DEFAULT ''
        ) RETURNS tsquery
        LANGUAGE sql STABLE PARALLEL SAFE
        BEGIN ATOMIC
            SELECT CAST(string_agg(sign || '(' || part || ')', ' & ' ORDER BY number) AS tsquery)
            FROM (
                SELECT number, '' AS sign,
                    CASE WHEN going_on THEN regexp_replace(weighted, ':?([A-D]*)$', ':*\1')
                        ELSE weighted END AS part
                FROM (
                    SELECT number, open_ended AND number = cardinality(required) AS going_on,
                        CASE WHEN weights = '' THEN phrase
                            ELSE regexp_replace(phrase, '(''[^'']+'')', '\1:' || weights, 'g')
                        END AS weighted
                    FROM unnest(required) WITH ORDINALITY AS wanted (term, number),
                        CAST(phraseto_tsquery('simple', catalog.fold(term)) AS text) AS phrase
                    WHERE phrase <> ''
                ) AS terms
                UNION ALL
                SELECT number + 1000, '!', phrase
                FROM unnest(excluded) WITH ORDINALITY AS unwanted (term, number),
                    CAST(phraseto_tsquery('simple', catalog.fold(term)) AS text) AS phrase
                WHERE phrase <> ''
            ) AS parts;
        END
        """
    )
    # A SKU as documents hold it: its parts in a row, of weight C.
    op.execute(
        """
        CREATE FUNCTION search.code(sku text) RETURNS tsquery
        LANGUAGE sql STABLE PARALLEL SAFE
        RETURN search.query(ARRAY[sku], CAST('{}' AS text[]), false, 'C')
        """
    )
    # end by hand


def downgrade() -> None:
    op.execute("DROP SCHEMA search CASCADE")
