"""Staff: brands."""

from fastapi import status

from sokoni.catalog import queries, service
from sokoni.catalog.admin.callers import AsEditor, AsReader
from sokoni.catalog.api import by_id_or_slug
from sokoni.catalog.errors import BrandInUse, SlugTaken
from sokoni.catalog.schemas.taxonomy import BrandIn, BrandPatch, StaffBrand
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import BrandId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

router = Api(prefix="/admin/brands", tags=["admin.brands"])


@router.get("")
async def list_brands(
    caller: AsReader, db: Read, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[StaffBrand]:
    """List brands by name."""
    rows = await queries.brands(db, cursor=cursor, limit=limit)
    items = [StaffBrand.model_validate(each) for each in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.post("", status_code=status.HTTP_201_CREATED, responses=problem_responses(SlugTaken))
async def create(caller: AsEditor, body: BrandIn, tx: Tx, now: Now) -> Versioned[StaffBrand]:
    """Create a brand."""
    made = await service.create_brand(tx, draft=body.draft(), actor=caller.actor, now=now)
    return StaffBrand.model_validate(made)


@router.get("/{id_or_slug}", responses=problem_responses(NotFound))
async def show(caller: AsReader, id_or_slug: str, db: Read) -> Versioned[StaffBrand]:
    """Show a brand by its id or slug."""
    found = await queries.brand_by(db, brand=by_id_or_slug("brd", id_or_slug))
    return StaffBrand.model_validate(found)


@router.patch("/{brand_id}", responses=problem_responses(NotFound, SlugTaken, Stale))
async def change(
    caller: AsEditor, brand_id: BrandId, body: BrandPatch, tx: Tx, version: IfMatch, now: Now
) -> Versioned[StaffBrand]:
    """Change some fields of a brand."""
    after = await service.revise_brand(
        tx, brand_id=brand_id, revise=body.revise, actor=caller.actor, now=now, version=version
    )
    return StaffBrand.model_validate(after)


@router.delete(
    "/{brand_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, BrandInUse, Stale),
)
async def delete(caller: AsEditor, brand_id: BrandId, tx: Tx, version: IfMatch, now: Now) -> None:
    """Delete a brand without products."""
    await service.delete_brand(tx, brand_id=brand_id, actor=caller.actor, now=now, version=version)
