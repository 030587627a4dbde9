"""Staff: many products changed at once, and copies of one."""

from fastapi import status

from sokoni.catalog import queries, service
from sokoni.catalog.admin.callers import AsEditor, Showing, product_named
from sokoni.catalog.errors import ProductNotFound
from sokoni.catalog.schemas.bulk import BulkEdit, BulkResult, CopyIn
from sokoni.catalog.schemas.staff import StaffProduct
from sokoni.kernel.db import Tx
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Versioned

router = Api(prefix="/admin/products", tags=["admin.products"])


@router.post("/bulk", name="bulk_edit")
async def edit_many(caller: AsEditor, body: BulkEdit, tx: Tx, now: Now) -> BulkResult:
    """Make one change to many products; each is judged by itself, and told of by itself.

    What can be changed is; the rest is refused with its own problem: unknown, changed since its
    `version`, or not possible. A `dry_run` shows the same without keeping it.
    """
    act = service.preview_edit if body.dry_run else service.edit_products
    edited = await act(
        tx, chosen=body.chosen(), edit=body.change.edit(), actor=caller.actor, now=now
    )
    return BulkResult.of(edited, dry_run=body.dry_run)


@router.post(
    "/{id_or_slug}/duplicate",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(ProductNotFound),
)
async def duplicate(
    caller: AsEditor, id_or_slug: str, body: CopyIn, tx: Tx, shown: Showing, now: Now
) -> Versioned[StaffProduct]:
    """Make a draft like a product: with SKUs and an address of its own, and without barcodes."""
    made = await service.duplicate_product(
        tx,
        product_id=await product_named(tx, id_or_slug),
        title=body.title,
        with_images=body.with_images,
        actor=caller.actor,
        now=now,
    )
    return shown(await queries.product_by(tx, product=made))
