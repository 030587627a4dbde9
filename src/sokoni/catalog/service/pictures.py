"""The pictures of a product: added in order, described, moved, taken away.

Encoding and keeping the files (`images`) comes first and outside the transaction. The files stay
when a picture goes: another product may show the same one, and its address was promised to caches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import text

from sokoni.audit import service as audit
from sokoni.catalog import locks, sources
from sokoni.catalog.errors import ProductNotFound, TooManyImages
from sokoni.catalog.images import Encoded
from sokoni.catalog.service import readmodel, wording
from sokoni.catalog.sources import ImageSource, ProductSource
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode, new_id

MOST = 250

WRITE = text("""
    INSERT INTO catalog.images AS i (id, product_id, position, alt, digest, width, height, source)
    SELECT r.id, :product_id, r.position, r.alt, r.digest, r.width, r.height, r.source
    FROM jsonb_to_recordset(CAST(:images AS jsonb)) AS r (
        id uuid, position integer, alt text, digest text, width integer, height integer, source text
    )
    ON CONFLICT (id) DO UPDATE SET position = excluded.position, alt = excluded.alt
""")
LINK = text("""
    UPDATE catalog.variants AS v SET image_id = w.image_id, version = v.version + 1
    FROM unnest(CAST(:variant_ids AS uuid[]), CAST(:image_ids AS uuid[]))
        AS w (variant_id, image_id)
    WHERE v.id = w.variant_id AND v.product_id = :product_id
      AND v.image_id IS DISTINCT FROM w.image_id
""")
DELETE = text("DELETE FROM catalog.images WHERE id = :id RETURNING id")
PRODUCT_OF = text("SELECT product_id FROM catalog.images WHERE id = :id")
TOUCH = text("""
    UPDATE catalog.products SET version = version + 1, updated_at = :now WHERE id = :id
""")


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A kept picture to show; `source` is the address it came from, `variant_ids` show it."""

    encoded: Encoded
    alt: str = ""
    source: str | None = None
    variant_ids: tuple[UUID, ...] = ()


async def add_images(
    tx: WriteSession,
    *,
    product_id: UUID,
    pictures: Sequence[NewPicture],
    actor: str,
    now: datetime,
) -> list[UUID]:
    """Show these pictures after the others, in order; their ids.

    The same picture twice on one product is one: adding it again answers its id.
    """
    product = await _held(tx, product_id)
    by_digest = {image.digest: image for image in product.images}
    ids: list[UUID] = []
    links: dict[UUID, UUID] = {}
    for picture in pictures:
        image = by_digest.setdefault(
            picture.encoded.digest, _image(picture, position=len(by_digest))
        )
        ids.append(image.id)
        links |= dict.fromkeys(picture.variant_ids, image.id)
    if len(by_digest) > MOST:
        raise TooManyImages(f"A product shows at most {MOST} pictures.", most=MOST)
    images = _numbered(list(by_digest.values()))
    subject = encode("prod", product_id)
    added = [each.digest for each in images[len(product.images) :]]
    await _save(tx, product, images, links=links, now=now)
    await audit.record(
        tx,
        actor=actor,
        action="product.images_added",
        subject=subject,
        now=now,
        after={"digests": added},
    )
    return ids


async def revise_image(
    tx: WriteSession,
    *,
    image_id: UUID,
    alt: str | None,
    position: int | None,
    actor: str,
    now: datetime,
) -> ImageSource:
    """Describe the picture anew, or move it to another place (0 is first). `NotFound`."""
    product = await _held(tx, await _product_of(tx, image_id))
    images = list(product.images)
    found = next((image for image in images if image.id == image_id), None)
    if found is None:
        raise NotFound
    changed = msgspec.structs.replace(found, alt=found.alt if alt is None else wording.line(alt))
    place = images.index(found) if position is None else position
    images.remove(found)
    images.insert(place, changed)
    numbered = _numbered(images)
    after = next(image for image in numbered if image.id == image_id)
    await _save(tx, product, numbered, links={}, now=now)
    await audit.record(
        tx,
        actor=actor,
        action="product.image_changed",
        subject=encode("img", image_id),
        now=now,
        before={"alt": found.alt, "position": found.position},
        after={"alt": after.alt, "position": after.position},
    )
    return after


async def delete_image(tx: WriteSession, *, image_id: UUID, actor: str, now: datetime) -> None:
    """Show it no more; variants that showed it show the product's first. `NotFound`."""
    product = await _held(tx, await _product_of(tx, image_id))
    if await tx.scalar(DELETE, {"id": image_id}) is None:
        raise NotFound
    remaining = _numbered([image for image in product.images if image.id != image_id])
    await _save(tx, product, remaining, links={}, now=now)
    await audit.record(
        tx,
        actor=actor,
        action="product.image_deleted",
        subject=encode("img", image_id),
        now=now,
        before={"product": encode("prod", product.id)},
    )


def _image(picture: NewPicture, *, position: int) -> ImageSource:
    encoded = picture.encoded
    return ImageSource(
        id=new_id(),
        position=position,
        alt=wording.line(picture.alt),
        digest=encoded.digest,
        width=encoded.width,
        height=encoded.height,
        source=picture.source,
    )


def _numbered(images: Sequence[ImageSource]) -> list[ImageSource]:
    return [msgspec.structs.replace(image, position=i) for i, image in enumerate(images)]


async def _held(tx: WriteSession, product_id: UUID) -> ProductSource:
    await locks.products(tx, ids=[product_id])
    found = await sources.load(tx, product_ids=[product_id])
    if not found:
        raise ProductNotFound
    return found[0]


async def _product_of(tx: WriteSession, image_id: UUID) -> UUID:
    found: UUID | None = await tx.scalar(PRODUCT_OF, {"id": image_id})
    if found is None:
        raise NotFound
    return found


async def _save(
    tx: WriteSession,
    product: ProductSource,
    images: Sequence[ImageSource],
    *,
    links: Mapping[UUID, UUID],
    now: datetime,
) -> None:
    rows = msgspec.json.encode(images).decode()
    await tx.execute(WRITE, {"product_id": product.id, "images": rows})
    if links:
        wanted = {"variant_ids": list(links), "image_ids": list(links.values())}
        await tx.execute(LINK, {"product_id": product.id, **wanted})
    await tx.execute(TOUCH, {"id": product.id, "now": now})
    await readmodel.rebuild(tx, [product.id])
