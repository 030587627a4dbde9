"""Whether a file tells a product anything new. Pure; the catalogue's own tidying decides."""

from collections.abc import Sequence

from sokoni.catalog.service import ProductDraft, VariantDraft, checks
from sokoni.exchange.queries import Snapshot, VariantShot


def is_news(
    draft: ProductDraft, existing: Snapshot, variants: Sequence[VariantShot | None]
) -> bool:
    """Whether merging the draft would change the product; `variants` are those of the draft."""
    wanted = checks.tidy(draft)
    return (
        _product_differs(wanted, existing)
        or _variants_come_or_move(wanted, existing, variants)
        or any(
            found is None or _variant_differs(variant, found)
            for variant, found in zip(wanted.variants, variants, strict=True)
        )
    )


def _product_differs(wanted: ProductDraft, existing: Snapshot) -> bool:
    return (
        wanted.title != existing.title
        or wanted.description != existing.description
        or wanted.status != existing.status
        or list(wanted.tags) != existing.tags
        or [(each.name, list(each.values)) for each in wanted.options]
        != [(each.name, each.values) for each in existing.options]
        or wanted.brand_id not in {None, existing.brand_id}
        or set(wanted.category_ids) not in (set(), set(existing.category_ids))
        or wanted.seo_title not in {None, existing.seo_title}
        or wanted.seo_description not in {None, existing.seo_description}
    )


def _variants_come_or_move(
    wanted: ProductDraft, existing: Snapshot, variants: Sequence[VariantShot | None]
) -> bool:
    """The draft's come first, then those that it does not name; some of these may have to go."""
    named = {found.id for found in variants if found is not None}
    names = {option.name for option in wanted.options}
    others = [variant for variant in existing.variants if variant.id not in named]
    if any(set(variant.options) != names for variant in others):
        return True
    after = [found.id for found in variants if found is not None]
    after += [variant.id for variant in others]
    return after != [variant.id for variant in existing.variants]


def _variant_differs(wanted: VariantDraft, found: VariantShot) -> bool:
    prices = {(each.currency, each.amount, each.compare_at) for each in found.prices}
    return (
        dict(wanted.options) != found.options
        or wanted.sku not in {None, found.sku}
        or wanted.weight_g not in {None, found.weight_g}
        or wanted.barcode not in {None, found.barcode}
        or wanted.taxable != found.taxable
        or wanted.image_id not in {None, found.image_id}
        or any(
            (each.currency, each.amount, each.compare_at) not in prices for each in wanted.prices
        )
    )
