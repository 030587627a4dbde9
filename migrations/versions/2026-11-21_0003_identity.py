"""Create users, sessions, roles, keys and addresses."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA identity")

    op.execute(
        """
        CREATE TABLE identity.api_keys (
            id UUID NOT NULL,
            name VARCHAR NOT NULL,
            prefix VARCHAR NOT NULL,
            key_hash BYTEA NOT NULL,
            scopes TEXT[] NOT NULL,
            created_by VARCHAR NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            last_used_at TIMESTAMP WITH TIME ZONE,
            revoked_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT api_keys_pkey PRIMARY KEY (id),
            CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE identity.roles (
            id UUID NOT NULL,
            name VARCHAR NOT NULL,
            permissions TEXT[] NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT roles_pkey PRIMARY KEY (id),
            CONSTRAINT roles_name_key UNIQUE (name)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE identity.users (
            id UUID NOT NULL,
            email VARCHAR NOT NULL,
            password_hash VARCHAR NOT NULL,
            name VARCHAR,
            is_active BOOLEAN NOT NULL,
            email_verified_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            password_changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT users_pkey PRIMARY KEY (id),
            CONSTRAINT users_email_is_lower_case_check CHECK (email = lower(email COLLATE "C")),
            CONSTRAINT users_email_key UNIQUE (email)
        )
        """
    )
    op.execute("CREATE INDEX users_by_age ON identity.users (created_at, id)")
    op.execute("CREATE INDEX users_by_email ON identity.users (email text_pattern_ops)")
    op.execute("CREATE INDEX users_by_name ON identity.users (lower(name) text_pattern_ops)")
    op.execute(
        """
        CREATE TABLE identity.addresses (
            id UUID NOT NULL,
            user_id UUID NOT NULL,
            is_default BOOLEAN NOT NULL,
            name VARCHAR NOT NULL,
            company VARCHAR,
            line1 VARCHAR NOT NULL,
            line2 VARCHAR,
            city VARCHAR NOT NULL,
            state VARCHAR,
            postal_code VARCHAR,
            country VARCHAR NOT NULL,
            phone VARCHAR,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT addresses_pkey PRIMARY KEY (id),
            CONSTRAINT addresses_user_id_fkey FOREIGN KEY(user_id) REFERENCES identity.users (id)
        )
        """
    )
    op.execute("CREATE INDEX addresses_by_user ON identity.addresses (user_id, created_at, id)")
    op.execute(
        "CREATE UNIQUE INDEX addresses_one_default ON identity.addresses (user_id) WHERE is_default"
    )
    op.execute(
        """
        CREATE TABLE identity.sessions (
            id UUID NOT NULL,
            user_id UUID NOT NULL,
            user_agent VARCHAR,
            ip VARCHAR,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            last_used_at TIMESTAMP WITH TIME ZONE NOT NULL,
            revoked_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT sessions_pkey PRIMARY KEY (id),
            CONSTRAINT sessions_user_id_fkey FOREIGN KEY(user_id) REFERENCES identity.users (id)
        )
        """
    )
    op.execute("CREATE INDEX sessions_by_use ON identity.sessions (last_used_at)")
    op.execute("CREATE INDEX sessions_by_user ON identity.sessions (user_id, last_used_at)")
    op.execute(
        """
        CREATE TABLE identity.user_roles (
            user_id UUID NOT NULL,
            role_id UUID NOT NULL,
            CONSTRAINT user_roles_pkey PRIMARY KEY (user_id, role_id),
            CONSTRAINT user_roles_user_id_fkey FOREIGN KEY(user_id) REFERENCES identity.users (id) ON DELETE CASCADE,
            CONSTRAINT user_roles_role_id_fkey FOREIGN KEY(role_id) REFERENCES identity.roles (id)
        )
        """
    )
    op.execute("CREATE INDEX user_roles_by_role ON identity.user_roles (role_id)")
    op.execute(
        """
        CREATE TABLE identity.refresh_tokens (
            hash BYTEA NOT NULL,
            session_id UUID NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT refresh_tokens_pkey PRIMARY KEY (hash),
            CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY(session_id) REFERENCES identity.sessions (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX refresh_tokens_by_expiry ON identity.refresh_tokens (expires_at)")
    op.execute("CREATE INDEX refresh_tokens_by_session ON identity.refresh_tokens (session_id)")


def downgrade() -> None:
    op.execute("DROP SCHEMA identity CASCADE")
