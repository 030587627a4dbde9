"""Pictures that files name: queued with their products, and noted when they came or did not.

The picture's row says what is wanted; the job holds only its id. A picture that is there already
gets a job when its text or its place changes, and is not fetched again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from sokoni.catalog import queries as catalogue
from sokoni.catalog import service as catalog
from sokoni.exchange.models import Picture, PictureState
from sokoni.exchange.tasks import FetchPicture
from sokoni.exchange.wanted import FileProduct
from sokoni.kernel import jobs
from sokoni.kernel.db import WriteSession
from sokoni.kernel.ids import new_id

LAST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """A picture that has to come, or with an `image_id` one that is there and has to change."""

    product_id: UUID
    url: str
    alt: str
    position: int
    row: int
    handle: str
    variant_ids: tuple[UUID, ...]
    image_id: UUID | None


def wanted_of(
    product: FileProduct,
    product_id: UUID,
    variant_ids: Mapping[int, UUID],
    images: Mapping[str, UUID],
) -> list[WantedPicture]:
    """Which of the file's pictures the product lacks, or shows otherwise. Pure."""
    shown = product.existing.images if product.existing else []
    alts = {image.id: image.alt for image in shown}
    order = [image.id for image in shown]
    moves = _moves([images.get(picture.url) for picture in product.pictures], shown=order)
    found = []
    told: set[UUID] = set()
    for position, picture in enumerate(product.pictures):
        image_id = images.get(picture.url)
        if image_id in told:
            continue  # another address of the same picture: the first says how it is shown
        told |= {image_id} if image_id else set()
        kept_alt = alts.get(image_id, "") if image_id else ""
        alt = kept_alt if picture.alt is None else picture.alt
        if image_id is None or moves or alt != kept_alt:
            showing = tuple(
                variant_ids[variant.row]
                for variant in product.variants
                if variant.picture == picture.url
            )
            found.append(
                WantedPicture(
                    product_id=product_id,
                    url=picture.url,
                    alt=alt,
                    position=position,
                    row=picture.row,
                    handle=product.handle,
                    variant_ids=showing,
                    image_id=image_id,
                )
            )
    return found


async def want(tx: WriteSession, *, import_id: UUID, wanted: Sequence[WantedPicture]) -> None:
    """Queue them, each as a job. Two statements."""
    if not wanted:
        return
    ids = [new_id() for _ in wanted]
    rows = [
        {
            "id": picture_id,
            "import_id": import_id,
            "product_id": each.product_id,
            "url": each.url,
            "alt": each.alt,
            "position": each.position,
            "row": each.row,
            "handle": each.handle,
            "variant_ids": list(each.variant_ids),
            "image_id": each.image_id,
        }
        for picture_id, each in zip(ids, wanted, strict=True)
    ]
    await tx.execute(insert(Picture), rows)
    await jobs.enqueue_many(tx, [FetchPicture(picture_id=picture_id) for picture_id in ids])


def _moves(wanted: Sequence[UUID | None], *, shown: Sequence[UUID]) -> bool:
    """Whether pictures that are there stand otherwise than the file wants, or will when all came.

    A picture that has to come (None) will stand last.
    """
    known = list(dict.fromkeys(each for each in wanted if each is not None))
    last_known = max((i for i, each in enumerate(wanted) if each is not None), default=-1)
    return None in wanted[:last_known] or known != [each for each in shown if each in set(known)]


async def place(
    tx: WriteSession, *, picture: Picture, image_id: UUID, actor: str, now: datetime
) -> None:
    """Give the picture its text, and its place among those that the same file placed before.

    Those stay in order, so when the last has its place, all have; others keep theirs.
    """
    product = await catalogue.product_by(tx, product=picture.product_id)
    positions = await _positions(tx, picture)
    order = [image.id for image in product.images]
    others = [each for each in order if each != image_id]
    after = {each for each in others if positions.get(each, -1) > picture.position}
    before = {each for each in others if positions.get(each, LAST) < picture.position}
    index = order.index(image_id)
    if after & set(order[:index]) or before & set(order[index:]):
        index = next((i for i, each in enumerate(others) if each in after), len(others))
    shown = next(image for image in product.images if image.id == image_id)
    if shown.alt != picture.alt or order[index] != image_id:
        await catalog.revise_image(
            tx, image_id=image_id, alt=picture.alt, position=index, actor=actor, now=now
        )


async def _positions(tx: WriteSession, picture: Picture) -> dict[UUID, int]:
    """The places that the file gave to pictures of the product so far."""
    query = (
        select(Picture.image_id, Picture.position)
        .where(
            Picture.product_id == picture.product_id,
            Picture.import_id == picture.import_id,
            Picture.state == PictureState.ATTACHED,
        )
        .order_by(Picture.position.desc())
    )
    rows = await tx.execute(query)
    return {row.image_id: row.position for row in rows if row.image_id is not None}


async def mark_attached(tx: WriteSession, *, picture_id: UUID, image_id: UUID) -> None:
    await tx.execute(
        update(Picture)
        .where(Picture.id == picture_id)
        .values(state=PictureState.ATTACHED, image_id=image_id)
    )


async def give_up(tx: WriteSession, *, picture_id: UUID) -> bool:
    """Note that the picture will not come; False if that is known."""
    given_up = await tx.scalar(
        update(Picture)
        .where(Picture.id == picture_id, Picture.state == PictureState.QUEUED)
        .values(state=PictureState.FAILED)
        .returning(Picture.id)
    )
    return given_up is not None


async def try_later(tx: WriteSession, *, picture_id: UUID) -> int:
    """Count a try that did not succeed; how many there have been."""
    tries: int | None = await tx.scalar(
        update(Picture)
        .where(Picture.id == picture_id)
        .values(tries=Picture.tries + 1)
        .returning(Picture.tries)
    )
    return tries or 0
