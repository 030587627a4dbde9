"""Staff: variants of products."""

from dataclasses import replace
from uuid import UUID

from fastapi import Response, status

from sokoni.catalog import queries, service
from sokoni.catalog.admin.callers import AsEditor, Config
from sokoni.catalog.api import by_id_or_slug
from sokoni.catalog.errors import ProductNotFound, SkuTaken
from sokoni.catalog.schemas.staff import StaffVariant
from sokoni.catalog.schemas.writing import VariantIn, VariantPatch
from sokoni.catalog.service import VariantDraft
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import VariantId
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, with_version

router = Api(prefix="/admin", tags=["admin.variants"])


@router.post(
    "/products/{id_or_slug}/variants",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(ProductNotFound, SkuTaken),
)
async def add(
    caller: AsEditor,
    id_or_slug: str,
    body: VariantIn,
    tx: Tx,
    response: Response,
    settings: Config,
    now: Now,
) -> StaffVariant:
    """Add a variant; option values that are new become values of the product."""
    product = await service.add_variant(
        tx,
        product_id=await queries.product_id_of(tx, product=by_id_or_slug("prod", id_or_slug)),
        draft=body.draft(),
        actor=caller.actor,
        now=now,
    )
    return _shown(product, product.living_variants[-1].id, response, settings)


@router.patch("/variants/{variant_id}", responses=problem_responses(NotFound, SkuTaken, Stale))
async def change(
    caller: AsEditor,
    variant_id: VariantId,
    body: VariantPatch,
    tx: Tx,
    version: IfMatch,
    response: Response,
    settings: Config,
    now: Now,
) -> StaffVariant:
    """Change some fields of a variant."""

    def revise(draft: VariantDraft) -> VariantDraft:
        return replace(draft, **body.changes())  # type: ignore[arg-type]

    product = await service.revise_variant(
        tx, variant_id=variant_id, revise=revise, actor=caller.actor, now=now, version=version
    )
    return _shown(product, variant_id, response, settings)


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


def _shown(
    product: ProductSource, variant_id: UUID, response: Response, settings: Config
) -> StaffVariant:
    variant = next(each for each in product.living_variants if each.id == variant_id)
    with_version(response, variant.version)
    return StaffVariant.of(product, variant, currency=settings.default_currency)
