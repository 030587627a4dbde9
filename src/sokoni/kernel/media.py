"""`/media/{key}`: the public pictures, as they are kept.

Only pictures leave here; other kinds of file (a CSV, an invoice) answer like a missing one. Keys
are immutable, so an answer may be cached for ever and its ETag is made from the key alone: a
client that has the file is told so without reading it.
"""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from sokoni.kernel.storage import FileMissing, InvalidFileKey, Storage, content_type_of

FOR_EVER = "public, max-age=31536000, immutable"


def handler(storage: Storage) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of `Route("/media/{key:path}", handler(storage))`; raises `FileMissing`."""

    async def media(request: Request) -> Response:
        key: str = request.path_params["key"]
        return await picture(storage, key=key, known=request.headers.get("if-none-match", ""))

    return media


async def picture(storage: Storage, *, key: str, known: str = "") -> Response:
    """Answer with the picture, or 304 if `known` (an If-None-Match header) names it."""
    try:
        content_type = content_type_of(key)
    except InvalidFileKey:
        raise FileMissing from None
    if not content_type.startswith("image/"):
        raise FileMissing
    etag = f'"{sha256(key.encode()).hexdigest()[:24]}"'
    headers = {"ETag": etag, "Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"}
    if etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(await storage.get(key), media_type=content_type, headers=headers)
