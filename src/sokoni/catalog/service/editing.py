"""One change made to many products, each judged by itself; and copies of a product.

The products' rows are locked together, in the order of their ids, and written together; one that
is refused (unknown, changed since, not possible) keeps nobody else out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sokoni.catalog import locks, sources
from sokoni.catalog.errors import ProductNotFound
from sokoni.catalog.images import Encoded
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import checks, saving
from sokoni.catalog.service.drafts import PriceDraft, ProductDraft, VariantDraft
from sokoni.catalog.service.pictures import NewPicture, add_images
from sokoni.catalog.service.planning import Change, as_draft
from sokoni.catalog.service.products import create_product, record_change
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import SokoniError, Stale

WHOLE = 10_000  # basis points


class CompareAt(StrEnum):
    """What becomes of the price that is shown struck out."""

    KEEP = "keep"
    WAS = "was"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class PriceEdit:
    """`amount` is the new price of all variants in `currency`; else `by_bp` changes prices by basis
    points (−1000: ten per cent off), in `currency` alone or in all. Rounded half up.
    """

    currency: str | None = None
    amount: int | None = None
    by_bp: int = 0
    compare_at: CompareAt = CompareAt.KEEP


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change; None and empty leave things as they are."""

    status: ProductStatus | None = None
    price: PriceEdit | None = None
    add_categories: tuple[UUID, ...] = ()
    remove_categories: tuple[UUID, ...] = ()
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A product to change, and the version that was looked at."""

    product_id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """How one product fared: refused, or as it was and as it is now (the same if unchanged)."""

    product_id: UUID
    before: ProductSource | None = None
    after: ProductSource | None = None
    refused: SokoniError | None = None


class _Undone(Exception):
    """Leaves the savepoint of a preview."""


async def edit_products(
    tx: WriteSession, *, chosen: Sequence[Chosen], edit: Edit, actor: str, now: datetime
) -> list[Edited]:
    """Make the change to each of these products (all different); outcomes in their order."""
    await locks.products(tx, ids=[each.product_id for each in chosen])
    held = await sources.load(tx, product_ids=[each.product_id for each in chosen])
    products = {product.id: product for product in held}
    outcomes: dict[UUID, Edited] = {}
    changes: list[Change] = []
    for each in chosen:
        current = products.get(each.product_id)
        outcome = _judged(each, current)
        outcomes[each.product_id] = outcome
        if current is None or outcome.refused is not None:
            continue
        before = as_draft(current)
        draft = _edited(before, edit)
        if checks.tidy(draft) != checks.tidy(before):
            changes.append(Change(product_id=each.product_id, draft=draft, current=current))
    saved = await saving.save(tx, changes=changes, now=now)
    for product_id, error in saved.refused.items():
        outcomes[product_id] = Edited(product_id, refused=error)
    for product_id, after in saved.products.items():
        outcomes[product_id] = replace(outcomes[product_id], after=after)
        current = products[product_id]
        await record_change(tx, actor, "product.changed", now=now, before=current, after=after)
    return [outcomes[each.product_id] for each in chosen]


async def preview_edit(
    tx: WriteSession, *, chosen: Sequence[Chosen], edit: Edit, actor: str, now: datetime
) -> list[Edited]:
    """What the change would make of these products; nothing of it is kept."""
    found: list[Edited] = []
    try:
        async with tx.begin_nested():
            found = await edit_products(tx, chosen=chosen, edit=edit, actor=actor, now=now)
            raise _Undone
    except _Undone:
        return found


async def duplicate_product(
    tx: WriteSession,
    *,
    product_id: UUID,
    title: str | None,
    with_images: bool,
    actor: str,
    now: datetime,
) -> UUID:
    """A draft like the product, with an address and SKUs of its own; its id.

    Barcodes and what search engines are told are the original's alone.
    """
    await locks.share_taxonomy(tx)
    found = await sources.load(tx, product_ids=[product_id])
    if not found:
        raise ProductNotFound
    original = as_draft(found[0])
    draft = replace(
        original,
        title=title or f"Copy of {original.title}"[: checks.MAX_LINE],
        slug=None,
        status=ProductStatus.DRAFT,
        seo_title=None,
        seo_description=None,
        variants=tuple(
            replace(variant, id=None, sku=None, barcode=None, image_id=None)
            for variant in original.variants
        ),
    )
    made = await create_product(tx, draft=draft, actor=actor, now=now)
    if with_images and found[0].images:
        pictures = _pictures_of(found[0], of_copy=made)
        await add_images(tx, product_id=made.id, pictures=pictures, actor=actor, now=now)
    return made.id


def _judged(chosen: Chosen, current: ProductSource | None) -> Edited:
    if current is None:
        return Edited(chosen.product_id, refused=ProductNotFound())
    if chosen.version is not None and chosen.version != current.version:
        return Edited(chosen.product_id, refused=Stale.now_at(current.version))
    return Edited(chosen.product_id, before=current, after=current)


def _edited(draft: ProductDraft, edit: Edit) -> ProductDraft:
    categories = [
        each
        for each in dict.fromkeys((*draft.category_ids, *edit.add_categories))
        if each not in edit.remove_categories
    ]
    unwanted = {tag.strip().lower() for tag in edit.remove_tags}
    tags = [
        each
        for each in dict.fromkeys((*draft.tags, *edit.add_tags))
        if each.strip().lower() not in unwanted
    ]
    return replace(
        draft,
        status=edit.status or draft.status,
        category_ids=tuple(categories),
        tags=tuple(tags),
        variants=tuple(_priced(variant, edit.price) for variant in draft.variants),
    )


def _priced(variant: VariantDraft, edit: PriceEdit | None) -> VariantDraft:
    if edit is None:
        return variant
    prices = {price.currency: price for price in variant.prices}
    if edit.amount is not None and edit.currency is not None:
        prices.setdefault(edit.currency, PriceDraft(edit.currency, edit.amount))
    wanted = prices if edit.currency is None else {edit.currency}
    return replace(
        variant,
        prices=tuple(
            _changed(price, edit) if currency in wanted else price
            for currency, price in prices.items()
        ),
    )


def _changed(price: PriceDraft, edit: PriceEdit) -> PriceDraft:
    amount = edit.amount
    if amount is None:
        amount = (price.amount * (WHOLE + edit.by_bp) * 2 + WHOLE) // (2 * WHOLE)
    match edit.compare_at:
        case CompareAt.CLEAR:
            return replace(price, amount=amount, compare_at=None)
        case CompareAt.WAS if amount < price.amount:
            return replace(price, amount=amount, compare_at=price.amount)
        case _:
            return replace(price, amount=amount)


def _pictures_of(original: ProductSource, *, of_copy: ProductSource) -> list[NewPicture]:
    """The same files, each shown by the variants in the places of those that showed it."""
    twins = list(zip(original.living_variants, of_copy.living_variants, strict=True))
    return [
        NewPicture(
            encoded=Encoded(image.digest, image.width, image.height, sizes=()),
            alt=image.alt,
            source=image.source,
            variant_ids=tuple(twin.id for each, twin in twins if each.image_id == image.id),
        )
        for image in original.images
    ]
