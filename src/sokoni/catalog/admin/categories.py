"""Staff: the tree of categories."""

from fastapi import status

from sokoni.catalog import queries, service
from sokoni.catalog.admin.callers import AsEditor, AsReader
from sokoni.catalog.api import by_id_or_slug
from sokoni.catalog.errors import CategoryCycle, CategoryNotEmpty, SlugTaken
from sokoni.catalog.schemas.taxonomy import CategoryIn, CategoryPatch, StaffCategory
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import CategoryId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

router = Api(prefix="/admin/categories", tags=["admin.categories"])


@router.get("")
async def list_categories(caller: AsReader, db: Read) -> Listed[StaffCategory]:
    """List all categories, active or not."""
    found = await queries.all_categories(db)
    return Listed(items=[StaffCategory.model_validate(each) for each in found])


@router.post("", status_code=status.HTTP_201_CREATED, responses=problem_responses(SlugTaken))
async def create(caller: AsEditor, body: CategoryIn, tx: Tx, now: Now) -> Versioned[StaffCategory]:
    """Create a category."""
    made = await service.create_category(tx, draft=body.draft(), actor=caller.actor, now=now)
    return StaffCategory.model_validate(made)


@router.get("/{id_or_slug}", responses=problem_responses(NotFound))
async def show(caller: AsReader, id_or_slug: str, db: Read) -> Versioned[StaffCategory]:
    """Show a category, active or not."""
    found = await queries.category_by(db, category=by_id_or_slug("cat", id_or_slug))
    return StaffCategory.model_validate(found)


@router.patch(
    "/{category_id}", responses=problem_responses(NotFound, CategoryCycle, SlugTaken, Stale)
)
async def change(
    caller: AsEditor,
    category_id: CategoryId,
    body: CategoryPatch,
    tx: Tx,
    version: IfMatch,
    now: Now,
) -> Versioned[StaffCategory]:
    """Rename, move or switch off a category; what is below it moves along."""
    after = await service.revise_category(
        tx,
        category_id=category_id,
        revise=body.revise,
        actor=caller.actor,
        now=now,
        version=version,
    )
    return StaffCategory.model_validate(after)


@router.delete(
    "/{category_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, CategoryNotEmpty, Stale),
)
async def delete(
    caller: AsEditor, category_id: CategoryId, tx: Tx, version: IfMatch, now: Now
) -> None:
    """Delete a category with nothing below it; its products stay."""
    await service.delete_category(
        tx, category_id=category_id, actor=caller.actor, now=now, version=version
    )
