"""Create orders and their timeline."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA orders")

    op.execute(
        """
        CREATE TABLE orders.orders (
            id UUID NOT NULL,
            number VARCHAR(16) NOT NULL,
            cart_id UUID NOT NULL,
            user_id UUID,
            email VARCHAR NOT NULL,
            state VARCHAR(32) NOT NULL,
            payment_status VARCHAR(32) NOT NULL,
            fulfillment_status VARCHAR(32) NOT NULL,
            status VARCHAR(32) GENERATED ALWAYS AS (CASE WHEN state = 'cancelled' THEN 'cancelled' WHEN payment_status = 'refunded' THEN 'refunded' WHEN fulfillment_status <> 'unfulfilled' THEN fulfillment_status ELSE state END) STORED NOT NULL,
            cancel_reason VARCHAR(32),
            region_id UUID NOT NULL,
            currency VARCHAR(3) NOT NULL,
            tax_inclusive BOOLEAN NOT NULL,
            items_total BIGINT NOT NULL,
            discount_total BIGINT NOT NULL,
            shipping_total BIGINT NOT NULL,
            tax_total BIGINT NOT NULL,
            tax_included BIGINT NOT NULL,
            gift_card_total BIGINT NOT NULL,
            grand_total BIGINT NOT NULL,
            shipping JSONB,
            taxes JSONB NOT NULL,
            shipping_address JSONB NOT NULL,
            billing_address JSONB NOT NULL,
            note VARCHAR,
            content BYTEA NOT NULL,
            last_seq INTEGER NOT NULL,
            version INTEGER NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT orders_pkey PRIMARY KEY (id),
            CONSTRAINT orders_total_check CHECK (grand_total = items_total - discount_total + shipping_total + tax_total - gift_card_total),
            CONSTRAINT orders_no_negative_part_check CHECK (least(items_total, discount_total, shipping_total, tax_total, tax_included, gift_card_total, grand_total) >= 0),
            CONSTRAINT orders_cancelled_for_a_reason_check CHECK ((state = 'cancelled') = (cancel_reason is not null)),
            CONSTRAINT orders_confirmed_is_paid_check CHECK (state <> 'confirmed' or payment_status in ('paid', 'partially_refunded', 'refunded')),
            CONSTRAINT orders_nothing_ships_unpaid_check CHECK (fulfillment_status = 'unfulfilled' or state = 'confirmed' or state = 'cancelled'),
            CONSTRAINT orders_number_key UNIQUE (number),
            CONSTRAINT orders_orderstate_check CHECK (state IN ('pending', 'confirmed', 'cancelled')),
            CONSTRAINT orders_paymentstatus_check CHECK (payment_status IN ('pending', 'paid', 'failed', 'partially_refunded', 'refunded')),
            CONSTRAINT orders_fulfillmentstatus_check CHECK (fulfillment_status IN ('unfulfilled', 'processing', 'shipped', 'delivered')),
            CONSTRAINT orders_cancelreason_check CHECK (cancel_reason IN ('expired', 'customer', 'staff', 'replaced'))
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX one_living_order_per_cart ON orders.orders (cart_id) WHERE state <> 'cancelled'"
    )
    op.execute("CREATE INDEX orders_by_email ON orders.orders (email, placed_at DESC)")
    op.execute("CREATE INDEX orders_by_status ON orders.orders (status, placed_at DESC, id DESC)")
    op.execute("CREATE INDEX orders_by_time ON orders.orders (placed_at DESC, id DESC)")
    op.execute("CREATE INDEX orders_by_user ON orders.orders (user_id, placed_at DESC, id DESC)")
    op.execute(
        "CREATE INDEX pending_orders_by_expiry ON orders.orders (expires_at) WHERE state = 'pending'"
    )
    op.execute(
        """
        CREATE TABLE orders.timeline (
            order_id UUID NOT NULL,
            seq INTEGER NOT NULL,
            kind VARCHAR(32) NOT NULL,
            from_state VARCHAR(32),
            to_state VARCHAR(32),
            actor VARCHAR NOT NULL,
            note VARCHAR,
            data JSONB NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT timeline_pkey PRIMARY KEY (order_id, seq),
            CONSTRAINT timeline_status_has_states_check CHECK ((kind = 'status') = (to_state is not null)),
            CONSTRAINT timeline_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders.orders (id),
            CONSTRAINT timeline_logstate_check CHECK (from_state IN ('new', 'pending', 'paid', 'processing', 'shipped', 'delivered', 'cancelled', 'expired', 'refunded')),
            CONSTRAINT timeline_to_state_logstate_check CHECK (to_state IN ('new', 'pending', 'paid', 'processing', 'shipped', 'delivered', 'cancelled', 'expired', 'refunded'))
        )
        """
    )
    op.execute(
        """
        CREATE TABLE orders.lines (
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            position SMALLINT NOT NULL,
            variant_id UUID NOT NULL,
            product_id UUID NOT NULL,
            sku VARCHAR NOT NULL,
            title VARCHAR NOT NULL,
            variant_title VARCHAR,
            thumbnail JSONB,
            quantity INTEGER NOT NULL,
            unit_price BIGINT NOT NULL,
            line_total BIGINT NOT NULL,
            discount BIGINT NOT NULL,
            tax BIGINT NOT NULL,
            weight_g INTEGER NOT NULL,
            CONSTRAINT lines_pkey PRIMARY KEY (id),
            CONSTRAINT lines_quantity_positive_check CHECK (quantity > 0),
            CONSTRAINT lines_line_total_check CHECK (line_total = unit_price * quantity),
            CONSTRAINT lines_no_negative_part_check CHECK (least(unit_price, discount, tax) >= 0),
            CONSTRAINT lines_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders.orders (id),
            CONSTRAINT lines_variant_id_fkey FOREIGN KEY(variant_id) REFERENCES catalog.variants (id)
        )
        """
    )
    op.execute("CREATE UNIQUE INDEX lines_by_order ON orders.lines (order_id, position)")
    op.execute("CREATE INDEX lines_by_variant ON orders.lines (variant_id)")


def downgrade() -> None:
    op.execute("DROP SCHEMA orders CASCADE")
