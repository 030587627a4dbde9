"""Which column of a file is what: Shopify's names, old and new, and our own.

A mapping says it for files of others: the name in the file → a name of ours, or "" to ignore it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from sokoni.exchange.errors import NotAProductFile
from sokoni.kernel.currencies import EXPONENTS
from sokoni.kernel.errors import Invalid

OPTIONS = 5
"""How many options a product can have; Shopify's files name three."""


class Column(StrEnum):
    """A column by what it means."""

    HANDLE = "Handle"
    TITLE = "Title"
    BODY = "Body (HTML)"
    VENDOR = "Vendor"
    PRODUCT_CATEGORY = "Product Category"
    TYPE = "Type"
    TAGS = "Tags"
    PUBLISHED = "Published"
    STATUS = "Status"
    CATEGORIES = "Categories"
    SKU = "Variant SKU"
    GRAMS = "Variant Grams"
    WEIGHT = "Variant Weight"
    WEIGHT_UNIT = "Variant Weight Unit"
    TRACKER = "Variant Inventory Tracker"
    QUANTITY = "Variant Inventory Qty"
    POLICY = "Variant Inventory Policy"
    PRICE = "Variant Price"
    COMPARE_AT = "Variant Compare At Price"
    TAXABLE = "Variant Taxable"
    BARCODE = "Variant Barcode"
    IMAGE = "Image Src"
    IMAGE_POSITION = "Image Position"
    IMAGE_ALT = "Image Alt Text"
    VARIANT_IMAGE = "Variant Image"
    SEO_TITLE = "SEO Title"
    SEO_DESCRIPTION = "SEO Description"


OTHER_NAMES = {
    Column.HANDLE: ("URL handle",),
    Column.BODY: ("Body HTML", "Body", "Description"),
    Column.PRODUCT_CATEGORY: ("Category",),
    Column.TYPE: ("Product Type", "Custom Product Type"),
    Column.PUBLISHED: ("Published on online store",),
    Column.SKU: ("SKU",),
    Column.GRAMS: ("Weight value (grams)",),
    Column.TRACKER: ("Inventory tracker",),
    Column.QUANTITY: ("Variant Inventory Quantity", "Inventory quantity"),
    Column.POLICY: ("Continue selling when out of stock",),
    Column.PRICE: ("Price",),
    Column.COMPARE_AT: ("Compare-at price", "Compare At Price"),
    Column.TAXABLE: ("Charge tax",),
    Column.BARCODE: ("Barcode",),
    Column.IMAGE: ("Product image URL",),
    Column.VARIANT_IMAGE: ("Variant image URL",),
}
UNTOLD = frozenset({"variant fulfillment service", "variant requires shipping", "gift card"})
"""Columns of our own exports that have no meaning here."""
NO_MAPPING: Mapping[str, str] = {}
MOST_COLUMNS = 500
ABOUT_VARIANTS = (Column.SKU, Column.PRICE, Column.QUANTITY, Column.BARCODE, Column.VARIANT_IMAGE)

option_column = re.compile(r"option([1-5]) (name|value)")
money_column = re.compile(r"(price|compare[- ]at price) / ([a-z]{3})")
stock_column = re.compile(r"\s*stock\s*/\s*(.*\S)\s*", re.IGNORECASE | re.DOTALL)

BY_NAME = {
    name.lower(): column
    for column in Column
    for name in (column.value, *OTHER_NAMES.get(column, ()))
}


TARGETS = (
    *(column.value for column in Column),
    *(f"Option{number} {what}" for number in range(1, OPTIONS + 1) for what in ("Name", "Value")),
)
"""What a column can be; besides these `Price / EUR`, `Compare At Price / EUR`, `Stock / Shop`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column of one file stands. `names` are the file's own, for reports."""

    width: int
    names: tuple[str, ...]
    places: Mapping[Column, int]
    option_names: Mapping[int, int]
    option_values: Mapping[int, int]
    prices: Mapping[str, int]
    compare_ats: Mapping[str, int]
    stocks: Mapping[str, int]
    ignored: tuple[str, ...]
    doubled: tuple[str, ...]

    def has(self, column: Column) -> bool:
        return column in self.places

    def name(self, column: Column) -> str:
        """The column as the file calls it."""
        place = self.places.get(column)
        return column.value if place is None else self.names[place]

    @property
    def options_by_column(self) -> dict[int, str]:
        """Options that no column names, by what the file calls the column of their values."""
        return {
            number: self.names[place]
            for number, place in self.option_values.items()
            if number not in self.option_names and meaning_of(self.names[place]) is None
        }

    @property
    def has_options(self) -> bool:
        return bool(self.option_values)

    @property
    def variant_places(self) -> list[int]:
        """The columns of which one at least is filled in the row of a variant."""
        named = [self.places[column] for column in ABOUT_VARIANTS if column in self.places]
        groups = (self.option_values, self.prices, self.compare_ats, self.stocks)
        return named + [place for group in groups for place in group.values()]


def layout_of(header: Sequence[str], *, mapping: Mapping[str, str] = NO_MAPPING) -> Layout:
    """What the header's columns are. `NotAProductFile` without a handle."""
    places: dict[Column, int] = {}
    groups: dict[str, dict[str, int]] = {}
    ignored, doubled = [], []
    for place, name in enumerate(header):
        meant = mapping.get(name.strip(), name)
        plain = " ".join(meant.split()).lower()
        group, key = _meaning(plain, meant)
        if group == "":
            if plain and plain not in UNTOLD:
                ignored.append(name.strip())
            continue
        taken = places if group == "column" else groups.setdefault(group, {})
        if key in taken:
            doubled.append(name.strip())
        else:
            taken[key] = place  # type: ignore[index]
    if Column.HANDLE not in places:
        found = ", ".join(repr(name) for name in header[:8])
        raise NotAProductFile(
            f"The first row has no column Handle. Its columns are {found}; export the products "
            "from Shopify or from here and keep the first row."
        )
    return Layout(
        width=len(header),
        names=tuple(name.strip() for name in header),
        places=places,
        option_names={int(key): at for key, at in groups.get("option name", {}).items()},
        option_values={int(key): at for key, at in groups.get("option value", {}).items()},
        prices=groups.get("price", {}),
        compare_ats=groups.get("compare", {}),
        stocks=groups.get("stock", {}),
        ignored=tuple(ignored),
        doubled=tuple(doubled),
    )


def meaning_of(name: str) -> str | None:
    """The name under which we know this column, None for one that has no meaning here."""
    group, key = _meaning(" ".join(name.split()).lower(), name)
    match group:
        case "":
            return None
        case "column":
            return Column(key).value
        case "price" | "compare":
            return f"{'Price' if group == 'price' else 'Compare At Price'} / {key}"
        case "stock":
            return f"Stock / {key}"
        case _:
            return f"Option{key} {group.removeprefix('option ').title()}"


def checked_mapping(sent: str | None) -> dict[str, str]:
    """A mapping as a form carries it: `{"Our number": "Handle", "Colour": ""}`. Raises Invalid."""
    if not sent:
        return {}
    try:
        mapping = msgspec.json.decode(sent, type=dict[str, str])
    except (msgspec.DecodeError, RecursionError):
        raise Invalid.field(
            "/mapping", 'must be a JSON object of texts, like {"Our number": "Handle"}'
        ) from None
    if len(mapping) > MOST_COLUMNS:
        raise Invalid.field("/mapping", f"must name at most {MOST_COLUMNS} columns")
    for meant in mapping.values():
        if meant and meaning_of(meant) is None:
            raise Invalid.field("/mapping", f"{meant[:80]!r} is not a column of products")
    return {name.strip(): meant for name, meant in mapping.items()}


def _meaning(plain: str, name: str) -> tuple[str, str]:
    """The group that a column belongs to, and its key there; a group of "" has no meaning."""
    if plain in BY_NAME:
        return "column", BY_NAME[plain]
    if found := option_column.fullmatch(plain):
        return f"option {found[2]}", found[1]
    if found := money_column.fullmatch(plain):
        group = "price" if found[1] == "price" else "compare"
        return (group, found[2].upper()) if found[2].upper() in EXPONENTS else ("", "")
    if found := stock_column.fullmatch(name):
        return "stock", found[1]
    return "", ""
