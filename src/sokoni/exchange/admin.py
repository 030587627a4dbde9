"""Staff: products in and out as files."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, File, Response, UploadFile, status
from fastapi.responses import StreamingResponse

from sokoni.exchange import flows, queries, service
from sokoni.exchange.columns import checked_mapping
from sokoni.exchange.errors import ImportEnded, NotAProductFile
from sokoni.exchange.previewing import preview_of
from sokoni.exchange.schemas import ImportDetail, ImportForm, ImportOut, PreviewForm, PreviewOut
from sokoni.exchange.service import ImportOptions
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.currencies import EXPONENTS
from sokoni.kernel.db import Db, Read, ReadSession, Tx
from sokoni.kernel.errors import Invalid, NotFound
from sokoni.kernel.ids import ImportId, encode
from sokoni.kernel.now import Now
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.markets import queries as markets

PIECE = 1024 * 1024
MISSING = problem_responses(NotFound)
UNREADABLE = problem_responses(NotAProductFile)

AsReader = Annotated[Caller, Depends(Staff(Permission.CATALOG_READ))]
AsEditor = Annotated[Caller, Depends(Staff(Permission.CATALOG_WRITE))]
Config = Annotated[Settings, resource(Settings)]
Files = Annotated[Storage, resource(Storage)]

router = Api(prefix="/admin")


@router.post("/imports", tags=["admin.imports"], status_code=status.HTTP_202_ACCEPTED)
async def create(
    caller: AsEditor,
    tx: Tx,
    response: Response,
    settings: Config,
    now: Now,
    form: Annotated[ImportForm, File()],
) -> ImportOut:
    """Import products from a file, in the background."""
    chosen = form.currency or await _own_currency(tx, settings)
    if chosen not in EXPONENTS:
        raise Invalid.field("/currency", "is not a currency code; write it like EUR")
    await service.check_location(tx, name=form.location or None)
    made = await service.create_import(
        tx,
        filename=form.file.filename or "products.csv",
        pieces=_pieces(form.file),
        options=ImportOptions(
            currency=chosen,
            stock=form.stock,
            location=form.location or None,
            dry_run=form.dry_run,
            with_pictures=form.with_pictures,
            mapping=checked_mapping(form.mapping),
        ),
        actor=caller.actor,
        now=now,
    )
    response.headers["Location"] = f"/api/v1/admin/imports/{encode('imp', made.id)}"
    return ImportOut.of(made)


@router.post("/imports/preview", tags=["admin.imports"], responses=UNREADABLE)
async def preview(_caller: AsEditor, form: Annotated[PreviewForm, File()]) -> PreviewOut:
    """Look into a file: its columns, what they are taken for, and its first rows."""
    found = preview_of(form.file.file, mapping=checked_mapping(form.mapping))
    return PreviewOut.of(found, filename=form.file.filename or "products.csv")


@router.get("/imports", tags=["admin.imports"], name="list")
async def list_imports(
    _caller: AsReader, db: Read, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[ImportOut]:
    """List imports, newest first."""
    rows = await queries.imports(db, cursor=cursor, limit=limit)
    items = [ImportOut.of(found) for found in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.get("/imports/{import_id}", tags=["admin.imports"], responses=MISSING)
async def show(
    _caller: AsReader,
    import_id: ImportId,
    db: Read,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> ImportDetail:
    """Show how far an import is, and what is wrong with which row; page through `errors`."""
    found = await queries.import_by(db, import_id)
    pictures = await queries.picture_counts(db, import_id)
    errors = await queries.problems(db, import_id, cursor=cursor, limit=limit)
    return ImportDetail.with_report(
        found, pictures=pictures, errors=errors.items, cursor=errors.next_cursor
    )


@router.post(
    "/imports/{import_id}/cancel",
    tags=["admin.imports"],
    responses=problem_responses(NotFound, ImportEnded),
)
async def cancel(_caller: AsEditor, import_id: ImportId, tx: Tx, now: Now) -> ImportOut:
    """Stop an import; what went in stays."""
    return ImportOut.of(await service.cancel_import(tx, import_id=import_id, now=now))


@router.get(
    "/exports/products.csv",
    tags=["admin.exports"],
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "All products, a row per variant, in the format that imports take.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    },
)
async def products(
    _caller: AsReader, db: Db, storage: Files, settings: Config
) -> StreamingResponse:
    """Download all products as CSV."""
    async with db.reading() as session:
        currency = await _own_currency(session, settings)
    return StreamingResponse(
        flows.export_products(db, storage, currency=currency),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="products.csv"'},
    )


async def _own_currency(db: ReadSession, settings: Settings) -> str:
    return await markets.currency(db, otherwise=settings.default_currency)


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while data := await file.read(PIECE):
        yield data
