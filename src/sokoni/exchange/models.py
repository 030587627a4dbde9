"""Tables of imports: the run, its file while it is needed, what was wrong, pictures to fetch."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id

SCHEMA = {"schema": "exchange"}
ZERO = text("0")


class ImportStatus(StrEnum):
    """queued → running → done | failed | cancelled; a queued one may be cancelled too."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StockMode(StrEnum):
    """Whether a quantity in the file sets the stock of new variants only, or of all."""

    CREATE = "create"
    REPLACE = "replace"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class PictureState(StrEnum):
    QUEUED = "queued"
    ATTACHED = "attached"
    FAILED = "failed"


class Import(Base):
    """One run of one file. The products done so far are where it goes on after a crash.

    `has_file`: the file is kept in chunks for the worker; else a command is reading it. Products
    count as refused when nothing of them was taken, rows when they were not.
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("(finished_at is null) = (status in ('queued', 'running'))", name="ends"),
        Index("imports_by_digest", "digest", postgresql_where=text("status = 'running'")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    filename: Mapped[str]
    digest: Mapped[str]
    status: Mapped[ImportStatus]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    has_file: Mapped[bool]
    bytes_total: Mapped[int] = mapped_column(BigInteger)
    bytes_done: Mapped[int] = mapped_column(BigInteger, server_default=ZERO)
    rows_total: Mapped[int | None]
    rows_done: Mapped[int] = mapped_column(server_default=ZERO)
    rows_refused: Mapped[int] = mapped_column(server_default=ZERO)
    products_done: Mapped[int] = mapped_column(server_default=ZERO)
    products_created: Mapped[int] = mapped_column(server_default=ZERO)
    products_updated: Mapped[int] = mapped_column(server_default=ZERO)
    products_unchanged: Mapped[int] = mapped_column(server_default=ZERO)
    products_refused: Mapped[int] = mapped_column(server_default=ZERO)
    actor: Mapped[str]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class ImportChunk(Base):
    """A piece of an uploaded file, in order; all pieces go when the import ends."""

    __tablename__ = "import_chunks"
    __table_args__ = (SCHEMA,)

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange.imports.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Problem(Base):
    """Something to mend in the file, or to know; without a row it is about the whole file."""

    __tablename__ = "import_errors"
    __table_args__ = (Index("import_errors_by_import", "import_id", "id"), SCHEMA)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.imports.id", ondelete="CASCADE"))
    severity: Mapped[Severity]
    row: Mapped[int | None]
    column: Mapped[str | None]
    handle: Mapped[str | None]
    message: Mapped[str]


class Picture(Base):
    """A picture that a file names, to be fetched and shown; `variant_ids` show it too."""

    __tablename__ = "pictures"
    __table_args__ = (
        UniqueConstraint("import_id", "product_id", "url", name="pictures_once_per_import"),
        Index("pictures_by_product", "product_id"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.imports.id", ondelete="CASCADE"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    url: Mapped[str]
    alt: Mapped[str]
    position: Mapped[int]
    row: Mapped[int]
    handle: Mapped[str]
    variant_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    state: Mapped[PictureState] = mapped_column(default=PictureState.QUEUED)
    tries: Mapped[int] = mapped_column(server_default=ZERO)
    image_id: Mapped[UUID | None]
