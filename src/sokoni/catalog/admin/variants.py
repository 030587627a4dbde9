"""Staff: variants of products."""

from uuid import UUID

from fastapi import status

from sokoni.catalog import service
from sokoni.catalog.admin.callers import AsEditor, Config, product_named
from sokoni.catalog.errors import ProductNotFound, SkuTaken
from sokoni.catalog.schemas.staff import StaffVariant
from sokoni.catalog.schemas.writing import VariantIn, VariantPatch
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import VariantId
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

router = Api(prefix="/admin", tags=["admin.variants"])


@router.post(
    "/products/{id_or_slug}/variants",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(ProductNotFound, SkuTaken),
)
async def add(
    caller: AsEditor, id_or_slug: str, body: VariantIn, tx: Tx, settings: Config, now: Now
) -> Versioned[StaffVariant]:
    """Add a variant; option values that are new become values of the product."""
    product = await service.add_variant(
        tx,
        product_id=await product_named(tx, id_or_slug),
        draft=body.draft(),
        actor=caller.actor,
        now=now,
    )
    return _shown(product, product.living_variants[-1].id, settings)


@router.patch("/variants/{variant_id}", responses=problem_responses(NotFound, SkuTaken, Stale))
async def change(
    caller: AsEditor,
    variant_id: VariantId,
    body: VariantPatch,
    tx: Tx,
    version: IfMatch,
    settings: Config,
    now: Now,
) -> Versioned[StaffVariant]:
    """Change some fields of a variant."""
    product = await service.revise_variant(
        tx, variant_id=variant_id, revise=body.revise, actor=caller.actor, now=now, version=version
    )
    return _shown(product, variant_id, settings)


@router.delete(
    "/variants/{variant_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, Stale),
)
async def delete(
    caller: AsEditor, variant_id: VariantId, tx: Tx, version: IfMatch, now: Now
) -> None:
    """Delete a variant; one that was ever ordered is archived instead."""
    await service.delete_variant(
        tx, variant_id=variant_id, actor=caller.actor, now=now, version=version
    )


def _shown(product: ProductSource, variant_id: UUID, settings: Config) -> StaffVariant:
    variant = next(each for each in product.living_variants if each.id == variant_id)
    return StaffVariant.of(product, variant, currency=settings.default_currency)
