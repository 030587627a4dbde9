"""Create payment sessions, refunds, the webhook inbox and the ledger."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA payments")
    # by hand first
    op.execute(
        """
        CREATE FUNCTION payments.sum_of(amounts bigint[]) RETURNS bigint
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN (SELECT sum(amount)::bigint FROM unnest(amounts) AS amount)
        """
    )
    # end by hand first
    op.execute(
        """
        CREATE TABLE payments.inbox (
            provider VARCHAR(32) NOT NULL,
            event_id VARCHAR NOT NULL,
            kind VARCHAR NOT NULL,
            payment_reference VARCHAR,
            refund_reference VARCHAR,
            payload JSONB NOT NULL,
            received_at TIMESTAMP WITH TIME ZONE NOT NULL,
            done BOOLEAN NOT NULL,
            done_at TIMESTAMP WITH TIME ZONE,
            order_id UUID,
            CONSTRAINT inbox_pkey PRIMARY KEY (provider, event_id)
        )
        """
    )
    op.execute("CREATE INDEX inbox_waiting ON payments.inbox (received_at) WHERE NOT done")
    op.execute(
        """
        CREATE TABLE payments.journal (
            id UUID NOT NULL,
            kind VARCHAR(32) NOT NULL,
            subject_id UUID NOT NULL,
            order_id UUID NOT NULL,
            currency VARCHAR(3) NOT NULL,
            accounts TEXT[] NOT NULL,
            amounts BIGINT[] NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT journal_pkey PRIMARY KEY (id),
            CONSTRAINT journal_balances_check CHECK (payments.sum_of(amounts) = 0),
            CONSTRAINT journal_amount_per_account_check CHECK (cardinality(accounts) = cardinality(amounts)),
            CONSTRAINT journal_kind_subject_id_key UNIQUE (kind, subject_id)
        )
        """
    )
    op.execute("CREATE INDEX journal_by_order ON payments.journal (order_id)")
    op.execute(
        """
        CREATE TABLE payments.sessions (
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            provider VARCHAR(32) NOT NULL,
            mode VARCHAR(32) NOT NULL,
            status VARCHAR(32) NOT NULL,
            amount BIGINT NOT NULL,
            currency VARCHAR(3) NOT NULL,
            captured BIGINT NOT NULL,
            refunded BIGINT NOT NULL,
            reference VARCHAR,
            capture_reference VARCHAR,
            key VARCHAR NOT NULL,
            client_secret VARCHAR,
            url VARCHAR,
            success_url VARCHAR,
            cancel_url VARCHAR,
            failure_code VARCHAR,
            failure_message VARCHAR,
            declines INTEGER NOT NULL,
            last_attempt VARCHAR,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            settled_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT sessions_pkey PRIMARY KEY (id),
            CONSTRAINT sessions_amount_check CHECK (amount >= 0),
            CONSTRAINT sessions_captured_in_full_check CHECK (captured in (0, amount)),
            CONSTRAINT sessions_refunded_within_captured_check CHECK (refunded between 0 and captured),
            CONSTRAINT sessions_succeeded_is_settled_check CHECK ((status = 'succeeded') = (settled_at is not null)),
            CONSTRAINT sessions_provider_reference_key UNIQUE (provider, reference),
            CONSTRAINT sessions_provider_capture_reference_key UNIQUE (provider, capture_reference),
            CONSTRAINT sessions_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders.orders (id),
            CONSTRAINT sessions_paymentmode_check CHECK (mode IN ('intent', 'checkout')),
            CONSTRAINT sessions_sessionstatus_check CHECK (status IN ('pending', 'requires_action', 'succeeded', 'failed', 'cancelled', 'expired')),
            CONSTRAINT sessions_key_key UNIQUE (key)
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX one_open_session_per_order ON payments.sessions (order_id) WHERE status in ('pending', 'requires_action')"
    )
    op.execute(
        "CREATE INDEX open_sessions_by_age ON payments.sessions (updated_at) WHERE status in ('pending', 'requires_action', 'failed')"
    )
    op.execute("CREATE INDEX sessions_by_order ON payments.sessions (order_id, created_at)")
    op.execute("CREATE INDEX sessions_by_time ON payments.sessions (created_at DESC, id DESC)")
    op.execute(
        """
        CREATE TABLE payments.refunds (
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            session_id UUID NOT NULL,
            provider VARCHAR(32) NOT NULL,
            amount BIGINT NOT NULL,
            currency VARCHAR(3) NOT NULL,
            reason VARCHAR(32) NOT NULL,
            status VARCHAR(32) NOT NULL,
            is_stray BOOLEAN NOT NULL,
            key VARCHAR NOT NULL,
            reference VARCHAR,
            error VARCHAR,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT refunds_pkey PRIMARY KEY (id),
            CONSTRAINT refunds_amount_check CHECK (amount > 0),
            CONSTRAINT refunds_provider_reference_key UNIQUE (provider, reference),
            CONSTRAINT refunds_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders.orders (id),
            CONSTRAINT refunds_session_id_fkey FOREIGN KEY(session_id) REFERENCES payments.sessions (id),
            CONSTRAINT refunds_refundstatus_check CHECK (status IN ('pending', 'succeeded', 'failed')),
            CONSTRAINT refunds_key_key UNIQUE (key)
        )
        """
    )
    op.execute("CREATE INDEX refunds_by_order ON payments.refunds (order_id)")
    op.execute("CREATE INDEX refunds_by_session ON payments.refunds (session_id)")
    op.execute(
        "CREATE INDEX refunds_to_send ON payments.refunds (updated_at) WHERE status = 'pending'"
    )
    op.execute(
        """
        CREATE TABLE payments.entries (
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            session_id UUID NOT NULL,
            refund_id UUID,
            provider VARCHAR(32) NOT NULL,
            kind VARCHAR(16) NOT NULL,
            amount BIGINT NOT NULL,
            currency VARCHAR(3) NOT NULL,
            reference VARCHAR NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT entries_pkey PRIMARY KEY (id),
            CONSTRAINT entries_kind_check CHECK (kind in ('capture', 'refund', 'chargeback')),
            CONSTRAINT entries_amount_check CHECK (amount > 0),
            CONSTRAINT entries_provider_kind_reference_key UNIQUE (provider, kind, reference),
            CONSTRAINT entries_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders.orders (id),
            CONSTRAINT entries_session_id_fkey FOREIGN KEY(session_id) REFERENCES payments.sessions (id),
            CONSTRAINT entries_refund_id_fkey FOREIGN KEY(refund_id) REFERENCES payments.refunds (id)
        )
        """
    )
    op.execute("CREATE INDEX entries_by_order ON payments.entries (order_id)")
    op.execute(
        "CREATE UNIQUE INDEX one_capture_per_order ON payments.entries (order_id) WHERE kind = 'capture'"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA payments CASCADE")
