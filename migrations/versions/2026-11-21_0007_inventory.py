"""Create locations, levels, movements and reservations."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA inventory")

    op.execute(
        """
        CREATE TABLE inventory.locations (
            id UUID NOT NULL,
            name VARCHAR NOT NULL,
            code VARCHAR NOT NULL,
            priority INTEGER NOT NULL,
            is_active BOOLEAN NOT NULL,
            address JSONB,
            version INTEGER NOT NULL,
            CONSTRAINT locations_pkey PRIMARY KEY (id),
            CONSTRAINT locations_name_key UNIQUE (name),
            CONSTRAINT locations_code_key UNIQUE (code)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE inventory.reservations (
            id UUID NOT NULL,
            owner VARCHAR DEFAULT '' NOT NULL,
            order_id UUID,
            state VARCHAR(32) NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT reservations_pkey PRIMARY KEY (id),
            CONSTRAINT reservations_reservationstate_check CHECK (state IN ('held', 'committed', 'released'))
        )
        """
    )
    op.execute(
        "CREATE INDEX held_reservations_by_owner ON inventory.reservations (owner) WHERE state = 'held' and owner <> ''"
    )
    op.execute(
        "CREATE INDEX reservations_by_expiry ON inventory.reservations (expires_at) WHERE state = 'held' and order_id is null"
    )
    op.execute(
        "CREATE INDEX reservations_of_order ON inventory.reservations (order_id) WHERE order_id is not null"
    )
    op.execute(
        "CREATE UNIQUE INDEX reservations_one_live_per_order ON inventory.reservations (order_id) WHERE order_id is not null and state <> 'released'"
    )
    op.execute(
        """
        CREATE TABLE inventory.stock_levels (
            variant_id UUID NOT NULL,
            location_id UUID NOT NULL,
            initial BIGINT DEFAULT '0' NOT NULL,
            on_hand BIGINT DEFAULT '0' NOT NULL,
            reserved BIGINT DEFAULT '0' NOT NULL,
            low_stock_threshold BIGINT,
            CONSTRAINT stock_levels_pkey PRIMARY KEY (variant_id, location_id),
            CONSTRAINT stock_levels_reserved_not_negative_check CHECK (reserved >= 0),
            CONSTRAINT stock_levels_reserved_within_on_hand_check CHECK (reserved <= on_hand),
            CONSTRAINT stock_levels_low_stock_threshold_check CHECK (low_stock_threshold >= 0),
            CONSTRAINT stock_levels_variant_id_fkey FOREIGN KEY(variant_id) REFERENCES catalog.variants (id) ON DELETE CASCADE,
            CONSTRAINT stock_levels_location_id_fkey FOREIGN KEY(location_id) REFERENCES inventory.locations (id)
        )
        """
    )
    op.execute("CREATE INDEX stock_levels_by_location ON inventory.stock_levels (location_id)")
    op.execute(
        """
        CREATE TABLE inventory.holds (
            id UUID NOT NULL,
            reservation_id UUID NOT NULL,
            variant_id UUID NOT NULL,
            location_id UUID NOT NULL,
            quantity BIGINT NOT NULL,
            returned BIGINT DEFAULT '0' NOT NULL,
            state VARCHAR(32) NOT NULL,
            CONSTRAINT holds_pkey PRIMARY KEY (id),
            CONSTRAINT holds_level_fkey FOREIGN KEY(variant_id, location_id) REFERENCES inventory.stock_levels (variant_id, location_id) ON DELETE CASCADE,
            CONSTRAINT holds_quantity_check CHECK (quantity > 0),
            CONSTRAINT holds_returned_check CHECK (returned between 0 and quantity),
            CONSTRAINT holds_one_per_variant UNIQUE (reservation_id, variant_id),
            CONSTRAINT holds_reservation_id_fkey FOREIGN KEY(reservation_id) REFERENCES inventory.reservations (id) ON DELETE CASCADE,
            CONSTRAINT holds_holdstate_check CHECK (state IN ('held', 'committed', 'released', 'returned'))
        )
        """
    )
    op.execute("CREATE INDEX holds_by_variant ON inventory.holds (variant_id)")
    op.execute(
        """
        CREATE TABLE inventory.movements (
            id UUID NOT NULL,
            variant_id UUID NOT NULL,
            location_id UUID NOT NULL,
            d_on_hand BIGINT NOT NULL,
            d_reserved BIGINT NOT NULL,
            reason VARCHAR(32) NOT NULL,
            order_id UUID,
            owner VARCHAR DEFAULT '' NOT NULL,
            cause VARCHAR DEFAULT '' NOT NULL,
            note VARCHAR DEFAULT '' NOT NULL,
            actor VARCHAR DEFAULT '' NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT movements_pkey PRIMARY KEY (id),
            CONSTRAINT movements_level_fkey FOREIGN KEY(variant_id, location_id) REFERENCES inventory.stock_levels (variant_id, location_id) ON DELETE CASCADE,
            CONSTRAINT movements_moves_check CHECK (d_on_hand <> 0 or d_reserved <> 0),
            CONSTRAINT movements_movementreason_check CHECK (reason IN ('sale', 'restock', 'receive', 'adjust', 'hold', 'release'))
        )
        """
    )
    op.execute(
        "CREATE INDEX movements_by_order ON inventory.movements (order_id) WHERE order_id is not null"
    )
    op.execute("CREATE INDEX movements_by_variant ON inventory.movements (variant_id, id)")


def downgrade() -> None:
    op.execute("DROP SCHEMA inventory CASCADE")
