"""A picture's way in: fetched and encoded first, then shown in a transaction of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sokoni.catalog import images
from sokoni.catalog import queries as catalogue
from sokoni.catalog import service as catalog
from sokoni.catalog.errors import ProductNotFound, TooManyImages
from sokoni.catalog.images import Encoded
from sokoni.catalog.service import NewPicture
from sokoni.exchange import queries, service
from sokoni.exchange.columns import Column
from sokoni.exchange.models import Picture, PictureState
from sokoni.exchange.tasks import PICTURE_TRIES
from sokoni.kernel import outgoing
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.errors import Invalid, SokoniError
from sokoni.kernel.outgoing import FetchFailed, Network
from sokoni.kernel.storage import Storage

ACCEPT = ("image/*", "application/octet-stream", "binary/octet-stream")
TIMEOUT_SECONDS = 30


async def fetch_picture(
    db: Database,
    storage: Storage,
    *,
    picture_id: UUID,
    now: datetime,
    allow: Sequence[Network] = (),
) -> None:
    """Fetch what a file named, and show it. One that cannot be had becomes a warning.

    Raises `FetchFailed` when a later try may succeed. `allow`: see `outgoing.fetch`.
    """
    async with db.reading() as session:
        picture = await queries.picture(session, picture_id)
        if picture is None or picture.state is not PictureState.QUEUED:
            return
        found = await queries.import_by(session, picture.import_id)
        try:
            product = await catalogue.product_by(session, product=picture.product_id)
        except ProductNotFound:
            return
        known = await queries.fetched(session, product_id=product.id, url=picture.url)
    by_source = [image.id for image in product.images if image.source == picture.url]
    shown = {image.id for image in product.images}
    there = next((each for each in (picture.image_id, *by_source, *known) if each in shown), None)
    try:
        encoded = None if there else await _fetched(picture.url, storage, allow=allow)
        await _show(db, picture, there, encoded, actor=found.actor, now=now)
    except FetchFailed as failure:
        if failure.again and await _may_try_again(db, picture_id):
            raise
        await _give_up(db, picture, failure)
    except (Invalid, TooManyImages) as refusal:
        await _give_up(db, picture, refusal)


async def _fetched(url: str, storage: Storage, *, allow: Sequence[Network]) -> Encoded:
    fetched = await outgoing.fetch(
        url, max_bytes=images.MAX_BYTES, timeout=TIMEOUT_SECONDS, accept=ACCEPT, allow=allow
    )
    encoded = await images.encode_in_pool(fetched.data)
    await images.save(storage, encoded=encoded)
    return encoded


async def _show(
    db: Database,
    picture: Picture,
    there: UUID | None,
    encoded: Encoded | None,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Show the new picture, or give the one that is there its text and place."""

    async def show(tx: WriteSession) -> None:
        image_id = there
        if encoded is not None:
            new = NewPicture(
                encoded=encoded,
                alt=picture.alt,
                source=picture.url,
                variant_ids=tuple(picture.variant_ids),
            )
            (image_id,) = await catalog.add_images(
                tx, product_id=picture.product_id, pictures=[new], actor=actor, now=now
            )
        assert image_id is not None
        await service.place(tx, picture=picture, image_id=image_id, actor=actor, now=now)
        await service.mark_attached(tx, picture_id=picture.id, image_id=image_id)

    await db.run(show)


async def _may_try_again(db: Database, picture_id: UUID) -> bool:
    async with db.transaction() as tx:
        return await service.try_later(tx, picture_id=picture_id) < PICTURE_TRIES


async def _give_up(db: Database, picture: Picture, error: SokoniError) -> None:
    async with db.transaction() as tx:
        if await service.give_up(tx, picture_id=picture.id):
            await service.warn(
                tx,
                import_id=picture.import_id,
                row=picture.row,
                column=Column.IMAGE,
                handle=picture.handle,
                message=f"could not be fetched: {error.detail}",
            )
