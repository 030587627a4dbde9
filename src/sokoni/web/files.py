"""`/static/…` and the few files at the root: as they were built, packed once, kept by browsers.

Names of the build carry a hash of their content, so they never change; those at the root are asked
for again each time, which costs them a 304.
"""

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import brotli
from starlette.requests import Request
from starlette.responses import Response

from sokoni.kernel.errors import NotFound
from sokoni.web import compressing
from sokoni.web.compressing import BROTLI, GZIP, PLAIN

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, max-age=0, must-revalidate"
PUBLIC = Path(__file__).parent / "public"
HASHED = "assets/"
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
WORTH_PACKING = {".js", ".css", ".svg", ".json", ".map", ".txt", ".xml", ".webmanifest"}
SUFFIXES = {BROTLI: ".br", GZIP: ".gz"}


@dataclass(frozen=True, slots=True)
class File:
    """A file in one encoding."""

    body: bytes
    kind: str
    encoding: str
    etag: str


def answer(
    request: Request, directory: Path, name: str, *, more: Mapping[str, str] | None = None
) -> Response:
    """The file of this name below the directory, with `more` headers; `NotFound`."""
    path = _inside(directory, name)
    if path is None:
        raise NotFound
    encoding = compressing.accepted(request.headers.get("accept-encoding", ""))
    file = _file(path, encoding if path.suffix in WORTH_PACKING else PLAIN, path.stat().st_mtime_ns)
    headers = {
        "ETag": file.etag,
        "Cache-Control": FOR_EVER if name.startswith(HASHED) else ASK_AGAIN,
        "Vary": "Accept-Encoding",
        **(more or {}),
    }
    known = request.headers.get("if-none-match", "")
    if file.etag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        return Response(status_code=304, headers=headers)
    if file.encoding:
        headers["Content-Encoding"] = file.encoding
    return Response(file.body, media_type=file.kind, headers=headers)


def kind_of(path: Path) -> str:
    known = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return known or "application/octet-stream"


def _inside(directory: Path, name: str) -> Path | None:
    """The file, unless its name leads out of the directory or to what is hidden."""
    if "\x00" in name or any(part.startswith(".") for part in name.split("/")):
        return None
    path = directory / name
    return path if path.is_file() and path.resolve().is_relative_to(directory.resolve()) else None


@lru_cache(maxsize=512)
def _file(path: Path, encoding: str, _changed_at: int) -> File:
    body = path.read_bytes()
    etag = f'"{sha256(body).hexdigest()[:24]}{encoding}"'
    if encoding == PLAIN:
        return File(body, kind_of(path), PLAIN, etag)
    ready = path.with_name(path.name + SUFFIXES[encoding])
    if ready.is_file() and ready.stat().st_mtime_ns >= _changed_at:
        return File(ready.read_bytes(), kind_of(path), encoding, etag)
    body = brotli.compress(body, quality=5) if encoding == BROTLI else gzip.compress(body, 6)
    return File(body, kind_of(path), encoding, etag)
