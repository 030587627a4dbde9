"""The catalogue's refusal of a product in terms of the file: row and column."""

import re

from sokoni.exchange.columns import Column
from sokoni.exchange.problems import Report
from sokoni.exchange.wanted import FileProduct
from sokoni.kernel.errors import SokoniError

of_variant = re.compile(r"/variants/([0-9]+)/(\w+)")

OF_PRODUCT = {
    "title": Column.TITLE,
    "slug": Column.HANDLE,
    "description": Column.BODY,
    "tags": Column.TAGS,
    "brand": Column.VENDOR,
    "category_ids": Column.CATEGORIES,
}
OF_VARIANT = {
    "sku": Column.SKU,
    "prices": Column.PRICE,
    "weight_g": Column.GRAMS,
    "barcode": Column.BARCODE,
    "image_id": Column.VARIANT_IMAGE,
}


def tell(report: Report, product: FileProduct, refused: SokoniError) -> None:
    """Refuse the product with what the catalogue says of it."""
    errors: list[dict[str, str]] = refused.members.get("errors", [])
    if not errors:
        report.refuse(product.row, None, refused.detail)
    for error in errors:
        row, column = _place(error["pointer"], product)
        report.refuse(row, column, error["message"])


def _place(pointer: str, product: FileProduct) -> tuple[int, str | None]:
    found = of_variant.match(pointer)
    if found is not None and int(found[1]) < len(product.variants):
        column = OF_VARIANT.get(found[2])
        return product.variants[int(found[1])].row or product.row, column and column.value
    of_product = OF_PRODUCT.get(pointer.split("/")[1]) if pointer else None
    return product.row, of_product and of_product.value
