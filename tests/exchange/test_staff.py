"""Staff send files, watch them go in, read what is wrong, and download everything."""

import csv
import json
from typing import Any

import pytest
from httpx import AsyncClient, Response

from sokoni.exchange import service
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from sokoni.kernel.worker import Worker
from sokoni.markets import service as markets
from tests.catalog.factories import MUG, create
from tests.exchange.factories import FILES, run_import, table
from tests.identity.factories import signed_in, staff

IMPORTS = "/api/v1/admin/imports"
EXPORT = "/api/v1/admin/exports/products.csv"
BLANK_SKUS = (FILES / "blank_skus.csv").read_bytes()


@pytest.fixture
async def editor(client: AsyncClient, db: Database) -> dict[str, str]:
    return await staff(client, db, Permission.CATALOG_WRITE, Permission.CATALOG_READ)


async def send(
    client: AsyncClient, headers: dict[str, str], data: bytes, **form: str
) -> dict[str, Any]:
    answer = await client.post(
        IMPORTS, headers=headers, files={"file": ("a/../mugs.csv", data, "text/csv")}, data=form
    )
    assert answer.status_code == 202, answer.text
    made: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"{IMPORTS}/{made['id']}"
    return made


async def test_a_sent_file_goes_in_by_the_worker(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    made = await send(client, editor, BLANK_SKUS, with_pictures="false")

    await worker.until_idle()

    shown = (await client.get(f"{IMPORTS}/{made['id']}", headers=editor)).json()
    assert (made["status"], made["filename"], made["dry_run"]) == ("queued", "mugs.csv", False)
    assert made["options"] == {
        "currency": "EUR",
        "stock": "create",
        "location": None,
        "with_pictures": False,
        "mapping": {},
    }
    assert shown["status"] == "done"
    assert shown["progress"] == {
        "bytes_total": len(BLANK_SKUS),
        "bytes_done": len(BLANK_SKUS),
        "rows_total": 5,
        "rows_done": 5,
        "rows_refused": 0,
    }
    assert shown["products"] == {"created": 2, "updated": 0, "unchanged": 0, "refused": 0}
    assert shown["pictures"] == {"queued": 0, "attached": 0, "failed": 0}
    product = await client.get("/api/v1/products/varsity-top?currency=EUR")
    assert product.json()["title"] == "Classic Varsity Top"


async def test_a_dry_run_writes_nothing(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    made = await send(client, editor, BLANK_SKUS, dry_run="true")

    await worker.until_idle()

    shown = (await client.get(f"{IMPORTS}/{made['id']}", headers=editor)).json()
    assert (shown["status"], shown["dry_run"], shown["products"]["created"]) == ("done", True, 2)
    assert (await client.get("/api/v1/products/varsity-top")).status_code == 404


async def test_errors_are_read_page_by_page(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    rows = [(f"mug-{i}", "Mug", "five") for i in range(5)]
    made = await send(client, editor, table(("Handle", "Title", "Variant Price"), *rows))
    await worker.until_idle()

    seen: list[tuple[str, int, str, str]] = []
    cursor: str | None = None
    for _ in range(3):
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await client.get(f"{IMPORTS}/{made['id']}", headers=editor, params=query)).json()
        seen += [
            (each["severity"], each["row"], each["column"], each["handle"])
            for each in page["errors"]["items"]
        ]
        cursor = page["errors"]["next_cursor"]

    assert seen == [("error", i + 2, "Variant Price", f"mug-{i}") for i in range(5)]
    assert cursor is None
    assert page["progress"]["rows_refused"] == 5


async def test_imports_are_listed_newest_first(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    made = [await send(client, editor, BLANK_SKUS, dry_run="true") for _ in range(3)]
    await worker.until_idle()

    first = (await client.get(IMPORTS, headers=editor, params={"limit": "2"})).json()
    cursor = {"limit": "2", "cursor": first["next_cursor"]}
    second = (await client.get(IMPORTS, headers=editor, params=cursor)).json()

    listed = [each["id"] for each in [*first["items"], *second["items"]]]
    assert listed == [each["id"] for each in reversed(made)]
    assert second["next_cursor"] is None


async def test_an_unreadable_file_says_why(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    made = await send(client, editor, b"\x89PNG\r\n\x1a\n\0\0")

    await worker.until_idle()

    shown = (await client.get(f"{IMPORTS}/{made['id']}", headers=editor)).json()
    assert shown["status"] == "failed"
    assert shown["error"] == "Row 1 is not UTF-8 text; save the file as 'CSV UTF-8'."


async def test_an_error_of_ours_ends_the_import_and_is_told(
    client: AsyncClient,
    editor: dict[str, str],
    worker: Worker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_arguments: object, **_more: object) -> None:
        raise LookupError

    monkeypatch.setattr(service, "apply_batch", broken)
    made = await send(client, editor, BLANK_SKUS)

    await worker.until_idle()

    shown = (await client.get(f"{IMPORTS}/{made['id']}", headers=editor)).json()
    assert shown["status"] == "failed"
    assert shown["error"] == "An error of ours (LookupError) stopped it; what went in stays."


async def test_a_queued_import_can_be_cancelled_once(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    made = await send(client, editor, BLANK_SKUS)
    address = f"{IMPORTS}/{made['id']}/cancel"

    first = await client.post(address, headers=editor)
    second = await client.post(address, headers=editor)
    await worker.until_idle()

    assert (first.status_code, first.json()["status"]) == (200, "cancelled")
    assert (second.status_code, second.json()["type"]) == (409, "/problems/import-ended")
    assert (await client.get("/api/v1/products/varsity-top")).status_code == 404


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"currency": "XXX"}, "/currency"),
        ({"location": "Nowhere"}, "/location"),
    ],
)
async def test_an_option_that_means_nothing_is_refused(
    client: AsyncClient,
    editor: dict[str, str],
    db: Database,
    storage: Storage,
    form: dict[str, str],
    pointer: str,
) -> None:
    await run_import(db, storage, BLANK_SKUS)  # opens the first location

    files = {"file": ("mugs.csv", BLANK_SKUS, "text/csv")}
    answer = await client.post(IMPORTS, headers=editor, files=files, data=form)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_the_same_key_imports_once(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    headers = {**editor, "Idempotency-Key": "once"}

    first = await send(client, headers, BLANK_SKUS)
    second = await send(client, headers, BLANK_SKUS)

    assert second["id"] == first["id"]
    listed = await client.get(IMPORTS, headers=editor)
    assert len(listed.json()["items"]) == 1
    await worker.until_idle()


async def test_products_are_downloaded_as_a_file(
    client: AsyncClient, editor: dict[str, str], db: Database
) -> None:
    await create(db, MUG)

    answer = await client.get(EXPORT, headers=editor)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="products.csv"'
    header, first, second = answer.text.splitlines()
    assert header.endswith("Price / EUR,Price / TZS,Compare At Price / EUR,Compare At Price / TZS")
    assert first.startswith("haven-stoneware-mug,Haven Stoneware Mug,")
    assert second.startswith("haven-stoneware-mug,,,,,,,,Sage,")


@pytest.mark.parametrize(("method", "path"), [("POST", IMPORTS), ("GET", IMPORTS), ("GET", EXPORT)])
async def test_customers_may_do_none_of_it(
    client: AsyncClient, db: Database, method: str, path: str
) -> None:
    customer = await signed_in(client)
    reader = await staff(client, db, Permission.CATALOG_READ)
    files = {"file": ("mugs.csv", BLANK_SKUS, "text/csv")} if method == "POST" else None

    answers = [
        (await client.request(method, path, headers=headers, files=files)).status_code
        for headers in ({}, customer, reader)
    ]

    assert answers == [401, 403, 403 if method == "POST" else 200]


FOREIGN = b"""Article;Name;Cost;Colour;Internal
cup;Cup;4,50;red;x
jug;Jug;12.50;;y
"""
MAPPING = {
    "Article": "Handle",
    "Name": "Title",
    "Cost": "Price / EUR",
    "Colour": "Tags",
    "Internal": "",
}


async def look(client: AsyncClient, headers: dict[str, str], data: bytes, **form: str) -> Response:
    return await client.post(
        f"{IMPORTS}/preview",
        headers=headers,
        files={"file": ("theirs.csv", data, "text/csv")},
        data=form,
    )


async def test_a_foreign_file_is_looked_into_before_it_goes_in(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    unmapped = (await look(client, editor, FOREIGN)).json()
    mapped = (await look(client, editor, FOREIGN, mapping=json.dumps(MAPPING))).json()

    assert [(each["name"], each["meaning"]) for each in unmapped["columns"]] == [
        ("Article", None),
        ("Name", None),
        ("Cost", None),
        ("Colour", None),
        ("Internal", None),
    ]
    assert "has no column Handle" in unmapped["problem"]
    assert {"Handle", "Variant Price", "Option5 Value"} <= set(unmapped["targets"])
    assert unmapped["rows"] == [
        ["cup", "Cup", "4,50", "red", "x"],
        ["jug", "Jug", "12.50", "", "y"],
    ]
    assert [each["meaning"] for each in mapped["columns"]] == [
        "Handle",
        "Title",
        "Price / EUR",
        "Tags",
        None,
    ]
    assert mapped["columns"][3]["examples"] == ["red"]
    assert (mapped["problem"], mapped["filename"]) == (None, "theirs.csv")


async def test_a_foreign_file_goes_in_by_its_mapping(
    client: AsyncClient, editor: dict[str, str], worker: Worker
) -> None:
    made = await send(client, editor, FOREIGN, mapping=json.dumps(MAPPING))

    await worker.until_idle()

    shown = (await client.get(f"{IMPORTS}/{made['id']}", headers=editor)).json()
    assert shown["options"]["mapping"] == MAPPING
    assert (shown["status"], shown["products"]["created"], shown["products"]["refused"]) == (
        "done",
        1,
        1,
    )
    told = [(each["row"], each["column"]) for each in shown["errors"]["items"]]
    assert told == [(2, "Cost")]
    jug = (await client.get("/api/v1/admin/products/jug", headers=editor)).json()
    assert (jug["title"], jug["price"]) == ("Jug", {"amount": 1250, "currency": "EUR"})


@pytest.mark.parametrize(
    "mapping",
    ["[]", "{", '{"Name": 3}', '{"Name": "Colour of the moon"}', '{"Name": "Price / QQQ"}'],
)
async def test_a_mapping_that_means_nothing_is_refused(
    client: AsyncClient, editor: dict[str, str], mapping: str
) -> None:
    looked = await look(client, editor, FOREIGN, mapping=mapping)
    sent = await client.post(
        IMPORTS,
        headers=editor,
        files={"file": ("theirs.csv", FOREIGN, "text/csv")},
        data={"mapping": mapping},
    )

    for refused in (looked, sent):
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == ["/mapping"]


async def test_what_is_no_table_is_refused(client: AsyncClient, editor: dict[str, str]) -> None:
    refused = await look(client, editor, b"\xff\xfeH\x00a\x00")

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-a-product-file")
    assert (await look(client, editor, b"")).json()["columns"] == []
    reader = await signed_in(client)
    assert (await look(client, reader, FOREIGN)).status_code == 403


async def test_plain_prices_are_in_the_stores_own_currency_both_ways(
    client: AsyncClient, db: Database, editor: dict[str, str], worker: Worker
) -> None:
    async with db.transaction() as tx:
        await markets.ensure_store(tx, default_currency="TZS")
    data = table(["Handle", "Title", "Variant Price"], ["mug", "Mug", "70000"])

    made = await send(client, editor, data)
    await worker.until_idle()

    assert made["options"]["currency"] == "TZS"
    listed = (await client.get("/api/v1/admin/products", headers=editor)).json()["items"]
    assert [line["price"] for line in listed] == [{"amount": 7_000_000, "currency": "TZS"}]
    rows = list(csv.DictReader((await client.get(EXPORT, headers=editor)).text.splitlines()))
    assert [row["Variant Price"] for row in rows] == ["70000.00"]


async def test_a_column_mapped_to_an_options_values_names_the_option_too(
    client: AsyncClient, db: Database, editor: dict[str, str], worker: Worker
) -> None:
    data = table(["Key", "Name", "Colour"], ["mug", "Mug", "Blue"], ["mug", "", "Red"])
    mapping = {"Key": "Handle", "Name": "Title", "Colour": "Option1 Value"}

    await send(client, editor, data, mapping=json.dumps(mapping))
    await worker.until_idle()

    mug = (await client.get("/api/v1/admin/products/mug", headers=editor)).json()
    assert [(each["name"], each["values"]) for each in mug["options"]] == [
        ("Colour", ["Blue", "Red"])
    ]
