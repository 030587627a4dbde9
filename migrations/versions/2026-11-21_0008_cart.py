"""Create carts."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA cart")

    op.execute(
        """
        CREATE TABLE cart.carts (
            id UUID NOT NULL,
            token_hash BYTEA,
            user_id UUID,
            state VARCHAR(32) NOT NULL,
            express BOOLEAN NOT NULL,
            order_id UUID,
            currency VARCHAR NOT NULL,
            region_id UUID NOT NULL,
            country VARCHAR,
            email VARCHAR,
            shipping_address JSONB,
            billing_address JSONB,
            shipping_option_id UUID,
            version INTEGER NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT carts_pkey PRIMARY KEY (id),
            CONSTRAINT carts_paid_by_order_check CHECK ((state = 'completed') = (order_id is not null)),
            CONSTRAINT carts_has_owner_check CHECK (token_hash is not null or user_id is not null),
            CONSTRAINT carts_token_hash_key UNIQUE (token_hash),
            CONSTRAINT carts_cartstate_check CHECK (state IN ('open', 'merged', 'completed'))
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX carts_one_open_per_user ON cart.carts (user_id) WHERE state = 'open' and not express"
    )
    op.execute(
        """
        CREATE TABLE cart.items (
            id UUID NOT NULL,
            cart_id UUID NOT NULL,
            variant_id UUID NOT NULL,
            quantity INTEGER NOT NULL,
            seen_unit_price BIGINT NOT NULL,
            seen_currency VARCHAR NOT NULL,
            added_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT items_pkey PRIMARY KEY (id),
            CONSTRAINT items_quantity_check CHECK (quantity between 1 and 10000),
            CONSTRAINT items_seen_unit_price_check CHECK (seen_unit_price >= 0),
            CONSTRAINT items_cart_id_variant_id_key UNIQUE (cart_id, variant_id),
            CONSTRAINT items_cart_id_fkey FOREIGN KEY(cart_id) REFERENCES cart.carts (id) ON DELETE CASCADE
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA cart CASCADE")
