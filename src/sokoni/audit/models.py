"""The table of the audit log. Only ever added to: see the trigger in its migration."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id


class Entry(Base):
    """One change by somebody: the subject's fields before and after it, without secrets."""

    __tablename__ = "log"
    __table_args__ = (
        Index("log_by_time", "at", "id"),
        Index("log_by_actor", "actor", "at", "id"),
        Index("log_by_action", "action", "at", "id"),
        Index("log_by_subject", "subject", "at", "id"),
        {"schema": "audit"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    request_id: Mapped[str | None]
    note: Mapped[str | None]
