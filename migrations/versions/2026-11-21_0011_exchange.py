"""Create imports and exports."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA exchange")

    op.execute(
        """
        CREATE TABLE exchange.imports (
            id UUID NOT NULL,
            filename VARCHAR NOT NULL,
            digest VARCHAR NOT NULL,
            status VARCHAR(32) NOT NULL,
            options JSONB NOT NULL,
            has_file BOOLEAN NOT NULL,
            bytes_total BIGINT NOT NULL,
            bytes_done BIGINT DEFAULT 0 NOT NULL,
            rows_total INTEGER,
            rows_done INTEGER DEFAULT 0 NOT NULL,
            rows_refused INTEGER DEFAULT 0 NOT NULL,
            products_done INTEGER DEFAULT 0 NOT NULL,
            products_created INTEGER DEFAULT 0 NOT NULL,
            products_updated INTEGER DEFAULT 0 NOT NULL,
            products_unchanged INTEGER DEFAULT 0 NOT NULL,
            products_refused INTEGER DEFAULT 0 NOT NULL,
            actor VARCHAR NOT NULL,
            error VARCHAR,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            started_at TIMESTAMP WITH TIME ZONE,
            finished_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT imports_pkey PRIMARY KEY (id),
            CONSTRAINT imports_ends_check CHECK ((finished_at is null) = (status in ('queued', 'running'))),
            CONSTRAINT imports_importstatus_check CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled'))
        )
        """
    )
    op.execute(
        "CREATE INDEX imports_by_digest ON exchange.imports (digest) WHERE status = 'running'"
    )
    op.execute(
        """
        CREATE TABLE exchange.import_chunks (
            import_id UUID NOT NULL,
            number INTEGER NOT NULL,
            data BYTEA NOT NULL,
            CONSTRAINT import_chunks_pkey PRIMARY KEY (import_id, number),
            CONSTRAINT import_chunks_import_id_fkey FOREIGN KEY(import_id) REFERENCES exchange.imports (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exchange.import_errors (
            id BIGINT GENERATED ALWAYS AS IDENTITY,
            import_id UUID NOT NULL,
            severity VARCHAR(32) NOT NULL,
            row INTEGER,
            "column" VARCHAR,
            handle VARCHAR,
            message VARCHAR NOT NULL,
            CONSTRAINT import_errors_pkey PRIMARY KEY (id),
            CONSTRAINT import_errors_import_id_fkey FOREIGN KEY(import_id) REFERENCES exchange.imports (id) ON DELETE CASCADE,
            CONSTRAINT import_errors_severity_check CHECK (severity IN ('error', 'warning'))
        )
        """
    )
    op.execute("CREATE INDEX import_errors_by_import ON exchange.import_errors (import_id, id)")
    op.execute(
        """
        CREATE TABLE exchange.pictures (
            id UUID NOT NULL,
            import_id UUID NOT NULL,
            product_id UUID NOT NULL,
            url VARCHAR NOT NULL,
            alt VARCHAR NOT NULL,
            position INTEGER NOT NULL,
            row INTEGER NOT NULL,
            handle VARCHAR NOT NULL,
            variant_ids UUID[] NOT NULL,
            state VARCHAR(32) NOT NULL,
            tries INTEGER DEFAULT 0 NOT NULL,
            image_id UUID,
            CONSTRAINT pictures_pkey PRIMARY KEY (id),
            CONSTRAINT pictures_once_per_import UNIQUE (import_id, product_id, url),
            CONSTRAINT pictures_import_id_fkey FOREIGN KEY(import_id) REFERENCES exchange.imports (id) ON DELETE CASCADE,
            CONSTRAINT pictures_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE,
            CONSTRAINT pictures_picturestate_check CHECK (state IN ('queued', 'attached', 'failed'))
        )
        """
    )
    op.execute("CREATE INDEX pictures_by_product ON exchange.pictures (product_id)")


def downgrade() -> None:
    op.execute("DROP SCHEMA exchange CASCADE")
