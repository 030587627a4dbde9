"""What a file wants, product by product: drafts for the catalogue, units, pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sokoni.catalog.service import ProductDraft, VariantDraft
from sokoni.exchange.queries import Snapshot, VariantShot

HERE = ""
"""Stands for the location of the import among locations of `units`."""

NOT_IN_FILE = 0
"""The row of a variant that the file leaves out and the product keeps."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the rows of a product.

    `currency` is that of `Variant Price`; `owner_of` the product that has a SKU in the shop;
    `first_row_of` the row that named a SKU first; `images` the product's pictures by address.
    """

    currency: str
    existing: Snapshot | None
    images: Mapping[str, UUID]
    owner_of: Callable[[str], UUID | None]
    first_row_of: Callable[[str, int], int]


@dataclass(frozen=True, slots=True)
class FileVariant:
    """One row's variant. `units` by name of location, `picture` an address or empty."""

    row: int
    draft: VariantDraft
    existing: VariantShot | None
    units: Mapping[str, int]
    picture: str


@dataclass(frozen=True, slots=True)
class FilePicture:
    """A picture that the file names; an `alt` of None is not told."""

    url: str
    alt: str | None
    position: int
    row: int


@dataclass(frozen=True, slots=True)
class FileProduct:
    """A product as the file wants it; brand and categories by name, not yet in the draft."""

    handle: str
    row: int
    draft: ProductDraft
    brand: str
    categories: tuple[tuple[str, ...], ...]
    variants: tuple[FileVariant, ...]
    pictures: tuple[FilePicture, ...]
    existing: Snapshot | None
