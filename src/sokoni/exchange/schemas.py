"""Imports on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import UploadFile
from pydantic import BaseModel, Field

from sokoni.exchange.models import Import, ImportStatus, Severity, StockMode
from sokoni.exchange.options import options_of
from sokoni.exchange.queries import PictureCounts, Told
from sokoni.kernel.ids import ImportId
from sokoni.kernel.paging import Page
from sokoni.kernel.schemas import Out


class ImportForm(BaseModel):
    """A file of products, and how to import it."""

    file: Annotated[UploadFile, Field(description="Products as CSV, in Shopify's format or ours.")]
    currency: Annotated[
        str | None,
        Field(pattern="^[A-Z]{3}$", description="Of `Variant Price`; without it the shop's own."),
    ] = None
    stock: Annotated[
        StockMode, Field(description="Quantities set the stock of new variants, or of all.")
    ] = StockMode.CREATE
    location: Annotated[
        str | None, Field(max_length=255, description="Where plain quantities go.")
    ] = None
    dry_run: Annotated[bool, Field(description="Check everything, write nothing.")] = False
    with_pictures: Annotated[bool, Field(description="Fetch the pictures afterwards.")] = True


class OptionsOut(Out):
    """How the import is done."""

    currency: str
    stock: StockMode
    location: str | None
    with_pictures: bool


class ProgressOut(Out):
    """How far it is. `rows_total` is known when it is done."""

    bytes_total: int
    bytes_done: int
    rows_total: int | None
    rows_done: int
    rows_refused: int


class ProductsOut(Out):
    """What became of the products so far."""

    created: int
    updated: int
    unchanged: int
    refused: int


class PicturesOut(Out):
    """What became of the pictures that had to be fetched; they follow in the background."""

    queued: int
    attached: int
    failed: int


class ImportErrorOut(Out):
    """Something to mend in the file, or to know. The row of the header is 1."""

    severity: Severity
    row: int | None
    column: str | None
    handle: str | None
    message: str


class ImportOut(Out):
    """One run of one file."""

    id: ImportId
    filename: str
    status: ImportStatus
    dry_run: bool
    options: OptionsOut
    progress: ProgressOut
    products: ProductsOut
    error: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, found: Import) -> Self:
        return cls(**_fields(found))


class ImportDetail(ImportOut):
    """One run of one file, with its report."""

    pictures: PicturesOut
    errors: Page[ImportErrorOut]

    @classmethod
    def with_report(
        cls, found: Import, *, pictures: PictureCounts, errors: list[Told], cursor: str | None
    ) -> Self:
        told = [ImportErrorOut.model_validate(error) for error in errors]
        return cls(
            **_fields(found),
            pictures=PicturesOut.model_validate(pictures),
            errors=Page(items=told, next_cursor=cursor),
        )


def _fields(found: Import) -> dict[str, Any]:
    options = options_of(found.options)
    return {
        "id": found.id,
        "filename": found.filename,
        "status": found.status,
        "dry_run": options.dry_run,
        "options": OptionsOut.model_validate(options),
        "progress": ProgressOut.model_validate(found),
        "products": ProductsOut(
            created=found.products_created,
            updated=found.products_updated,
            unchanged=found.products_unchanged,
            refused=found.products_refused,
        ),
        "error": found.error,
        "created_at": found.created_at,
        "started_at": found.started_at,
        "finished_at": found.finished_at,
    }
