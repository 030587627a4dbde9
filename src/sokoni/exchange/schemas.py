"""Imports on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import UploadFile
from pydantic import BaseModel, Field

from sokoni.exchange.columns import TARGETS
from sokoni.exchange.models import Import, ImportStatus, Severity, StockMode
from sokoni.exchange.options import options_of
from sokoni.exchange.previewing import Preview
from sokoni.exchange.queries import PictureCounts, Told
from sokoni.kernel.ids import ImportId
from sokoni.kernel.paging import Page
from sokoni.kernel.schemas import Out

MappingText = Annotated[
    str | None,
    Field(
        max_length=100_000,
        description='What columns are, as JSON: `{"Our number": "Handle", "Colour": ""}`; '
        'ones that are not named are known by their names, and "" ignores one.',
    ),
]


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
    mapping: MappingText = None


class PreviewForm(BaseModel):
    """A file to look into before it is imported."""

    file: Annotated[UploadFile, Field(description="Products as CSV.")]
    mapping: MappingText = None


class ColumnOut(Out):
    """A column of the file, what it is taken for, and what stands in it first.

    `meaning` is null for a column that would be ignored.
    """

    name: Annotated[str, Field(examples=["Price"])]
    meaning: Annotated[str | None, Field(examples=["Variant Price"])]
    examples: list[str]


class PreviewOut(Out):
    """The columns of a file and its first rows; `targets` are what a column can be.

    Besides `targets` there are `Price / EUR` and `Compare At Price / EUR` (any currency), and
    `Stock / Warehouse` (any location). `problem` says why it could not be imported like this.
    """

    filename: str
    columns: list[ColumnOut]
    rows: list[list[str]]
    targets: list[str]
    problem: str | None

    @classmethod
    def of(cls, found: Preview, *, filename: str) -> Self:
        return cls(
            filename=filename,
            columns=[
                ColumnOut(name=name, meaning=meaning, examples=found.examples_of(place))
                for place, (name, meaning) in enumerate(found.columns)
            ],
            rows=found.rows,
            targets=list(TARGETS),
            problem=found.problem,
        )


class OptionsOut(Out):
    """How the import is done."""

    currency: str
    stock: StockMode
    location: str | None
    with_pictures: bool
    mapping: dict[str, str]


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
