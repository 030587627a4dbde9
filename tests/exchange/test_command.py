"""`sokoni import-products` and `export-products`."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from sokoni.apps.cli import app
from sokoni.kernel.db import Database
from tests.exchange.factories import FILES, product, table


@pytest.fixture(autouse=True)
def _shop_of_the_tests(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ENVIRONMENT", "test")
    monkeypatch.setenv("DEFAULT_CURRENCY", "EUR")
    monkeypatch.setenv("FILE_STORAGE_DIR", str(tmp_path / "media"))


async def run(*words: str | Path) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, [str(word) for word in words])


def summary(result: Result) -> dict[str, int]:
    """The counts in the table."""
    lines = (line.rsplit(maxsplit=1) for line in result.stdout.splitlines())
    return {
        parts[0].strip(): int(parts[1])
        for parts in lines
        if len(parts) == 2 and parts[0].strip().startswith(("products ", "rows "))
    }


async def test_a_file_goes_in_and_comes_out(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"

    imported = await run("import-products", FILES / "blank_skus.csv")
    exported = await run("export-products", file)
    again = await run("import-products", file)

    assert imported.exit_code == 0, imported.output
    assert summary(imported) == {
        "products created": 2,
        "products updated": 0,
        "products unchanged": 0,
        "products refused": 0,
        "rows read": 5,
        "rows refused": 0,
    }
    assert "4 pictures follow in the background (worker)." in imported.stdout
    assert exported.exit_code == 0, exported.output
    assert exported.stdout == f"Wrote {file}: {file.stat().st_size:,} bytes.\n"
    assert (again.exit_code, summary(again)["products unchanged"]) == (0, 2)
    assert (await product(db, "kanga-korosho")).title == "Kanga Korosho"


async def test_a_refused_row_is_told_and_ends_with_exit_code_1(
    db: Database, tmp_path: Path
) -> None:
    file = tmp_path / "mugs.csv"
    file.write_bytes(
        table(("Handle", "Title", "Variant Price"), ("mug", "Mug", "5"), ("cup", "[bold]", "five"))
    )

    result = await run("import-products", file, "--dry-run")

    assert result.exit_code == 1
    assert (
        "error row 3 · Variant Price · cup: 'five' is not an amount; write it like 1999.50"
        in result.stdout
    )
    assert summary(result)["products created"] == 1
    async with db.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM catalog.products")) == 0


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (b"Name\nMug\n", (), "The first row has no column Handle."),
        (b"", (), "is empty."),
        (b"Handle\nmug\n", ("--currency", "EURO"), "'EURO' is not a currency code"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(
    db: Database, tmp_path: Path, content: bytes, words: tuple[str, ...], sentence: str
) -> None:
    file = tmp_path / "mugs.csv"
    file.write_bytes(content)

    result = await run("import-products", file, *words)

    assert result.exit_code == 1
    assert sentence in result.stderr


async def test_options_reach_the_import(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "mugs.csv"
    header = ("Handle", "Title", "Variant Price", "Variant Inventory Qty")
    file.write_bytes(table(header, ("mug", "Mug", "500", "4")))
    await run("import-products", file, "--currency", "jpy", "--location", "Zanzibar")
    file.write_bytes(table(header, ("mug", "Mug", "500", "7")))

    result = await run("import-products", file, "--currency", "JPY", "--stock=replace")

    assert result.exit_code == 0, result.output
    (variant,) = (await product(db, "mug")).variants
    assert [(price.currency, price.amount) for price in variant.prices] == [("JPY", 500)]
    assert [(level.location, level.on_hand) for level in variant.levels] == [("Zanzibar", 7)]
