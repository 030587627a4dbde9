"""From a draft and the product as it is to the rows that shall be: pure.

A variant of the draft is an existing one by id, else by SKU, else by its option values (archived
ones come last, and come back to life). New variants get a readable SKU whose last letters are
random: unique under races without a lock.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import checks, wording
from sokoni.catalog.service.drafts import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.catalog.sources import OptionSource, PriceSource, ProductSource, VariantSource
from sokoni.kernel.errors import Invalid
from sokoni.kernel.ids import ALPHABET, new_id

TAIL = 5  # random letters of a generated SKU: 33 million for one product and value


@dataclass(frozen=True, slots=True)
class Change:
    """A product and what it shall become; without `current` it is new.

    With `merge`, what the draft leaves out stays: variants, other currencies' prices, the brand,
    categories, SEO texts, a variant's picture, weight and barcode.
    """

    product_id: UUID
    draft: ProductDraft
    current: ProductSource | None = None
    merge: bool = False


class ProductRow(msgspec.Struct, frozen=True):
    id: UUID
    slug: str
    title: str
    description: str
    status: ProductStatus
    brand_id: UUID | None
    tags: tuple[str, ...]
    options: list[OptionSource]
    seo_title: str | None
    seo_description: str | None


class VariantRow(msgspec.Struct, frozen=True):
    id: UUID
    product_id: UUID
    sku: str
    title: str
    options: dict[str, str]
    position: int
    weight_g: int | None
    barcode: str | None
    taxable: bool
    image_id: UUID | None


class PriceRow(msgspec.Struct, frozen=True):
    variant_id: UUID
    currency: str
    amount: int
    compare_at: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of one product: `variants` only those that are new or change, `gone` leave.

    `moved_skus` are those that the product takes or gives up.
    """

    product: ProductRow
    category_ids: tuple[UUID, ...]
    variants: list[VariantRow]
    prices: list[PriceRow]
    variant_ids: list[UUID]
    gone: list[UUID]
    moved_skus: set[str]


def plan(change: Change) -> Plan:
    """The rows to write; `Invalid` with all that is wrong with the draft."""
    draft = checks.tidy(change.draft)
    if change.current is not None and change.merge:
        draft = _merged(draft, change.current)
    errors = checks.errors(draft)
    if errors:
        raise Invalid("The product cannot be kept like this.", errors=errors)
    existing = _matched(draft.variants, change.current)
    images = {image.id for image in change.current.images} if change.current else set()
    for i, variant in enumerate(draft.variants):
        if variant.image_id is not None and variant.image_id not in images:
            raise Invalid.field(f"/variants/{i}/image_id", "is no picture of this product")
    return _plan(change, draft, existing)


def as_draft(product: ProductSource) -> ProductDraft:
    """The product as a draft that changes nothing."""
    return ProductDraft(
        title=product.title,
        slug=product.slug,
        description=product.description,
        status=product.status,
        brand_id=product.brand.id if product.brand else None,
        category_ids=tuple(category.id for category in product.categories),
        tags=tuple(product.tags),
        options=tuple(OptionDraft(each.name, tuple(each.values)) for each in product.options),
        variants=tuple(variant_draft(variant) for variant in product.living_variants),
        seo_title=product.seo_title,
        seo_description=product.seo_description,
    )


def variant_draft(variant: VariantSource) -> VariantDraft:
    """The variant as a draft that changes nothing."""
    return VariantDraft(
        id=variant.id,
        options=variant.options,
        prices=tuple(_price_draft(price) for price in variant.prices),
        sku=variant.sku,
        weight_g=variant.weight_g,
        barcode=variant.barcode,
        taxable=variant.taxable,
        image_id=variant.image_id,
    )


def _price_draft(price: PriceSource) -> PriceDraft:
    return PriceDraft(price.currency, price.amount, price.compare_at)


def _plan(change: Change, draft: ProductDraft, existing: Sequence[VariantSource | None]) -> Plan:
    assert draft.slug is not None, "the caller finds the slug"
    rows, changed, prices = [], [], []
    for position, (wanted, found) in enumerate(zip(draft.variants, existing, strict=True)):
        row = VariantRow(
            id=found.id if found else new_id(),
            product_id=change.product_id,
            sku=wanted.sku or (found.sku if found else _sku(draft, wanted)),
            title=_title(draft.options, wanted),
            options=dict(wanted.options),
            position=position,
            weight_g=wanted.weight_g,
            barcode=wanted.barcode,
            taxable=wanted.taxable,
            image_id=wanted.image_id,
        )
        rows.append(row)
        prices += [PriceRow(row.id, p.currency, p.amount, p.compare_at) for p in wanted.prices]
        if found is None or not _same(row, wanted, found):
            changed.append(row)
    kept = {row.id for row in rows}
    living = change.current.living_variants if change.current else []
    gone = [variant for variant in living if variant.id not in kept]
    before = {variant.id: variant.sku for variant in (*filter(None, existing), *gone)}
    after = {row.id: row.sku for row in rows}
    return Plan(
        product=_product_row(change.product_id, draft, slug=draft.slug),
        category_ids=draft.category_ids,
        variants=changed,
        prices=prices,
        variant_ids=[row.id for row in rows],
        gone=[variant.id for variant in gone],
        moved_skus={sku for _, sku in before.items() ^ after.items()},
    )


def _product_row(product_id: UUID, draft: ProductDraft, *, slug: str) -> ProductRow:
    return ProductRow(
        id=product_id,
        slug=slug,
        title=draft.title,
        description=draft.description,
        status=draft.status,
        brand_id=draft.brand_id,
        tags=draft.tags,
        options=[OptionSource(each.name, list(each.values)) for each in draft.options],
        seo_title=draft.seo_title,
        seo_description=draft.seo_description,
    )


def _same(row: VariantRow, wanted: VariantDraft, found: VariantSource) -> bool:
    prices = {(p.currency, p.amount, p.compare_at) for p in found.prices}
    return (
        not found.is_archived
        and prices == {(p.currency, p.amount, p.compare_at) for p in wanted.prices}
        and all(
            getattr(row, name) == getattr(found, name)
            for name in row.__struct_fields__
            if name != "product_id"
        )
    )


def _matched(
    drafts: Sequence[VariantDraft], current: ProductSource | None
) -> list[VariantSource | None]:
    """For each draft the existing variant that it is, or None."""
    living_first = sorted(current.variants, key=lambda v: v.is_archived) if current else []
    free = {variant.id: variant for variant in living_first}
    found: list[VariantSource | None] = [None] * len(drafts)

    def take(i: int, variant: VariantSource) -> None:
        found[i] = free.pop(variant.id)

    for i, draft in enumerate(drafts):
        if draft.id is not None:
            if draft.id not in free:
                raise Invalid.field(f"/variants/{i}/id", "is no variant of this product")
            take(i, free[draft.id])
    for same in (_same_sku, _same_options):
        for i, draft in _unmatched(drafts, found):
            match = next((each for each in free.values() if same(draft, each)), None)
            if match is not None:
                take(i, match)
    return found


def _unmatched(
    drafts: Sequence[VariantDraft], found: Sequence[VariantSource | None]
) -> Iterator[tuple[int, VariantDraft]]:
    return ((i, draft) for i, draft in enumerate(drafts) if found[i] is None)


def _same_sku(draft: VariantDraft, variant: VariantSource) -> bool:
    return draft.sku == variant.sku


def _same_options(draft: VariantDraft, variant: VariantSource) -> bool:
    return dict(draft.options) == variant.options


def _merged(draft: ProductDraft, current: ProductSource) -> ProductDraft:
    """The draft, completed by what the product has and the draft leaves out."""
    existing = _matched(draft.variants, current)
    variants = [
        _merged_variant(wanted, found) if found else wanted
        for wanted, found in zip(draft.variants, existing, strict=True)
    ]
    named = {found.id for found in existing if found}
    names = {option.name for option in draft.options}
    kept = [
        variant_draft(variant)
        for variant in current.living_variants
        if variant.id not in named and set(variant.options) == names
    ]
    return replace(
        draft,
        brand_id=draft.brand_id or (current.brand.id if current.brand else None),
        category_ids=draft.category_ids or tuple(each.id for each in current.categories),
        options=checks.with_values_of(draft.options, kept),
        variants=(*variants, *kept),
        seo_title=draft.seo_title or current.seo_title,
        seo_description=draft.seo_description or current.seo_description,
    )


def _merged_variant(wanted: VariantDraft, found: VariantSource) -> VariantDraft:
    named = {price.currency for price in wanted.prices}
    others = (_price_draft(price) for price in found.prices if price.currency not in named)
    return replace(
        wanted,
        id=found.id,
        prices=(*wanted.prices, *others),
        weight_g=found.weight_g if wanted.weight_g is None else wanted.weight_g,
        barcode=wanted.barcode or found.barcode,
        image_id=wanted.image_id or found.image_id,
    )


def _title(options: Sequence[OptionDraft], variant: VariantDraft) -> str:
    values = [variant.options[option.name] for option in options]
    return " / ".join(values) or "Default"


def _sku(
    draft: ProductDraft, variant: VariantDraft, *, letter: Callable[[str], str] = random.choice
) -> str:
    """`HAV-STO-MUG-TER-7K3QX`: the title's words, the option values, random letters."""
    words = wording.no_word.sub(" ", draft.title).split()[:3]
    values = [variant.options[option.name] for option in draft.options][:3]
    parts = [wording.abbreviation(word) for word in (*words, *values)]
    tail = "".join(letter(ALPHABET) for _ in range(TAIL)).upper()
    return "-".join([*filter(None, parts), tail])
