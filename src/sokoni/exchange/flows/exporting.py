"""All products as one file, in the order of their handles, in memory that does not grow with it."""

import csv
from collections.abc import AsyncIterator, Iterator
from io import StringIO

from sokoni.exchange import cells, queries
from sokoni.exchange.addresses import AddressOf, in_storage
from sokoni.exchange.columns import Column
from sokoni.exchange.queries import Extent, Snapshot, VariantShot
from sokoni.exchange.variants import DEFAULT_NAME, DEFAULT_VALUE
from sokoni.kernel.db import Database
from sokoni.kernel.spreadsheets import guarded
from sokoni.kernel.storage import Storage

BATCH = 200
SHOPIFY_OPTIONS = 3
BEFORE_OPTIONS = (
    Column.HANDLE,
    Column.TITLE,
    Column.BODY,
    Column.VENDOR,
    Column.TYPE,
    Column.TAGS,
    Column.PUBLISHED,
)
FULFILMENT, SHIPPING, GIFT_CARD = (
    "Variant Fulfillment Service",
    "Variant Requires Shipping",
    "Gift Card",
)
AFTER_OPTIONS = (
    Column.SKU,
    Column.GRAMS,
    Column.TRACKER,
    Column.QUANTITY,
    Column.POLICY,
    FULFILMENT,
    Column.PRICE,
    Column.COMPARE_AT,
    SHIPPING,
    Column.TAXABLE,
    Column.BARCODE,
    Column.IMAGE,
    Column.IMAGE_POSITION,
    Column.IMAGE_ALT,
    GIFT_CARD,
    Column.SEO_TITLE,
    Column.SEO_DESCRIPTION,
    Column.VARIANT_IMAGE,
    Column.WEIGHT_UNIT,
    Column.STATUS,
    Column.CATEGORIES,
)
Line = dict[str, str]


async def export_products(db: Database, storage: Storage, *, currency: str) -> AsyncIterator[bytes]:
    """The file, piece by piece. `currency` is that of `Variant Price`."""
    async with db.reading() as session:
        extent = await queries.extent(session)
    header = _header(extent)
    yield _csv([dict(zip(header, header, strict=True))], header)
    address_of = in_storage(storage)
    slug = ""
    while True:
        async with db.reading() as session:
            batch = await queries.snapshots_after(session, slug=slug, limit=BATCH)
        if not batch:
            return
        lines = [
            line
            for product in batch
            for line in _lines(product, currency=currency, address_of=address_of)
        ]
        yield _csv(lines, header)
        slug = batch[-1].slug


def _header(extent: Extent) -> list[str]:
    numbers = range(1, max(extent.options, SHOPIFY_OPTIONS) + 1)
    return [
        *BEFORE_OPTIONS,
        *(f"Option{number} {what}" for number in numbers for what in ("Name", "Value")),
        *AFTER_OPTIONS,
        *(f"Price / {currency}" for currency in extent.currencies),
        *(f"Compare At Price / {currency}" for currency in extent.currencies),
        *(f"Stock / {location}" for location in extent.locations),
    ]


def _csv(lines: list[Line], header: list[str]) -> bytes:
    out = StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writerows(lines)
    return out.getvalue().encode()


def _lines(product: Snapshot, *, currency: str, address_of: AddressOf) -> Iterator[Line]:
    """A line per variant, or per picture if there are more of them."""
    addresses = {image.id: image.source or address_of(image) for image in product.images}
    for i in range(max(len(product.variants), len(product.images), 1)):
        line: Line = {Column.HANDLE: product.slug}
        if i == 0:
            line |= _of_product(product)
        if i < len(product.variants):
            variant = product.variants[i]
            line |= _of_variant(variant, product, currency=currency, is_first=i == 0)
            if variant.image_id is not None:
                line[Column.VARIANT_IMAGE] = addresses[variant.image_id]
        if i < len(product.images):
            image = product.images[i]
            line[Column.IMAGE] = addresses[image.id]
            line[Column.IMAGE_POSITION] = str(i + 1)
            line[Column.IMAGE_ALT] = guarded(image.alt)
        yield line


def _of_product(product: Snapshot) -> Line:
    return {
        Column.TITLE: guarded(product.title),
        Column.BODY: guarded(product.description),
        Column.VENDOR: guarded(product.brand or ""),
        Column.TAGS: guarded(cells.joined_tags(product.tags)),
        Column.PUBLISHED: _flag(product.status == "active"),
        GIFT_CARD: "false",
        Column.SEO_TITLE: guarded(product.seo_title or ""),
        Column.SEO_DESCRIPTION: guarded(product.seo_description or ""),
        Column.STATUS: product.status,
        Column.CATEGORIES: guarded(cells.joined_paths(product.categories)),
    }


def _of_variant(variant: VariantShot, product: Snapshot, *, currency: str, is_first: bool) -> Line:
    line: Line = {
        Column.SKU: guarded(variant.sku),
        Column.GRAMS: "" if variant.weight_g is None else str(variant.weight_g),
        Column.TRACKER: "shopify",
        Column.QUANTITY: str(sum(each.on_hand for each in variant.levels))
        if variant.levels
        else "",
        Column.POLICY: "deny",
        FULFILMENT: "manual",
        SHIPPING: "true",
        Column.TAXABLE: _flag(variant.taxable),
        Column.BARCODE: guarded(variant.barcode or ""),
        Column.WEIGHT_UNIT: "g",
    }
    for number, option in enumerate(product.options, start=1):
        if is_first:
            line[f"Option{number} Name"] = guarded(option.name)
        line[f"Option{number} Value"] = guarded(variant.options[option.name])
    if not product.options:
        line["Option1 Name"] = DEFAULT_NAME if is_first else ""
        line["Option1 Value"] = DEFAULT_VALUE
    for price in variant.prices:
        amount = cells.decimal(price.amount, price.currency)
        before = "" if price.compare_at is None else cells.decimal(price.compare_at, price.currency)
        line[f"Price / {price.currency}"] = amount
        line[f"Compare At Price / {price.currency}"] = before
        if price.currency == currency:
            line[Column.PRICE], line[Column.COMPARE_AT] = amount, before
    for level in variant.levels:
        line[f"Stock / {level.location}"] = str(level.on_hand)
    return line


def _flag(value: bool) -> str:  # noqa: FBT001 - it is the value itself
    return "true" if value else "false"
