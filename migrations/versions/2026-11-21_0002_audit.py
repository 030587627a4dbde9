"""Create the audit log."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA audit")
    op.execute(
        """
        CREATE TABLE audit.log (
            id UUID NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            actor VARCHAR NOT NULL,
            action VARCHAR NOT NULL,
            subject VARCHAR NOT NULL,
            before JSONB,
            after JSONB,
            request_id VARCHAR,
            note VARCHAR,
            CONSTRAINT log_pkey PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE INDEX log_by_action ON audit.log (action, at, id)")
    op.execute("CREATE INDEX log_by_actor ON audit.log (actor, at, id)")
    op.execute("CREATE INDEX log_by_subject ON audit.log (subject, at, id)")
    op.execute("CREATE INDEX log_by_time ON audit.log (at, id)")
    # by hand
    op.execute(
        """
        CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'audit.log is append-only';
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE ON audit.log
        FOR EACH ROW EXECUTE FUNCTION audit.refuse()
        """
    )
    op.execute(
        """
        CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON audit.log
        FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()
        """
    )
    # end by hand


def downgrade() -> None:
    op.execute("DROP SCHEMA audit CASCADE")
