"""A product file of Shopify's becomes products; the same file again changes nothing."""

from typing import Any

import pytest
from sqlalchemy import text

from sokoni.inventory import queries as stock
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from tests.exchange.factories import FILES, Ended, product, run_import, table
from tests.support.statements import counted

BLANK_SKUS = (FILES / "blank_skus.csv").read_bytes()
PRICED = ("Handle", "Title", "Variant SKU", "Variant Price", "Variant Inventory Qty")


async def units(db: Database, slug: str) -> list[dict[str, int]]:
    found = await product(db, slug)
    return [{level.location: level.on_hand for level in each.levels} for each in found.variants]


async def versions(db: Database) -> list[Any]:
    async with db.reading() as session:
        return list(await session.execute(text("SELECT id, version FROM catalog.products")))


async def test_a_real_export_with_blank_skus_becomes_products(
    db: Database, storage: Storage
) -> None:
    ended = await run_import(db, storage, BLANK_SKUS)

    assert (ended.found.status, ended.counts, ended.errors) == ("done", (2, 0, 0, 0), [])
    assert (ended.found.rows_total, ended.found.rows_done, ended.found.rows_refused) == (5, 5, 0)
    kanga, top = await product(db, "kanga-korosho"), await product(db, "varsity-top")
    assert (kanga.title, kanga.status, kanga.brand) == ("Kanga Korosho", "active", "Mwani")
    assert kanga.description == "<p>Soft cotton, printed with\ncashew nuts.</p>"
    assert (kanga.options, [variant.options for variant in kanga.variants]) == ([], [{}])
    assert top.description == 'Grey and black, with an "M" on the front.'
    assert top.tags == ["women", "sale"]
    assert [(each.name, each.values) for each in top.options] == [
        ("Size", ["Small", "Medium", "Large"])
    ]
    assert [[(p.currency, p.amount, p.compare_at) for p in v.prices] for v in top.variants] == [
        [("EUR", 6000, 7550)],
        [("EUR", 6000, None)],
        [("EUR", 6000, None)],
    ]
    assert [variant.sku[:12] for variant in top.variants] == [
        "CLA-VAR-TOP-",
        "CLA-VAR-TOP-",
        "CLA-VAR-TOP-",
    ]
    assert await units(db, "varsity-top") == [
        {"Warehouse": 3},
        {"Warehouse": 4},
        {"Warehouse": 0},
    ]


async def test_what_shopify_means_otherwise_is_told_as_warnings(
    db: Database, storage: Storage
) -> None:
    ended = await run_import(db, storage, BLANK_SKUS)

    assert ended.warnings == [
        (
            1,
            None,
            "These columns mean nothing here: Google Shopping / Condition, Variant Tax Code.",
        ),
        (
            2,
            "Variant Inventory Tracker",
            "is empty from here on: the quantities beside it are taken as stock",
        ),
        (
            5,
            "Variant Inventory Policy",
            "'continue' is taken as 'deny': nothing is sold that is not in stock",
        ),
    ]


async def test_the_same_file_again_changes_nothing(db: Database, storage: Storage) -> None:
    await run_import(db, storage, BLANK_SKUS)
    before = await versions(db)

    again = await run_import(db, storage, BLANK_SKUS)

    assert again.counts == (0, 0, 2, 0)
    assert await versions(db) == before


async def test_a_changed_cell_changes_its_product_alone(db: Database, storage: Storage) -> None:
    await run_import(db, storage, BLANK_SKUS)

    again = await run_import(db, storage, BLANK_SKUS.replace(b"Kanga Korosho", b"Kanga Pweza"))

    assert again.counts == (0, 1, 1, 0)
    assert (await product(db, "kanga-korosho")).title == "Kanga Pweza"


async def test_a_variant_is_found_by_its_sku_and_can_get_other_options(
    db: Database, storage: Storage
) -> None:
    header = ("Handle", "Title", "Option1 Name", "Option1 Value", "Variant SKU", "Variant Price")
    await run_import(db, storage, table(header, ("mug", "Mug", "Color", "Gren", "MUG-1", "5")))
    (before,) = (await product(db, "mug")).variants

    again = await run_import(
        db, storage, table(header, ("mug", "Mug", "Color", "Green", "MUG-1", "5"))
    )

    (after,) = (await product(db, "mug")).variants
    assert again.counts == (0, 1, 0, 0)
    assert (after.id, after.options) == (before.id, {"Color": "Green"})


async def test_a_price_list_needs_neither_titles_nor_options(
    db: Database, storage: Storage
) -> None:
    await run_import(db, storage, BLANK_SKUS)
    before = await product(db, "varsity-top")
    sku = before.variants[1].sku

    ended = await run_import(
        db,
        storage,
        table(("Handle", "Variant SKU", "Price / TZS"), ("varsity-top", sku, "120000.00")),
    )

    after = await product(db, "varsity-top")
    assert ended.counts == (0, 1, 0, 0)
    assert after.variants[1].price("TZS") is not None
    assert [len(variant.prices) for variant in after.variants] == [1, 2, 1]
    assert (after.title, after.description, after.tags, after.status) == (
        before.title,
        before.description,
        before.tags,
        before.status,
    )
    assert [variant.id for variant in after.variants] == [each.id for each in before.variants]


@pytest.mark.parametrize(
    ("mode", "expected"), [("create", [{"Warehouse": 5}]), ("replace", [{"Warehouse": 9}])]
)
async def test_a_quantity_sets_the_stock_of_a_known_variant_only_when_told_to(
    db: Database, storage: Storage, mode: str, expected: list[dict[str, int]]
) -> None:
    await run_import(db, storage, table(PRICED, ("mug", "Mug", "MUG", "5", "5")))

    again = await run_import(
        db, storage, table(PRICED, ("mug", "Mug", "MUG", "5", "9")), stock=mode
    )

    assert again.counts == ((0, 0, 1, 0) if mode == "create" else (0, 1, 0, 0))
    assert await units(db, "mug") == expected


async def test_stock_columns_name_their_locations(db: Database, storage: Storage) -> None:
    header = ("Handle", "Title", "Variant Price", "Stock / Dar es Salaam", "Stock / Zanzibar")

    ended = await run_import(db, storage, table(header, ("mug", "Mug", "5", "2", "")))

    assert ended.errors == []
    assert await units(db, "mug") == [{"Dar es Salaam": 2}]
    async with db.reading() as session:
        assert {place.name for place in await stock.locations(session)} == {"Dar es Salaam"}


async def test_prices_are_read_in_the_currency_of_the_import(
    db: Database, storage: Storage
) -> None:
    header = ("Handle", "Title", "Variant Price", "Price / KWD", "Compare At Price / KWD")

    ended = await run_import(
        db, storage, table(header, ("mug", "Mug", "1500.00", "1.5", "2.125")), currency="JPY"
    )

    (variant,) = (await product(db, "mug")).variants
    assert ended.errors == []
    assert {(p.currency, p.amount, p.compare_at) for p in variant.prices} == {
        ("JPY", 1500, None),
        ("KWD", 1500, 2125),
    }


@pytest.mark.parametrize(
    ("header", "row", "categories", "tags"),
    [
        (("Type",), ("Shirts",), [["Shirts"]], []),
        (
            ("Type", "Product Category"),
            ("Shirts", "Apparel > Tops"),
            [["Apparel", "Tops"]],
            ["Shirts"],
        ),
        (("Type", "Product Category"), ("Shirts", ""), [["Shirts"]], []),
        (
            ("Type", "Categories"),
            ("Shirts", r"Home > Kitchen; Sale; Salt \> Pepper"),
            [["Sale"], ["Salt > Pepper"], ["Home", "Kitchen"]],
            [],
        ),
    ],
)
async def test_categories_come_from_the_best_column_that_has_them(
    db: Database,
    storage: Storage,
    header: tuple[str, ...],
    row: tuple[str, ...],
    categories: list[list[str]],
    tags: list[str],
) -> None:
    data = table(("Handle", "Title", *header), ("mug", "Mug", *row))

    ended = await run_import(db, storage, data)

    found = await product(db, "mug")
    assert ended.errors == []
    assert (found.categories, found.tags) == (categories, tags)


@pytest.mark.parametrize(
    ("columns", "cells", "status"),
    [
        ((), (), "active"),
        (("Published",), ("false",), "draft"),
        (("Published",), ("",), "active"),
        (("Published", "Status"), ("true", "archived"), "archived"),
        (("Published", "Status"), ("false", "active"), "draft"),
        (("Status",), ("Draft",), "draft"),
    ],
)
async def test_a_product_is_for_sale_when_the_file_says_so(
    db: Database, storage: Storage, columns: tuple[str, ...], cells: tuple[str, ...], status: str
) -> None:
    data = table(("Handle", "Title", *columns), ("mug", "Mug", *cells))

    await run_import(db, storage, data)

    assert (await product(db, "mug")).status == status


async def test_a_weight_in_other_units_becomes_grams(db: Database, storage: Storage) -> None:
    header = (
        "Handle",
        "Title",
        "Variant SKU",
        "Variant Grams",
        "Variant Weight",
        "Variant Weight Unit",
    )

    ended = await run_import(
        db,
        storage,
        table(
            header,
            ("a", "A", "A", "1814.5", "", "lb"),
            ("b", "B", "B", "", "2.5", "kg"),
            ("c", "C", "C", "", "1", "lb"),
        ),
    )

    assert ended.errors == []
    assert [(await product(db, slug)).variants[0].weight_g for slug in "abc"] == [1815, 2500, 454]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfHandle,Title\r\nmug,Mug\r\n",
        b"Handle;Title\nmug;Mug\n",
        b"URL handle\ttitle \nmug\tMug\n",
        b"\nHandle,Title\nmug,Mug\n"[1:] + b"\n\n,\n",
    ],
)
async def test_files_of_other_programs_are_read(
    db: Database, storage: Storage, data: bytes
) -> None:
    ended = await run_import(db, storage, data)

    assert (ended.counts, ended.errors) == ((1, 0, 0, 0), [])
    assert (await product(db, "mug")).title == "Mug"


async def test_a_batch_takes_the_same_number_of_statements_however_large_it_is(
    db: Database, storage: Storage
) -> None:
    async def statements(first: int, count: int) -> int:
        header = (*PRICED, "Vendor", "Type", "Image Src")
        rows = [
            (
                f"mug-{i}",
                f"Mug {i}",
                f"MUG-{i}",
                "5",
                "3",
                "Mwani",
                "Mugs",
                f"https://x.example/{i}",
            )
            for i in range(first, first + count)
        ]
        with counted(db) as heard:
            ended = await run_import(db, storage, table(header, *rows))
        assert ended.counts == (count, 0, 0, 0)
        return len(heard)

    await statements(0, 1)  # makes brand, category and location

    assert await statements(1, 1) == await statements(2, 100)


async def test_a_dry_run_reports_the_same_and_writes_nothing(
    db: Database, storage: Storage
) -> None:
    data = BLANK_SKUS + b"no-title,,,,,,,,,,,,,,,,,,,5\n"

    dry = await run_import(db, storage, data, dry_run=True)
    async with db.reading() as session:
        left = [
            await session.scalar(text(f"SELECT count(*) FROM {name}"))
            for name in (
                "catalog.products",
                "catalog.brands",
                "inventory.locations",
                "inventory.movements",
                "exchange.pictures",
                "kernel.outbox",
                "kernel.jobs",
            )
        ]
    wet = await run_import(db, storage, data)

    def plain(ended: Ended) -> object:
        return (ended.counts, ended.errors, ended.warnings, ended.found.rows_refused)

    assert left == [0] * 7
    assert plain(dry) == plain(wet)
    assert dry.counts == (2, 0, 0, 1)
