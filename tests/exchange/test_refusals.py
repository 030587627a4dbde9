"""A bad row keeps itself out, or its product, and says where it stands and what to write."""

import pytest

from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from tests.exchange.factories import product, run_import, table

HEADER = (
    "Handle",
    "Title",
    "Option1 Name",
    "Option1 Value",
    "Variant SKU",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Inventory Qty",
    "Variant Grams",
    "Variant Taxable",
    "Published",
)
GOOD = ("good", "Good", "Size", "S", "GOOD", "5")


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (
            ("mug", "Mug", "Size", "S", "A", "1,50"),
            "Variant Price",
            "'1,50' is not an amount; write it like 1999.50",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "1.505"),
            "Variant Price",
            "'1.505' has too many decimals: EUR has 2",
        ),
        (("mug", "Mug", "Size", "S", "A", "-5"), "Variant Price", "'-5' is negative"),
        (
            ("mug", "Mug", "Size", "S", "A", "", "5"),
            "Variant Compare At Price",
            "needs a price beside it",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "5", "", "many"),
            "Variant Inventory Qty",
            "'many' is not a number; write it like 12 or 12.5",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "5", "", "1.5"),
            "Variant Inventory Qty",
            "'1.5' is not a whole number",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "5", "", "", "heavy"),
            "Variant Grams",
            "'heavy' is not a number; write it like 12 or 12.5",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "5", "", "", "", "perhaps"),
            "Variant Taxable",
            "'perhaps' is neither TRUE nor FALSE",
        ),
        (("mug", "Mug", "Size", "", "A", "5"), "Option1 Value", "is empty: write the Size"),
        (
            ("mug", "Mug", "", "S", "A", "5"),
            "Option1 Value",
            "is 'S', but the product's rows do not name option 1",
        ),
        (
            ("mug", "", "Size", "S", "A", "5"),
            "Title",
            "is empty, and there is no such product yet",
        ),
        (("", "Mug", "Size", "S", "A", "5"), "Handle", "is empty: every row names its product"),
        (
            ("my mug", "Mug", "Size", "S", "A", "5"),
            "Handle",
            "'my mug' must be lower-case words joined by hyphens",
        ),
        (
            ("search", "Mug", "Size", "S", "A", "5"),
            "Handle",
            "'search' must be lower-case words joined by hyphens",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "5", "", "", "", "", "soon"),
            "Published",
            "'soon' is neither TRUE nor FALSE",
        ),
        (("mug", "Mug", "Size", "S", "GOOD", "5"), "Variant SKU", "'GOOD' is the SKU of row 2 too"),
        (("mug", "M" * 256, "Size", "S", "A", "5"), "Title", "must have at most 255 characters"),
        (
            ("mug", "Mug", "Size", "S", "A" * 256, "5"),
            "Variant SKU",
            "must have 1 to 255 characters",
        ),
        (
            (*GOOD[:1], "Again", "Size", "M", "A", "5"),
            "Handle",
            "was in row 2 already: put all rows of a product together",
        ),
        (
            ("mug", "Mug", "Size", "S", "A", "5", "", "", "", "", "", "and", "more"),
            None,
            "has more cells than the first row: put text with commas in quotation marks",
        ),
    ],
)
async def test_a_bad_row_is_refused_and_the_others_are_not(
    db: Database, storage: Storage, row: tuple[str, ...], column: str | None, message: str
) -> None:
    other = ("other", "Other", "Size", "S", "OTHER", "5")

    ended = await run_import(db, storage, table(HEADER, GOOD, other, row))

    assert ended.errors == [(4, column, message)]
    assert ended.counts == (2, 0, 0, 1)
    assert (ended.found.status, ended.found.rows_refused) == ("done", 1)


async def test_a_bad_variant_leaves_the_others_of_its_product_in(
    db: Database, storage: Storage
) -> None:
    rows = [
        ("mug", "Mug", "Size", "S", "MUG-S", "5"),
        ("mug", "", "", "M", "MUG-M", "five"),
        ("mug", "", "", "L", "MUG-L", "7"),
        ("mug", "", "", "S", "MUG-X", "7"),
    ]

    ended = await run_import(db, storage, table(HEADER, *rows))

    assert ended.errors == [
        (3, "Variant Price", "'five' is not an amount; write it like 1999.50"),
        (5, "Option1 Value", "has the option values of row 2"),
    ]
    assert (ended.counts, ended.found.rows_refused) == ((1, 0, 0, 0), 2)
    assert [each.sku for each in (await product(db, "mug")).variants] == ["MUG-S", "MUG-L"]


async def test_a_sku_of_another_product_in_the_shop_is_refused(
    db: Database, storage: Storage
) -> None:
    await run_import(db, storage, table(HEADER, GOOD))

    ended = await run_import(db, storage, table(HEADER, ("mug", "Mug", "Size", "S", "GOOD", "5")))

    message = "'GOOD' is the SKU of another product in the shop"
    assert ended.errors == [(2, "Variant SKU", message)]


async def test_a_sku_is_told_to_be_doubled_when_its_first_row_was_in_another_batch(
    db: Database, storage: Storage
) -> None:
    rows = [(f"mug-{i}", f"Mug {i}", "Size", "S", f"MUG-{i}", "5") for i in range(300)]
    twin = ("twin", "Twin", "Size", "S", "MUG-0", "5")

    for dry_run in (True, False):
        ended = await run_import(db, storage, table(HEADER, *rows, twin), dry_run=dry_run)

        assert ended.errors == [(302, "Variant SKU", "'MUG-0' is the SKU of row 2 too")]
        assert ended.counts == (300, 0, 0, 1)


async def test_rows_count_as_a_spreadsheet_counts_them(db: Database, storage: Storage) -> None:
    data = b'Handle,Title,Body (HTML)\n\nmug,Mug,"two\nlines"\nbad handle,Bad,\n'

    ended = await run_import(db, storage, data)

    assert [row for row, _, _ in ended.errors] == [4]


async def test_negative_units_are_taken_as_none(db: Database, storage: Storage) -> None:
    row = ("mug", "Mug", "Size", "S", "A", "5", "", "-3")

    ended = await run_import(db, storage, table(HEADER, row))

    assert (2, "Variant Inventory Qty", "is -3: taken as 0") in ended.warnings
    (variant,) = (await product(db, "mug")).variants
    assert [level.on_hand for level in variant.levels] == [0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Name,Price\nMug,5\n", "The first row has no column Handle."),
        (b"\n", "The first row has no column Handle."),
        ("Handle,Title\nmug,Café\n".encode("latin-1"), "Row 2 is not UTF-8 text"),
        ("Handle,Title\nmug,Mug\n".encode("utf-16"), "The file is UTF-16"),
        (b'Handle,Title\nmug,"Mug\ncup,Cup\n', "Row 2 cannot be read"),
        (b"Handle,Title\nmug," + b"M" * 2_000_000 + b"\n", "Row 2 cannot be read"),
        (b"Handle,Title\nmug," + b"M" * 3_000_000 + b"\n", "Row 2 is too long"),
    ],
)
async def test_a_file_that_cannot_be_read_fails_with_a_sentence(
    db: Database, storage: Storage, data: bytes, sentence: str
) -> None:
    ended = await run_import(db, storage, data)

    assert ended.found.status == "failed"
    assert (ended.found.error or "").startswith(sentence)


async def test_what_stands_before_an_unreadable_row_goes_in(db: Database, storage: Storage) -> None:
    rows = "".join(f"mug-{i},Mug {i}\n" for i in range(600))
    data = f"Handle,Title\n{rows}".encode() + b"bad,\xff\n"

    ended = await run_import(db, storage, data)

    assert (ended.found.status, ended.found.rows_total) == ("failed", None)
    assert ended.found.error == "Row 602 is not UTF-8 text; save the file as 'CSV UTF-8'."
    assert ended.counts == (500, 0, 0, 0)


async def test_the_report_follows_the_rows_of_the_file(db: Database, storage: Storage) -> None:
    header = (
        *("Handle", "Title", "Option1 Name", "Option1 Value"),
        *("Variant Price", "Image Src", "Image Position"),
    )
    data = table(
        header,
        ("mug", "Mug", "Color", "Teal", "5", "http://192.0.2.1/teal.png", "first"),
        ("mug", "", "", "Red", "much"),
        ("bowl", "Bowl", "Color", "Teal", "5", "http://192.0.2.1/bowl.png", "last"),
        ("bowl", "", "", "Red", "little"),
    )

    ended = await run_import(db, storage, data)

    assert [(each.row, each.column) for each in ended.report] == [
        (2, "Image Position"),
        (3, "Variant Price"),
        (4, "Image Position"),
        (5, "Variant Price"),
    ]
