"""Where pictures of ours are seen, as files name them."""

from collections.abc import Callable

from sokoni.catalog import images
from sokoni.exchange.queries import ImageShot
from sokoni.kernel.storage import Storage

AddressOf = Callable[[ImageShot], str]


def in_storage(storage: Storage) -> AddressOf:
    """The address of a picture's largest size."""

    def address_of(image: ImageShot) -> str:
        sizes = images.sizes_of(digest=image.digest, width=image.width, height=image.height)
        return storage.url(sizes[-1].key)

    return address_of
