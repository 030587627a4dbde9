"""Staff: the pictures of products."""

from fastapi import status

from sokoni.catalog import queries, service
from sokoni.catalog.admin.callers import AsEditor, Files, product_named
from sokoni.catalog.errors import ProductNotFound, TooManyImages
from sokoni.catalog.pictures import KeptPictures, form_body
from sokoni.catalog.schemas.public import ImageOut
from sokoni.catalog.schemas.staff import image_out
from sokoni.catalog.schemas.writing import ImagePatch
from sokoni.kernel.db import Tx
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import ImageId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api

router = Api(prefix="/admin", tags=["admin.images"])


@router.post(
    "/products/{id_or_slug}/images",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(ProductNotFound, TooManyImages),
    openapi_extra=form_body(),
)
async def add(
    caller: AsEditor, id_or_slug: str, form: KeptPictures, tx: Tx, storage: Files, now: Now
) -> Listed[ImageOut]:
    """Add one or several pictures, in order; the same picture again is the one that is there."""
    product_id = await product_named(tx, id_or_slug)
    ids = await service.add_images(
        tx, product_id=product_id, pictures=form.pictures, actor=caller.actor, now=now
    )
    shown = await queries.product_by(tx, product=product_id)
    added = {image.id: image for image in shown.images}
    return Listed(items=[image_out(added[image_id], storage) for image_id in ids])


@router.patch("/images/{image_id}", responses=problem_responses(NotFound))
async def change(
    caller: AsEditor, image_id: ImageId, body: ImagePatch, tx: Tx, storage: Files, now: Now
) -> ImageOut:
    """Describe a picture, or move it to another place."""
    image = await service.revise_image(
        tx,
        image_id=image_id,
        alt=body.alt,
        position=body.position,
        actor=caller.actor,
        now=now,
    )
    return image_out(image, storage)


@router.delete(
    "/images/{image_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound),
)
async def delete(caller: AsEditor, image_id: ImageId, tx: Tx, now: Now) -> None:
    """Take a picture from its product."""
    await service.delete_image(tx, image_id=image_id, actor=caller.actor, now=now)
