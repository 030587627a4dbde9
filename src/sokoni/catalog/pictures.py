"""Pictures out of a multipart form, encoded and kept before the request's transaction begins.

The session of `tx: Tx` connects at its first statement, so nothing is locked meanwhile. Every file
of the form is a picture, whatever its field is called; the fields `alt` describe them in order.
Sending the same files again is harmless: their keys name their content.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from sokoni.catalog import images
from sokoni.catalog.service import NewPicture
from sokoni.kernel.errors import BadRequest, Invalid
from sokoni.kernel.resources import resource
from sokoni.kernel.storage import Storage

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Form:
    """The pictures of a form, kept already, and its text fields."""

    pictures: tuple[NewPicture, ...]
    fields: dict[str, str]


async def _form(request: Request, storage: Annotated[Storage, resource(Storage)]) -> Form:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadRequest("Send the pictures as multipart/form-data.")
    await request.body()  # kept by the request: an Idempotency-Key is compared by the whole body
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES * 2)
    except MultiPartException as error:
        raise BadRequest("The form cannot be read.") from error
    try:
        parts = form.multi_items()
        files = [value for _, value in parts if isinstance(value, UploadFile)]
        alts = [value for name, value in parts if name == "alt" and isinstance(value, str)]
        if not files:
            raise Invalid.field("/files", "must have at least one picture")
        pictures = []
        for i, file in enumerate(files):
            encoded = await images.encode_in_pool(await file.read())
            await images.save(storage, encoded=encoded)
            pictures.append(NewPicture(encoded, alt=alts[i][:255] if i < len(alts) else ""))
        fields = {name: value for name, value in parts if isinstance(value, str)}
        return Form(pictures=tuple(pictures), fields=fields)
    finally:
        await form.close()


KeptPictures = Annotated[Form, Depends(_form)]


def form_body(**fields: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI's `requestBody` of a form with pictures and these other fields."""
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    alts = {"type": "array", "items": {"type": "string"}, "description": "One per file, in order."}
    schema = {
        "type": "object",
        "properties": {**fields, "files": files, "alt": alts},
        "required": [*fields, "files"],
    }
    content = {"multipart/form-data": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}
