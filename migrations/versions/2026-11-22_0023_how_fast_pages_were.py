"""Count how fast pages were for visitors, by day."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA analytics")
    op.execute(
        """
        CREATE TABLE analytics.vitals (
            day DATE NOT NULL,
            page VARCHAR(32) NOT NULL,
            device VARCHAR(32) NOT NULL,
            metric VARCHAR(32) NOT NULL,
            bucket SMALLINT NOT NULL,
            count BIGINT NOT NULL,
            CONSTRAINT vitals_pkey PRIMARY KEY (day, page, device, metric, bucket),
            CONSTRAINT vitals_pagekind_check CHECK (page IN ('home', 'list', 'product', 'search',
                'cart', 'checkout', 'order', 'account', 'other')),
            CONSTRAINT vitals_device_check CHECK (device IN ('phone', 'desktop')),
            CONSTRAINT vitals_metric_check CHECK (metric IN ('lcp', 'inp', 'cls'))
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA analytics CASCADE")
