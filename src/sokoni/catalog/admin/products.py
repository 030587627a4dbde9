"""Staff: products, drafts and archived ones too."""

from functools import partial
from typing import Annotated

from fastapi import Query, status
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from sokoni.catalog import queries, service
from sokoni.catalog.admin.callers import AsEditor, AsReader, Config, Files, Showing, product_named
from sokoni.catalog.api import by_id_or_slug
from sokoni.catalog.errors import ProductNotFound, SkuTaken, SlugTaken
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.pictures import KeptPictures, form_body
from sokoni.catalog.queries import StaffFilter, StaffSort
from sokoni.catalog.schemas.staff import StaffLine, StaffProduct
from sokoni.catalog.schemas.writing import ProductIn, ProductPatch
from sokoni.catalog.service import ProductDraft
from sokoni.kernel.db import Read, Tx, WriteSession
from sokoni.kernel.errors import Stale
from sokoni.kernel.ids import BrandId, CategoryId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned
from sokoni.markets import queries as markets

router = Api(prefix="/admin/products", tags=["admin.products"])


@router.get("")
async def list_products(
    caller: AsReader,
    db: Read,
    storage: Files,
    settings: Config,
    *,
    q: Annotated[str | None, Query(max_length=255, description="In title, slug or SKU.")] = None,
    status: Annotated[ProductStatus | None, Query()] = None,
    brand: Annotated[BrandId | None, Query(description="Only of this brand.")] = None,
    category: Annotated[CategoryId | None, Query(description="Only on this shelf itself.")] = None,
    tag: Annotated[str | None, Query(max_length=255, description="With exactly this tag.")] = None,
    in_stock: bool | None = None,
    sort: Annotated[StaffSort, Query(description="A minus turns the order round.")] = (
        StaffSort.NEWEST
    ),
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[StaffLine]:
    """List products of every status."""
    rows = await queries.products(
        db,
        which=StaffFilter(
            status=status,
            words=q,
            brand_id=brand,
            category_id=category,
            tag=tag,
            in_stock=in_stock,
        ),
        currency=await markets.currency(db, otherwise=settings.default_currency),
        cursor=cursor,
        limit=limit,
        sort=sort,
    )
    items = [StaffLine.of(line, storage=storage) for line in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.post(
    "", status_code=status.HTTP_201_CREATED, responses=problem_responses(SlugTaken, SkuTaken)
)
async def create(
    caller: AsEditor, body: ProductIn, tx: Tx, shown: Showing, now: Now
) -> Versioned[StaffProduct]:
    """Create a product with its variants and prices."""
    draft = await _draft(tx, body)
    made = await service.create_product(tx, draft=draft, actor=caller.actor, now=now)
    return shown(made)


@router.post(
    "/with-images",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(SlugTaken, SkuTaken),
    openapi_extra=form_body(
        product={"type": "string", "description": "The product, as JSON: see ProductIn."}
    ),
)
async def create_with_images(
    caller: AsEditor, form: KeptPictures, tx: Tx, shown: Showing, now: Now
) -> Versioned[StaffProduct]:
    """Create a product and its pictures in one go."""
    draft = await _draft(tx, _product_of(form.fields.get("product", "")))
    made = await service.create_product(tx, draft=draft, actor=caller.actor, now=now)
    await service.add_images(
        tx, product_id=made.id, pictures=form.pictures, actor=caller.actor, now=now
    )
    return shown(await queries.product_by(tx, product=made.id))


@router.get("/{id_or_slug}", responses=problem_responses(ProductNotFound))
async def show(
    caller: AsReader, id_or_slug: str, db: Read, shown: Showing
) -> Versioned[StaffProduct]:
    """Show a product, whatever its status."""
    found = await queries.product_by(db, product=by_id_or_slug("prod", id_or_slug))
    return shown(found)


@router.put(
    "/{id_or_slug}", responses=problem_responses(ProductNotFound, SlugTaken, SkuTaken, Stale)
)
async def replace_product(
    caller: AsEditor,
    id_or_slug: str,
    body: ProductIn,
    tx: Tx,
    version: IfMatch,
    shown: Showing,
    now: Now,
) -> Versioned[StaffProduct]:
    """Replace a product; variants that are not named are removed."""
    draft = await _draft(tx, body)
    after = await service.replace_product(
        tx,
        product_id=await product_named(tx, id_or_slug),
        draft=draft,
        actor=caller.actor,
        now=now,
        version=version,
    )
    return shown(after)


@router.patch(
    "/{id_or_slug}", responses=problem_responses(ProductNotFound, SlugTaken, SkuTaken, Stale)
)
async def change(
    caller: AsEditor,
    id_or_slug: str,
    body: ProductPatch,
    tx: Tx,
    version: IfMatch,
    shown: Showing,
    now: Now,
) -> Versioned[StaffProduct]:
    """Change some fields of a product."""
    brand_id = await service.brand_id_of(tx, brand=body.brand) if body.brand else None
    after = await service.revise_product(
        tx,
        product_id=await product_named(tx, id_or_slug),
        revise=partial(body.revise, brand_id=brand_id),
        actor=caller.actor,
        now=now,
        version=version,
    )
    return shown(after)


@router.delete(
    "/{id_or_slug}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(ProductNotFound, Stale),
)
async def delete(caller: AsEditor, id_or_slug: str, tx: Tx, version: IfMatch, now: Now) -> None:
    """Delete a product; one that was ever ordered is archived instead."""
    await service.delete_product(
        tx,
        product_id=await product_named(tx, id_or_slug),
        actor=caller.actor,
        now=now,
        version=version,
    )


async def _draft(tx: WriteSession, body: ProductIn) -> ProductDraft:
    brand_id = await service.brand_id_of(tx, brand=body.brand) if body.brand else None
    return body.draft(brand_id=brand_id)


def _product_of(sent: str) -> ProductIn:
    """The product in a form's field; its refusals point into the product."""
    try:
        return ProductIn.model_validate_json(sent)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_context=False)) from error
