"""A directory and an S3 bucket keep files alike: the same tests run against both."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import httpx
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sokoni.kernel import media
from sokoni.kernel.errors import Invalid
from sokoni.kernel.storage import (
    FileKeyTaken,
    FileMissing,
    InvalidFileKey,
    ObjectStorage,
    Storage,
    StorageUnavailable,
    open_storage,
)

BASE = "https://shop.example"
KEY = "products/0123456789abcdef01234567_320.webp"
WEBP = "image/webp"


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["local", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "local":
        return open_storage(provider="local", directory=tmp_path / "media", base_url=BASE)
    return _on_s3(request.getfixturevalue("s3_endpoint"), bucket=f"shop-{tmp_path.name.lower()}")


def _on_s3(endpoint: str, *, bucket: str, public_url: str = "") -> Storage:
    bucket = bucket.replace("_", "-")[:60]
    httpx.put(f"{endpoint}/{bucket}").raise_for_status()
    return open_storage(
        provider="s3",
        bucket=bucket,
        region="us-east-1",
        endpoint=endpoint,
        access_key_id="test",
        secret_access_key="test",
        base_url=BASE,
        public_url=public_url,
    )


async def test_a_file_comes_back_as_it_was_kept(storage: Storage) -> None:
    assert not await storage.exists(KEY)

    await storage.put(KEY, b"picture", WEBP)

    assert await storage.exists(KEY)
    assert await storage.get(KEY) == b"picture"
    assert storage.url(KEY) == f"{BASE}/media/{KEY}"


async def test_keeping_the_same_file_twice_changes_nothing(storage: Storage) -> None:
    await storage.put(KEY, b"picture", WEBP)
    await storage.put(KEY, b"picture", WEBP)

    assert await storage.get(KEY) == b"picture"


async def test_a_key_is_never_given_other_content(storage: Storage) -> None:
    await storage.put(KEY, b"picture", WEBP)

    with pytest.raises(FileKeyTaken):
        await storage.put(KEY, b"another", WEBP)

    assert await storage.get(KEY) == b"picture"


async def test_a_deleted_file_is_gone_and_may_be_deleted_again(storage: Storage) -> None:
    await storage.put(KEY, b"picture", WEBP)

    await storage.delete(KEY)
    await storage.delete(KEY)

    assert not await storage.exists(KEY)
    with pytest.raises(FileMissing):
        await storage.get(KEY)


@pytest.mark.parametrize(
    "key",
    [
        "../secret.webp",
        "products/../../secret.webp",
        "/etc/passwd.webp",
        "products//a.webp",
        "products/a.webp/",
        "products/a",
        "products/a.html",
        "products/a.svg",
        "products/%2e%2e/a.webp",
        "products\\a.webp",
        "products/a\n.webp",
        "products/a.webp\n",
        "Products/A.webp",
        "",
        f"products/{'a' * 200}.webp",
    ],
)
async def test_a_strange_key_is_refused_everywhere(storage: Storage, key: str) -> None:
    with pytest.raises(InvalidFileKey):
        await storage.put(key, b"x", WEBP)
    with pytest.raises(InvalidFileKey):
        await storage.get(key)
    with pytest.raises(InvalidFileKey):
        await storage.exists(key)
    with pytest.raises(InvalidFileKey):
        await storage.delete(key)
    with pytest.raises(InvalidFileKey):
        storage.url(key)


async def test_the_declared_type_must_match_the_key(storage: Storage) -> None:
    with pytest.raises(InvalidFileKey):
        await storage.put(KEY, b"%PDF", "application/pdf")

    assert not await storage.exists(KEY)


async def test_a_public_bucket_answers_at_its_own_address(s3_endpoint: str) -> None:
    storage = _on_s3(s3_endpoint, bucket="public", public_url="https://cdn.example/")

    assert storage.url(KEY) == f"https://cdn.example/{KEY}"


async def test_s3_knows_the_type_of_each_file(s3_endpoint: str) -> None:
    storage = _on_s3(s3_endpoint, bucket="typed")
    await storage.put(KEY, b"picture", WEBP)

    store = cast("ObjectStorage", storage).store
    found = await store.get_async(KEY)

    assert found.attributes["Content-Type"] == WEBP


async def test_a_bucket_that_is_not_there_is_a_clear_error(s3_endpoint: str) -> None:
    storage = open_storage(
        provider="s3",
        bucket="nobody-made-this",
        region="us-east-1",
        endpoint=s3_endpoint,
        access_key_id="test",
        secret_access_key="test",
    )

    with pytest.raises(StorageUnavailable, match="could not keep"):
        await storage.put(KEY, b"picture", WEBP)


def test_a_directory_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageUnavailable, match="cannot be used for files"):
        open_storage(provider="local", directory=tmp_path / "file" / "media")


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"provider": "local"}, "FILE_STORAGE_DIR"),
        ({"provider": "s3"}, "S3_BUCKET"),
        ({"provider": "s3", "bucket": "b", "access_key_id": "k"}, "S3_SECRET_ACCESS_KEY"),
    ],
)
def test_a_missing_setting_is_named(settings: dict[str, str], name: str) -> None:
    with pytest.raises(Invalid, match=name):
        open_storage(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("endpoint", ["http://s3.example:9000", "http://shop.s3.example:9000"])
def test_virtual_addressing_puts_the_bucket_into_the_host(endpoint: str) -> None:
    storage = open_storage(
        provider="s3", bucket="shop", region="eu-1", endpoint=endpoint, addressing="virtual"
    )

    store = cast("S3Store", cast("ObjectStorage", storage).store)
    assert store.config["endpoint"] == "http://shop.s3.example:9000"


def _browser(storage: Storage) -> httpx.AsyncClient:
    async def missing(_request: Request, _error: Exception) -> Response:
        return Response(status_code=404)

    app = Starlette(
        routes=[Route("/media/{key:path}", media.handler(storage))],
        exception_handlers={FileMissing: missing},
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE)


async def test_a_picture_is_served_for_ever(storage: Storage) -> None:
    await storage.put(KEY, b"picture", WEBP)

    async with _browser(storage) as browser:
        answer = await browser.get(f"/media/{KEY}")
        again = await browser.get(
            f"/media/{KEY}", headers={"If-None-Match": answer.headers["etag"]}
        )
        head = await browser.head(f"/media/{KEY}")

    assert (answer.status_code, answer.content) == (200, b"picture")
    assert answer.headers["content-type"] == WEBP
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == "7"


async def test_only_pictures_leave_through_media(storage: Storage) -> None:
    await storage.put("imports/customers.csv", b"secret", "text/csv")

    async with _browser(storage) as browser:
        for path in [
            "imports/customers.csv",
            KEY,
            "../x.webp",
            "%2e%2e/%2e%2e/x.webp",
            "x.html",
            "",
        ]:
            assert (await browser.get(f"/media/{path}")).status_code == 404, path
