"""What a product looks like, in ready JSON: its pictures, and the colours it is sold in.

`MEDIA` stands for the media store's address.
"""

from typing import Any

import msgspec

from sokoni.catalog import images
from sokoni.catalog.models import MEDIA
from sokoni.catalog.sources import ImageSource, ProductSource, VariantSource
from sokoni.kernel.ids import encode

COLOUR_OPTIONS = frozenset({"color", "colour", "rangi"})
HOVER_WIDTH = 600  # pixels: a card on a dense screen
MOST_SWATCHES = 8  # a card has room for four, and shows those whose look is known
Json = dict[str, Any]


def second(product: ProductSource) -> ImageSource | None:
    """Another look at the product, rather than the same look at another variant."""
    others = product.images[1:]
    of_variants = {variant.image_id for variant in product.variants}
    return next((each for each in others if each.id not in of_variants), next(iter(others), None))


def colours(product: ProductSource, offered: list[VariantSource]) -> list[str]:
    """The colours of the variants on offer, in the product's order."""
    for option in product.options:
        if option.name.lower() in COLOUR_OPTIONS:
            sold = {variant.options.get(option.name) for variant in offered}
            return [value for value in option.values if value in sold]
    return []


def thumbnail(image: ImageSource) -> Json:
    """The narrowest size, as a ProductCard shows it, and all sizes for `srcset`."""
    sizes = _sizes(image)
    return {**sizes[0], "alt": image.alt, "sizes": sizes}


def hover_image(image: ImageSource) -> Json:
    """One size, sharp on a card: under the pointer of a few, it must not weigh on every list."""
    sizes = _sizes(image)
    wide = next((size for size in sizes if size["width"] >= HOVER_WIDTH), sizes[-1])
    return {**wide, "alt": image.alt}


def image_json(image: ImageSource) -> Json:
    """An Image: its widest size, and all sizes for `srcset`."""
    sizes = _sizes(image)
    return {"id": encode("img", image.id), **sizes[-1], "alt": image.alt, "sizes": sizes}


def _sizes(image: ImageSource) -> list[Json]:
    return [
        {"url": address(size.key), "width": size.width, "height": size.height}
        for size in images.sizes_of(digest=image.digest, width=image.width, height=image.height)
    ]


def address(key: str) -> msgspec.Raw:
    """The address of a picture, with the mark as it is: in any other text JSON escapes it."""
    return msgspec.Raw(f'"{MEDIA}{key}"'.encode())
