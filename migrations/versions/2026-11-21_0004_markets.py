"""Create the store, regions, taxes and shipping options."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA markets")
    op.execute(
        """
        CREATE TABLE markets.regions (
            id UUID NOT NULL,
            name VARCHAR NOT NULL,
            currency VARCHAR NOT NULL,
            tax_inclusive BOOLEAN NOT NULL,
            is_default BOOLEAN NOT NULL,
            position INTEGER NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT regions_pkey PRIMARY KEY (id),
            CONSTRAINT regions_name_key UNIQUE (name)
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX regions_one_default ON markets.regions (is_default) WHERE is_default"
    )
    op.execute(
        """
        CREATE TABLE markets.store (
            id SMALLINT NOT NULL,
            name VARCHAR NOT NULL,
            default_currency VARCHAR NOT NULL,
            country VARCHAR,
            support_email VARCHAR,
            version INTEGER NOT NULL,
            CONSTRAINT store_pkey PRIMARY KEY (id),
            CONSTRAINT store_one_row_check CHECK (id = 1)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE markets.region_countries (
            country VARCHAR NOT NULL,
            region_id UUID NOT NULL,
            CONSTRAINT region_countries_pkey PRIMARY KEY (country),
            CONSTRAINT region_countries_country_check CHECK (country ~ '^[A-Z]{2}$'),
            CONSTRAINT region_countries_region_id_fkey FOREIGN KEY(region_id) REFERENCES markets.regions (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        "CREATE INDEX region_countries_region_id_idx ON markets.region_countries (region_id)"
    )
    op.execute(
        """
        CREATE TABLE markets.shipping_options (
            id UUID NOT NULL,
            region_id UUID NOT NULL,
            name VARCHAR NOT NULL,
            carrier VARCHAR,
            amount BIGINT NOT NULL,
            min_days INTEGER NOT NULL,
            max_days INTEGER NOT NULL,
            min_weight_g BIGINT,
            max_weight_g BIGINT,
            min_total BIGINT,
            max_total BIGINT,
            is_active BOOLEAN NOT NULL,
            position INTEGER NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT shipping_options_pkey PRIMARY KEY (id),
            CONSTRAINT shipping_options_amount_check CHECK (amount >= 0),
            CONSTRAINT shipping_options_days_check CHECK (0 <= min_days and min_days <= max_days),
            CONSTRAINT shipping_options_weight_sign_check CHECK (min_weight_g >= 0 and max_weight_g >= 0),
            CONSTRAINT shipping_options_weight_check CHECK (min_weight_g <= max_weight_g),
            CONSTRAINT shipping_options_total_sign_check CHECK (min_total >= 0 and max_total >= 0),
            CONSTRAINT shipping_options_total_check CHECK (min_total <= max_total),
            CONSTRAINT shipping_options_region_id_fkey FOREIGN KEY(region_id) REFERENCES markets.regions (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        "CREATE INDEX shipping_options_region_id_idx ON markets.shipping_options (region_id)"
    )
    op.execute(
        """
        CREATE TABLE markets.tax_rates (
            id UUID NOT NULL,
            region_id UUID NOT NULL,
            country VARCHAR,
            state VARCHAR,
            name VARCHAR NOT NULL,
            rate_bp INTEGER NOT NULL,
            applies_to_shipping BOOLEAN NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT tax_rates_pkey PRIMARY KEY (id),
            CONSTRAINT tax_rates_rate_bp_check CHECK (rate_bp between 0 and 10000),
            CONSTRAINT tax_rates_state_has_country_check CHECK (state is null or country is not null),
            CONSTRAINT tax_rates_region_id_fkey FOREIGN KEY(region_id) REFERENCES markets.regions (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX tax_rates_region_id_idx ON markets.tax_rates (region_id)")


def downgrade() -> None:
    op.execute("DROP SCHEMA markets CASCADE")
