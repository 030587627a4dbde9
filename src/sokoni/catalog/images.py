"""Product pictures: whatever a shopkeeper sends becomes WebP in up to three widths.

The keys carry a hash of the encoded bytes, so they are immutable. How a picture is made is
`encoding`.

Decoding takes CPU: services and jobs call `encode_in_pool`, which uses two threads, however many
pictures wait.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sokoni.kernel.errors import Invalid
from sokoni.kernel.storage import Storage

MAX_BYTES = 20 * 1024 * 1024
WIDTHS = (320, 800, 1600)
WEBP = "image/webp"

pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="images")


class ImageRefused(Invalid):
    """This picture cannot be used"""


@dataclass(frozen=True, slots=True)
class Size:
    """One encoded WebP; `width` and `height` in pixels, `key` where it is kept."""

    key: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class KeptSize:
    """Where one size of a kept picture is."""

    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture ready to keep: its own width and height as seen, and one to three sizes."""

    digest: str
    width: int
    height: int
    sizes: tuple[Size, ...]  # narrowest first; never wider than the picture itself


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture as clients see it."""

    url: str
    width: int
    height: int
    alt: str


async def encode_in_pool(data: bytes) -> Encoded:
    """`encode`, without holding up the event loop."""
    return await asyncio.get_running_loop().run_in_executor(pool, encode, data)


async def save(storage: Storage, *, encoded: Encoded) -> None:
    """Keep every size. Safe to repeat: the same picture has the same keys."""
    for size in encoded.sizes:
        await storage.put(size.key, size.data, WEBP)


def thumbnail(
    storage: Storage, *, digest: str, width: int, height: int, alt: str, least: int = WIDTHS[0]
) -> Thumbnail:
    """Where the picture of this digest, width and height is seen, `least` pixels wide or more.

    That is the narrowest size that is wide enough, else the widest; the digest, width and height
    of `Encoded` are all there is to remember of a picture.
    """
    widths = widths_of(width)
    to = next((each for each in widths if each >= least), widths[-1])
    key = key_for(digest=digest, width=to)
    return Thumbnail(
        url=storage.url(key), width=to, height=height_of(to, of=(width, height)), alt=alt
    )


def sizes_of(*, digest: str, width: int, height: int) -> list[KeptSize]:
    """All sizes of a kept picture, narrowest first."""
    return [
        KeptSize(
            key=key_for(digest=digest, width=to), width=to, height=height_of(to, of=(width, height))
        )
        for to in widths_of(width)
    ]


def key_for(*, digest: str, width: int) -> str:
    """Where the size of a picture is kept."""
    return f"products/{digest}_{width}.webp"


def encode(data: bytes) -> Encoded:
    """Check and re-encode a picture; `ImageRefused` says in plain words why not."""
    from sokoni.catalog import encoding  # noqa: PLC0415 - Pillow comes with the first picture

    return encoding.encode(data)


def widths_of(width: int) -> list[int]:
    return [each for each in WIDTHS[:-1] if each < width] + [min(width, WIDTHS[-1])]


def height_of(width: int, *, of: tuple[int, int]) -> int:
    return max(1, round(of[1] * width / of[0]))
