"""Create the kernel: outbox, effects, jobs, schedules, idempotency keys, rate limits."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA kernel")

    op.execute(
        """
        CREATE TABLE kernel.effects (
            dedup_key VARCHAR NOT NULL,
            kind VARCHAR NOT NULL,
            order_id UUID,
            at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT effects_pkey PRIMARY KEY (dedup_key, kind)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE kernel.idempotency_keys (
            scope VARCHAR NOT NULL,
            method VARCHAR NOT NULL,
            path VARCHAR NOT NULL,
            key VARCHAR NOT NULL,
            fingerprint BYTEA NOT NULL,
            state VARCHAR NOT NULL,
            order_id UUID,
            status INTEGER,
            headers JSONB,
            body BYTEA,
            worker BIGINT,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, method, path, key),
            CONSTRAINT idempotency_keys_state_check CHECK (state in ('in_progress', 'done')),
            CONSTRAINT idempotency_keys_done_has_answer_check CHECK ((state = 'done') = (status is not null))
        )
        """
    )
    op.execute("CREATE INDEX idempotency_keys_by_age ON kernel.idempotency_keys (created_at)")
    op.execute(
        "CREATE INDEX idempotency_keys_by_order ON kernel.idempotency_keys (order_id) WHERE order_id is not null"
    )
    op.execute(
        "CREATE INDEX idempotency_keys_in_progress ON kernel.idempotency_keys (created_at) WHERE state = 'in_progress'"
    )
    op.execute(
        """
        CREATE TABLE kernel.jobs (
            id UUID NOT NULL,
            name VARCHAR NOT NULL,
            args JSONB NOT NULL,
            state VARCHAR(32) NOT NULL,
            dedup_key VARCHAR,
            attempts INTEGER NOT NULL,
            run_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            heartbeat_at TIMESTAMP WITH TIME ZONE,
            finished_at TIMESTAMP WITH TIME ZONE,
            worker BIGINT,
            error VARCHAR,
            CONSTRAINT jobs_pkey PRIMARY KEY (id),
            CONSTRAINT jobs_jobstate_check CHECK (state IN ('queued', 'running', 'done', 'dead'))
        )
        """
    )
    op.execute("CREATE INDEX jobs_finished ON kernel.jobs (finished_at) WHERE state = 'done'")
    op.execute("CREATE INDEX jobs_queued ON kernel.jobs (run_at, id) WHERE state = 'queued'")
    op.execute(
        "CREATE UNIQUE INDEX jobs_queued_once ON kernel.jobs (dedup_key) WHERE state = 'queued'"
    )
    op.execute("CREATE INDEX jobs_running ON kernel.jobs (heartbeat_at) WHERE state = 'running'")
    op.execute(
        """
        CREATE TABLE kernel.outbox (
            id BIGINT GENERATED ALWAYS AS IDENTITY,
            event_id UUID NOT NULL,
            dedup_key VARCHAR NOT NULL,
            topic VARCHAR NOT NULL,
            aggregate_id UUID NOT NULL,
            shard SMALLINT NOT NULL,
            order_id UUID,
            payload JSONB NOT NULL,
            state VARCHAR(32) NOT NULL,
            attempts INTEGER NOT NULL,
            next_try_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            sent_at TIMESTAMP WITH TIME ZONE,
            error VARCHAR,
            CONSTRAINT outbox_pkey PRIMARY KEY (id),
            CONSTRAINT outbox_attempts_check CHECK (attempts >= 0),
            CONSTRAINT outbox_event_id_key UNIQUE (event_id),
            CONSTRAINT outbox_dedup_key_key UNIQUE (dedup_key),
            CONSTRAINT outbox_outboxstate_check CHECK (state IN ('pending', 'sent', 'dead'))
        )
        """
    )
    op.execute(
        "CREATE INDEX outbox_by_order ON kernel.outbox (order_id) WHERE order_id is not null"
    )
    op.execute(
        "CREATE INDEX outbox_pending_by_aggregate ON kernel.outbox (aggregate_id, id) WHERE state = 'pending'"
    )
    op.execute(
        "CREATE INDEX outbox_pending_by_shard ON kernel.outbox (shard, id) WHERE state = 'pending'"
    )
    op.execute(
        """
        CREATE UNLOGGED TABLE kernel.rate_limits (
            key TEXT NOT NULL,
            full_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT rate_limits_pkey PRIMARY KEY (key)
        )
         WITH (fillfactor = 50)
        """
    )
    op.execute(
        """
        CREATE TABLE kernel.schedules (
            name VARCHAR NOT NULL,
            next_run_at TIMESTAMP WITH TIME ZONE NOT NULL,
            last_run_at TIMESTAMP WITH TIME ZONE,
            last_error VARCHAR,
            CONSTRAINT schedules_pkey PRIMARY KEY (name)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA kernel CASCADE")
