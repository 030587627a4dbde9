"""Pictures that a file names follow by jobs: fetched once, in order; those that fail are told."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest
from sqlalchemy import text

from sokoni.exchange import queries
from sokoni.exchange.flows import fetching
from sokoni.exchange.queries import Told
from sokoni.kernel.db import Database
from sokoni.kernel.outgoing import FetchFailed
from sokoni.kernel.storage import Storage
from sokoni.kernel.worker import Worker
from tests.catalog.factories import picture as png
from tests.exchange.factories import NOW, Ended, export, product, run_import, table

LOOPBACK = [ip_network("127.0.0.0/8")]
HEADER = (
    "Handle",
    "Title",
    "Option1 Name",
    "Option1 Value",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Variant Image",
)
NO_PICTURE = "the file is not a JPEG, PNG, WebP, GIF or AVIF picture, or it is damaged"


class Pictures:
    """A server on loopback with some pictures; counts what was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | int] = {}
        self.asked: list[str] = []
        self.port = 0

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        name = request.split(b" ")[1].decode().lstrip("/")
        self.asked.append(name)
        found = self.files.get(name, 404)
        if isinstance(found, int):
            writer.write(f"HTTP/1.1 {found} No\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            head = f"Content-Type: image/png\r\nContent-Length: {len(found)}\r\n\r\n"
            writer.write(b"HTTP/1.1 200 OK\r\n" + head.encode() + found)
        await writer.drain()
        writer.close()


@pytest.fixture
async def pictures() -> AsyncIterator[Pictures]:
    made = Pictures()
    for color in ("teal", "red", "blue"):
        made.files[color] = png(color)
    listener = await asyncio.start_server(made.talk, "127.0.0.1", 0)
    made.port = listener.sockets[0].getsockname()[1]
    yield made
    listener.close()


async def fetch_all(db: Database, storage: Storage, *, backwards: bool = False) -> None:
    """What the jobs do, on a network where loopback may be fetched."""
    async with db.reading() as session:
        found = await session.scalars(
            text("SELECT id FROM exchange.pictures WHERE state = 'queued' ORDER BY id")
        )
        ids = list(found)
    for picture_id in reversed(ids) if backwards else ids:
        await fetching.fetch_picture(db, storage, picture_id=picture_id, now=NOW, allow=LOOPBACK)


async def report(db: Database, ended: Ended) -> list[Told]:
    async with db.reading() as session:
        return (await queries.problems(session, ended.found.id, limit=100)).items


def mugs(pictures: Pictures) -> bytes:
    return table(
        HEADER,
        ("mug", "Mug", "Color", "Teal", pictures.url("teal"), 2, "Teal mug"),
        ("mug", "", "", "Red", pictures.url("red"), 1, "Red mug", pictures.url("red")),
        ("mug", "", "", "", pictures.url("blue"), 3, ""),
    )


@pytest.mark.parametrize("backwards", [False, True])
async def test_pictures_come_in_the_order_of_the_file_whoever_comes_first(
    db: Database,
    storage: Storage,
    pictures: Pictures,
    backwards: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    await run_import(db, storage, mugs(pictures))

    await fetch_all(db, storage, backwards=backwards)

    found = await product(db, "mug")
    assert [(image.source, image.alt) for image in found.images] == [
        (pictures.url("red"), "Red mug"),
        (pictures.url("teal"), "Teal mug"),
        (pictures.url("blue"), ""),
    ]
    assert [variant.image_id for variant in found.variants] == [None, found.images[0].id]


async def test_the_same_file_again_fetches_nothing(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    await run_import(db, storage, mugs(pictures))
    await fetch_all(db, storage)

    again = await run_import(db, storage, mugs(pictures))
    await fetch_all(db, storage)

    assert again.counts == (0, 0, 1, 0)
    assert sorted(pictures.asked) == ["blue", "red", "teal"]


async def test_a_picture_that_two_imports_wait_for_is_fetched_once(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    await run_import(db, storage, mugs(pictures))
    await run_import(db, storage, mugs(pictures))

    await fetch_all(db, storage)

    assert sorted(pictures.asked) == ["blue", "red", "teal"]
    async with db.reading() as session:
        states = list(await session.scalars(text("SELECT DISTINCT state FROM exchange.pictures")))
    assert states == ["attached"]


@pytest.mark.parametrize("between", [True, False], ids=["each fetched", "both waiting"])
async def test_two_addresses_of_one_picture_are_one_picture(
    db: Database,
    storage: Storage,
    pictures: Pictures,
    between: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Each is fetched once, whether the second import finds it fetched or still waits for it."""
    pictures.files["copy"] = pictures.files["teal"]
    rows = [("mug", "Mug", "", "", pictures.url("teal")), ("mug", "", "", "", pictures.url("copy"))]

    await run_import(db, storage, table(HEADER, *rows))
    if between:
        await fetch_all(db, storage)
    await run_import(db, storage, table(HEADER, *rows))
    await fetch_all(db, storage)

    assert len((await product(db, "mug")).images) == 1
    assert sorted(pictures.asked) == ["copy", "teal"]


async def test_the_first_of_two_addresses_says_the_text_and_then_nothing_is_queued(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    pictures.files["copy"] = pictures.files["teal"]
    data = table(
        HEADER,
        ("mug", "Mug", "", "", pictures.url("teal"), 1, "Teal"),
        ("mug", "", "", "", pictures.url("copy"), 2, "Copy"),
    )

    for _ in range(2):
        await run_import(db, storage, data)
        await fetch_all(db, storage)
    third = await run_import(db, storage, data)

    assert [image.alt for image in (await product(db, "mug")).images] == ["Teal"]
    async with db.reading() as session:
        counts = await queries.picture_counts(session, third.found.id)
    assert (counts.queued, counts.attached, counts.failed) == (0, 0, 0)


async def test_a_new_text_or_place_is_written_without_fetching_again(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    await run_import(db, storage, mugs(pictures))
    await fetch_all(db, storage)
    changed = mugs(pictures).replace(b",2,Teal mug", b",0,A mug in teal")

    await run_import(db, storage, changed)
    await fetch_all(db, storage)

    assert [image.alt for image in (await product(db, "mug")).images] == [
        "A mug in teal",
        "Red mug",
        "",
    ]
    assert len(pictures.asked) == 3


async def test_exported_pictures_are_known_when_they_come_back(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    await run_import(db, storage, mugs(pictures))
    await fetch_all(db, storage)
    exported = await export(db, storage)

    again = await run_import(db, storage, exported)
    await fetch_all(db, storage)

    assert again.counts == (0, 0, 1, 0)
    assert len(pictures.asked) == 3
    assert await export(db, storage) == exported


async def test_an_unreachable_picture_is_a_warning_and_the_product_stays(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    pictures.files["text"] = b"no picture at all"
    rows = [
        ("mug", "Mug", "", "", pictures.url("gone")),
        ("mug", "", "", "", pictures.url("text")),
        ("mug", "", "", "", pictures.url("teal")),
    ]
    ended = await run_import(db, storage, table(HEADER, *rows))

    await fetch_all(db, storage)

    told = [(each.severity, each.row, each.message) for each in await report(db, ended)]
    assert [line for line in told if "fetched" in line[2]] == [
        ("warning", 2, "could not be fetched: the server answered 404"),
        (
            "warning",
            3,
            f"could not be fetched: {NO_PICTURE}",
        ),
    ]
    assert [image.source for image in (await product(db, "mug")).images] == [pictures.url("teal")]
    async with db.reading() as session:
        counts = await queries.picture_counts(session, ended.found.id)
    assert (counts.queued, counts.attached, counts.failed) == (0, 1, 2)


async def test_a_server_in_trouble_is_asked_again_a_few_times(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    pictures.files["busy"] = 503
    ended = await run_import(
        db, storage, table(HEADER, ("mug", "Mug", "", "", pictures.url("busy")))
    )

    for _ in range(3):
        with pytest.raises(FetchFailed):
            await fetch_all(db, storage)
    await fetch_all(db, storage)

    assert pictures.asked == ["busy"] * 4
    messages = [each.message for each in await report(db, ended)]
    assert "could not be fetched: the server answered 503" in messages


async def test_the_jobs_refuse_private_addresses(
    db: Database, storage: Storage, worker: Worker, pictures: Pictures
) -> None:
    ended = await run_import(
        db, storage, table(HEADER, ("mug", "Mug", "", "", pictures.url("teal")))
    )

    await worker.until_idle()

    messages = [each.message for each in await report(db, ended)]
    assert "could not be fetched: the host is not on the public internet" in messages
    assert pictures.asked == []


async def test_without_pictures_none_is_asked_for(
    db: Database, storage: Storage, pictures: Pictures
) -> None:
    await run_import(db, storage, mugs(pictures), with_pictures=False)
    await fetch_all(db, storage)

    assert pictures.asked == []
