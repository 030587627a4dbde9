"""Whether a draft can be a product: tidy it, then say everything that is wrong with it at once.

Pure. Pointers are those of the request body (`/variants/0/prices/1/currency`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sokoni.catalog.service import wording
from sokoni.catalog.service.drafts import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.kernel.currencies import EXPONENTS
from sokoni.kernel.errors import FieldError
from sokoni.kernel.money import MAX_AMOUNT

MAX_LINE = 255
MAX_DESCRIPTION = 100_000
MAX_OPTIONS = 5
MAX_VARIANTS = 2_000
MAX_TAGS = 250
MAX_CATEGORIES = 100
MAX_WEIGHT_G = 10**8


def tidy(draft: ProductDraft) -> ProductDraft:
    """The same product in plain words, its options spelled out."""
    variants = tuple(_tidy_variant(variant) for variant in draft.variants)
    options = tuple(
        OptionDraft(
            name=wording.line(option.name),
            values=tuple(wording.line(value) for value in option.values),
        )
        for option in draft.options
    )
    return replace(
        draft,
        title=wording.line(draft.title),
        slug=draft.slug.strip() if draft.slug else None,
        description=wording.rich(draft.description),
        category_ids=tuple(dict.fromkeys(draft.category_ids)),
        tags=tuple(dict.fromkeys(tag for each in draft.tags if (tag := wording.line(each)))),
        options=options or options_of(variants),
        variants=variants,
        seo_title=_optional(draft.seo_title),
        seo_description=_optional(draft.seo_description),
    )


def options_of(variants: Sequence[VariantDraft]) -> tuple[OptionDraft, ...]:
    """The options that these variants have, in the order they name them."""
    values: dict[str, dict[str, None]] = {}
    for variant in variants:
        for name, value in variant.options.items():
            values.setdefault(name, {})[value] = None
    return tuple(OptionDraft(name=name, values=tuple(each)) for name, each in values.items())


def with_values_of(
    options: Sequence[OptionDraft], variants: Sequence[VariantDraft]
) -> tuple[OptionDraft, ...]:
    """The options with the values that variants use and they lack."""
    used = {option.name: option.values for option in options_of(variants)}
    return tuple(
        replace(each, values=tuple(dict.fromkeys((*each.values, *used.get(each.name, ())))))
        for each in options
    )


def errors(draft: ProductDraft) -> list[FieldError]:
    """All that is wrong with a tidy draft, whatever the shop already holds."""
    return [*_product_errors(draft), *_option_errors(draft.options), *_variants_errors(draft)]


def _product_errors(draft: ProductDraft) -> Iterator[FieldError]:
    if not draft.title:
        yield FieldError("/title", "must have letters")
    if len(draft.title) > MAX_LINE:
        yield FieldError("/title", f"must have at most {MAX_LINE} characters")
    if draft.slug is not None and not wording.is_slug(draft.slug, prefix="prod"):
        yield FieldError("/slug", "must be lower-case words joined by hyphens, and not reserved")
    if len(draft.description) > MAX_DESCRIPTION:
        yield FieldError("/description", f"must have at most {MAX_DESCRIPTION} characters")
    if len(draft.tags) > MAX_TAGS or any(len(tag) > MAX_LINE for tag in draft.tags):
        yield FieldError("/tags", f"must be at most {MAX_TAGS} of {MAX_LINE} characters")
    if len(draft.category_ids) > MAX_CATEGORIES:
        yield FieldError("/category_ids", f"must be at most {MAX_CATEGORIES}")


def _option_errors(options: Sequence[OptionDraft]) -> Iterator[FieldError]:
    if len(options) > MAX_OPTIONS:
        yield FieldError("/options", f"must be at most {MAX_OPTIONS}")
    seen: set[str] = set()
    for i, option in enumerate(options):
        if not 0 < len(option.name) <= MAX_LINE:
            yield FieldError(f"/options/{i}/name", f"must have 1 to {MAX_LINE} characters")
        if option.name.lower() in seen:
            yield FieldError(f"/options/{i}/name", "is another option's name")
        seen.add(option.name.lower())
        if not option.values or any(not 0 < len(value) <= MAX_LINE for value in option.values):
            yield FieldError(f"/options/{i}/values", f"must have 1 to {MAX_LINE} characters each")
        if len({value.lower() for value in option.values}) < len(option.values):
            yield FieldError(f"/options/{i}/values", "must differ from each other")


def _variants_errors(draft: ProductDraft) -> Iterator[FieldError]:
    if len(draft.variants) > MAX_VARIANTS:
        yield FieldError("/variants", f"must be at most {MAX_VARIANTS}")
        return
    combinations: set[frozenset[tuple[str, str]]] = set()
    skus: set[str] = set()
    ids = [variant.id for variant in draft.variants if variant.id is not None]
    if len(set(ids)) < len(ids):
        yield FieldError("/variants", "must not name one variant twice")
    for i, variant in enumerate(draft.variants):
        yield from _variant_errors(variant, draft.options, at=f"/variants/{i}")
        combination = frozenset(variant.options.items())
        if combination in combinations:
            yield FieldError(f"/variants/{i}/options", "are those of another variant")
        combinations.add(combination)
        if variant.sku is not None and variant.sku in skus:
            yield FieldError(f"/variants/{i}/sku", "is that of another variant")
        skus.add(variant.sku or "")


def _variant_errors(
    variant: VariantDraft, options: Sequence[OptionDraft], *, at: str
) -> Iterator[FieldError]:
    allowed = {option.name: option.values for option in options}
    for name in allowed.keys() - variant.options.keys():
        yield FieldError(f"{at}/options", f"must have a value for {name}")
    for name, value in variant.options.items():
        if name not in allowed:
            yield FieldError(f"{at}/options/{_escaped(name)}", "is not an option of the product")
        elif value not in allowed[name]:
            yield FieldError(f"{at}/options/{_escaped(name)}", "is not a value of this option")
    if variant.sku is not None and not 0 < len(variant.sku) <= MAX_LINE:
        yield FieldError(f"{at}/sku", f"must have 1 to {MAX_LINE} characters")
    if variant.barcode is not None and len(variant.barcode) > MAX_LINE:
        yield FieldError(f"{at}/barcode", f"must have at most {MAX_LINE} characters")
    if variant.weight_g is not None and not 0 <= variant.weight_g <= MAX_WEIGHT_G:
        yield FieldError(f"{at}/weight_g", f"must be 0 to {MAX_WEIGHT_G} grams")
    yield from _price_errors(variant.prices, at=f"{at}/prices")


def _price_errors(prices: Sequence[PriceDraft], *, at: str) -> Iterator[FieldError]:
    seen: set[str] = set()
    for i, price in enumerate(prices):
        if price.currency not in EXPONENTS:
            yield FieldError(f"{at}/{i}/currency", "is not a currency code; write it like EUR")
        if price.currency in seen:
            yield FieldError(f"{at}/{i}/currency", "has a price already")
        seen.add(price.currency)
        if not 0 <= price.amount <= MAX_AMOUNT:
            yield FieldError(f"{at}/{i}/amount", f"must be 0 to {MAX_AMOUNT} minor units")
        if price.compare_at is not None and not 0 <= price.compare_at <= MAX_AMOUNT:
            yield FieldError(f"{at}/{i}/compare_at", f"must be 0 to {MAX_AMOUNT} minor units")


def _tidy_variant(variant: VariantDraft) -> VariantDraft:
    options = {wording.line(name): wording.line(value) for name, value in variant.options.items()}
    return replace(
        variant,
        options=options,
        sku=_optional(variant.sku),
        barcode=_optional(variant.barcode),
    )


def _optional(text: str | None) -> str | None:
    return (wording.line(text) or None) if text is not None else None


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
