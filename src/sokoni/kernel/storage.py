"""Files of the shop (pictures, documents) in a local directory or any S3, by one port.

Keys are immutable: a key names its content (it carries a hash), so a file under a key is never
replaced. `put` of the same bytes again is fine; of other bytes it is a `Conflict`, decided by the
store itself (create-only writes), not by looking first. The type of a file follows from the end of
its key, the same in every store; only the types in `CONTENT_TYPES` can be kept at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, S3Store

from sokoni.kernel.errors import Conflict, Invalid, NotFound, Unavailable

CONTENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "avif": "image/avif",
        "csv": "text/csv",
        "gif": "image/gif",
        "jpg": "image/jpeg",
        "json": "application/json",
        "pdf": "application/pdf",
        "png": "image/png",
        "webp": "image/webp",
    }
)
MAX_KEY = 200
key_pattern = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*\.[a-z0-9]+")

Provider = Literal["local", "s3"]
Addressing = Literal["path", "virtual"]


class FileMissing(NotFound):
    """There is no such file"""


class FileKeyTaken(Conflict):
    """Another file has this key"""


class InvalidFileKey(Invalid):
    """This is not a key that files can have"""


class StorageUnavailable(Unavailable):
    """The file storage cannot be reached or refuses us"""


class Storage(Protocol):
    """Where files are kept. `StorageUnavailable` from any method: the store does not answer."""

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep a file. Safe to repeat; `FileKeyTaken` if the key holds other bytes."""

    async def get(self, key: str) -> bytes:
        """The file, or `FileMissing`."""

    async def delete(self, key: str) -> None:
        """Remove the file; nothing happens if there is none."""

    async def exists(self, key: str) -> bool:
        """Whether there is a file under this key."""

    def url(self, key: str) -> str:
        """Where buyers fetch the file."""


@dataclass(frozen=True, slots=True)
class ObjectStorage:
    """`Storage` on an object store. `prefix` is what precedes a key in its public address."""

    store: LocalStore | S3Store
    prefix: str
    keeps_types: bool  # S3 answers with the type we gave it; a directory knows only names

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        if content_type_of(key) != content_type:
            raise InvalidFileKey(f"{key!r} does not name a file of type {content_type}")
        attributes: Any = {"Content-Type": content_type} if self.keeps_types else None
        try:
            await self.store.put_async(
                key, data, attributes=attributes, mode="create", use_multipart=False
            )
        except AlreadyExistsError:
            if await self.get(key) != data:
                raise FileKeyTaken(f"another file is kept under {key!r}") from None
        except (BaseError, OSError) as error:
            raise _unavailable("keep", key) from error

    async def get(self, key: str) -> bytes:
        content_type_of(key)
        try:
            found = await self.store.get_async(key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise FileMissing(f"there is no file {key!r}") from None
        except (BaseError, OSError) as error:
            raise _unavailable("read", key) from error

    async def delete(self, key: str) -> None:
        content_type_of(key)
        try:
            await self.store.delete_async(key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise _unavailable("delete", key) from error

    async def exists(self, key: str) -> bool:
        content_type_of(key)
        try:
            await self.store.head_async(key)
        except FileNotFoundError:
            return False
        except (BaseError, OSError) as error:
            raise _unavailable("look for", key) from error
        return True

    def url(self, key: str) -> str:
        content_type_of(key)
        return f"{self.prefix}/{key}"


@lru_cache(maxsize=4096)
def content_type_of(key: str) -> str:
    """The type of the file under a key; `InvalidFileKey` for anything that is not a key of ours."""
    kind = CONTENT_TYPES.get(key.rpartition(".")[2])
    if len(key) > MAX_KEY or not key_pattern.fullmatch(key) or kind is None:
        raise InvalidFileKey(f"{key[:MAX_KEY]!r} is not a key that files can have")
    return kind


def open_storage(
    *,
    provider: Provider,
    base_url: str = "",
    directory: Path | None = None,
    bucket: str | None = None,
    region: str | None = None,
    endpoint: str | None = None,
    access_key_id: str | None = None,
    secret_access_key: str | None = None,
    public_url: str | None = None,
    addressing: Addressing = "path",
) -> Storage:
    """The storage that the settings name; nothing is contacted yet.

    Files are fetched at `{base_url}/media/{key}` from us, or at `{public_url}/{key}` when an S3
    bucket is public (by a CDN, say). Without keys, S3 uses the credentials of the machine.
    """
    if provider == "local":
        if directory is None:
            raise Invalid("FILE_STORAGE_DIR is needed when FILE_STORAGE_PROVIDER is local")
        return _local(directory, prefix=f"{base_url.rstrip('/')}/media")
    if not bucket:
        raise Invalid("S3_BUCKET is needed when FILE_STORAGE_PROVIDER is s3")
    if bool(access_key_id) != bool(secret_access_key):
        raise Invalid("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: set both or neither")
    store = _s3(
        bucket=bucket,
        region=region,
        endpoint=endpoint,
        access_key_id=access_key_id,
        secret_access_key=secret_access_key,
        addressing=addressing,
    )
    prefix = public_url.rstrip("/") if public_url else f"{base_url.rstrip('/')}/media"
    return ObjectStorage(store=store, prefix=prefix, keeps_types=True)


def _local(directory: Path, *, prefix: str) -> ObjectStorage:
    try:
        store = LocalStore(directory, mkdir=True)
    except (BaseError, OSError) as error:
        raise StorageUnavailable(f"the directory {directory} cannot be used for files") from error
    return ObjectStorage(store=store, prefix=prefix, keeps_types=False)


def _s3(
    *,
    bucket: str,
    region: str | None,
    endpoint: str | None,
    access_key_id: str | None,
    secret_access_key: str | None,
    addressing: Addressing,
) -> S3Store:
    virtual = addressing == "virtual"
    options: dict[str, Any] = {"virtual_hosted_style_request": virtual}
    if endpoint:
        options["endpoint"] = _with_bucket(endpoint, bucket) if virtual else endpoint
    if region:
        options["region"] = region
    if access_key_id:
        options |= {"access_key_id": access_key_id, "secret_access_key": secret_access_key}
    client: Any = {"allow_http": (endpoint or "").startswith("http://"), "timeout": "20s"}
    retries: Any = {"max_retries": 2}
    try:
        return S3Store(bucket, client_options=client, retry_config=retries, **options)
    except (BaseError, ValueError) as error:
        raise Invalid(f"the S3 settings are not usable: {type(error).__name__}") from error


def _with_bucket(endpoint: str, bucket: str) -> str:
    """With virtual addressing the store expects the bucket in the endpoint's host already."""
    parts = urlsplit(endpoint)
    if parts.netloc.startswith(f"{bucket}."):
        return endpoint
    return parts._replace(netloc=f"{bucket}.{parts.netloc}").geturl()


def _unavailable(verb: str, key: str) -> StorageUnavailable:
    return StorageUnavailable(f"the file storage could not {verb} {key!r}")
